import SQL
import Testing

@Suite("SQL: statements")
struct StatementTests {
    @Test("A value is bound, whatever it holds: it never becomes SQL")
    func valuesAreBound() {
        let hostile = #"'; DROP TABLE entry; -- " $1 \"#
        let statement: Statement = "SELECT * FROM source WHERE fund = \(hostile) AND event <= \(7) AND note = \(nil as String?)"
        #expect(statement.text == "SELECT * FROM source WHERE fund = $1 AND event <= $2 AND note = $3")
        #expect(statement.values == [.text(hostile), .integer(7), .null])
    }

    @Test("A fragment's placeholders are numbered anew where it is put in")
    func fragmentsAreRenumbered() {
        let fragment: Statement = "b = \("two") AND c = \(Int64(3))"
        let statement: Statement = "a = \(1) AND (\(fragment)) AND d = \([UInt8(4)]) AND (\(fragment))"
        #expect(statement.text == "a = $1 AND (b = $2 AND c = $3) AND d = $4 AND (b = $5 AND c = $6)")
        #expect(statement.values == [.integer(1), .text("two"), .integer(3), .bytes([4]), .text("two"), .integer(3)])
    }

    @Test("Parts are joined with what stands between them, and a list is in parentheses")
    func joinsAndLists() {
        let parts: [Statement] = ["a = \(1)", "b", "c = \("x")"]
        let joined = Statement.joined(parts, separator: " OR ")
        #expect(joined.text == "a = $1 OR b OR c = $2")
        #expect(Statement.joined([], separator: ", ") == "")
        #expect(Statement.list([.integer(1), .null, .text("x")]).text == "($1, $2, $3)")
    }

    @Test("A name is written as it is if it is a plain lower-case one")
    func plainNames() {
        let statement: Statement = "SELECT 1 FROM \(name: "audit_event_2")"
        #expect(statement.text == "SELECT 1 FROM audit_event_2")
    }

    @Test("A name that could be anything else stops the program")
    func otherNamesAreRefused() async {
        await #expect(processExitsWith: .failure) { _ = "SELECT 1 FROM \(name: "entry; DROP TABLE entry")" as Statement }
        await #expect(processExitsWith: .failure) { _ = "SELECT 1 FROM \(name: "Entry")" as Statement }
        await #expect(processExitsWith: .failure) { _ = "SELECT 1 FROM \(name: "")" as Statement }
    }

    @Test("A column read as what it is not is an error, never a zero")
    func rowsAreTyped() throws {
        let row = Row(columns: ["a": 0, "b": 1, "c": 2], values: [.integer(1), .text("x"), .null])
        #expect(try row.integer("a") == 1)
        #expect(try row.optionalText("c") == nil)
        #expect(throws: RowError.wrongType(column: "b", expected: "integer")) { try row.integer("b") }
        #expect(throws: RowError.wrongType(column: "c", expected: "text")) { try row.text("c") }
        #expect(throws: RowError.wrongType(column: "a", expected: "bytes")) { try row.optionalBytes("a") }
        #expect(throws: RowError.noColumn("d")) { try row.optionalInteger("d") }
    }

    @Test("A migration that is not written for an engine says so")
    func migrationWithoutText() {
        let migration = Migration(number: 3, name: "people", texts: [.sqlite: "SELECT 1"])
        #expect(throws: DatabaseError.unknownSchema("migration 3 (people) is not written for postgresql")) {
            try migration.text(for: .postgresql)
        }
    }
}
