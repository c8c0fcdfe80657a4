import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Credentials

@Suite("The threads that hash passwords")
struct PasswordWorkTests {
    @Test("Password and hash go through them and come back")
    func roundTrip() async throws {
        let work = PasswordWork()
        let cheap = try #require(ScryptCost(logarithmOfRounds: 10, blockSize: 8, parallelism: 1))
        let password = try Password(choosing: "seven blue herons standing")
        let hash = try await work.hash(of: password, cost: cheap)
        #expect(try await work.verifies(password, against: hash))
        #expect(try await !work.verifies(Password(choosing: "seven blue herons sitting"), against: hash))
        #expect(try await !work.verifies(password, against: nil), "there is no such account")
        #expect(work.presentCount == 0)
    }

    @Test("Two work at a time, on two threads, however many come")
    func twoThreads() async throws {
        let work = PasswordWork()
        let seen = Seen()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    try await work.perform {
                        seen.state.withLock {
                            $0.threads.insert(UInt(pthread_self()))
                            $0.working += 1
                            $0.most = max($0.most, $0.working)
                        }
                        usleep(2_000)
                        seen.state.withLock { $0.working -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        seen.state.withLock {
            #expect($0.most == 2)
            #expect($0.threads.count == 2)
        }
    }

    @Test("When 64 wait, the next is refused at once; when they are done, the next is taken")
    func full() async throws {
        let work = PasswordWork()
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<66 {
                group.addTask { try await work.perform { gate.wait() } }
            }
            while work.presentCount < 66 { await Task.yield() }
            // One more that was admitted would wait for the gate: then it is opened, so that the test fails rather than hangs.
            let watch = Task {
                while work.presentCount <= 66, !Task.isCancelled { await Task.yield() }
                if work.presentCount > 66 { for _ in 0..<67 { gate.signal() } }
            }
            await #expect(throws: PasswordWorkFault.tooBusy) { try await work.perform {} }
            watch.cancel()
            #expect(work.presentCount == 66)
            for _ in 0..<66 { gate.signal() }
            try await group.waitForAll()
        }
        try await work.perform {}
        #expect(work.presentCount == 0)
    }

    @Test("Who went away while waiting is not hashed for")
    func cancelled() async throws {
        let work = PasswordWork(threadCount: 1)
        let gate = DispatchSemaphore(value: 0)
        let first = Task { try await work.perform { gate.wait() } }
        while work.presentCount < 1 { await Task.yield() }
        let seen = Seen()
        let second = Task { try await work.perform { seen.state.withLock { $0.most = 1 } } }
        while work.presentCount < 2 { await Task.yield() }
        second.cancel()
        gate.signal()
        try await first.value
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(seen.state.withLock { $0.most } == 0)
        #expect(work.presentCount == 0)
    }
}

/// What was seen of the work, from whatever thread.
private final class Seen: Sendable {
    struct State {
        var threads: Set<UInt> = []
        var working = 0
        var most = 0
    }

    let state = Mutex(State())
}
