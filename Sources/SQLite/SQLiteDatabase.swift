internal import GRDB
public import SQL
internal import Synchronization

/// SQLite behind the seam: one writing connection, a few read-only ones, write-ahead logging, every commit flushed.
///
/// Only the writing connection commits and checkpoints, which keeps clear of SQLite's write-ahead-log reset defect (fixed after 3.40);
/// `DatabaseFileLock` keeps other processes out.
public final class SQLiteDatabase: SQL::Database {
    private let pool: DatabasePool
    /// SQLite's own functions do not look whether there is still a connection.
    private let isClosed = Mutex(false)

    public var engine: Engine { .sqlite }

    /// 'POOL' in ASCII: tells this program's files from other SQLite files.
    static let applicationID: Int64 = 0x504F_4F4C

    /// Opens or creates the file at `path`.
    public init(path: String) throws {
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration(path))
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
                // The pool sets NORMAL after its own set-up, which may lose the last commits when the power fails: an acknowledged action must not be lost.
                try database.execute(sql: "PRAGMA synchronous = FULL")
            }
        } catch {
            throw mapped(error)
        }
    }

    /// Opens the file at `path` to be read only. Where `closeAsSingleFile` made it, nothing is written beside it either.
    public init(readingOnly path: String) throws {
        var configuration = Self.configuration(path)
        configuration.readonly = true
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
        } catch {
            throw mapped(error)
        }
    }

    private static func configuration(_ path: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = "pooledfund"
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            // Before the pool sets write-ahead logging, so that another program's file is left as it is.
            try Self.requireOwnFile(database, path: path)
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            try database.execute(sql: "PRAGMA cell_size_check = ON")
            // KiB, if they are needed: with the 2 MiB that SQLite takes by itself, a large fund is read from the file again for every page.
            try database.execute(sql: "PRAGMA cache_size = -32768")
        }
        return configuration
    }

    private static func requireOwnFile(_ database: GRDB::Database, path: String) throws {
        let owner = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        if owner == applicationID { return }
        let isEmpty = try Int64.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_schema") == 0
        guard owner == 0, isEmpty else { throw SQL::DatabaseError.unknownSchema("\(path) is an SQLite file of another program") }
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Result
    ) async throws -> Result {
        do {
            return try await pool.read { try SQLiteTransaction.run(in: $0, body) }
        } catch {
            throw mapped(error)
        }
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws -> Result
    ) async throws -> Result {
        do {
            return try await pool.write { try SQLiteTransaction.run(in: $0, body) }
        } catch {
            throw mapped(error)
        }
    }

    public func damages(in migrations: [Migration]) async throws -> [String] {
        try await read { transaction in
            let integrity = try transaction.rows("PRAGMA integrity_check(20)") { try $0.text("integrity_check") }.filter { $0 != "ok" }
            let references = try transaction.rows("PRAGMA foreign_key_check") { "a row of \(try $0.text("table")) refers to nothing" }
            return integrity + references.prefix(20) + (try self.schemaChanges(since: migrations, in: transaction))
        }
    }

    /// One process holds the file.
    public func changes() -> AsyncStream<Void> { AsyncStream { $0.finish() } }

    /// Folds the write-ahead log into the file, so that the file alone holds everything, and closes it. Once closed, it stays closed.
    public func close() throws {
        let wasClosed = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return isClosed
        }
        guard !wasClosed else { return }
        do {
            if !pool.configuration.readonly { try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } }
            try pool.close()
        } catch {
            throw mapped(error)
        }
    }

    /// Closes it and takes the mark of write-ahead logging off the file: it can then be read where nothing may be written, such as on a read-only medium.
    public func closeAsSingleFile() throws {
        try close()
        do {
            let alone = try DatabaseQueue(path: pool.path, configuration: Self.configuration(pool.path))
            try alone.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE") }
            try alone.close()
        } catch {
            throw mapped(error)
        }
    }

    /// The value of a PRAGMA of the writing connection, for checks of how the file is held.
    public func pragma(_ name: StaticString) throws -> String? {
        try pool.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA \(name)") }
    }
}

/// The engine's own errors in the words of the seam; anything else as it is.
func mapped(_ error: any Error) -> any Error {
    guard let error = error as? GRDB::DatabaseError else { return error }
    let detail = error.message ?? error.extendedResultCode.description
    switch error.extendedResultCode {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
        return SQL::DatabaseError.alreadyExists(detail)
    case .SQLITE_CONSTRAINT_FOREIGNKEY:
        return SQL::DatabaseError.missingReference(detail)
    case .SQLITE_CONSTRAINT_TRIGGER:
        return SQL::DatabaseError.refused(detail)
    default:
        break
    }
    switch error.resultCode {
    case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG: return SQL::DatabaseError.invalidValue(detail)
    case .SQLITE_FULL: return SQL::DatabaseError.full(detail)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return SQL::DatabaseError.damaged(detail)
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: return SQL::DatabaseError.unavailable(detail)
    case .SQLITE_READONLY: return SQL::DatabaseError.refused(detail)
    // SQLite has no codes of their own for these.
    case .SQLITE_ERROR where detail.hasPrefix("no such table") || detail.hasPrefix("no such column"):
        return SQL::DatabaseError.unknownSchema(detail)
    case .SQLITE_ERROR where detail.hasPrefix("too many SQL variables"): return SQL::DatabaseError.invalidValue(detail)
    default: return SQL::DatabaseError.other(detail)
    }
}
