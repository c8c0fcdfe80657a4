internal import GRDB
internal import GRDBSQLite
internal import SQL

/// A transaction on one connection. Statements are prepared and kept by GRDB; values are bound and read through SQLite's own interface, since GRDB's way
/// through dictionaries and existentials takes longer than the statements themselves.
final class SQLiteTransaction: WriteTransaction {
    let database: GRDB::Database
    /// SQLite would go on after most errors. The other engine cannot, and code that goes on from half of what it meant to do is wrong on either.
    private var failure: (any Error)?

    init(_ database: GRDB::Database) {
        self.database = database
    }

    /// Runs `body`, and throws what went wrong even if `body` made nothing of it.
    static func run<Result>(in database: GRDB::Database, _ body: (SQLiteTransaction) throws -> Result) throws -> Result {
        let transaction = SQLiteTransaction(database)
        let result = try body(transaction)
        if let failure = transaction.failure { throw failure }
        return result
    }

    func query(_ statement: SQL::Statement, _ each: (SQL::Row) throws -> Void) throws {
        try withPrepared(statement) { prepared in
            let names = (0..<sqlite3_column_count(prepared)).map { String(cString: sqlite3_column_name(prepared, $0)) }
            let columns = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            while try step(prepared) {
                var values: [Value] = []
                values.reserveCapacity(names.count)
                for index in names.indices { values.append(try value(of: prepared, at: CInt(index), named: names[index])) }
                try each(SQL::Row(columns: columns, values: values))
            }
        }
    }

    func execute(_ statement: SQL::Statement) throws {
        try withPrepared(statement) { prepared in
            while try step(prepared) {}
        }
    }

    func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        // Names may be used again: the innermost is meant.
        try execute("SAVEPOINT kept")
        do {
            let result = try body()
            try execute("RELEASE SAVEPOINT kept")
            return result
        } catch {
            // After some errors, such as a full disk, SQLite has undone the whole transaction already.
            if sqlite3_get_autocommit(database.sqliteConnection) == 0 {
                failure = nil
                try execute("ROLLBACK TO SAVEPOINT kept")
                try execute("RELEASE SAVEPOINT kept")
            }
            throw error
        }
    }

    private func withPrepared(_ statement: SQL::Statement, _ body: (OpaquePointer) throws -> Void) throws {
        if let failure { throw failure }
        let cached: GRDB::Statement
        do {
            cached = try database.cachedStatement(sql: statement.text)
        } catch {
            throw failed(mapped(error))
        }
        let prepared = cached.sqliteStatement
        guard statement.values.count <= SQL::Statement.valueLimit else {
            throw failed(SQL::DatabaseError.invalidValue("a statement has more than \(SQL::Statement.valueLimit) values"))
        }
        defer {
            // What went wrong was said by the step that it went wrong in.
            sqlite3_reset(prepared)
            sqlite3_clear_bindings(prepared)
        }
        guard Int(sqlite3_bind_parameter_count(prepared)) == statement.values.count else {
            throw failed(SQL::DatabaseError.other("\(statement.values.count) values do not fit the statement: \(statement.text)"))
        }
        for (index, value) in statement.values.enumerated() { try bind(value, to: prepared, at: CInt(index + 1)) }
        try body(prepared)
        // GRDB's cache may let go of the statement only now.
        withExtendedLifetime(cached) {}
    }

    /// - Returns: whether there is a row.
    private func step(_ prepared: OpaquePointer) throws -> Bool {
        switch sqlite3_step(prepared) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        // GRDB interrupts what a cancelled task asked for.
        case SQLITE_INTERRUPT: throw CancellationError()
        default: throw failed(lastError)
        }
    }

    private func failed(_ error: any Error) -> any Error {
        failure = error
        return error
    }

    private var lastError: any Error {
        let connection = database.sqliteConnection
        let code = ResultCode(rawValue: sqlite3_extended_errcode(connection))
        return mapped(GRDB::DatabaseError(resultCode: code, message: String(cString: sqlite3_errmsg(connection))))
    }

    /// `$1`, `$2`, … are numbered by SQLite in the order in which they first stand in the text, which is theirs.
    /// A text with U+0000 is refused here because the other engine cannot store it.
    private func bind(_ value: Value, to prepared: OpaquePointer, at place: CInt) throws {
        let code: CInt
        switch value {
        case .null:
            code = sqlite3_bind_null(prepared, place)
        case .integer(let integer):
            code = sqlite3_bind_int64(prepared, place, integer)
        case .text(var text):
            code = try text.withUTF8 { utf8 in
                guard !utf8.contains(0) else {
                    throw failed(SQL::DatabaseError.invalidValue("a text contains the character U+0000"))
                }
                // Without an address it would be NULL.
                guard let start = utf8.baseAddress else { return sqlite3_bind_text(prepared, place, "", 0, Self.copied) }
                return start.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
                    sqlite3_bind_text64(prepared, place, $0, UInt64(utf8.count), Self.copied, UInt8(SQLITE_UTF8))
                }
            }
        case .bytes(let bytes):
            code = bytes.withUnsafeBytes { buffer in
                guard let start = buffer.baseAddress, !buffer.isEmpty else { return sqlite3_bind_zeroblob(prepared, place, 0) }
                return sqlite3_bind_blob64(prepared, place, start, UInt64(buffer.count), Self.copied)
            }
        }
        guard code == SQLITE_OK else { throw failed(lastError) }
    }

    /// SQLITE_TRANSIENT, which the importer cannot translate: SQLite makes its own copy of the value.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private func value(of prepared: OpaquePointer, at column: CInt, named name: String) throws -> Value {
        switch sqlite3_column_type(prepared, column) {
        case SQLITE_NULL:
            return .null
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(prepared, column))
        case SQLITE_TEXT:
            // Whole, even if whoever altered the file hid something behind a U+0000.
            let start = sqlite3_column_text(prepared, column)
            return .text(
                String(decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(prepared, column))), as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(prepared, column)
            return .bytes(Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(prepared, column)))))
        default:
            throw SQL::DatabaseError.damaged("column \(name) holds a floating-point number")
        }
    }
}
