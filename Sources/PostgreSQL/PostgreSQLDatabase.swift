#if PostgreSQL
    public import SQL

    /// PostgreSQL behind the seam.
    public final class PostgreSQLDatabase: Database {
        public var engine: Engine { .postgresql }

        /// Which of several servers is meant.
        public enum Part: Sendable {
            /// The one that takes changes.
            case primary
            /// Any that answers, a hot standby too.
            case replica
        }

        public let address: PostgreSQLAddress

        /// Opens a first connection, so that what is wrong with the address is said at once.
        public init(_ address: PostgreSQLAddress, part: Part = .primary) async throws {
            self.address = address
        }

        public func read<Result: Sendable>(
            _ body: @escaping @Sendable (any ReadTransaction) throws -> Result
        ) async throws -> Result { throw DatabaseError.other("") }

        public func write<Result: Sendable>(
            _ body: @escaping @Sendable (any WriteTransaction) throws -> Result
        ) async throws -> Result { throw DatabaseError.other("") }

        public func migrate(_ migrations: [Migration]) async throws {}
        public func damages() async throws -> [String] { [] }
        public func changes() -> AsyncStream<Void> { AsyncStream { $0.finish() } }
        public func close() throws {}
    }
#endif
