import Foundation
import SQL
import SQLite
import TestSupport
import Testing

@Suite("SQLite: migrations and whose file it is")
struct MigrationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func migration(_ number: Int, _ text: String) -> Migration {
        Migration(number: number, name: "step-\(number)", texts: [.sqlite: text])
    }

    private var first: Migration { migration(1, "CREATE TABLE river (name TEXT NOT NULL PRIMARY KEY) STRICT") }
    private var second: Migration { migration(2, "CREATE TABLE town (name TEXT NOT NULL PRIMARY KEY) STRICT") }

    @Test("Each step is applied once, in order")
    func steps() async throws {
        let path = folder.path("a.sqlite")
        try await SQLiteDatabase(path: path).migrate([first])
        let database = try SQLiteDatabase(path: path)
        try await database.migrate([first, second])
        try await database.migrate([first, second])
        let numbers = try await database.read { try $0.rows("SELECT number FROM migration ORDER BY number") { try $0.integer("number") } }
        #expect(numbers == [1, 2])
        #expect(try await database.read { try $0.rows("SELECT name FROM town") }.isEmpty)
    }

    @Test("A trigger, table or index that was removed, added or changed since is found")
    func changedSchema() async throws {
        let path = folder.path("a.sqlite")
        let guarded = migration(
            1, "CREATE TABLE river (name TEXT) STRICT; CREATE TRIGGER kept BEFORE DELETE ON river BEGIN SELECT RAISE(ABORT, 'kept'); END")
        let database = try SQLiteDatabase(path: path)
        try await database.migrate([guarded])
        #expect(try await database.damages().isEmpty)
        try database.close()
        try RawSQLite(path: path).execute("DROP TRIGGER kept; CREATE TABLE shadow (name TEXT)")
        let again = try SQLiteDatabase(path: path)
        #expect(try await again.damages() == ["table shadow was added to the schema", "trigger kept was removed from the schema"])
    }

    @Test("A step that fails leaves nothing of the steps of its run")
    func failing() async throws {
        let database = try SQLiteDatabase(path: folder.path("a.sqlite"))
        await #expect(throws: DatabaseError.self) {
            try await database.migrate([first, migration(2, "CREATE TABLE town (name TEXT) STRICT; CREATE TABLE town (name TEXT) STRICT")])
        }
        #expect(try await database.read { try $0.rows("SELECT name FROM sqlite_schema") }.isEmpty)
        try await database.migrate([first, second])
    }

    @Test("A file that a newer program made is refused")
    func unknown() async throws {
        let database = try SQLiteDatabase(path: folder.path("a.sqlite"))
        try await database.migrate([first, second])
        await #expect(
            throws: DatabaseError.unknownSchema("it has migration 2, which this program does not know; use the newer program that made it")
        ) { try await database.migrate([first]) }
    }

    @Test("A file that other steps made is refused")
    func changed() async throws {
        let database = try SQLiteDatabase(path: folder.path("a.sqlite"))
        try await database.migrate([first])
        await #expect(throws: DatabaseError.unknownSchema("its migration 1 (step-1) differs from this program's")) {
            try await database.migrate([migration(1, "CREATE TABLE river (name TEXT) STRICT")])
        }
    }

    @Test("An SQLite file of another program is refused and left as it was")
    func foreignFile() throws {
        // A rollback-journal database with one table, no application id.
        let path = folder.path("foreign.sqlite")
        try RawSQLite(path: path).execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: DatabaseError.unknownSchema("\(path) is an SQLite file of another program")) { try SQLiteDatabase(path: path) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("A file that is no database is refused and left as it was")
    func noDatabase() throws {
        let path = folder.path("letter.sqlite")
        let letter = Data(String(repeating: "Dear river towns, ", count: 100).utf8)
        try letter.write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: DatabaseError.self) { try SQLiteDatabase(path: path) }
        guard case .damaged = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == letter)
    }

    @Test("A file in a folder that is not there is not available")
    func missingFolder() throws {
        let error = #expect(throws: DatabaseError.self) { try SQLiteDatabase(path: folder.path("no/such/a.sqlite")) }
        guard case .unavailable = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }
}
