public import Ledger
internal import SQL

extension Office {
    /// How long traces are kept where no fund's Terms say it, in days.
    static let tracesDays = 90

    /// Deletes what people's coming and going has left behind once it is older than the Terms allow: sessions that ended, links that were
    /// used, browsers, tokens, mail that was sent. Of several funds the one that keeps the least decides: a session is of no one fund.
    public nonisolated func deleteOldTraces(now: Instant) async throws {
        let funds = funds
        try await database.write { transaction in
            let days = try funds.compactMap { try TermsOnRecord.read($0, in: transaction)?.people.retention.tracesDays }
            let kept = Int64(days.min() ?? Self.tracesDays)
            try TraceQueries.delete(before: now.adding(seconds: -kept * 86_400), in: transaction)
        }
    }
}
