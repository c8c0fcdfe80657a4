import Foundation
import SQL
import SQLite
import TestSupport
import Testing

@Suite("SQLite: the file and how it is held")
struct SQLiteFileTests {
    private let folder: TemporaryFolder
    private let database: SQLiteDatabase

    init() async throws {
        folder = try TemporaryFolder()
        database = try SQLiteDatabase(path: folder.path("test.sqlite"))
        let towns = "CREATE TABLE town (name TEXT NOT NULL PRIMARY KEY, people INTEGER NOT NULL) STRICT"
        try await database.migrate([Migration(number: 1, name: "towns", texts: [.sqlite: towns])])
    }

    private func write(_ statement: Statement) async throws {
        try await database.write { try $0.execute(statement) }
    }

    @Test("Every commit is flushed, the log is write-ahead, and foreign keys hold")
    func pragmas() throws {
        #expect(try database.pragma("synchronous") == "2")
        #expect(try database.pragma("journal_mode") == "wal")
        #expect(try database.pragma("foreign_keys") == "1")
        #expect(try database.pragma("trusted_schema") == "0")
    }

    @Test("A text that was given a U+0000 behind the program's back is read whole, so that nothing hides behind it")
    func nulIsRead() async throws {
        try await write("INSERT INTO town (name, people) VALUES ('Quay' || char(0) || 'hidden', 1)")
        #expect(try await database.read { try $0.rows("SELECT name FROM town") { try $0.text("name") } } == ["Quay\0hidden"])
    }

    @Test("A number that is not whole is refused")
    func wholeNumbers() async throws {
        let error = await #expect(throws: DatabaseError.self) { try await write("INSERT INTO town (name, people) VALUES ('B', 1.5)") }
        guard case .invalidValue = error else { return #expect(Bool(false), "\(String(describing: error))") }
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

    @Test("A single file is read with nothing written beside it, and nothing can be written to it; closing it again does nothing")
    func singleFile() async throws {
        try await write("INSERT INTO town (name, people) VALUES ('Quay', 1)")
        let path = folder.path("test.sqlite")
        #expect(SQLiteFileHeader([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))?.hasWriteAheadLog == true)
        try database.closeAsSingleFile()
        try database.close()
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let header = try #require(SQLiteFileHeader(bytes))
        #expect(!header.hasWriteAheadLog && header.isOfThisProgram && header.declaredSize == Int64(bytes.count))

        let reading = try SQLiteDatabase(readingOnly: path)
        #expect(try await reading.read { try $0.rows("SELECT name FROM town") { try $0.text("name") } } == ["Quay"])
        let beside = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(beside == ["test.sqlite"])
        await #expect(throws: DatabaseError.self) { try await reading.write { try $0.execute("DELETE FROM town") } }
        try reading.close()
        #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) == bytes)
    }

    @Test("The header of what is no SQLite file is none")
    func noHeader() {
        #expect(SQLiteFileHeader([]) == nil)
        #expect(SQLiteFileHeader([UInt8](repeating: 0, count: 100)) == nil)
        #expect(SQLiteFileHeader(Array("SQLite format 3\0".utf8)) == nil)
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
