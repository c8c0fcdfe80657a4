internal import Foundation
internal import GRDB
internal import SQL

struct SQLiteTransaction: WriteTransaction {
    let database: GRDB::Database

    func query(_ statement: SQL::Statement, _ each: (SQL::Row) throws -> Void) throws {
        do {
            let prepared = try database.cachedStatement(sql: statement.text)
            let names = prepared.columnNames
            let columns = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            let cursor = try GRDB::Row.fetchCursor(prepared, arguments: arguments(of: statement))
            while let row = try cursor.next() {
                var values: [Value] = []
                values.reserveCapacity(names.count)
                for index in names.indices {
                    values.append(try value(of: row, at: index, named: names[index]))
                }
                try each(SQL::Row(columns: columns, values: values))
            }
        } catch {
            throw mapped(error)
        }
    }

    func execute(_ statement: SQL::Statement) throws {
        do {
            try database.cachedStatement(sql: statement.text).execute(arguments: arguments(of: statement))
        } catch {
            throw mapped(error)
        }
    }

    func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        // Only one of the two is set, and always one: the closure either returns or throws.
        var outcome: Swift.Result<Result, any Error>?
        do {
            try database.inSavepoint {
                let result = try body()
                outcome = .success(result)
                return .commit
            }
        } catch {
            outcome = .failure(mapped(error))
        }
        guard let outcome else { throw SQL::DatabaseError.other("a savepoint ended without an outcome") }
        return try outcome.get()
    }

    private func value(of row: GRDB::Row, at index: Int, named name: String) throws -> Value {
        let stored: DatabaseValue = row[index]
        switch stored.storage {
        case .null: return .null
        case .int64(let integer): return .integer(integer)
        case .string(let text): return .text(try wholeText(text, of: row, at: index))
        case .blob(let data): return .bytes([UInt8](data))
        case .double: throw SQL::DatabaseError.damaged("column \(name) holds a floating-point number")
        }
    }

    /// GRDB's text ends at the first U+0000. The program writes none; whoever altered the file could hide something behind one.
    private func wholeText(_ text: String, of row: GRDB::Row, at index: Int) throws -> String {
        try row.withUnsafeData(atIndex: index) { data in
            guard let data, data.count != text.utf8.count else { return text }
            return String(decoding: data, as: UTF8.self)
        }
    }

    /// In the order of `$1`, `$2`, … A text with U+0000 is refused here because the other engine cannot store it.
    private func arguments(of statement: SQL::Statement) throws -> StatementArguments {
        StatementArguments(
            try statement.values.map { value -> DatabaseValue in
                switch value {
                case .null: return .null
                case .integer(let integer): return integer.databaseValue
                case .text(let text):
                    guard !text.utf8.contains(0) else { throw SQL::DatabaseError.invalidValue("a text contains the character U+0000") }
                    return text.databaseValue
                case .bytes(let bytes): return Data(bytes).databaseValue
                }
            })
    }
}
