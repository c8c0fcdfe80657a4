import Foundation
import PooledFund
import SQL
import TestSupport
import Testing

/// What both engines hold a record to must be the same: a row that one takes, the other must take.
@Suite("The schemas of the two engines", .enabled(if: TestDatabase.engine == .postgresql, "needs a PostgreSQL server"))
struct SchemaComparisonTests {
    #if PostgreSQL
        @Test("Tables, columns, types, nullability and keys are the same")
        func tables() async throws {
            let tables = try await tablesByEngine()
            let (sqlite, postgresql) = (try #require(tables[.sqlite]), try #require(tables[.postgresql]))
            #expect(sqlite.map(\.name) == postgresql.map(\.name))
            for (one, other) in zip(sqlite, postgresql) {
                #expect(one.columns == other.columns, "\(one.name)")
                #expect(one.primaryKey == other.primaryKey, "\(one.name)")
                #expect(one.uniqueKeys == other.uniqueKeys, "\(one.name)")
                #expect(one.foreignKeys == other.foreignKeys, "\(one.name)")
            }
            #expect(
                Set(sqlite.map(\.name))
                    == Set(AuditedTable.all.map(\.name) + ["audit_event", "audit_body"] + OperationalTable.allCases.map(\.rawValue)))
            #expect(sqlite.allSatisfy { table in table.columns.allSatisfy { [.integer, .text, .bytes].contains($0.type) } })
        }

        @Test("Checks are the same, and PostgreSQL holds every one of them")
        func checks() async throws {
            let sqlite = try Self.checks(in: .sqlite)
            let postgresql = try Self.checks(in: .postgresql)
            #expect(sqlite == postgresql)
            #expect(sqlite.values.map(\.count).reduce(0, +) > 50, "the checks of the texts were not found")
            let held = try await postgreSQL(
                """
                SELECT relname || ' ' || count(*) FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
                WHERE contype = 'c' AND relname <> 'migration' AND connamespace = current_schema()::regnamespace GROUP BY relname
                """)
            #expect(Set(held) == Set(postgresql.map { "\($0) \($1.count)" }))
        }

        @Test("Triggers stand at the same tables for the same changes; emptying a table is refused too")
        func triggers() async throws {
            let office = try await migrated(.sqlite)
            let sqlite = try await office.database.read { transaction in
                try transaction.rows("SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'") { row in
                    let words = try row.text("sql").split(whereSeparator: \.isWhitespace)
                    return "\(try row.text("tbl_name")) \(words[3]) \(words[4])"
                }
            }
            let postgresql = try await postgreSQL(
                """
                SELECT event_object_table || ' ' || action_timing || ' ' || event_manipulation FROM information_schema.triggers
                WHERE trigger_schema = current_schema()
                """)
            #expect(Set(sqlite) == Set(postgresql) && sqlite.count == postgresql.count)
            // The standard's view knows no TRUNCATE.
            let emptied = try await postgreSQL(
                "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgtype & 32 = 32 AND NOT tgisinternal")
            #expect(Set(emptied) == Set(AuditedTable.all.map(\.name) + ["audit_event", "audit_body"]))
        }

        @Test("Indexes are the same")
        func indexes() async throws {
            let office = try await migrated(.sqlite)
            let sqlite = try await office.database.read {
                try $0.rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL") { try $0.text("name") }
            }
            let postgresql = try await postgreSQL(
                """
                SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> 'migration'
                AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'
                """)
            #expect(Set(sqlite) == Set(postgresql))
        }

        @Test("PostgreSQL compares every text by its bytes, whatever the locale of the database")
        func collation() async throws {
            let others = try await postgreSQL(
                """
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
                """)
            #expect(others.isEmpty)
        }

        private func tablesByEngine() async throws -> [Engine: [TableDescription]] {
            var tables: [Engine: [TableDescription]] = [:]
            for engine in Engine.allCases {
                let office = try await migrated(engine)
                tables[engine] = try await office.database.read { try $0.tables() }
                try office.database.close()
            }
            return tables
        }

        private func migrated(_ engine: Engine) async throws -> (place: TestDatabase, database: any Database) {
            let place = try TestDatabase(engine)
            let database = try await place.open()
            try await database.migrate(try Schema.migrations())
            return (place, database)
        }

        /// The first column of a result, from a database that the migrations made.
        private func postgreSQL(_ query: String) async throws -> [String] {
            let (place, database) = try await migrated(.postgresql)
            defer { try? database.close() }
            return try RawPostgreSQL(url: try place.url).execute(query)
        }
    #endif

    /// The CHECK clauses of the texts of the migrations, by table, in order.
    private static func checks(in engine: Engine) throws -> [String: [String]] {
        var checks: [String: [String]] = [:]
        for migration in try Schema.migrations() {
            var table = ""
            for line in try migration.text(for: engine).split(separator: "\n") {
                if line.hasPrefix("CREATE TABLE ") { table = String(line.split(separator: " ")[2]) }
                guard let start = line.range(of: "CHECK (") else { continue }
                checks[table, default: []].append(line[start.lowerBound...].trimmingCharacters(in: [","]))
            }
        }
        return checks
    }
}
