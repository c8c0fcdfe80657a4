import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("The schema of the record")
struct SchemaTests {
    /// The chain itself, the engine's own list of migrations, and what is not of the record.
    private static let apart = Set(["migration", "audit_event", "audit_body"] + OperationalTable.allCases.map(\.rawValue))

    /// The columns of every table, in order, as the engine itself lists them.
    private static var columns: Statement {
        switch TestDatabase.engine {
        case .sqlite:
            """
            SELECT t.name AS table_name, c.name AS column_name, c.type AS type, '' AS collation
            FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
            ORDER BY t.name, c.cid
            """
        case .postgresql:
            """
            SELECT CAST(table_name AS TEXT) AS table_name, CAST(column_name AS TEXT) AS column_name, CAST(data_type AS TEXT) AS type,
                COALESCE(CAST(collation_name AS TEXT), '') AS collation
            FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position
            """
        }
    }

    @Test("Every table of the record is verified, with every one of its columns")
    func noTableEscapes() async throws {
        let office = try await TestOffice()
        let columns = try await office.database.read {
            try $0.rows(Self.columns) { (table: try $0.text("table_name"), name: try $0.text("column_name")) }
        }
        // A table that is on neither list would escape verification, copying or erasure.
        #expect(Self.apart.isSubset(of: Set(columns.map(\.table))))
        let found = Dictionary(grouping: columns.filter { !Self.apart.contains($0.table) }, by: \.table).mapValues { $0.map(\.name) }
        let common = ["fund", "event", "ordinal", "digest"]
        #expect(Set(found.keys) == Set(AuditedTable.all.map(\.name)))
        for table in AuditedTable.all {
            let columns = try #require(found[table.name])
            #expect(columns.count == table.columns.count + common.count, "\(table.name)")
            #expect(Set(columns) == Set(table.columns + common), "\(table.name)")
        }
    }

    @Test("Every column holds whole numbers, bytes or texts that compare by their bytes, and nothing else can get in")
    func types() async throws {
        let office = try await TestOffice()
        let types = try await office.database.read {
            try $0.rows(Self.columns) { "\(try $0.text("type")) \(try $0.text("collation"))" }
        }
        switch TestDatabase.engine {
        case .sqlite:
            #expect(Set(types) == ["INTEGER ", "TEXT ", "BLOB "])
            // Only a STRICT table keeps to the types of its columns.
            let loose = try await office.database.read {
                try $0.rows(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%) STRICT'"
                ) { try $0.text("name") }
            }
            #expect(loose.isEmpty)
        case .postgresql:
            #expect(Set(types) == ["bigint ", "text C", "bytea "])
        }
    }

    @Test("No row of the record is ever updated or deleted", arguments: AuditedTable.all.map(\.name) + ["audit_event", "audit_body"])
    func appendOnly(table: String) async throws {
        let record = try await AuditedRecord()
        var changes: [Statement] = ["UPDATE \(name: table) SET fund = 'other'", "DELETE FROM \(name: table)"]
        if TestDatabase.engine == .postgresql { changes.append("TRUNCATE \(name: table) CASCADE") }
        for change in changes {
            let error = await #expect(throws: DatabaseError.self) { try await record.database.write { try $0.execute(change) } }
            guard case .refused = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }
        #expect(try await AuditVerification.run(on: record.database).isIntact)
    }

    @Test("A body is deleted by an erasure on record only")
    func bodies() async throws {
        let record = try await AuditedRecord()
        await #expect(throws: DatabaseError.refused("a body is erased by an erasure on record only")) {
            try await record.database.write { try $0.execute("DELETE FROM audit_body WHERE sequence = 1") }
        }
    }
}
