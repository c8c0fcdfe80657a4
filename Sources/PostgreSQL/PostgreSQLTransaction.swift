#if PostgreSQL
    internal import SQL

    struct PostgreSQLTransaction: WriteTransaction {
        let connection: PostgreSQLConnection

        func query(_ statement: Statement, _ each: (Row) throws -> Void) throws { try connection.query(statement, each) }

        func execute(_ statement: Statement) throws { try connection.execute(statement) }

        func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
            // Names may be used again: the innermost is meant.
            try connection.execute("SAVEPOINT kept")
            do {
                let result = try body()
                try connection.execute("RELEASE SAVEPOINT kept")
                try connection.synchronize()
                return result
            } catch {
                guard !connection.isBroken else { throw error }
                // What still waited is answered first, so that nothing of it stands behind the undoing.
                try? connection.synchronize()
                try connection.execute("ROLLBACK TO SAVEPOINT kept")
                try connection.execute("RELEASE SAVEPOINT kept")
                try connection.synchronize()
                throw error
            }
        }
    }
#endif
