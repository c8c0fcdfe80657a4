internal import Foundation
internal import GRDB
public import SQL

extension SQLiteDatabase {
    /// Each step runs with its own record in one transaction, so that a schema is never half a step ahead.
    public func migrate(_ migrations: [Migration]) async throws {
        let steps = try migrations.map { (migration: $0, text: try $0.text(for: .sqlite)) }
        try await write { transaction in
            guard let database = (transaction as? SQLiteTransaction)?.database else { return }
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS migration (
                        number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
                        name TEXT NOT NULL,
                        text TEXT NOT NULL
                    ) STRICT
                    """)
            var applied: [Int64: String] = [:]
            try transaction.query("SELECT number, text FROM migration ORDER BY number") { row in
                applied[try row.integer("number")] = try row.text("text")
            }
            let known = Set(steps.map { Int64($0.migration.number) })
            if let unknown = applied.keys.first(where: { !known.contains($0) }) {
                throw SQL::DatabaseError.unknownSchema(
                    "it has migration \(unknown), which this program does not know; use the newer program that made it")
            }
            for step in steps {
                let number = Int64(step.migration.number)
                if let text = applied[number] {
                    guard text == step.text else {
                        throw SQL::DatabaseError.unknownSchema(
                            "its migration \(number) (\(step.migration.name)) differs from this program's")
                    }
                    continue
                }
                try database.execute(sql: step.text)
                try transaction.execute(
                    "INSERT INTO migration (number, name, text) VALUES (\(number), \(step.migration.name), \(step.text))")
            }
        }
    }
}
