import Ledger
import Synchronization
import Testing

@testable import Web

@Suite("The store of made pages")
struct PageStoreTests {
    private let now: Instant

    init() throws {
        now = try Instant(parsing: "2024-02-01T00:00:00Z")
    }

    private func page(_ size: Int, validUntil: Instant? = nil) -> StoredPage {
        StoredPage(contentType: "text/plain", bytes: (0..<size).map { _ in UInt8.random(in: 0...255) }, validUntil: validUntil)
    }

    @Test("a page is made once for all who wait for it")
    func madeOnce() async throws {
        let store = PageStore(limit: 1_000_000)
        let made = Count()
        let page = page(1_000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask { [now] in
                    _ = try await store.page("a", now: now) {
                        made.increment()
                        try await Task.sleep(for: .milliseconds(20))
                        return page
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(made.value == 1)
    }

    @Test("it never holds more bytes than its limit, and keeps what was used last")
    func bounded() async throws {
        let store = PageStore(limit: 100_000)
        for number in 0..<100 {
            _ = try await store.page("page \(number)", now: now) { page(4_000) }
            _ = store.stored("page 0", now: now)
            #expect(store.size <= 100_000)
        }
        #expect(store.stored("page 0", now: now) != nil)
        #expect(store.stored("page 99", now: now) != nil)
        #expect(store.stored("page 50", now: now) == nil)
    }

    @Test("a page too large for the store is answered and not kept")
    func tooLarge() async throws {
        let store = PageStore(limit: 10_000)
        _ = try await store.page("large", now: now) { page(9_000) }
        #expect(store.stored("large", now: now) == nil)
        #expect(store.size == 0)
    }

    @Test("a page that is valid until an instant is made anew from then on, and kept as the last that was made until it is")
    func expires() async throws {
        let store = PageStore(limit: 100_000)
        let midnight = try Instant(parsing: "2024-02-02T00:00:00Z")
        let today = page(2_000, validUntil: midnight)
        let tomorrow = page(3_000)
        _ = try await store.page("today", now: now) { today }
        #expect(store.stored("today", now: now) != nil)
        #expect(store.stored("today", now: midnight) == nil)
        #expect(store.lastMade("today")?.plain.entityTag == today.plain.entityTag)
        _ = try await store.page("today", now: midnight) { tomorrow }
        #expect(store.stored("today", now: midnight)?.plain.entityTag == tomorrow.plain.entityTag)
        #expect(store.lastMade("yesterday") == nil)
    }

    @Test("a page that cannot be made is tried again by the next who asks")
    func failureIsNotKept() async throws {
        struct Broken: Error {}
        let store = PageStore(limit: 100_000)
        await #expect(throws: Broken.self) { try await store.page("a", now: now) { throw Broken() } }
        _ = try await store.page("a", now: now) { page(10) }
    }
}

/// How often something happened.
private final class Count: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func increment() { count.withLock { $0 += 1 } }
}
