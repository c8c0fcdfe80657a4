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
        /// Names of another process are never ours, even if a pooler of connections lets the two share a session.
        private let namePrefix = "s\(String(UInt64.random(in: 0...(.max)), radix: 36))_"
        /// Whether `begin` was sent, and neither `commit` nor `rollBack` since.
        private var isInTransaction = false
        private var isReading = false
        private let notices = Notices()

        private enum Awaited {
            case preparation(Shape)
            case execution
            case commit
        }

        /// What the server said unasked.
        private final class Notices {
            var hasWarning = false
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
        private static let patienceAtStart = Duration.seconds(5)

        /// - Parameter settings: libpq's keywords and values; a later one overrides an earlier one.
        /// - Throws: `DatabaseError.unavailable`, or `.unknownSchema` if the database could not hold the record.
        init(_ settings: [(keyword: String, value: String)]) throws {
            guard let handle = Self.connect(settings) else { throw DatabaseError.unavailable("out of memory") }
            self.handle = handle
            guard PQstatus(handle) == CONNECTION_OK else { throw DatabaseError.unavailable(Self.message(of: handle)) }
            // They would otherwise be printed to standard error. It lives as long as the connection does.
            PQsetNoticeReceiver(
                handle,
                { notices, result in
                    guard let notices, let severity = PQresultErrorField(result, CInt(UInt8(ascii: "V"))) else { return }
                    if String(cString: severity) == "WARNING" {
                        Unmanaged<Notices>.fromOpaque(notices).takeUnretainedValue().hasWarning = true
                    }
                }, Unmanaged.passUnretained(notices).toOpaque())
            guard PQsetnonblocking(handle, 1) == 0 else { throw lost() }
            try run(script: Self.sessionScript, within: Self.patienceAtStart)
            let encoding = PQparameterStatus(handle, "server_encoding").map { String(cString: $0) } ?? ""
            guard encoding == "UTF8" else {
                throw DatabaseError.unknownSchema("its encoding is \(encoding); create the database with ENCODING 'UTF8'")
            }
        }

        deinit { PQfinish(handle) }

        /// Limits that neither the address nor the database sets, and what no setting may change: an acknowledged change is durable, and the constraints hold.
        /// A session whose client is gone, with its power or the way to it, gives the writer's lock free within half a minute.
        private static let sessionScript = """
            SET timezone = 'UTC';
            SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
            SELECT set_config('session_replication_role', 'origin', false) WHERE current_setting('session_replication_role') <> 'origin';
            SELECT set_config('search_path', 'public', false) WHERE current_setting('search_path') = '"$user", public';
            SELECT set_config(name, value, false)
            FROM (VALUES
                ('statement_timeout', '300s'), ('lock_timeout', '30s'), ('idle_in_transaction_session_timeout', '30s'),
                ('client_connection_check_interval', '5s'), ('tcp_keepalives_idle', '5'), ('tcp_keepalives_interval', '5'),
                ('tcp_keepalives_count', '3'), ('tcp_user_timeout', '20s')
            ) AS limits (name, value)
            JOIN pg_settings USING (name) WHERE setting = '0' OR name LIKE 'tcp_keepalives%'
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
        /// Whether it broke because no answer came in time: asking again would only take as long again.
        private(set) var isTimedOut = false

        /// Whether it is as it was when it was new, so that others may use it.
        var isFree: Bool { !isBroken && awaited.isEmpty && PQtransactionStatus(handle) == PQTRANS_IDLE }

        var serverProcess: Int32 { PQbackendPID(handle) }

        // MARK: Transactions

        /// Opens a transaction; `statement` says of which kind.
        func begin(_ statement: StaticString) throws {
            try sendControl(statement.description)
            isInTransaction = true
        }

        /// Commits, together with what still waits.
        ///
        /// - Throws: `DatabaseError.outcomeUnknown` if no answer came, or one with a warning: that a standby did not confirm is only a warning to the server.
        func commit(within patience: Duration) throws {
            notices.hasWarning = false
            isInTransaction = false
            do {
                try sendControl("COMMIT", as: .commit)
                try synchronize(lastRows: nil, within: patience)
            } catch {
                guard isBroken else { throw error }
                throw DatabaseError.outcomeUnknown("the connection was lost during the commit (\(error))")
            }
            if notices.hasWarning {
                isBroken = true
                throw DatabaseError.outcomeUnknown("the server committed with a warning")
            }
        }

        /// Ends a transaction that changed nothing, or undoes what it changed.
        func rollBack() {
            guard !isBroken else { return }
            // What still waited is answered first, so that nothing of it stands behind the undoing.
            try? synchronize()
            isInTransaction = false
            do {
                try sendControl("ROLLBACK")
                try synchronize()
            } catch {
                isBroken = true
            }
        }

        /// Opens, keeps or undoes a savepoint.
        func control(_ statement: String, isAwaited: Bool = true) throws {
            try sendControl(statement)
            if isAwaited { try synchronize() }
        }

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

        /// Runs any number of statements with no parameters.
        func run(script: String, within patience: Duration = patience) throws {
            try synchronize()
            guard PQpipelineStatus(handle) == PQ_PIPELINE_OFF || PQexitPipelineMode(handle) == 1 else { throw lost() }
            guard PQsendQuery(handle, script) == 1 else { throw lost() }
            try flush(within: patience)
            var failure: (any Error)?
            while let result = try nextResult(within: patience) {
                defer { PQclear(result) }
                switch PQresultStatus(result) {
                case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                    isBroken = true
                    throw DatabaseError.other("a script copies rows, which this program does not")
                default:
                    failure = failure ?? error(in: result)
                }
            }
            guard PQstatus(handle) == CONNECTION_OK else { throw lost() }
            if let failure { throw failure }
        }

        private func send(_ statement: Statement) throws {
            try prepareToSend()
            guard statement.values.count <= Statement.valueLimit else {
                throw DatabaseError.invalidValue("a statement has more than \(Statement.valueLimit) values")
            }
            let parameters = try Parameters(statement.values)
            let name = try preparedName(Shape(text: statement.text, types: parameters.types))
            let isSent = parameters.withPointers { count, values, lengths, formats in
                PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1)
            }
            guard isSent == 1 else { throw lost() }
            awaited.append(.execution)
        }

        /// Not prepared, so that no limit of what is prepared can ever come before the end of a transaction.
        private func sendControl(_ text: String, as kind: Awaited = .execution) throws {
            try prepareToSend()
            guard PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 0) == 1 else { throw lost() }
            awaited.append(kind)
        }

        private func prepareToSend() throws {
            guard !isBroken else { throw DatabaseError.unavailable("the connection was lost") }
            precondition(!isReading, "A query's reader asks for nothing in the same transaction.")
            if PQpipelineStatus(handle) == PQ_PIPELINE_OFF {
                guard PQenterPipelineMode(handle) == 1 else { throw lost() }
            }
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
            let name = "\(namePrefix)\(preparedCount)"
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
            try flush(within: patience)
            isReading = each != nil
            defer { isReading = false }
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
                        // Rows come one by one, or something is out of step.
                        guard !wantsRows || PQntuples(result) == 0 else { throw lost() }
                        // A transaction in which something failed before answers its COMMIT with ROLLBACK, and no error.
                        if case .commit = item, String(cString: PQcmdStatus(result)) != "COMMIT" {
                            failure = failure ?? DatabaseError.other("the transaction had failed before it was to be committed")
                        }
                    case PGRES_PIPELINE_ABORTED:
                        break
                    default:
                        failure = failure ?? error(in: result)
                    }
                }
                guard PQstatus(handle) == CONNECTION_OK else { throw lost() }
                if !isDone, case .preparation(let shape) = item { preparedNames[shape] = nil }
            }
            guard let end = try nextResult(within: patience) else { throw lost() }
            defer { PQclear(end) }
            guard PQresultStatus(end) == PGRES_PIPELINE_SYNC else { throw lost() }
            // Outside a transaction each statement would be committed by itself.
            if isInTransaction, PQtransactionStatus(handle) == PQTRANS_IDLE {
                isBroken = true
                throw failure ?? DatabaseError.unavailable("the transaction was not opened")
            }
            if let failure { throw failure }
        }

        /// Sends what libpq still holds; takes what comes meanwhile, so that neither side waits for the other to read.
        private func flush(within patience: Duration) throws {
            let deadline = ContinuousClock.now + patience
            while true {
                switch PQflush(handle) {
                case 0: return
                case 1: break
                default: throw lost()
                }
                guard wait(for: POLLIN | POLLOUT, until: deadline) else { throw timedOut(patience) }
                guard PQconsumeInput(handle) == 1 else { throw lost() }
            }
        }

        private func nextResult(within patience: Duration) throws -> OpaquePointer? {
            let deadline = ContinuousClock.now + patience
            while PQisBusy(handle) == 1 {
                guard wait(for: POLLIN, until: deadline) else { throw timedOut(patience) }
                if PQconsumeInput(handle) == 0 { break }
            }
            return PQgetResult(handle)
        }

        private func timedOut(_ patience: Duration) -> DatabaseError {
            isBroken = true
            isTimedOut = true
            return .unavailable("no answer within \(patience.components.seconds) seconds")
        }

        /// Waits until there is something to read, or the connection has ended.
        ///
        /// - Returns: false if nothing came.
        func waitForInput(until deadline: ContinuousClock.Instant) -> Bool { wait(for: POLLIN, until: deadline) }

        private func wait(for events: CInt, until deadline: ContinuousClock.Instant) -> Bool {
            var descriptor = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
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
        private func error(in result: OpaquePointer) -> DatabaseError? {
            guard PQresultStatus(result) == PGRES_FATAL_ERROR || PQresultStatus(result) == PGRES_BAD_RESPONSE else { return nil }
            func field(_ code: Character) -> String {
                PQresultErrorField(result, CInt(code.asciiValue ?? 0)).map { String(cString: $0) } ?? ""
            }
            let primary = field("M")
            let message = primary.isEmpty ? String(cString: PQresultErrorMessage(result)) : primary
            let state = field("C")
            // A plan or a name that the server no longer has, or a server that has become one that only reads: another connection may do better.
            if ["0A000", "26000"].contains(state) {
                isBroken = true
                return .unavailable(message)
            }
            return .init(sqlState: state, message: message)
        }
    }
#endif
