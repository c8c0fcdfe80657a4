public import SQL
import Synchronization

/// A real engine behind a line that fails when a test says so.
public final class UnreliableDatabase: Database {
    private struct State {
        var isDown = false
        var commit = Commit.reported
        var meanwhile: @Sendable () async throws -> Void = {}
        var reads = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
        var isHeld = false
        var signs: AsyncStream<Void>.Continuation?
    }

    /// What becomes of the next commit.
    public enum Commit: Sendable {
        /// Nothing out of the ordinary.
        case reported
        /// It is done, but the connection breaks before that is said.
        case doneUnheard
        /// The connection breaks before it is done.
        case lostUnheard
        /// As `doneUnheard`, and the database stays away.
        case doneThenDown
    }

    private let inner: any Database
    private let state = Mutex(State())

    public init(_ inner: any Database) {
        self.inner = inner
    }

    public var engine: Engine { inner.engine }

    /// Whether nothing can be read or written.
    public var isDown: Bool {
        get { state.withLock { $0.isDown } }
        set { state.withLock { $0.isDown = newValue } }
    }

    /// - Parameter meanwhile: what happens elsewhere before the broken connection is noticed.
    public func setNextCommit(_ commit: Commit, meanwhile: @escaping @Sendable () async throws -> Void = {}) {
        state.withLock { ($0.commit, $0.meanwhile) = (commit, meanwhile) }
    }

    /// How many reads were begun.
    public var reads: Int { state.withLock { $0.reads } }

    /// From now on reads are begun and wait.
    public func holdReads() { state.withLock { $0.isHeld = true } }

    public func releaseReads() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isHeld = false
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Lets those who follow know that another process may have committed.
    public func announce() { _ = state.withLock { $0.signs }?.yield() }

    /// Whether someone follows.
    public var isFollowed: Bool { state.withLock { $0.signs != nil } }

    public func read<Result: Sendable>(_ body: @escaping @Sendable (any ReadTransaction) throws -> Result) async throws -> Result {
        try requireUp()
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                state.reads += 1
                if state.isHeld { state.waiting.append(continuation) }
                return state.isHeld
            }
            if !isHeld { continuation.resume() }
        }
        return try await inner.read(body)
    }

    public func write<Result: Sendable>(_ body: @escaping @Sendable (any WriteTransaction) throws -> Result) async throws -> Result {
        try requireUp()
        let (commit, meanwhile) = state.withLock { state in
            defer { (state.commit, state.meanwhile) = (.reported, {}) }
            return (state.commit, state.meanwhile)
        }
        switch commit {
        case .reported:
            return try await inner.write(body)
        case .doneUnheard, .doneThenDown:
            _ = try await inner.write(body)
            if commit == .doneThenDown { isDown = true }
        case .lostUnheard:
            do {
                try await inner.write { transaction in
                    _ = try body(transaction)
                    throw Broken()
                }
            } catch is Broken {}
        }
        try await meanwhile()
        throw DatabaseError.outcomeUnknown("the test cut the connection")
    }

    private struct Broken: Error {}

    private func requireUp() throws {
        if isDown { throw DatabaseError.unavailable("the test keeps it away") }
    }

    public func migrate(_ migrations: [Migration]) async throws { try await inner.migrate(migrations) }
    public func damages(in migrations: [Migration]) async throws -> [String] { try await inner.damages(in: migrations) }
    public func changes() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            state.withLock { $0.signs = continuation }
            continuation.yield()
        }
    }
    public func close() throws { try inner.close() }
}
