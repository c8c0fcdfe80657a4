public import Ledger
internal import SQL

extension Office {
    /// All that is recorded of a fund; nil if it is not on record.
    public nonisolated func recordedFund(_ fund: String) async throws -> RecordedFund? {
        try await database.read { try RecordedFund.read(fund, in: $0) }
    }

    /// The public record of a fund that was read.
    ///
    /// - Parameter day: as of; nil for the latest effective date on record that is not after today in the fund's time zone.
    public nonisolated func publicRecord(of recorded: RecordedFund, asOf day: CivilDate?, now: Instant) async throws -> PublicRecord {
        try await database.read { try recorded.publicRecord(asOf: day, now: now, in: $0) }
    }

    /// The lines of the journal behind a record, from the first on or from after a place in its order.
    public nonisolated func ledgerLines(
        of record: PublicRecord, _ filter: LedgerFilter, after cursor: LedgerCursor? = nil, limit: Int
    ) async throws -> [LedgerLine] {
        try await database.read { try record.ledgerLines(filter, after: cursor, limit: limit, in: $0) }
    }

    /// Throws if the database does not answer.
    public nonisolated func checkReadiness() async throws {
        try await database.read { transaction in
            _ = try transaction.first("SELECT 1 AS one")
        }
    }
}
