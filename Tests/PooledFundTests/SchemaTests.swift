import SQL
import SQLite
import TestSupport
import Testing

@testable import PooledFund

@Suite("The schema of the record")
struct SchemaTests {
    /// The chain itself, and the engine's own list of migrations.
    private static let apart: Set<String> = ["migration", "audit_event", "audit_body"]

    @Test("Every table of the record is verified, with every one of its columns")
    func noTableEscapes() async throws {
        let office = try await TestOffice()
        let found = try await office.database.read { transaction in
            let tables = try transaction.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
                try $0.text("name")
            }
            return try tables.filter { !Self.apart.contains($0) }.map { table in
                AuditedTable(
                    table, try transaction.rows("SELECT name FROM pragma_table_info(\(table)) ORDER BY cid") { try $0.text("name") })
            }
        }
        let common = ["fund", "event", "ordinal", "digest"]
        #expect(Set(found.map(\.name)) == Set(AuditedTable.all.map(\.name)))
        for table in AuditedTable.all {
            let columns = try #require(found.first { $0.name == table.name }?.columns)
            #expect(columns.count == table.columns.count + common.count, "\(table.name)")
            #expect(Set(columns) == Set(table.columns + common), "\(table.name)")
        }
    }

    @Test("Every table is STRICT")
    func strict() async throws {
        let office = try await TestOffice()
        let loose = try await office.database.read {
            try $0.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%) STRICT'") {
                try $0.text("name")
            }
        }
        #expect(loose.isEmpty)
    }

    @Test("No row of the record is ever updated or deleted", arguments: AuditedTable.all.map(\.name) + ["audit_event", "audit_body"])
    func appendOnly(table: String) async throws {
        let file = try await AuditedFile()
        for change in ["UPDATE \(name: table) SET fund = 'other'", "DELETE FROM \(name: table)"] as [Statement] {
            let error = await #expect(throws: DatabaseError.self) { try await file.database.write { try $0.execute(change) } }
            guard case .refused = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }
        #expect(try await AuditVerification.run(on: file.database).isIntact)
    }

    @Test("A body is deleted by an erasure on record only")
    func bodies() async throws {
        let file = try await AuditedFile()
        await #expect(throws: DatabaseError.refused("a body is erased by an erasure on record only")) {
            try await file.database.write { try $0.execute("DELETE FROM audit_body WHERE sequence = 1") }
        }
    }
}
