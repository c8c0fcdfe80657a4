internal import Foundation
internal import GRDBSQLite
internal import PooledFund
internal import SQLite

/// SQLite's own interface, with the settings that the house gives it: write-ahead logging, every commit flushed, foreign keys checked.
final class RawSQLite: RawEngine {
    private var connection: OpaquePointer?
    private var insertions: [OpaquePointer?] = []

    init(path: String) throws {
        guard sqlite3_open(path, &connection) == SQLITE_OK else { throw failure("open") }
        let pragmas = [
            "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON",
            "cache_size = -32768",
        ]
        for pragma in pragmas {
            try run("PRAGMA \(pragma)")
        }
        for table in RawTable.allCases {
            var statement: OpaquePointer?
            guard sqlite3_prepare_v3(connection, table.insertion, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK
            else { throw failure("prepare") }
            insertions.append(statement)
        }
    }

    deinit {
        for statement in insertions { sqlite3_finalize(statement) }
        sqlite3_close(connection)
    }

    func insert(_ actions: [PreparedAction], actionsPerCommit: Int, connections: Int, for duration: Duration) throws -> Throughput {
        let start = ContinuousClock.now
        var done = 0
        while done < actions.count, ContinuousClock.now - start < duration {
            try run("BEGIN IMMEDIATE")
            let next = min(done + actionsPerCommit, actions.count)
            for action in actions[done..<next] {
                for row in action.rows { try insert(row) }
            }
            try run("COMMIT")
            done = next
        }
        return Throughput(actions: done, elapsed: .now - start)
    }

    private func insert(_ row: PreparedRow) throws {
        let statement = insertions[row.table.rawValue]
        for index in row.kinds.indices {
            let place = CInt(index + 1)
            switch row.kinds[index] {
            case .null: sqlite3_bind_null(statement, place)
            case .integer: sqlite3_bind_int64(statement, place, row.integers[index])
            case .text: sqlite3_bind_text(statement, place, row.pointers[index], row.lengths[index], nil)
            case .bytes: sqlite3_bind_blob(statement, place, row.pointers[index], row.lengths[index], nil)
            }
        }
        guard sqlite3_step(statement) == SQLITE_DONE else { throw failure("insert into \(row.table.name)") }
        sqlite3_reset(statement)
    }

    private func run(_ sql: String) throws {
        guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
    }

    private func failure(_ what: String) -> RawFailure { RawFailure("SQLite: \(what): \(String(cString: sqlite3_errmsg(connection)))") }
}

/// Three files in a folder of their own: one for the door, two for the engine alone.
struct SQLiteFiles {
    private let folder: URL

    init(in parent: URL) throws {
        folder = parent.appendingPathComponent("door-benchmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    var door: String { folder.appendingPathComponent("door.sqlite").path }

    /// A file on which the fund is loaded already.
    func loaded(_ fund: FundFolder, _ name: String) async throws -> String {
        let path = folder.appendingPathComponent("\(name).sqlite").path
        let database = try SQLiteDatabase(path: path)
        try await database.migrate(try Schema.migrations())
        _ = try await Door(database: database, folder: fund)
        try database.close()
        return path
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}
