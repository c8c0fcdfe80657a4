public import Ledger
internal import SQL

extension Office {
    /// What became of a fund's proposals, as of the end of the last month at which enough had changed; nil if the fund is not on record.
    ///
    /// The numbers of two days side by side would tell what happened in between, often to a single proposal. So they change at the end of a month alone,
    /// and only when what changed since they did so last tells of five proposals or of none, in each group and at each step.
    ///
    /// - Parameter day: no later months count; nil for today.
    public nonisolated func proposalStatistics(
        of fund: String, asOf day: CivilDate?, now: Instant
    ) async throws -> (statistics: ProposalStatistics, validUntil: Instant?)? {
        try await database.read { transaction in
            guard let terms = try TermsOnRecord.read(fund, in: transaction) else { return nil }
            let days = try FundDays(timeZone: terms.identity.timeZone)
            let today = days.day(of: now)
            let isPast = day.map { $0.lastDay < today } ?? false
            let wanted = isPast ? day?.lastDay ?? today : today
            // The end of the month, if the day that is asked for is it and over.
            let last = try isPast && wanted == wanted.monthEnd() ? wanted : wanted.endOfMonthBefore()
            let reader = StatisticsReader(fund: fund, areas: terms.thematicAreas.map(\.number), days: days, transaction: transaction)
            let monthEnd = try days.start(of: try today.monthEnd().adding(days: 1))
            return (try reader.statistics(until: last), isPast ? nil : monthEnd)
        }
    }
}

/// Goes through the ends of months, each with what was published by then in mind.
private struct StatisticsReader {
    let fund: String
    let areas: [Int]
    let days: FundDays
    let transaction: any ReadTransaction

    func statistics(until last: CivilDate) throws -> ProposalStatistics {
        let all = try passages(at: last)
        // Only at the end of a month in which something changed is there anything new to tell.
        let changes = try Set(all.flatMap { try $0.stages.map { try days.day(of: $0.since).monthEnd() } })
        let first = try changes.min()?.endOfMonthBefore() ?? last
        var published = ProposalStatistics([], areas: areas, asOf: first)
        for end in changes.union([last]).sorted() {
            let next = ProposalStatistics(end == last ? all : try passages(at: end), areas: areas, asOf: end, after: published)
            if !next.groups.isEmpty { published = next }
        }
        return published
    }

    private func passages(at day: CivilDate) throws -> [ProposalStatistics.Passage] {
        try ProposalQueries.passages(of: fund, before: try days.start(of: try day.adding(days: 1)), in: transaction)
    }
}

extension CivilDate {
    /// The last day of the month of a complete date.
    fileprivate func monthEnd() throws -> CivilDate { try CivilDate(year: year, month: month).lastDay }

    fileprivate func endOfMonthBefore() throws -> CivilDate { try CivilDate(year: year, month: month).firstDay.adding(days: -1) }
}
