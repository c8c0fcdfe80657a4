import Foundation
import SQL
import SQLite
import Synchronization
import TestSupport
import Testing

@Suite("SQLite: the engine")
struct SQLiteDatabaseTests {
    private let folder: TemporaryFolder
    private let database: SQLiteDatabase

    init() async throws {
        folder = try TemporaryFolder()
        database = try SQLiteDatabase(path: folder.path("test.sqlite"))
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
            """
        ])

    private func write(_ statement: Statement) async throws {
        try await database.write { try $0.execute(statement) }
    }

    private func names() async throws -> [String] {
        try await database.read { try $0.rows("SELECT name FROM town ORDER BY name") { try $0.text("name") } }
    }

    @Test("Every commit is flushed, the log is write-ahead, and foreign keys hold")
    func pragmas() throws {
        #expect(try database.pragma("synchronous") == "2")
        #expect(try database.pragma("journal_mode") == "wal")
        #expect(try database.pragma("foreign_keys") == "1")
        #expect(try database.pragma("trusted_schema") == "0")
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

    @Test("A text that was given a U+0000 behind the program's back is read whole, so that nothing hides behind it")
    func nulIsRead() async throws {
        try await write("INSERT INTO town (name, people) VALUES ('Quay' || char(0) || 'hidden', 1)")
        #expect(try await names() == ["Quay\0hidden"])
    }

    @Test("The wrong type, a duplicate, a dangling reference and a refusal each have their own word")
    func errors() async throws {
        try await write("INSERT INTO town (name, people) VALUES ('A', 1)")
        await expectError(of: .invalidValue) { "INSERT INTO town (name, people) VALUES ('B', 'many')" }
        await expectError(of: .invalidValue) { "INSERT INTO town (name, people) VALUES ('B', 1.5)" }
        await expectError(of: .invalidValue) { "INSERT INTO town (name, people) VALUES ('B', -1)" }
        await expectError(of: .invalidValue) { "INSERT INTO town (name, people) VALUES (NULL, 1)" }
        await expectError(of: .alreadyExists) { "INSERT INTO town (name, people) VALUES ('A', 1)" }
        await expectError(of: .missingReference) { "INSERT INTO town (name, people, river) VALUES ('B', 1, 'Styx')" }
        await expectError(of: .refused) { "DELETE FROM town" }
        await expectError(of: .other) { "SELECT * FROM nowhere" }
        #expect(try await names() == ["A"])
    }

    private enum Kind { case invalidValue, alreadyExists, missingReference, refused, other }

    private func expectError(of kind: Kind, in statement: () -> Statement) async {
        let statement = statement()
        let error = await #expect(throws: DatabaseError.self) { try await write(statement) }
        let found: Kind? =
            switch error {
            case .invalidValue: .invalidValue
            case .alreadyExists: .alreadyExists
            case .missingReference: .missingReference
            case .refused: .refused
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
            try await database.read { try $0.rows("SELECT 0.5 AS share") }
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

    @Test("Once closed, the file alone holds everything")
    func closing() async throws {
        try await write("INSERT INTO town (name, people) VALUES ('A', 1)")
        try database.close()
        let copy = folder.path("copy.sqlite")
        try FileManager.default.copyItem(atPath: folder.path("test.sqlite"), toPath: copy)
        let reopened = try SQLiteDatabase(path: copy)
        #expect(try await reopened.read { try $0.rows("SELECT name FROM town") }.count == 1)
    }
}
