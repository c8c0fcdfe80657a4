internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// A number on a page that opens what it is made of.
struct TracedNumber {
    let key: String
    /// As a machine reads it: a decimal.
    let value: String
    /// A currency code, `share`, or empty for a count.
    let unit: String
    let sum: Sum
    let place: Place
    let query: [QueryParameter: String]

    /// How the items of the trace make the number.
    enum Sum: String {
        /// Their amounts add up to it.
        case amount
        /// What they count adds up to it.
        case count
        /// The numerator divided by the denominator is it.
        case ratio
    }
}

extension PageContext {
    /// The number, linked to what it is made of.
    func traced(_ number: TracedNumber, _ text: String) -> Markup {
        a(
            .class("figure"), .href(address(number.place, number.query)), .data("key", number.key), .data("value", number.value),
            .data("unit", number.unit), .data("sum", number.sum.rawValue)
        ) { text }
    }

    /// A figure of the record: its value, linked to its trace; or that it has none, with the reason.
    func figure(_ figure: Figure, as text: String? = nil) -> Markup {
        guard let value = figure.value, let trace = figure.trace else { return noValue(figure) }
        let text = text ?? wording.value(value)
        guard let number = tracedNumber(figure.key.rawValue, value, trace) else { return .text(text) }
        return traced(number, text)
    }

    private func noValue(_ figure: Figure) -> Markup {
        span(.class("figure-none")) {
            say("figure.none")
            if let reason = figure.reason {
                " "
                span(.class("reason")) { "(\(wording.reason(reason)))" }
            }
        }
    }

    /// Nil for years, which are facts of the Terms rather than sums.
    private func tracedNumber(_ key: String, _ value: FigureValue, _ trace: Trace) -> TracedNumber? {
        let (place, query) = target(of: trace, key: key)
        return switch value {
        case .money(let money):
            TracedNumber(key: key, value: money.plainDecimal, unit: money.currency.code, sum: .amount, place: place, query: query)
        case .share(let share):
            TracedNumber(key: key, value: share.decimal(places: 10), unit: "share", sum: .ratio, place: place, query: query)
        case .count(let count):
            TracedNumber(key: key, value: String(count), unit: "", sum: .count, place: place, query: query)
        case .year, .years: nil
        }
    }

    /// The page that shows what a trace names.
    private func target(of trace: Trace, key: String) -> (Place, [QueryParameter: String]) {
        switch trace {
        case .entries(let filter): (.ledger, ledgerQuery(filter))
        case .contributors(let kind): (.contributors, kind.map { [.kind: $0.rawValue] } ?? [:])
        case .programmes(let filter): (.programmes, ProgrammeQuery.values(of: filter))
        case .ratio: (.figures, [.ratio: key])
        case .terms(let section): (.terms, [.section: section.rawValue])
        }
    }

    private func ledgerQuery(_ filter: LedgerFilter) -> [QueryParameter: String] {
        var query: [QueryParameter: String] = [:]
        if filter.account != .contributions { query[.account] = filter.account.rawValue }
        query[.contributor] = filter.contributor
        return query
    }

    /// The address of the data behind a figure in the JSON interface's `trace`.
    func traceAddress(_ figure: Figure) -> Address? {
        figure.trace.map { trace in
            let (place, query) = target(of: trace, key: figure.key.rawValue)
            return address(place, query)
        }
    }

    /// What a contributor has on record, linked to the entries that make it.
    func contributed(_ contribution: PublicRecord.ContributionOnRecord) -> Markup {
        traced(
            TracedNumber(
                key: "contributionsMobilized.\(contribution.id)", value: contribution.amount.plainDecimal,
                unit: contribution.amount.currency.code, sum: .amount, place: .ledger, query: [.contributor: contribution.id]),
            wording.amount(contribution.amount))
    }

    /// An amount of programmes' budgets, linked to those programmes.
    func budgeted(_ amount: Money, _ filter: ProgrammeFilter, as text: String? = nil) -> Markup {
        var query = ProgrammeQuery.values(of: filter)
        query[.counting] = Counting.budgets.rawValue
        return traced(
            TracedNumber(
                key: "budget", value: amount.plainDecimal, unit: amount.currency.code, sum: .amount, place: .programmes, query: query),
            text ?? wording.amount(amount))
    }

    /// A number of programmes, linked to them. In hundredths, since a programme in several regions is split among them.
    func counted(hundredths: Int64, _ filter: ProgrammeFilter) -> Markup {
        traced(
            TracedNumber(
                key: "programmes", value: decimal(hundredths: hundredths), unit: "", sum: .count, place: .programmes,
                query: ProgrammeQuery.values(of: filter)),
            say.language.decimal(minorUnits: hundredths, places: 2, dropZeroFraction: true))
    }
}

/// `2`, `0.5`, `0.34`.
func decimal(hundredths: Int64) -> String {
    let fraction = hundredths % 100
    if fraction == 0 { return String(hundredths / 100) }
    let digits = fraction < 10 ? "0\(fraction)" : String(fraction)
    return "\(hundredths / 100).\(digits.hasSuffix("0") ? String(digits.dropLast()) : digits)"
}

/// What a list of programmes counts as the trace of a figure.
enum Counting: String {
    case programmes
    case budgets
}
