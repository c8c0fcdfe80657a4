internal import Ledger
internal import SQL

/// What somebody on the committee sees of what is decided.
enum CommitteeSight {
    /// The proposals that were ever on an agenda, without those that the person leaves by the Terms; none for whoever holds no seat.
    static func items(
        of fund: String, seenBy visitor: SignedInPerson, _ terms: Terms, _ choices: FormChoices, now: Instant,
        in transaction: any ReadTransaction
    ) throws -> Set<String> {
        guard !visitor.roles(in: fund).isDisjoint(with: CommitteeRights.members.roles) else { return [] }
        let reader = try InterestReader.read(fund, terms, choices, now: now, in: transaction)
        var documents: [String: ProposalDocument] = [:]
        for item in try MeetingQueries.meetings(of: fund, in: transaction).flatMap(\.items) {
            documents[item.proposal] = documents[item.proposal] == .jointProgrammeDocument ? .jointProgrammeDocument : item.document
        }
        var countries: [ProposalDocument: [String: [String]]] = [:]
        for document in Set(documents.values) {
            countries[document] = try ProposalQueries.latestVersions(
                of: document, in: fund, terms.currency, withContent: false, in: transaction
            ).mapValues(\.facts.countries)
        }
        let proposals = try ProposalQueries.proposals(of: fund, in: transaction).filter { documents[$0.code] != nil }
        return Set(
            proposals.filter { proposal in
                let named = documents[proposal.code].flatMap { countries[$0]?[proposal.code] } ?? []
                return !reader.leaves(visitor.id, proposal, countries: named)
            }.map(\.code))
    }
}
