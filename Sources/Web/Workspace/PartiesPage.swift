internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// Every party of the fund, of every kind.
    func organizationsPage(_ fund: String) async throws -> WorkspacePage {
        let people = try await peopleOfFund(fund)
        let record = try await publicRecord(fund)
        let parties = try filtered(people.shownParties(record))
        let (rows, pager) = try paged(parties, keeping: ["name", "kind"])
        let counts = Dictionary(
            grouping: people.people.flatMap(\.holdings).filter { $0.standing == .current }, by: \.holding.organization
        ).mapValues { Set($0.map(\.holding.person)).count }
        return WorkspacePage(
            title: say("organizations.title"), lead: .text(say("parties.lead", ["count": .number(people.shownParties(record).count)])),
            content: .fragment {
                if visitor.mayRegisterOrganization(in: fund) {
                    p(.class("actions-line")) {
                        buttonLink(say("parties.register"), to: actionAddress(RegisterOrganization.name, in: fund), weight: .primary)
                    }
                }
                filterForm([
                    FilterField("name", say("people.filter.name"), .text),
                    FilterField("kind", say("column.kind"), .choice(kindChoices)),
                ])
                if rows.isEmpty { p(.class("dim")) { say("parties.none") } } else { partyTable(rows, counts, record) }
                pager
            })
    }

    private var kindChoices: [Choice] {
        Organization.Kind.allCases.map { Choice($0.rawValue, wording.kind($0)) } + [
            Choice(Self.contributorKind, say("parties.contributor"))
        ]
    }

    private static let contributorKind = "contributor"

    private func filtered(_ parties: [PartyOfFund]) throws(Failure) -> [PartyOfFund] {
        guard let words = SearchText.words(of: filter("name") ?? "") else { throw unreadable("name") }
        let onlyContributors = filter("kind") == Self.contributorKind
        let kind = onlyContributors ? nil : try choice("kind", Organization.Kind.self)
        return parties.filter { party in
            (!onlyContributors || party.contributor != nil) && (kind.map { $0 == party.organization?.kind } ?? true)
                && (words.isEmpty || SearchText("\(party.name) \(party.shortName) \(party.id)").contains(all: words))
        }
    }

    private func partyTable(_ parties: [PartyOfFund], _ people: [String: Int], _ record: PublicRecord) -> Markup {
        RecordTable(
            caption: say("parties.caption"),
            columns: [
                .init(label: say("column.organization"), isName: true), .init(label: say("column.kind")),
                .init(label: say("column.country")), .init(label: say("column.level")),
                .init(label: say("column.people"), isNumber: true),
            ],
            rows: parties.map { party in
                [
                    link(.organization(fund: record.fund, party.id), party.name), .text(kinds(of: party)),
                    .text(party.country.map { record.country($0)?.name ?? $0 } ?? ""),
                    .text([party.level.map { wording.level($0) }, party.place].compactMap(\.self).joined(separator: ", ")),
                    .text(wording.integer(people[party.id] ?? 0)),
                ]
            }
        ).markup()
    }

    /// What the party is, in words: an organization's kind, a contributor's, or both.
    func kinds(of party: PartyOfFund) -> String {
        [
            party.organization.map { wording.kind($0.kind) },
            party.contributor.map { say("parties.contributor.kind", ["kind": .text(wording.kind($0.kind))]) },
        ].compactMap(\.self).joined(separator: " · ")
    }
}
