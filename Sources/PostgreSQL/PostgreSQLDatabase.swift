#if PostgreSQL
    internal import NIOPosix
    public import SQL

    /// PostgreSQL behind the seam, through libpq, on threads of its own.
    ///
    /// A read is a snapshot (`REPEATABLE READ READ ONLY`). A write takes one advisory lock of the database first, so that there is one writer at a time among
    /// all processes, as on the other engine: nothing is ever tried again because of another writer, and the audit chain cannot fork.
    public final class PostgreSQLDatabase: Database {
        public var engine: Engine { .postgresql }

        /// Which of several servers is meant.
        public enum Part: Sendable {
            /// The one that takes changes.
            case primary
            /// Any that answers, a hot standby too. Changes are refused.
            case replica
        }

        public let address: PostgreSQLAddress
        let part: Part
        let readers: PostgreSQLConnections
        private let writers: PostgreSQLConnections
        let listeners: PostgreSQLConnections
        private let readingThreads: NIOThreadPool
        private let writingThread: NIOThreadPool

        /// 'POOL' in ASCII: the advisory lock of whoever writes.
        static let writerLock: Int64 = 0x504F_4F4C
        /// Where those who listen hear that something was committed.
        static let channel = "pooledfund"

        private static let readerCount = 6
        /// A commit waits for the disk, and for a standby where the database says so. Past this nobody knows how it ended.
        private static let commitPatience = Duration.seconds(30)

        /// Opens a first connection, so that what is wrong with the address is said at once.
        ///
        /// - Throws: `DatabaseError.unavailable` if no server answers; `.unknownSchema` if the database could not hold the record.
        public init(_ address: PostgreSQLAddress, part: Part = .primary) async throws {
            self.address = address
            self.part = part
            let settings = Self.settings(address, part)
            readers = PostgreSQLConnections(settings)
            writers = PostgreSQLConnections(settings)
            listeners = PostgreSQLConnections(settings)
            readingThreads = NIOThreadPool(numberOfThreads: Self.readerCount)
            writingThread = NIOThreadPool(numberOfThreads: 1)
            readingThreads.start()
            writingThread.start()
            do {
                try await read { try $0.query("SELECT 1 AS one") { _ in } }
            } catch {
                try? close()
                throw error
            }
        }

        /// What is asked of libpq unless the address says otherwise, and after it what the address cannot change.
        private static func settings(_ address: PostgreSQLAddress, _ part: Part) -> [(keyword: String, value: String)] {
            var settings: [(keyword: String, value: String)] = [
                ("connect_timeout", "5"), ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
                // Longer than a writer waits for its lock, which may be with more on its way than fits the buffers between.
                ("tcp_user_timeout", "40000"), ("fallback_application_name", "pooledfund"),
            ]
            // libpq's own default would go on without TLS where the server has none, and never ask who the server is.
            if !address.choosesOwnSecurity { settings.append(("sslmode", "verify-full")) }
            settings.append(("dbname", address.url))
            settings.append(("client_encoding", "UTF8"))
            if part == .primary { settings.append(("target_session_attrs", "read-write")) }
            return settings
        }

        public func read<Result: Sendable>(
            _ body: @escaping @Sendable (any ReadTransaction) throws -> Result
        ) async throws -> Result {
            let readers = readers
            return try await run(on: readingThreads) {
                try readers.with { connection in
                    try connection.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    defer { connection.rollBack() }
                    let result = try body(PostgreSQLTransaction(on: connection))
                    try connection.synchronize()
                    return result
                }
            }
        }

        public func write<Result: Sendable>(
            _ body: @escaping @Sendable (any WriteTransaction) throws -> Result
        ) async throws -> Result {
            guard part == .primary else { throw DatabaseError.refused("this is a replica: it takes no changes") }
            return try await changing { connection in
                let result = try body(PostgreSQLTransaction(on: connection))
                // While nothing of the commit was sent, a lost connection leaves nothing in doubt.
                try connection.synchronize()
                // Whatever was written: it gives the transaction a number, so that its commit waits for all earlier ones to be as safe as the database's own
                // settings ask. Whoever only looks whether another's change is on record relies on that.
                try connection.execute("SELECT pg_notify(\(Self.channel), '')")
                try connection.commit(within: Self.commitPatience)
                return result
            }
        }

        /// Runs `body`, which commits, as the only writer of the database.
        func changing<Result: Sendable>(_ body: @escaping @Sendable (PostgreSQLConnection) throws -> Result) async throws -> Result {
            let writers = writers
            return try await run(on: writingThread) {
                try writers.with { connection in
                    // Each statement sees what was committed before it: all that earlier writers did, once the lock is held.
                    try connection.begin("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
                    do {
                        try connection.execute("SELECT pg_advisory_xact_lock(\(Self.writerLock))")
                        return try body(connection)
                    } catch {
                        connection.rollBack()
                        throw error
                    }
                }
            }
        }

        func run<Result: Sendable>(on threads: NIOThreadPool, _ body: @escaping @Sendable () throws -> Result) async throws -> Result {
            do {
                return try await threads.runIfActive(body)
            } catch is CancellationError where readers.isClosed {
                throw DatabaseError.unavailable("it was closed")
            }
        }

        func onReadingThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
            try await run(on: readingThreads, body)
        }

        public func close() throws {
            readers.close()
            writers.close()
            listeners.close()
            try readingThreads.syncShutdownGracefully()
            try writingThread.syncShutdownGracefully()
        }
    }
#endif
