public import HTML
public import Ledger
public import PooledFund

/// How the record's values are put into words and digits, in one language.
public struct Wording: Sendable {
    public let say: Catalogue

    public init(_ say: Catalogue) {
        self.say = say
    }

    private var language: Language { say.language }

    /// `31 January 2024`; `January 2024` or `2024` for a partial date.
    public func date(_ date: CivilDate) -> String { language.date(year: date.year, month: date.month, day: date.day) }

    /// `57,425,741`, with decimals only if there are any.
    public func amount(_ money: Money) -> String {
        language.decimal(minorUnits: money.minorUnits, places: money.currency.minorUnits, dropZeroFraction: true)
    }

    /// `USD 57,425,741`.
    public func money(_ money: Money) -> String { "\(money.currency.code)\u{A0}\(amount(money))" }

    /// `57.4` for tables whose heading says “million”.
    public func millions(_ money: Money) -> String {
        language.millions(minorUnits: money.minorUnits, places: money.currency.minorUnits)
    }

    /// Millions for tables whose cells add up: `15.95`, `2.70`, all of a table with the same number of decimals.
    public func millions(_ money: Money, places: Int) -> String {
        let dropped = (0..<(money.currency.minorUnits + 6 - places)).reduce(UInt64(1)) { power, _ in power * 10 }
        let rounded = Int64((money.minorUnits.magnitude + dropped / 2) / dropped)
        return language.decimal(minorUnits: money.isNegative ? -rounded : rounded, places: places)
    }

    /// One decimal if that says all of every amount, else two.
    public func decimalsOfMillions(_ amounts: [Money]) -> Int {
        amounts.allSatisfy { millions($0, places: 2).hasSuffix("0") } ? 1 : 2
    }

    /// `USD 57.4 million`.
    public func moneyInMillions(_ money: Money) -> String {
        say("money.millions", ["currency": .text(money.currency.code), "amount": .text(millions(money))])
    }

    /// `USD 1.7M`, the form of the brief.
    public func moneyInBrief(_ money: Money) -> String {
        say("money.brief", ["currency": .text(money.currency.code), "amount": .text(millions(money))])
    }

    /// `38.3 %`; `< 0.1 %` for what is there but would round to nothing.
    public func share(_ share: Ratio, places: Int = 1) -> String {
        let text = share.percent(places: places)
        guard share.numerator > 0, !text.contains(where: { ("1"..."9").contains($0) }) else { return language.percent(text) }
        return say("share.less-than", ["share": .text(language.percent("\(text.dropLast())1"))])
    }

    public func integer(_ number: Int) -> String { language.integer(Int64(number)) }

    public func value(_ value: FigureValue) -> String {
        switch value {
        case .money(let money): self.money(money)
        case .share(let share): self.share(share, places: 2)
        case .count(let count): integer(count)
        case .year(let year): String(year)
        case .years(let from, let to): to.map { "\(from)–\($0)" } ?? "\(from)–"
        }
    }

    /// A value as it stands within a running text: money in millions, shares with one decimal.
    public func valueInText(_ value: FigureValue) -> String {
        switch value {
        case .money(let money): moneyInMillions(money)
        case .share(let share): self.share(share)
        case .count, .year, .years: self.value(value)
        }
    }

    public func label(_ key: FigureKey) -> String { say(SentenceKey("figure.\(key.rawValue)")) }

    /// What the figure means, in a sentence.
    public func definition(_ key: FigureKey) -> String { say(SentenceKey("figure.\(key.rawValue).definition")) }

    public func reason(_ reason: Figure.Reason) -> String {
        switch reason {
        case .recordsDoNotReach: say("reason.records-do-not-reach")
        case .recordsBegin(let day): say("reason.records-begin", ["date": .text(date(day))])
        case .noTarget: say("reason.no-target")
        }
    }

    /// A status, or that it is not known.
    public func status(_ status: ProgrammeStatus?) -> String { say(SentenceKey("status.\(status?.rawValue ?? "unknown")")) }

    public func level(_ level: LocalAuthority.Level?) -> String { say(SentenceKey("level.\(level?.rawValue ?? "unknown")")) }

    public func evidence(_ evidence: LocalAuthority.Evidence) -> String { say(SentenceKey("evidence.\(evidence.rawValue)")) }

    public func kind(_ kind: Contributor.Kind) -> String { say(SentenceKey("contributor.\(kind.rawValue)")) }

    public func kind(_ kind: Organization.Kind) -> String { say(SentenceKey("organization.\(kind.rawValue)")) }

    public func kind(_ kind: EntryKind) -> String { say(SentenceKey("entry.\(kind.rawValue)")) }

    public func account(_ account: Account) -> String { say(SentenceKey("account.\(account.rawValue)")) }

    public func qualifier(_ qualifier: PublishedStatement.Qualifier, _ value: String) -> String {
        say(SentenceKey("qualifier.\(qualifier.rawValue)"), ["value": .text(value)])
    }

    /// Names joined as a sentence joins them: `Chile and Mexico`; `Guinea, Liberia and Sierra Leone`.
    public func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        let joined: SentenceKey = language.andChangesBeforeI && Self.soundsLikeI(last) ? "list.and.before-i" : "list.and"
        return say(joined, ["first": .text(names.dropLast().joined(separator: say("list.separator"))), "last": .text(last)])
    }

    /// Indonesia, Hispania; not Iones or hielo, whose i glides into the next vowel.
    private static func soundsLikeI(_ name: String) -> Bool {
        var letters = name.lowercased()[...]
        if letters.first == "h" { letters.removeFirst() }
        guard let first = letters.popFirst(), "iíî".contains(first) else { return false }
        return letters.first.map { !"aeoáéó".contains($0) } ?? true
    }

    /// The countries of a programme, or the regions where the countries are not on record, or that neither is.
    public func place(of programme: Programme, in record: PublicRecord) -> String {
        if !programme.countries.isEmpty { return list(programme.countries.map { record.country($0)?.name ?? $0 }) }
        if !programme.regions.isEmpty { return list(programme.regions.map { record.terms.region($0)?.name ?? $0 }) }
        return say("place.unknown")
    }

    /// A fund's text with its figures computed; `figure` says how a figure is written, with a link or without. A paragraph or an item with a figure that
    /// has no value says nothing and is left out.
    ///
    /// A fund's texts are in English, which a page in another language says of them.
    public func markup(_ template: TextTemplate, of record: PublicRecord, figure: (Figure, String) -> Markup) -> Markup {
        let marks: [Attribute] = language.code == Language.english.code ? [] : [.lang(Language.english.code)]
        return .sequence(
            template.blocks.compactMap { block in
                switch block {
                case .paragraph(let parts):
                    return isComplete(parts, of: record) ? p(marks) { markup(parts, of: record, figure: figure) } : nil
                case .list(let items):
                    let complete = items.filter { isComplete($0, of: record) }
                    return complete.isEmpty ? nil : ul(marks) { complete.map { item in li { markup(item, of: record, figure: figure) } } }
                }
            })
    }

    private func markup(_ parts: [TextTemplate.Part], of record: PublicRecord, figure: (Figure, String) -> Markup) -> Markup {
        .sequence(
            parts.map { part in
                guard case .figure(let key) = part else { return .text(text(part, of: record)) }
                let value = record.figure(key)
                return figure(value, text(part, of: record))
            })
    }

    /// Whether every figure of a text has a value.
    public func isComplete(_ parts: [TextTemplate.Part], of record: PublicRecord) -> Bool {
        parts.allSatisfy { part in
            switch part {
            case .text, .unknown: true
            case .figure(let key): record.figure(key).value != nil
            case .stated(let key): record.statement(key) != nil
            }
        }
    }

    /// One part of a text in words.
    public func text(_ part: TextTemplate.Part, of record: PublicRecord) -> String {
        switch part {
        case .text(let text): return text
        case .figure(let key):
            let figure = record.figure(key)
            return figure.value.map(valueInText) ?? say("figure.none")
        case .stated(let key):
            guard let statement = record.statement(key), let value = statement.value(in: record.terms.currency) else {
                return say("figure.none")
            }
            return valueInText(value)
        case .unknown(let name): return "{\(name)}"
        }
    }
}
