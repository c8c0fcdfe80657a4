internal import Foundation
internal import Ledger
internal import PooledFund
internal import SQL
internal import SQLite

#if PostgreSQL
    internal import PostgreSQL
#endif

/// The record, held as the server holds it: under the file's lock, or through a connection of its own.
struct StreamedRecord {
    private let lock: DatabaseFileLock?
    let database: any Database

    /// - Parameter url: `sqlite:PATH` or `postgres://…`.
    static func open(_ url: String) async throws -> StreamedRecord {
        let record = try await connect(to: url)
        try await record.database.migrate(try Schema.migrations())
        return record
    }

    private static func connect(to url: String) async throws -> StreamedRecord {
        if url.hasPrefix("sqlite:") {
            let path = String(url.dropFirst("sqlite:".count))
            let lock = try DatabaseFileLock(databasePath: path, holder: "stream of actions, process \(getpid())")
            return StreamedRecord(lock: lock, database: try SQLiteDatabase(path: path))
        }
        #if PostgreSQL
            return StreamedRecord(lock: nil, database: try await PostgreSQLDatabase(PostgreSQLAddress(url)))
        #else
            throw Refusal("this build knows SQLite only")
        #endif
    }

    func close() throws {
        try withExtendedLifetime(lock) { try database.close() }
    }
}

/// The machine's clock, to the microsecond, as the program reads it.
func machineTime() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    do {
        return try Instant(microsecondsSince1970: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    } catch {
        preconditionFailure("The machine's clock stands outside the years 1 to 9999.")
    }
}
