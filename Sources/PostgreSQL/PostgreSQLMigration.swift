#if PostgreSQL
    public import SQL

    extension PostgreSQLDatabase {
        static let migrationTable = """
            CREATE TABLE migration (
                number BIGINT NOT NULL PRIMARY KEY CHECK (number > 0),
                name TEXT COLLATE "C" NOT NULL,
                text TEXT COLLATE "C" NOT NULL
            )
            """

        /// All steps in one transaction, so that a schema is never half a step ahead, and only one of several programs that start together makes them.
        public func migrate(_ migrations: [Migration]) async throws {
            try await changing { connection in
                let transaction = PostgreSQLTransaction(on: connection)
                var applied: [Int64: String] = [:]
                if try Self.hasMigrations(transaction) {
                    try transaction.query("SELECT number, text FROM migration") { row in
                        applied[try row.integer("number")] = try row.text("text")
                    }
                } else {
                    // A role that may not create tables can serve a schema that is there.
                    try connection.run(script: Self.migrationTable)
                }
                for (migration, text) in try Migration.outstanding(migrations, after: applied, for: .postgresql) {
                    try connection.run(script: text)
                    try transaction.execute(
                        "INSERT INTO migration (number, name, text) VALUES (\(migration.number), \(migration.name), \(text))")
                }
                try connection.commit(within: .seconds(300))
            }
        }

        /// Whether the database holds a schema of this program already, of whatever age.
        ///
        /// - Throws: `DatabaseError.unknownSchema` if it holds another program's tables.
        public func hasSchema() async throws -> Bool { try await read { try Self.hasMigrations($0) } }

        /// Whether this program's schema is there already.
        ///
        /// - Throws: `DatabaseError.unknownSchema` if it is not, and other tables are.
        private static func hasMigrations(_ transaction: any ReadTransaction) throws -> Bool {
            let names = try transaction.rows(
                """
                SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
                AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e') ORDER BY relname
                """
            ) { try $0.text("relname") }
            if names.contains("migration") { return true }
            guard let other = names.first else { return false }
            throw DatabaseError.unknownSchema("it holds tables of another program, such as \(other)")
        }
    }
#endif
