internal import PooledFund
internal import SQL
internal import SQLite

#if PostgreSQL
    internal import PostgreSQL
#endif

/// The record in the hands of this process, from `open` to `close`: alone if it is a file, beside others if a server keeps it.
struct HeldRecord {
    private let lock: DatabaseFileLock?
    private let database: any Database
    let office: Office

    /// Takes a file under its lock, brings its schema up to date, and opens the office on it.
    static func open(_ file: DatabaseFile, under lock: DatabaseFileLock) async throws -> HeldRecord {
        try await open(try asOwnerOnly { try SQLiteDatabase(path: file.path) }, under: lock)
    }

    #if PostgreSQL
        /// Connects to a server, brings the schema up to date, and opens the office on it.
        ///
        /// - Parameter beforeCreating: called if the database holds no record yet; may refuse to have the tables of one made.
        static func open(_ address: PostgreSQLAddress, beforeCreating: () async throws -> Void) async throws -> HeldRecord {
            let database = try await PostgreSQLDatabase(address)
            do {
                if try await !database.hasSchema() { try await beforeCreating() }
            } catch {
                try? database.close()
                throw error
            }
            return try await open(database, under: nil)
        }
    #endif

    private static func open(_ database: any Database, under lock: DatabaseFileLock?) async throws -> HeldRecord {
        do {
            try await database.migrate(try Schema.migrations())
            return HeldRecord(lock: lock, database: database, office: try await Office(database: database, clock: Clock.now))
        } catch {
            try? database.close()
            throw error
        }
    }

    /// Gives the record free. A file first gets what was written beside it folded in.
    ///
    /// What could not be folded, on a full disk for one, is durable beside the file and is folded next time: what was done is not undone.
    func close(output: any Output) async {
        do {
            // The lock lives until here, whatever the optimizer makes of its last use.
            try withExtendedLifetime(lock) { try database.close() }
        } catch  where database.engine == .sqlite {
            await output.note("pooledfund: what was recorded is safe, but not yet in the one file (\(error)); keep the files beside it")
        } catch {
            // Whatever was acknowledged is the server's, and nothing else is left to lose.
        }
    }
}
