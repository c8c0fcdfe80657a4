import Foundation
import SQL
import Synchronization
import TestSupport
import Testing

@Suite("Every engine: values, errors, transactions")
struct DatabaseTests {
    private let place: TestDatabase
    private let database: any Database

    init() async throws {
        place = try TestDatabase()
        database = try await place.open()
        try await database.migrate([Self.schema])
    }

    private static let schema = Migration(
        number: 1, name: "towns",
        texts: [
            .sqlite: """
            CREATE TABLE river (name TEXT NOT NULL PRIMARY KEY) STRICT;
            CREATE TABLE town (
                name TEXT NOT NULL PRIMARY KEY, people INTEGER NOT NULL CHECK (people >= 0), seal BLOB, river TEXT REFERENCES river (name)
            ) STRICT;
            CREATE TRIGGER town_is_never_deleted BEFORE DELETE ON town BEGIN SELECT RAISE(ABORT, 'towns stay'); END;
            """,
            .postgresql: """
            CREATE TABLE river (name TEXT COLLATE "C" NOT NULL PRIMARY KEY);
            CREATE TABLE town (
                name TEXT COLLATE "C" NOT NULL PRIMARY KEY, people BIGINT NOT NULL CHECK (people >= 0), seal BYTEA,
                river TEXT COLLATE "C" REFERENCES river (name)
            );
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'towns stay'; END $$;
            CREATE TRIGGER town_is_never_deleted BEFORE DELETE ON town FOR EACH ROW EXECUTE FUNCTION refuse();
            """,
        ])

    private func write(_ statement: Statement) async throws {
        try await database.write { try $0.execute(statement) }
    }

    private func names() async throws -> [String] {
        try await database.read { try $0.rows("SELECT name FROM town ORDER BY name") { try $0.text("name") } }
    }

    @Test("Values of every kind come back as they were written")
    func roundTrip() async throws {
        let name = "The \"\u{301}quay\" '; DROP TABLE town; -- 🌊 مدينة"
        try await write("INSERT INTO town (name, people, seal) VALUES (\(name), \(Int64.max), \([UInt8](0...255)))")
        try await write("INSERT INTO town (name, people, seal) VALUES (\(""), \(0), \([UInt8]()))")
        let rows = try await database.read { try $0.rows("SELECT * FROM town ORDER BY people DESC") }
        #expect(Array(try rows[0].text("name").unicodeScalars) == Array(name.unicodeScalars))
        #expect(try rows[0].integer("people") == .max)
        #expect(try rows[0].bytes("seal") == [UInt8](0...255))
        #expect(try rows[0].optionalText("river") == nil)
        #expect(try rows[1].text("name").isEmpty)
        #expect(try rows[1].bytes("seal").isEmpty)
    }

    @Test("A text with U+0000 is refused, since the other engine cannot store it")
    func nulIsRefused() async throws {
        await #expect(throws: DatabaseError.invalidValue("a text contains the character U+0000")) {
            try await write("INSERT INTO town (name, people) VALUES (\("a\0b"), 1)")
        }
        #expect(try await names().isEmpty)
    }

    @Test("The wrong type, a duplicate, a dangling reference and a refusal each have their own word")
    func errors() async throws {
        try await write("INSERT INTO town (name, people) VALUES ('A', 1)")
        await expectError(of: .invalidValue) { "INSERT INTO town (name, people) VALUES ('B', 'many')" }
        await expectError(of: .invalidValue) { "INSERT INTO town (name, people) VALUES ('B', -1)" }
        await expectError(of: .invalidValue) { "INSERT INTO town (name, people) VALUES (NULL, 1)" }
        await expectError(of: .alreadyExists) { "INSERT INTO town (name, people) VALUES ('A', 1)" }
        await expectError(of: .missingReference) { "INSERT INTO town (name, people, river) VALUES ('B', 1, 'Styx')" }
        await expectError(of: .refused) { "DELETE FROM town" }
        await expectError(of: .unknownSchema) { "SELECT * FROM nowhere" }
        await expectError(of: .unknownSchema) { "SELECT harbour FROM town" }
        await expectError(of: .other) { "SELECT FROM FROM town" }
        #expect(try await names() == ["A"])
    }

    private enum Kind { case invalidValue, alreadyExists, missingReference, refused, unknownSchema, other }

    private func expectError(of kind: Kind, in statement: () -> Statement) async {
        let statement = statement()
        let error = await #expect(throws: DatabaseError.self) { try await write(statement) }
        let found: Kind? =
            switch error {
            case .invalidValue: .invalidValue
            case .alreadyExists: .alreadyExists
            case .missingReference: .missingReference
            case .refused: .refused
            case .unknownSchema: .unknownSchema
            case .other: .other
            default: nil
            }
        #expect(found == kind, "\(String(describing: error))")
        #expect(error?.description.isEmpty == false)
    }

    @Test("A reading transaction cannot write")
    func readersDoNotWrite() async throws {
        await #expect(throws: DatabaseError.self) {
            try await database.read { try $0.query("INSERT INTO town (name, people) VALUES ('A', 1)") { _ in } }
        }
        #expect(try await names().isEmpty)
    }

    @Test("A floating-point number in the file is damage, not a value")
    func noFloatingPoint() async throws {
        await #expect(throws: DatabaseError.damaged("column share holds a floating-point number")) {
            try await database.read { try $0.rows("SELECT CAST(0.5 AS DOUBLE PRECISION) AS share") }
        }
    }

    @Test("A transaction that throws changes nothing")
    func rollback() async throws {
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await database.write { transaction in
                try transaction.execute("INSERT INTO town (name, people) VALUES ('A', 1)")
                throw Stop()
            }
        }
        #expect(try await names().isEmpty)
    }

    @Test("A savepoint undoes only what was written in it, and savepoints nest")
    func savepoints() async throws {
        struct Stop: Error {}
        try await database.write { transaction in
            try transaction.execute("INSERT INTO town (name, people) VALUES ('A', 1)")
            #expect(throws: Stop.self) {
                try transaction.savepoint {
                    try transaction.execute("INSERT INTO town (name, people) VALUES ('B', 1)")
                    try transaction.savepoint { try transaction.execute("INSERT INTO town (name, people) VALUES ('C', 1)") }
                    throw Stop()
                }
            }
            #expect(throws: DatabaseError.self) {
                try transaction.savepoint { try transaction.execute("INSERT INTO town (name, people) VALUES ('A', 1)") }
            }
            let outcome = try transaction.savepoint {
                try transaction.execute("INSERT INTO town (name, people) VALUES ('D', 1)")
                return 4
            }
            #expect(outcome == 4)
        }
        #expect(try await names() == ["A", "D"])
    }

    @Test("An error that waited is the outer savepoint's, and undoing it leaves what was kept before")
    func waitingError() async throws {
        try await database.write { transaction in
            try transaction.savepoint { try transaction.execute("INSERT INTO town (name, people) VALUES ('A', 1)") }
            let error = #expect(throws: DatabaseError.self) {
                try transaction.savepoint {
                    try transaction.execute("INSERT INTO town (name, people) VALUES ('A', 2)")
                    try transaction.savepoint { _ = try transaction.rows("SELECT name FROM town") }
                }
            }
            guard case .alreadyExists = error else { return #expect(Bool(false), "\(String(describing: error))") }
            try transaction.savepoint { try transaction.execute("INSERT INTO town (name, people) VALUES ('B', 1)") }
        }
        #expect(try await names() == ["A", "B"])
    }

    @Test("A statement with more values than an engine takes is refused, and says so")
    func manyValues() async throws {
        var text = Statement.Interpolation(literalCapacity: 0, interpolationCount: 40_000)
        text.appendLiteral("SELECT name FROM town WHERE people IN (0")
        for number in 1...40_000 {
            text.appendLiteral(", ")
            text.appendInterpolation(number)
        }
        text.appendLiteral(")")
        let statement = Statement(stringInterpolation: text)
        let error = await #expect(throws: DatabaseError.self) { try await database.read { try $0.rows(statement) } }
        guard case .invalidValue = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }

    @Test("After an error that nobody undid a transaction is over, whatever its body makes of it")
    func failedTransaction() async throws {
        await #expect(throws: DatabaseError.self) {
            try await database.write { transaction in
                try transaction.execute("INSERT INTO town (name, people) VALUES ('A', 1)")
                try? transaction.query("INSERT INTO town (name, people) VALUES ('A', 1)") { _ in }
                try transaction.execute("INSERT INTO town (name, people) VALUES ('B', 1)")
            }
        }
        #expect(try await names().isEmpty)
        try await write("INSERT INTO town (name, people) VALUES ('C', 1)")
        #expect(try await names() == ["C"])
    }

    @Test("What a query's reader throws ends the query, and the transaction can go on")
    func readerThrows() async throws {
        struct Enough: Error {}
        try await database.write { transaction in
            for number in 0..<1_000 { try transaction.execute("INSERT INTO town (name, people) VALUES (\("t\(number)"), \(number))") }
            #expect(throws: Enough.self) { try transaction.query("SELECT name FROM town") { _ in throw Enough() } }
            #expect(try transaction.rows("SELECT name FROM town").count == 1_000)
        }
        #expect(try await names().count == 1_000)
    }

    @Test("Names, wherever their letters come from, are in the order of their bytes on every engine")
    func order() async throws {
        let names = ["", "A", "B", "Z", "a", "ab", "b", "~", "\u{80}", "Ä", "ä", "é", "ß", "Ω", "я", "中", "🌊"].sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        for name in names.shuffled() { try await write("INSERT INTO town (name, people) VALUES (\(name), 1)") }
        #expect(try await self.names() == names)
        let later = try await database.read {
            try $0.rows("SELECT name FROM town WHERE (name, people) > (\("Z"), \(1)) ORDER BY name LIMIT 2")
        }
        #expect(try later.map { try $0.text("name") } == ["a", "ab"])
    }

    @Test("Truth is 0 or 1, counts and sums are integers, on every engine")
    func expressions() async throws {
        try await write("INSERT INTO town (name, people) VALUES ('A', 2), ('B', 3)")
        let row = try await database.read {
            try $0.first(
                "SELECT COUNT(*) AS count, CAST(SUM(people) AS BIGINT) AS sum, EXISTS (SELECT 1 FROM town) AS some, 7 AS seven FROM town")
        }
        #expect(try row?.integer("count") == 2)
        #expect(try row?.integer("sum") == 5)
        #expect(try row?.integer("some") == 1)
        #expect(try row?.integer("seven") == 7)
    }

    @Test("Writers of two connections take turns: nothing is lost between reading a number and writing the next")
    func oneWriter() async throws {
        guard place.engine == .postgresql else { return }
        let other = try await place.open()
        try await write("INSERT INTO town (name, people) VALUES ('A', 0)")
        try await withThrowingDiscardingTaskGroup { group in
            for number in 0..<100 {
                let database = number.isMultiple(of: 2) ? database : other
                group.addTask {
                    try await database.write { transaction in
                        let people = try transaction.first("SELECT people FROM town")?.integer("people") ?? 0
                        try transaction.execute("UPDATE town SET people = \(people + 1)")
                    }
                }
            }
        }
        #expect(try await database.read { try $0.first("SELECT people FROM town")?.integer("people") } == 100)
        try other.close()
    }

    @Test("A reader sees one moment, whatever is written meanwhile")
    func snapshot() async throws {
        try await write("INSERT INTO town (name, people) VALUES ('A', 1)")
        let hasRead = Mutex(false)
        let hasWritten = DispatchSemaphore(value: 0)
        let database = database
        async let counts = database.read { transaction in
            let before = try transaction.rows("SELECT 1 AS one FROM town").count
            hasRead.withLock { $0 = true }
            hasWritten.wait()
            return (before, try transaction.rows("SELECT 1 AS one FROM town").count)
        }
        while !hasRead.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
        try await write("INSERT INTO town (name, people) VALUES ('B', 1)")
        hasWritten.signal()
        #expect(try await counts == (1, 1))
        #expect(try await names() == ["A", "B"])
    }
}
