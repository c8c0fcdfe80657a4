public import Ledger
internal import SQL

extension Office {
    /// All that is recorded of a fund; nil if it is not on record.
    public nonisolated func recordedFund(_ fund: String) async throws -> RecordedFund? {
        try await readPublicly(of: fund, after: publicHeads[fund]) { try RecordedFund.read(fund, in: $0) }
    }

    /// The public record of a fund that was read.
    ///
    /// - Parameter day: as of; nil for the latest effective date on record that is not after today in the fund's time zone.
    public nonisolated func publicRecord(of recorded: RecordedFund, asOf day: CivilDate?, now: Instant) async throws -> PublicRecord {
        try await readPublicly(of: recorded.fund, after: recorded.head) { try recorded.publicRecord(asOf: day, now: now, in: $0) }
    }

    /// The lines of the journal behind a record, from the first on or from after a place in its order.
    public nonisolated func ledgerLines(
        of record: PublicRecord, _ filter: LedgerFilter, after cursor: LedgerCursor? = nil, limit: Int
    ) async throws -> [LedgerLine] {
        try await readPublicly(of: record.fund, after: record.head) {
            try record.ledgerLines(filter, after: cursor, limit: limit, in: $0)
        }
    }

    /// Throws if the database does not answer.
    public nonisolated func checkReadiness() async throws {
        try requireContact()
        try await database.read { transaction in
            _ = try transaction.first("SELECT 1 AS one")
        }
    }

    /// Reads from the replica if it has what is known already, else from the database itself.
    private nonisolated func readPublicly<Result: Sendable>(
        of fund: String, after head: ChainHead?, _ body: @escaping @Sendable (any ReadTransaction) throws -> Result
    ) async throws -> Result {
        if let head, let result = await replica.read(of: fund, after: head, body) { return result }
        try requireContact()
        do {
            return try await database.read(body)
        } catch DatabaseError.unavailable {
            throw RecordUnavailable()
        }
    }

    /// Whoever follows the record asks it again and again: those who only read need not each wait for one that is silent.
    private nonisolated func requireContact() throws(RecordUnavailable) {
        guard !contact.isLost else { throw RecordUnavailable() }
    }
}

/// The record cannot be read at the moment.
public struct RecordUnavailable: Error {}

/// Whether a change was done is not known: the record stopped answering meanwhile.
public struct OutcomeUnknown: Error {}

extension Office {
    /// Says of a database that does not answer what it means for whoever asked.
    ///
    /// - Throws: `RecordUnavailable`, `OutcomeUnknown`; else what `body` throws.
    public static func asking<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch DatabaseError.unavailable {
            throw RecordUnavailable()
        } catch DatabaseError.outcomeUnknown {
            throw OutcomeUnknown()
        }
    }
}
