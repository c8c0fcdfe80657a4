#if PostgreSQL
    internal import SQL
    internal import Synchronization

    /// Opens connections to one address and keeps those that nobody uses.
    ///
    /// While the server does not answer, one attempt after the other is made, further and further apart, and whoever comes in between is told at once.
    final class PostgreSQLConnections: Sendable {
        private struct State {
            var idle: [Idle] = []
            var failures = 0
            var lastFailure: any Error = DatabaseError.unavailable("no server has answered yet")
            var lastSuccess = ContinuousClock.now
            var nextAttempt = ContinuousClock.now
            var isAttempting = false
            var isClosed = false
        }

        /// A connection is used by one thread at a time: by the one that took it from here.
        private struct Idle: @unchecked Sendable {
            let connection: PostgreSQLConnection
        }

        private let settings: [(keyword: String, value: String)]
        private let state = Mutex(State())

        private static let firstDelay = Duration.milliseconds(100)
        private static let longestDelay = Duration.seconds(2)

        init(_ settings: [(keyword: String, value: String)]) {
            self.settings = settings
        }

        /// Runs `body` with a connection; keeps the connection unless it broke.
        ///
        /// A connection that had been idle may have broken meanwhile, as when the server was restarted: then `body` is run once more, with a new one.
        func with<Result>(_ body: (PostgreSQLConnection) throws -> Result) throws -> Result {
            if let idle = state.withLock({ $0.idle.popLast() }) {
                do {
                    defer { keep(idle.connection) }
                    return try body(idle.connection)
                } catch {
                    guard idle.connection.isBroken, !idle.connection.isTimedOut, !error.leavesOutcomeUnknown else { throw error }
                    // The others broke by the same cause.
                    let others = state.withLock { state in
                        defer { state.idle = [] }
                        return state.idle
                    }
                    _ = others
                }
            }
            let connection = try open()
            defer { keep(connection) }
            return try body(connection)
        }

        /// A connection for one purpose alone, for as long as it lasts.
        func open() throws -> PostgreSQLConnection {
            let start = ContinuousClock.now
            try state.withLock { state in
                guard !state.isClosed else { throw DatabaseError.unavailable("it was closed") }
                guard state.failures > 0 else { return }
                guard !state.isAttempting, start >= state.nextAttempt else { throw state.lastFailure }
                state.isAttempting = true
            }
            do {
                let connection = try PostgreSQLConnection(settings)
                state.withLock { state in
                    state.failures = 0
                    state.isAttempting = false
                    state.lastSuccess = .now
                }
                return connection
            } catch {
                state.withLock { state in
                    state.isAttempting = false
                    // Attempts that began together fail together, and count once; one that others have overtaken says nothing.
                    guard start > state.lastSuccess, start >= state.nextAttempt else { return }
                    state.failures += 1
                    state.nextAttempt = .now + min(Self.longestDelay, Self.firstDelay * (1 << min(state.failures - 1, 6)))
                    state.lastFailure = error
                }
                throw error
            }
        }

        var isClosed: Bool { state.withLock { $0.isClosed } }

        private func keep(_ connection: PostgreSQLConnection) {
            guard connection.isFree else { return }
            let idle = Idle(connection: connection)
            state.withLock { if !$0.isClosed { $0.idle.append(idle) } }
        }

        func close() {
            let idle = state.withLock { state in
                state.isClosed = true
                defer { state.idle = [] }
                return state.idle
            }
            _ = idle
        }
    }

    extension Error {
        var leavesOutcomeUnknown: Bool {
            if case .outcomeUnknown = self as? DatabaseError { true } else { false }
        }
    }
#endif
