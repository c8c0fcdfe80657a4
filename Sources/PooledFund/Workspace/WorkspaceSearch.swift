public import Ledger
internal import SQL

/// What a search in a fund's workspace finds, by kind.
public struct WorkspaceFindings: Sendable {
    public let programmes: [ProgrammeOnRecord]
    /// Organizations and contributors.
    public let parties: [PartyOfFund]
    public let people: [PersonOfFund]
    public let countries: [Country]
    /// Whether more was found of a kind than is given.
    public let isCut: Bool

    /// Of each kind at most.
    public static let limit = 30

    public var isEmpty: Bool { programmes.isEmpty && parties.isEmpty && people.isEmpty && countries.isEmpty }
}

extension Office {
    /// What of a fund holds every one of `words`. What is withheld from the public is not searched; people are found by their names.
    ///
    /// - Returns: nil if the fund is not on record.
    public nonisolated func search(_ words: [SearchText], in record: PublicRecord, now: Instant) async throws -> WorkspaceFindings? {
        guard let people = try await people(ofFund: record.fund, now: now) else { return nil }
        return WorkspaceFindings(words, record: record, people: people)
    }
}

extension WorkspaceFindings {
    init(_ words: [SearchText], record: PublicRecord, people: PeopleOfFund) {
        func found<Element>(_ elements: [Element], _ texts: (Element) -> [String]) -> [Element] {
            guard !words.isEmpty else { return [] }
            return elements.filter { SearchText(texts($0).joined(separator: " ")).contains(all: words) }
        }
        let programmes = found(record.programmes) { record in
            [record.programme.code, record.programme.title, record.programme.summary]
        }
        let parties = found(people.shownParties(record)) { party in
            [party.id, party.name, party.shortName, party.place ?? ""] + (party.organization?.aliases ?? [])
                + (party.contributor?.aliases ?? [])
        }
        let persons = found(people.people.filter { $0.particulars != nil }) { [$0.particulars?.name ?? ""] }
        let countries = found(record.countries) { [$0.iso3, $0.name] }
        self.programmes = Array(programmes.prefix(Self.limit))
        self.parties = Array(parties.prefix(Self.limit))
        self.people = Array(persons.prefix(Self.limit))
        self.countries = Array(countries.prefix(Self.limit))
        isCut = [programmes.count, parties.count, persons.count, countries.count].contains { $0 > Self.limit }
    }
}

extension PeopleOfFund {
    /// Every party but organizations that only what is withheld names; one that somebody speaks for is shown. By name.
    public func shownParties(_ record: PublicRecord) -> [PartyOfFund] {
        let shown = Set(record.organizations.map(\.id))
        let spokenFor = Set(people.flatMap(\.holdings).map(\.holding.organization))
        return parties.values.filter { $0.contributor != nil || shown.contains($0.id) || spokenFor.contains($0.id) }
            .sorted { (SearchText($0.name), $0.id) < (SearchText($1.name), $1.id) }
    }
}
