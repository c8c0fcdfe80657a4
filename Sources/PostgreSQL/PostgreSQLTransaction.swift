#if PostgreSQL
    internal import SQL

    /// A transaction under way on a connection.
    final class PostgreSQLTransaction: WriteTransaction {
        let connection: PostgreSQLConnection
        /// How many savepoints are open.
        private var depth = 0

        init(on connection: PostgreSQLConnection) {
            self.connection = connection
        }

        func query(_ statement: Statement, _ each: (Row) throws -> Void) throws { try connection.query(statement, each) }

        func execute(_ statement: Statement) throws { try connection.execute(statement) }

        func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
            // What went wrong before is not this savepoint's fault, and undoing it would undo too little.
            try connection.synchronize()
            depth += 1
            defer { depth -= 1 }
            let name = "kept\(depth)"
            try connection.control("SAVEPOINT \(name)", isAwaited: false)
            do {
                let result = try body()
                try connection.control("RELEASE SAVEPOINT \(name)")
                return result
            } catch {
                if !connection.isBroken {
                    try? connection.synchronize()
                    // If even this fails the transaction stays failed, and its commit says so.
                    try? connection.control("ROLLBACK TO SAVEPOINT \(name)")
                    try? connection.control("RELEASE SAVEPOINT \(name)")
                }
                throw error
            }
        }
    }
#endif
