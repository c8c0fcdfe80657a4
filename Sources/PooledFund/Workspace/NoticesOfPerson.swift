public import Ledger
internal import SQL

extension Office {
    /// What somebody was told: first what they have not read, then the latest.
    public nonisolated func notices(of person: String, limit: Int) async throws -> [Notice] {
        try await database.read { try DeskQueries.notices(of: person, limit: limit, in: $0) }
    }

    /// Notes that somebody has read a notice, or all of theirs.
    ///
    /// - Parameter notice: nil for all.
    public nonisolated func markRead(_ notice: String?, of person: String, now: Instant) async throws {
        try await database.write { try DeskQueries.markRead(notice, of: person, now: now, in: $0) }
    }
}
