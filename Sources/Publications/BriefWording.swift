internal import HTML
internal import Ledger
internal import PooledFund

/// The phrases that the brief's text and its markup have in common.
extension Brief {
    func budget(of programme: ProgrammeOnRecord) -> String {
        programme.budget.map { wording.moneyInBrief($0.amount) } ?? say("brief.budget.none")
    }

    func quoted(_ title: String) -> String { say("brief.quoted", ["title": .text(title)]) }

    func organizations(of programme: ProgrammeOnRecord) -> [String] {
        programme.programme.organizations.map { record.organization($0)?.shortName ?? $0 }
    }

    /// The authorities by name; sensitive places by country only, each country once.
    func authorities(of programme: ProgrammeOnRecord) -> [String] {
        var phrases: [String] = []
        for authority in programme.localAuthorities {
            let countries = wording.list(authority.countries.map { record.country($0)?.name ?? $0 })
            let undisclosed: SentenceKey = countries.isEmpty ? "brief.authorities.undisclosed" : "brief.authorities.undisclosed-in"
            let phrase = authority.place?.name ?? say(undisclosed, ["countries": .text(countries)])
            if !phrases.contains(phrase) { phrases.append(phrase) }
        }
        return phrases
    }

    func areaLabel(_ area: ThematicArea?) -> String {
        area.map { say("brief.area", ["number": .number($0.number)]) } ?? say("brief.area.none")
    }

    /// `19,569,912 USD`, as the brief lists contributions.
    func amount(_ money: Money) -> String {
        say("brief.amount", ["amount": .text(wording.amount(money)), "currency": .text(money.currency.code)])
    }

    /// The value of a figure, or that it is not on record.
    func value(_ figure: Figure) -> String { figure.value.map(wording.value) ?? say("figure.none") }

    func statedValue(_ statement: PublishedStatement) -> String {
        statement.value(in: record.terms.currency).map(wording.valueInText) ?? statement.stated
    }

    func qualifiedValue(_ statement: PublishedStatement) -> String { wording.qualifier(statement.qualifier, statedValue(statement)) }

    /// `Title. Publisher, January 2024. Address`, with what is not on record left out.
    func citation(_ source: Source) -> (title: String, details: String) {
        let details = [source.publisher, source.publishedOn.map(wording.date) ?? ""].filter { !$0.isEmpty }
        return (source.title, details.joined(separator: say("list.separator")))
    }

    /// What a record that has not begun says instead of everything else.
    var nothingOnRecord: String {
        record.earliestDate.map { say("brief.before-first-record", ["date": .text(wording.date($0))]) } ?? say("brief.no-record")
    }

    /// That entries of the pipeline are withheld, and how many if that may be known; nil if none are.
    var withheldNote: String? {
        guard hasWithheldEntries else { return nil }
        return record.withheld.total.map { say("brief.withheld", ["count": .number($0)]) }
            ?? say("brief.withheld.uncounted")
    }

    /// Shown where authorities are: all the evidence there is.
    func authoritiesNote(_ groups: [Group]) -> String? {
        groups.contains { $0.programmes.contains { !$0.localAuthorities.isEmpty } } ? say("brief.authorities.note") : nil
    }
}
