internal import Foundation
internal import GRDB
public import SQL

extension SQLiteDatabase {
    private static let migrationTable = """
        CREATE TABLE IF NOT EXISTS migration (
            number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
            name TEXT NOT NULL,
            text TEXT NOT NULL
        ) STRICT
        """

    /// Where the schema is no longer what its migrations made: a trigger that was dropped would let the record be rewritten unseen.
    func schemaChanges(since migrations: [Migration], in transaction: any ReadTransaction) throws -> [String] {
        let intended = try DatabaseQueue()
        let expected = try intended.write { database in
            try database.execute(sql: Self.migrationTable)
            for migration in migrations { try database.execute(sql: try migration.text(for: .sqlite)) }
            return try Self.definitions(in: SQLiteTransaction(database))
        }
        return Migration.changes(from: expected, to: try Self.definitions(in: transaction))
    }

    /// The SQL of every table, index and trigger by its kind and name.
    private static func definitions(in transaction: any ReadTransaction) throws -> [String: String] {
        let rows = try transaction.rows("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'") {
            ("\(try $0.text("type")) \(try $0.text("name"))", try $0.optionalText("sql") ?? "")
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    /// Each step runs with its own record in one transaction, so that a schema is never half a step ahead.
    public func migrate(_ migrations: [Migration]) async throws {
        try await write { transaction in
            guard let database = (transaction as? SQLiteTransaction)?.database else { return }
            try database.execute(sql: Self.migrationTable)
            var applied: [Int64: String] = [:]
            try transaction.query("SELECT number, text FROM migration") { row in
                applied[try row.integer("number")] = try row.text("text")
            }
            for (migration, text) in try Migration.outstanding(migrations, after: applied, for: .sqlite) {
                try database.execute(sql: text)
                try transaction.execute(
                    "INSERT INTO migration (number, name, text) VALUES (\(migration.number), \(migration.name), \(text))")
            }
        }
    }
}
