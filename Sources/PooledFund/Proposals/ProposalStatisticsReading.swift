public import Ledger
internal import SQL

extension Office {
    /// What became of a fund's proposals, as of the end of a day; nil if the fund is not on record.
    ///
    /// - Parameter day: nil for yesterday, and no later than it: so a page stays true until midnight.
    public nonisolated func proposalStatistics(
        of fund: String, asOf day: CivilDate?, now: Instant
    ) async throws -> (statistics: ProposalStatistics, validUntil: Instant?)? {
        try await database.read { transaction in
            guard let terms = try TermsOnRecord.read(fund, in: transaction) else { return nil }
            let days = try FundDays(timeZone: terms.identity.timeZone)
            let today = days.day(of: now)
            let yesterday = try today.adding(days: -1)
            let isPast = day.map { $0.lastDay < yesterday.lastDay } ?? false
            let last = isPast ? day?.lastDay ?? yesterday : yesterday
            let passages = try ProposalQueries.passages(
                of: fund, before: try days.start(of: try last.adding(days: 1)), in: transaction)
            let statistics = ProposalStatistics(passages, areas: terms.thematicAreas.map(\.number), asOf: last)
            return (statistics, isPast ? nil : try days.start(of: try today.adding(days: 1)))
        }
    }
}
