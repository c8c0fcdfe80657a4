#if PostgreSQL
    internal import CPostgreSQL
    internal import SQL

    #if canImport(Glibc)
        internal import Glibc
    #elseif canImport(Musl)
        internal import Musl
    #else
        internal import Darwin
    #endif

    /// One connection to a server, used by one thread at a time.
    ///
    /// Statements are prepared once and sent through libpq's pipeline: what gives no rows waits on this side until something must be known, so that
    /// many changes cost one round trip. An error of a statement that waited is thrown by whatever asked next.
    final class PostgreSQLConnection {
        private let handle: OpaquePointer
        /// What was sent and not answered yet, in order.
        private var awaited: [Awaited] = []
        private var preparedNames: [Shape: String] = [:]
        private var preparedCount = 0

        private enum Awaited {
            case preparation(Shape)
            case execution
            case commit
        }

        /// A prepared statement knows the types of its parameters: the same text with a null in another place is another one.
        private struct Shape: Hashable {
            let text: String
            let types: [Oid]
        }

        /// More texts than the program has; lists of many lengths could make more.
        private static let preparedLimit = 500
        /// Answers of so many small statements fit the buffers between the two, so that neither waits for the other to read.
        private static let awaitedLimit = 256
        /// Longer than any statement may take by the session's own limits: past it the server, or the way to it, is gone.
        private static let patience = Duration.seconds(330)

        /// - Parameter settings: libpq's keywords and values; a later one overrides an earlier one.
        /// - Throws: `DatabaseError.unavailable`, or `.unknownSchema` if the database could not hold the record.
        init(_ settings: [(keyword: String, value: String)]) throws {
            guard let handle = Self.connect(settings) else { throw DatabaseError.unavailable("out of memory") }
            self.handle = handle
            guard PQstatus(handle) == CONNECTION_OK else { throw DatabaseError.unavailable(Self.message(of: handle)) }
            // Warnings and notices would otherwise be printed to standard error.
            PQsetNoticeProcessor(handle, { _, _ in }, nil)
            try run(script: Self.sessionScript)
            let encoding = PQparameterStatus(handle, "server_encoding").map { String(cString: $0) } ?? ""
            guard encoding == "UTF8" else {
                throw DatabaseError.unknownSchema("its encoding is \(encoding); create the database with ENCODING 'UTF8'")
            }
        }

        deinit { PQfinish(handle) }

        /// What no setting of the database or of the role may change: an acknowledged change must be durable.
        private static let sessionScript = """
            SET timezone = 'UTC';
            SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
            """

        private static func connect(_ settings: [(keyword: String, value: String)]) -> OpaquePointer? {
            let keywords = settings.map { strdup($0.keyword) }
            let values = settings.map { strdup($0.value) }
            defer { for text in keywords + values { free(text) } }
            let keywordPointers = keywords.map { UnsafePointer($0) } + [nil]
            let valuePointers = values.map { UnsafePointer($0) } + [nil]
            return PQconnectdbParams(keywordPointers, valuePointers, 1)
        }

        /// Whether nothing more can be asked of it.
        private(set) var isBroken = false

        // MARK: Statements

        /// Sends a statement that gives no rows that anyone wants. What is wrong with it is said later.
        func execute(_ statement: Statement) throws {
            try send(statement)
            if awaited.count >= Self.awaitedLimit { try synchronize() }
        }

        func query(_ statement: Statement, _ each: (Row) throws -> Void) throws {
            try send(statement)
            try withoutActuallyEscaping(each) { try synchronize(lastRows: $0) }
        }

        /// Waits for the answers to all that was sent, and throws the first error among them.
        func synchronize() throws { try synchronize(lastRows: nil) }

        /// Commits, together with what still waits.
        ///
        /// - Throws: `DatabaseError.outcomeUnknown` if no answer came.
        func commit(within patience: Duration) throws {
            do {
                try send("COMMIT", as: .commit)
                try synchronize(lastRows: nil, within: patience)
            } catch {
                guard isBroken else { throw error }
                throw DatabaseError.outcomeUnknown("the connection was lost during the commit (\(error))")
            }
        }

        /// Runs any number of statements with no parameters.
        func run(script: String) throws {
            try synchronize()
            guard PQpipelineStatus(handle) == PQ_PIPELINE_OFF || PQexitPipelineMode(handle) == 1 else { throw lost() }
            guard PQsendQuery(handle, script) == 1 else { throw lost() }
            var failure: (any Error)?
            while let result = try nextResult(within: Self.patience) {
                defer { PQclear(result) }
                failure = failure ?? Self.error(in: result)
            }
            guard PQstatus(handle) == CONNECTION_OK else { throw lost() }
            if let failure { throw failure }
        }

        private func send(_ statement: Statement, as awaited: Awaited = .execution) throws {
            guard !isBroken else { throw DatabaseError.unavailable("the connection was lost") }
            if PQpipelineStatus(handle) == PQ_PIPELINE_OFF {
                guard PQenterPipelineMode(handle) == 1 else { throw lost() }
            }
            let parameters = try Parameters(statement.values)
            let name = try preparedName(Shape(text: statement.text, types: parameters.types))
            let isSent = parameters.withPointers { count, values, lengths, formats in
                PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1)
            }
            guard isSent == 1 else { throw lost() }
            self.awaited.append(awaited)
        }

        private func preparedName(_ shape: Shape) throws -> String {
            if let name = preparedNames[shape] { return name }
            if preparedNames.count >= Self.preparedLimit {
                guard PQsendQueryParams(handle, "DEALLOCATE ALL", 0, nil, nil, nil, nil, 0) == 1 else { throw lost() }
                awaited.append(.execution)
                preparedNames = [:]
            }
            // Never a name twice: what was sent may yet fail, and leave the old one in its place.
            preparedCount += 1
            let name = "s\(preparedCount)"
            guard PQsendPrepare(handle, name, shape.text, CInt(shape.types.count), shape.types) == 1 else { throw lost() }
            awaited.append(.preparation(shape))
            preparedNames[shape] = name
            return name
        }

        // MARK: Answers

        private func synchronize(lastRows each: ((Row) throws -> Void)?, within patience: Duration = patience) throws {
            guard !isBroken else { throw DatabaseError.unavailable("the connection was lost") }
            guard !awaited.isEmpty else { return }
            guard PQpipelineSync(handle) == 1 else { throw lost() }
            let awaited = self.awaited
            self.awaited = []
            var failure: (any Error)?
            for (index, item) in awaited.enumerated() {
                let wantsRows = each != nil && index == awaited.count - 1
                if wantsRows { PQsetSingleRowMode(handle) }
                var layout: RowLayout?
                var isDone = false
                while let result = try nextResult(within: patience) {
                    defer { PQclear(result) }
                    switch PQresultStatus(result) {
                    case PGRES_SINGLE_TUPLE:
                        guard failure == nil else { break }
                        do {
                            let known = try layout ?? RowLayout(of: result)
                            layout = known
                            try each?(try known.row(of: result))
                        } catch {
                            failure = error
                        }
                    case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                        isDone = true
                        // A transaction in which something failed before answers its COMMIT with ROLLBACK, and no error.
                        if case .commit = item, String(cString: PQcmdStatus(result)) != "COMMIT" {
                            failure = failure ?? DatabaseError.other("the transaction had failed before it was to be committed")
                        }
                    case PGRES_PIPELINE_ABORTED:
                        break
                    default:
                        failure = failure ?? Self.error(in: result)
                    }
                }
                guard PQstatus(handle) == CONNECTION_OK else { throw lost() }
                if !isDone, case .preparation(let shape) = item { preparedNames[shape] = nil }
            }
            guard let end = try nextResult(within: patience) else { throw lost() }
            defer { PQclear(end) }
            guard PQresultStatus(end) == PGRES_PIPELINE_SYNC else { throw lost() }
            if let failure { throw failure }
        }

        private func nextResult(within patience: Duration) throws -> OpaquePointer? {
            let deadline = ContinuousClock.now + patience
            while PQisBusy(handle) == 1 {
                guard waitForInput(until: deadline) else {
                    isBroken = true
                    throw DatabaseError.unavailable("no answer within \(patience.components.seconds) seconds")
                }
                if PQconsumeInput(handle) == 0 { break }
            }
            return PQgetResult(handle)
        }

        /// Waits until there is something to read, or the connection has ended.
        ///
        /// - Returns: false if nothing came.
        func waitForInput(until deadline: ContinuousClock.Instant) -> Bool {
            var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
            while true {
                let rest = max(.zero, deadline - .now)
                let milliseconds = rest.components.seconds * 1_000 + rest.components.attoseconds / 1_000_000_000_000_000
                let count = poll(&descriptor, 1, CInt(clamping: milliseconds + 1))
                if count >= 0 || errno != EINTR { return count != 0 }
            }
        }

        /// Takes what the server said unasked.
        ///
        /// - Throws: `DatabaseError.unavailable` if the connection has ended.
        func takeNotifications() throws {
            guard PQconsumeInput(handle) == 1 else { throw lost() }
            while let notification = PQnotifies(handle) { PQfreemem(notification) }
        }

        // MARK: Errors

        private func lost() -> DatabaseError {
            isBroken = true
            return .unavailable(Self.message(of: handle))
        }

        /// The first line of libpq's message: it names host and port, never a password.
        private static func message(of handle: OpaquePointer) -> String {
            let lines = String(cString: PQerrorMessage(handle)).split(separator: "\n").map(String.init)
            return lines.isEmpty ? "the connection was lost" : lines.joined(separator: "; ")
        }

        /// The error that a result holds; nil if it holds none.
        private static func error(in result: OpaquePointer) -> DatabaseError? {
            guard PQresultStatus(result) == PGRES_FATAL_ERROR || PQresultStatus(result) == PGRES_BAD_RESPONSE else { return nil }
            func field(_ code: Character) -> String {
                PQresultErrorField(result, CInt(code.asciiValue ?? 0)).map { String(cString: $0) } ?? ""
            }
            let primary = field("M")
            let message = primary.isEmpty ? String(cString: PQresultErrorMessage(result)) : primary
            return .init(sqlState: field("C"), message: message)
        }
    }
#endif
