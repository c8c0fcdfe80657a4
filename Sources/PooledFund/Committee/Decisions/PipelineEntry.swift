public import Ledger
internal import SQL

/// A proposal that the committee took up, subject to funds: since when it waits, and what the Terms ask of it.
public struct PipelineEntry: Sendable, Identifiable {
    public var id: String { proposal.code }
    public let proposal: Proposal
    /// What was submitted last, without its content.
    public let version: ProposalVersion
    /// What it would cost now: by the latest costing, or as it was submitted.
    public let amounts: [ProposalFacts.Amount]
    /// The day on which it was taken up.
    public let since: CivilDate
    /// The day on which it was last confirmed or costed anew; nil if it never was.
    public let reviewedOn: CivilDate?
    /// By when it is to be confirmed anew; nil if the Terms do not ask for it.
    public let confirmBy: CivilDate?
    /// The last day on which it stays; nil if the Terms set none.
    public let expiresAfter: CivilDate?
    public let isPublished: Bool

    public var fundsWaitedFor: Bool { proposal.stage == .pipeline }

    public func isConfirmationDue(on day: CivilDate) -> Bool { confirmBy.map { $0 < day } ?? false }
    public func isExpired(on day: CivilDate) -> Bool { expiresAfter.map { $0 < day } ?? false }

    /// The stages in which a proposal that was taken up waits for money.
    public static let stages: Set<ProposalStage> = [.pipeline, .invited, .documentSubmitted, .documentReturned, .documentEligible]

    static func read(_ fund: String, _ terms: Terms, in transaction: any ReadTransaction) throws -> [PipelineEntry] {
        let proposals = try ProposalQueries.proposals(of: fund, in: transaction).filter { stages.contains($0.stage) }
        guard !proposals.isEmpty else { return [] }
        let days = try FundDays(timeZone: terms.identity.timeZone)
        let entered = try DecisionQueries.pipelineEntries(of: fund, in: transaction)
        let reviews = Dictionary(grouping: try DecisionQueries.reviews(of: fund, in: transaction), by: \.proposal)
        let costs = try DecisionQueries.costs(of: fund, terms.currency, in: transaction)
        let consents = try DecisionQueries.consents(of: fund, in: transaction)
        let notes = try ProposalQueries.latestVersions(of: .conceptNote, in: fund, terms.currency, withContent: false, in: transaction)
        let documents = try ProposalQueries.latestVersions(
            of: .jointProgrammeDocument, in: fund, terms.currency, withContent: false, in: transaction)
        return try proposals.compactMap { proposal -> PipelineEntry? in
            guard let entered = entered[proposal.code], let version = documents[proposal.code] ?? notes[proposal.code] else { return nil }
            let since = days.day(of: entered)
            let reviewed = (reviews[proposal.code] ?? []).map { days.day(of: $0.madeAt) }.filter { since <= $0 }.max()
            let counted = reviewed ?? since
            let rules = terms.committee.rules.pipeline
            return PipelineEntry(
                proposal: proposal, version: version, amounts: costs[proposal.code] ?? version.facts.amounts, since: since,
                reviewedOn: reviewed, confirmBy: try rules?.confirmedEveryMonths.map { try counted.adding(months: $0) },
                expiresAfter: try rules?.expiresAfterMonths.map { try counted.adding(months: $0) },
                isPublished: consents.contains(proposal.code))
        }.sorted { ($0.since, $0.id) < ($1.since, $1.id) }
    }
}

extension CivilDate {
    /// The same day so many months later, or the last of that month where there is none.
    func adding(months: Int) throws -> CivilDate {
        let complete = lastDay
        let count = complete.year * 12 + (complete.month ?? 1) - 1 + months
        let last = try CivilDate(year: count / 12, month: count % 12 + 1).lastDay
        let day = min(complete.day ?? 1, last.day ?? 28)
        return try CivilDate(year: count / 12, month: count % 12 + 1, day: day)
    }
}
