#if PostgreSQL
    import Foundation
    import PostgreSQL
    import SQL
    import Synchronization
    import TestSupport
    import Testing

    @Suite("PostgreSQL: the connection and the cluster", .enabled(if: TestDatabase.engine == .postgresql, "needs a PostgreSQL server"))
    struct PostgreSQLTests {
        private let place: TestDatabase

        init() throws {
            place = try TestDatabase()
        }

        @Test("An address never shows its password, nor does what is wrong with it")
        func redaction() throws {
            let address = try PostgreSQLAddress("postgres://keeper:s3cret@db-1.example:5433,db-2.example:5434/fund?sslmode=verify-full")
            #expect(address.description == "postgres://keeper@db-1.example:5433,db-2.example:5434/fund")
            #expect(
                try PostgreSQLAddress("postgres://keeper@/fund?host=/run/postgresql&password=s3cret").description.contains("s3cret")
                    == false)
            for text in [
                "postgres://keeper:s3cret@[::1", "postgres://keeper:s3cret@host/fund?nonsense=s3cret", "postgres://a:s3cret@h:port/%zz",
            ] {
                do {
                    _ = try PostgreSQLAddress(text)
                } catch {
                    #expect(!"\(error)".contains("s3cret"), "\(error)")
                }
            }
        }

        @Test("A server that is not there, a database that is not there, a part that it does not play: not available, and said at once")
        func unavailable() async throws {
            let urls = ["postgres://nobody@127.0.0.1:1/fund", try RawPostgreSQL.url(of: "no_such_database")]
            for url in urls {
                let error = await #expect(throws: DatabaseError.self) { try await PostgreSQLDatabase(PostgreSQLAddress(url)) }
                guard case .unavailable(let detail) = error else { return #expect(Bool(false), "\(String(describing: error))") }
                #expect(!detail.isEmpty)
            }
        }

        @Test("A database of another program is refused and left as it was; one that is not UTF-8 is refused")
        func foreign() async throws {
            try place.alter("CREATE TABLE theirs (x INTEGER)")
            let database = try await place.open()
            await #expect(throws: DatabaseError.unknownSchema("it holds tables of another program, such as theirs")) {
                try await database.migrate([Migration(number: 1, name: "a", texts: [.postgresql: "CREATE TABLE a (x BIGINT)"])])
            }
            let name = "latin_\(UUID().uuidString.prefix(8).lowercased())"
            let maintenance = try RawPostgreSQL(url: try RawPostgreSQL.url(of: "postgres"))
            try maintenance.execute("CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'")
            defer { _ = try? maintenance.execute("DROP DATABASE \(name) WITH (FORCE)") }
            let url = try RawPostgreSQL.url(of: name)
            let error = await #expect(throws: DatabaseError.self) { try await PostgreSQLDatabase(PostgreSQLAddress(url)) }
            guard case .unknownSchema = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }

        @Test("A connection that was cut while idle is replaced unseen; one cut within a transaction leaves nothing of it")
        func cut() async throws {
            let database = try await place.open()
            try await database.migrate([Migration(number: 1, name: "a", texts: [.postgresql: "CREATE TABLE a (x BIGINT)"])])
            try await database.write { try $0.execute("INSERT INTO a VALUES (1)") }
            let killed =
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            try place.alter(killed)
            #expect(try await database.read { try $0.rows("SELECT x FROM a") }.count == 1)
            try await database.write { try $0.execute("INSERT INTO a VALUES (2)") }

            let place = place
            let attempts = Mutex(0)
            try await database.write { transaction in
                try transaction.execute("INSERT INTO a VALUES (3)")
                _ = try transaction.rows("SELECT x FROM a")
                // Only the first attempt loses its connection: the body runs once more, on another.
                if attempts.withLock({
                    $0 += 1; return $0
                }) == 1 {
                    try place.alter(killed)
                }
                try transaction.execute("INSERT INTO a VALUES (4)")
            }
            #expect(attempts.withLock { $0 } == 2)
            #expect(try await database.read { try $0.rows("SELECT x FROM a ORDER BY x") { try $0.integer("x") } } == [1, 2, 3, 4])
        }

        @Test("A deferred reference that leads nowhere refuses the commit, and nothing of the transaction is there")
        func deferred() async throws {
            let database = try await place.open()
            let text = "CREATE TABLE a (x BIGINT PRIMARY KEY, y BIGINT REFERENCES a (x) DEFERRABLE INITIALLY DEFERRED)"
            try await database.migrate([Migration(number: 1, name: "a", texts: [.postgresql: text])])
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.execute("INSERT INTO a VALUES (1, 2)") }
            }
            guard case .missingReference = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(try await database.read { try $0.rows("SELECT x FROM a") }.isEmpty)
        }

        @Test("Whoever listens hears of another's change at once, and of nothing for long at no time")
        func changes() async throws {
            let database = try await place.open()
            let other = try await place.open()
            try await other.migrate([Migration(number: 1, name: "a", texts: [.postgresql: "CREATE TABLE a (x BIGINT)"])])
            var heard = database.changes().makeAsyncIterator()
            await heard.next()
            try await other.write { try $0.execute("INSERT INTO a VALUES (1)") }
            // Each element is either the change or the half second: the row is seen after a few of them.
            var rows = 0
            for _ in 0..<4 where rows == 0 {
                await heard.next()
                rows = try await database.read { try $0.rows("SELECT x FROM a") }.count
            }
            #expect(rows == 1)
        }

        @Test("A replica takes no changes, and reads")
        func replica() async throws {
            let replica = try await PostgreSQLDatabase(PostgreSQLAddress(try place.url), part: .replica)
            #expect(try await replica.read { try $0.first("SELECT 1 AS one")?.integer("one") } == 1)
            await #expect(throws: DatabaseError.self) { try await replica.write { try $0.execute("CREATE TABLE a (x BIGINT)") } }
        }

        @Test("More texts than are kept prepared, and parameters that are null here and there, are all answered")
        func manyTexts() async throws {
            let database = try await place.open()
            try await database.write { transaction in
                for number in 0..<1_200 {
                    let statement = Statement(stringLiteral: "SELECT \(number) AS number")
                    let found = try transaction.first(statement)?.integer("number")
                    #expect(found == Int64(number))
                }
            }
            try await database.migrate([Migration(number: 1, name: "a", texts: [.postgresql: "CREATE TABLE a (x BIGINT, y TEXT, z BYTEA)"])]
            )
            try await database.write { transaction in
                for bits in 0..<8 {
                    let x: Int64? = bits & 1 == 0 ? nil : 1
                    let y: String? = bits & 2 == 0 ? nil : ""
                    let z: [UInt8]? = bits & 4 == 0 ? nil : []
                    try transaction.execute("INSERT INTO a VALUES (\(x.sqlValue), \(y.sqlValue), \(z.sqlValue))")
                }
            }
            let count = try await database.read { try $0.first("SELECT COUNT(*) AS count FROM a WHERE y = '' AND z = '' AND x = 1") }
            #expect(try count?.integer("count") == 1)
        }

        @Test("A commit that a standby did not confirm is not acknowledged: the server only warns")
        func unconfirmedCommit() async throws {
            let database = try await place.open()
            try await database.migrate([Migration(number: 1, name: "a", texts: [.postgresql: "CREATE TABLE a (x BIGINT)"])])
            // What the server says when the wait for a standby is cancelled is a warning, as this one is.
            try place.alter(
                """
                CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'not replicated'; RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER late AFTER INSERT ON a DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION warn();
                """)
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.execute("INSERT INTO a VALUES (1)") }
            }
            guard case .outcomeUnknown = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(try await database.read { try $0.rows("SELECT x FROM a") }.count == 1)
        }

        @Test("Whoever waits too long for another writer hears that the database is not available, not of a savepoint")
        func lockTimeout() async throws {
            let database = try await PostgreSQLDatabase(PostgreSQLAddress(try place.url + "?options=-c%20lock_timeout%3D200ms"))
            try await database.migrate([Migration(number: 1, name: "a", texts: [.postgresql: "CREATE TABLE a (x BIGINT)"])])
            let other = try RawPostgreSQL(url: try place.url)
            try other.execute("SELECT pg_advisory_lock(1347374924)")
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { transaction in
                    try transaction.savepoint { try transaction.execute("INSERT INTO a VALUES (1)") }
                }
            }
            guard case .unavailable(let detail) = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(detail.contains("lock timeout"))
            try other.execute("SELECT pg_advisory_unlock(1347374924)")
            try await database.write { try $0.execute("INSERT INTO a VALUES (2)") }
            #expect(try await database.read { try $0.rows("SELECT x FROM a") { try $0.integer("x") } } == [2])
        }

        @Test("What the address sets of the session is kept, and what it leaves open is limited all the same")
        func limits() async throws {
            let database = try await PostgreSQLDatabase(PostgreSQLAddress(try place.url + "?options=-c%20statement_timeout%3D7s"))
            let settings = try await database.read {
                try $0.rows("SELECT setting FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout') ORDER BY name") {
                    try $0.text("setting")
                }
            }
            #expect(settings == ["30000", "7000"])
        }

        @Test("A plan that another process's change of a table made stale is made anew")
        func stalePlan() async throws {
            let database = try await place.open()
            try await database.migrate([
                Migration(number: 1, name: "a", texts: [.postgresql: "CREATE TABLE a (x BIGINT); INSERT INTO a VALUES (1)"])
            ])
            #expect(try await database.read { try $0.rows("SELECT * FROM a") }.count == 1)
            try place.alter("ALTER TABLE a ADD COLUMN y BIGINT")
            #expect(try await database.read { try $0.rows("SELECT * FROM a") { try $0.optionalInteger("y") } } == [nil])
        }

        @Test("Writes of many large values do not make the two ends wait for each other")
        func largeValues() async throws {
            let database = try await place.open()
            try await database.migrate([Migration(number: 1, name: "a", texts: [.postgresql: "CREATE TABLE a (x BYTEA)"])])
            let value = [UInt8](repeating: 7, count: 1 << 20)
            try await database.write { transaction in
                for _ in 0..<40 { try transaction.execute("INSERT INTO a VALUES (\(value))") }
                #expect(try transaction.rows("SELECT x FROM a").count == 40)
            }
            #expect(
                try await database.read { try $0.rows("SELECT x FROM a") { try $0.bytes("x").count } }
                    == Array(repeating: 1 << 20, count: 40))
        }

        @Test("What the schema should be is compared by several at once, and a constraint that was switched off is found")
        func comparing() async throws {
            let text = "CREATE TABLE a (x BIGINT PRIMARY KEY); CREATE TABLE b (x BIGINT REFERENCES a (x))"
            let migration = Migration(number: 1, name: "a", texts: [.postgresql: text])
            let database = try await place.open()
            try await database.migrate([migration])
            let other = try await place.open()
            async let mine = database.damages(in: [migration])
            async let theirs = other.damages(in: [migration])
            #expect(try await mine.isEmpty)
            #expect(try await theirs.isEmpty)
            try place.alter("ALTER TABLE b DISABLE TRIGGER ALL; INSERT INTO b VALUES (7)")
            #expect(
                try await database.damages(in: [migration]) == [
                    "triggers of the constraints of b was changed in the schema", "a row of b refers to nothing",
                ])
        }

        @Test("A database that does not wait for the disk by default does so for this program")
        func durable() async throws {
            try place.alter("DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET synchronous_commit = off'; END $$")
            let database = try await place.open()
            let setting = try await database.read {
                try $0.first("SELECT current_setting('synchronous_commit') AS setting")?.text("setting")
            }
            #expect(setting == "on")
        }
    }
#endif
