public import Foundation
public import Ledger
public import PooledFund
public import SQL
import Synchronization

/// An office on a database of its own, with a clock that the test sets.
public struct TestOffice: Sendable {
    public let place: TestDatabase
    public let database: any Database
    public let office: Office
    public let clock: SettableClock

    public init(wrapping wrap: (any Database) -> any Database = { $0 }) async throws {
        place = try TestDatabase(copying: try await Self.migrated.value)
        database = try await place.open()
        let clock = try SettableClock("2024-02-01T09:00:00Z")
        self.clock = clock
        office = try await Office(database: wrap(database), clock: { clock.now })
    }

    /// Copying what the migrations made takes half as long as letting them make it again.
    private static let migrated = Task {
        let place = try TestDatabase()
        place.goesAtExit()
        try await place.open().migrate(try Schema.migrations())
        place.close()
        return place
    }

    @discardableResult
    public func load(_ url: URL) async throws -> Office.Performed<LoadFund.Outcome> {
        try await office.perform(LoadFund(folder: FundFolder.read(at: url)), by: .machineOperator)
    }

    public func record(_ fund: String, asOf: String? = nil, knownAt: Instant? = nil) async throws -> PublicRecord? {
        let day = try asOf.map { try CivilDate(parsing: $0) }
        let now = clock.now
        return try await database.read { try PublicRecord.read(fund, asOf: day, knownAt: knownAt, now: now, in: $0) }
    }

    public func eventCount() async throws -> Int64 {
        try await database.read { try $0.first("SELECT COUNT(*) AS count FROM audit_event")?.integer("count") ?? 0 }
    }

    public func verify(expecting heads: [ChainHead] = []) async throws -> AuditVerification {
        try await AuditVerification.run(on: database, expecting: heads)
    }
}

/// A clock that stands still until it is set.
public final class SettableClock: Sendable {
    private let instant: Mutex<Instant>

    public init(_ text: String) throws {
        instant = Mutex(try Instant(parsing: text))
    }

    public var now: Instant { instant.withLock { $0 } }

    public func set(_ text: String) throws {
        let new = try Instant(parsing: text)
        instant.withLock { $0 = new }
    }
}
