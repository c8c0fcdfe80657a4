internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// One party of the fund: what it is, who speaks for it, what it takes part in.
    func organizationPage(_ fund: String, _ id: String) async throws -> WorkspacePage {
        let people = try await peopleOfFund(fund)
        let record = try await publicRecord(fund)
        guard let party = people.shownParties(record).first(where: { $0.id == id }) else { throw Failure.notFound }
        let holdings = people.people.flatMap { person in
            person.holdings.filter { $0.holding.organization == id }.map { (person: person, holding: $0) }
        }
        let programmes = party.organization == nil ? [] : record.programmes.filter { $0.programme.organizations.contains(id) }
        let history = try await history(of: id, in: fund, includesPeople: false)
        return WorkspacePage(
            title: party.name, lead: .text(kinds(of: party)),
            content: .fragment {
                factList(facts(of: party, record))
                workspaceBlock(say("party.people"), id: "people") {
                    holdings.isEmpty ? p(.class("dim")) { say("party.people.none") } : holdingTable(holdings, people, showsPerson: true)
                }
                if !programmes.isEmpty {
                    workspaceBlock(say("party.programmes"), id: "programmes") {
                        ul(.class("plain")) {
                            programmes.map { programme in
                                li {
                                    publicLink(.programme(programme.id), in: fund, programme.programme.title)
                                    span(.class("memo")) {
                                        wording.place(of: programme.programme, in: record)
                                        " · "
                                        wording.status(programme.status?.status)
                                    }
                                }
                            }
                        }
                    }
                }
                workspaceBlock(say("history.title"), id: "history", note: .text(say("history.note"))) { history }
            })
    }

    private func facts(of party: PartyOfFund, _ record: PublicRecord) -> [(String, Markup)] {
        let aliases = (party.organization?.aliases ?? []) + (party.contributor?.aliases ?? [])
        let source = (party.organization?.source ?? party.contributor?.source).flatMap(record.source)
        return [
            (say("column.abbreviation"), .text(party.shortName == party.name ? "" : party.shortName)),
            (say("fact.country"), party.country.map { .text(record.country($0)?.name ?? $0) } ?? .empty),
            (say("column.level"), party.level.map { .text(wording.level($0)) } ?? .empty),
            (say("party.place"), party.place.map { .text($0) } ?? .empty),
            (say("fact.aliases"), .text(wording.list(Array(Set(aliases)).sorted()))),
            (say("fact.source"), source.map { .text($0.title) } ?? .empty),
            (say("party.public"), publicPages(of: party, record)),
            (say("party.id"), code { party.id }),
        ]
    }

    private func publicPages(of party: PartyOfFund, _ record: PublicRecord) -> Markup {
        .fragment {
            if record.organization(party.id) != nil { publicLink(.organization(party.id), in: record.fund, say("party.as-organization")) }
            if record.organization(party.id) != nil, party.contributor != nil { " · " }
            if party.contributor != nil { publicLink(.contributor(party.id), in: record.fund, say("fact.as-contributor")) }
        }
    }
}
