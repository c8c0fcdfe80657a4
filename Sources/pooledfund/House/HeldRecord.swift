internal import Foundation
internal import PooledFund
internal import SQLite

/// The record in the hands of this process alone, from `open` to `close`.
struct HeldRecord {
    private let lock: DatabaseFileLock
    private let database: SQLiteDatabase
    let office: Office

    /// Opens the file under `lock`, brings its schema up to date, and opens the office on it.
    static func open(_ location: DatabaseLocation, under lock: DatabaseFileLock) async throws -> HeldRecord {
        let database = try asOwnerOnly { try SQLiteDatabase(path: location.path) }
        do {
            try await database.migrate(try Schema.migrations())
            return HeldRecord(lock: lock, database: database, office: try await Office(database: database, clock: Clock.now))
        } catch {
            try? database.close()
            throw error
        }
    }

    /// Folds what was written into the one file and gives it free.
    ///
    /// What could not be folded, on a full disk for one, is durable beside the file and is folded next time: what was done is not undone.
    func close(output: any Output) async {
        do {
            // The lock lives until here, whatever the optimizer makes of its last use.
            try withExtendedLifetime(lock) { try database.close() }
        } catch {
            await output.note("pooledfund: what was recorded is safe, but not yet in the one file (\(error)); keep the files beside it")
        }
    }

    /// Makes the folder of the database if it is missing, for its owner alone.
    static func makeFolder(of location: DatabaseLocation) throws {
        do {
            try asOwnerOnly {
                try FileManager.default.createDirectory(atPath: location.folder, withIntermediateDirectories: true)
            }
        } catch {
            throw Refusal(
                "the folder \(location.folder) cannot be made",
                remedy: "check the path and that you may write there, or give another --database")
        }
    }

    /// What is created within is readable by nobody else, from the moment that it is there.
    private static func asOwnerOnly<Result>(_ body: () throws -> Result) rethrows -> Result {
        let previous = umask(0o077)
        defer { umask(previous) }
        return try body()
    }
}
