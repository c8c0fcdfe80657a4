internal import NIOPosix
internal import Synchronization

/// The hashing of passwords, on threads of its own: two passwords at a time, a bounded number waiting, the others refused at once.
///
/// Nothing of it runs on the threads that answer requests, so a flood of sign-ins slows sign-ins alone. Its threads end with it.
public final class PasswordWork: Sendable {
    private let threads: NIOThreadPool
    private let limit: Int
    private let present = Mutex(0)

    /// - Parameters:
    ///   - threadCount: How many passwords are hashed at the same time, each with the memory of its ``ScryptCost``.
    ///   - waitingLimit: How many may wait besides. At a quarter of a second each, the last of 64 waits for about eight seconds.
    public init(threadCount: Int = 2, waitingLimit: Int = 64) {
        let threadCount = max(threadCount, 1)
        threads = NIOThreadPool(numberOfThreads: threadCount)
        limit = threadCount + max(waitingLimit, 0)
        threads.start()
    }

    deinit {
        threads.shutdownGracefully { _ in }
    }

    /// Makes the hash of a password that somebody has chosen.
    ///
    /// - Throws: ``PasswordWorkFault/tooBusy``; `CancellationError` if the task is cancelled while it waits; what ``PasswordHash`` throws.
    public func hash(of password: Password, cost: ScryptCost = .current) async throws -> PasswordHash {
        try await perform { try PasswordHash(of: password, cost: cost) }
    }

    /// Whether the password is the one of the hash. Without a hash it takes as long, and it is not: nobody learns from the time whether
    /// there is such an account.
    ///
    /// - Throws: ``PasswordWorkFault/tooBusy``; `CancellationError` if the task is cancelled while it waits; what ``PasswordHash`` throws.
    public func verifies(_ password: Password, against hash: PasswordHash?) async throws -> Bool {
        let verified = try await perform { try (hash ?? .ofNobody).verifies(password) }
        return verified && hash != nil
    }

    /// How many passwords are being hashed or wait.
    var presentCount: Int { present.withLock { $0 } }

    func perform<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let admitted = present.withLock { present in
            guard present < limit else { return false }
            present += 1
            return true
        }
        guard admitted else { throw PasswordWorkFault.tooBusy }
        defer { present.withLock { $0 -= 1 } }
        return try await threads.runIfActive(work)
    }
}

/// Why no password was hashed.
public enum PasswordWorkFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// As many wait as may wait.
    case tooBusy

    public var description: String { "Too many are signing in at this moment. Try again in a few seconds." }
}
