import Foundation
import SQL
import TestSupport
import Testing

@Suite("Every engine: migrations")
struct MigrationTests {
    private let place: TestDatabase

    init() throws {
        place = try TestDatabase()
    }

    /// What both engines read alike.
    private func migration(_ number: Int, _ text: String) -> Migration {
        Migration(number: number, name: "step-\(number)", texts: [.sqlite: text, .postgresql: text])
    }

    private var first: Migration { migration(1, "CREATE TABLE river (name TEXT NOT NULL PRIMARY KEY)") }
    private var second: Migration { migration(2, "CREATE TABLE town (name TEXT NOT NULL PRIMARY KEY)") }

    private func tables(_ database: any Database) async throws -> [String] {
        let statement: Statement =
            switch place.engine {
            case .sqlite: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
            case .postgresql:
                "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
            }
        return try await database.read { try $0.rows(statement) { try $0.text("name") } }
    }

    @Test("Each step is applied once, in order")
    func steps() async throws {
        try await place.open().migrate([first])
        let database = try await place.open()
        try await database.migrate([first, second])
        try await database.migrate([first, second])
        let numbers = try await database.read { try $0.rows("SELECT number FROM migration ORDER BY number") { try $0.integer("number") } }
        #expect(numbers == [1, 2])
        #expect(try await tables(database) == ["migration", "river", "town"])
    }

    @Test("Programs that start together make the schema once")
    func together() async throws {
        let databases = place.engine == .sqlite ? [try await place.open()] : [try await place.open(), try await place.open()]
        try await withThrowingDiscardingTaskGroup { group in
            for number in 0..<6 {
                let database = databases[number % databases.count]
                group.addTask { try await database.migrate([first, second]) }
            }
        }
        #expect(try await tables(databases[0]) == ["migration", "river", "town"])
    }

    @Test("A trigger, table or index that was removed, added or changed since is found")
    func changedSchema() async throws {
        let guarded = Migration(
            number: 1, name: "guarded",
            texts: [
                .sqlite: """
                CREATE TABLE river (name TEXT) STRICT;
                CREATE INDEX by_name ON river (name);
                CREATE TRIGGER kept BEFORE DELETE ON river BEGIN SELECT RAISE(ABORT, 'kept'); END
                """,
                .postgresql: """
                CREATE TABLE river (name TEXT);
                CREATE INDEX by_name ON river (name);
                CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'kept'; END $$;
                CREATE TRIGGER kept BEFORE DELETE ON river FOR EACH ROW EXECUTE FUNCTION keep();
                """,
            ])
        let database = try await place.open()
        try await database.migrate([guarded])
        #expect(try await database.damages(in: [guarded]).isEmpty)
        try database.close()
        try place.alter(
            "DROP TRIGGER kept\(place.engine == .sqlite ? "" : " ON river"); CREATE TABLE shadow (name TEXT); DROP INDEX by_name")
        let again = try await place.open()
        let river = place.engine == .sqlite ? "" : " of river"
        #expect(
            try await again.damages(in: [guarded]) == [
                "index by_name was removed from the schema", "table shadow was added to the schema",
                "trigger kept\(river) was removed from the schema",
            ])
        // Looking leaves nothing behind.
        #expect(try await again.damages(in: [guarded]).count == 3)
        #expect(try await tables(again) == ["migration", "river", "shadow"])
    }

    @Test("A step that fails leaves nothing of the steps of its run")
    func failing() async throws {
        let database = try await place.open()
        await #expect(throws: DatabaseError.self) {
            try await database.migrate([first, migration(2, "CREATE TABLE town (name TEXT); CREATE TABLE town (name TEXT)")])
        }
        #expect(try await tables(database).isEmpty)
        try await database.migrate([first, second])
    }

    @Test("A database that a newer program made is refused")
    func unknown() async throws {
        let database = try await place.open()
        try await database.migrate([first, second])
        await #expect(
            throws: DatabaseError.unknownSchema("it has migration 2, which this program does not know; use the newer program that made it")
        ) { try await database.migrate([first]) }
    }

    @Test("A database that other steps made is refused")
    func changed() async throws {
        let database = try await place.open()
        try await database.migrate([first])
        await #expect(throws: DatabaseError.unknownSchema("its migration 1 (step-1) differs from this program's")) {
            try await database.migrate([migration(1, "CREATE TABLE river (name TEXT)")])
        }
    }
}
