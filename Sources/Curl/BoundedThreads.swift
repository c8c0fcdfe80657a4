internal import Foundation
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Threads for what blocks, apart from the cooperative pool: begun when there is work, ended when there is none, never more than so many,
/// with a queue that has an end.
final class BoundedThreads: Sendable {
    private typealias Job = @Sendable () -> Void

    private struct State {
        var running = 0
        var waiting: [Job] = []
    }

    private let state = Mutex(State())
    private let threadLimit: Int
    private let queueLimit: Int

    init(threads: Int, queue: Int) {
        threadLimit = threads
        queueLimit = queue
    }

    /// What `body` gives, on one of the threads; nil, at once, if too much is waiting already.
    func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result? {
        await withCheckedContinuation { continuation in
            if !submit({ continuation.resume(returning: body()) }) { continuation.resume(returning: nil) }
        }
    }

    private func submit(_ job: @escaping Job) -> Bool {
        let (isTaken, needsThread) = state.withLock { state in
            if state.running < threadLimit {
                state.running += 1
                return (true, true)
            }
            guard state.waiting.count < queueLimit else { return (false, false) }
            state.waiting.append(job)
            return (true, false)
        }
        if needsThread { Thread.detachNewThread { self.work(from: job) } }
        return isTaken
    }

    private func work(from first: @escaping Job) {
        Self.ignoreBrokenPipes()
        var next: Job? = first
        while let job = next {
            job()
            next = state.withLock { state in
                guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
                state.running -= 1
                return nil
            }
        }
    }

    /// A peer that goes away while it is written to must not end the program: libcurl leaves that to us (CURLOPT_NOSIGNAL).
    private static func ignoreBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
