internal import Crypto
internal import Ledger
internal import NIOCore
internal import PooledFund
internal import Synchronization

/// An answer that can be given again: its bytes, plain and compressed, each with its own strong ETag.
struct StoredPage: Sendable {
    let contentType: String
    /// The code of the language of a page that there is in several; nil for data.
    let language: String?
    let plain: Body
    /// Nil for what is too small to be worth it.
    let compressed: Body?
    /// From this instant on the page must be made anew; nil if only a change of record changes it.
    let validUntil: Instant?

    struct Body: Sendable {
        let bytes: ByteBuffer
        let entityTag: String
    }

    /// Smaller answers fit one packet either way.
    private static let compressionThreshold = 860

    init(contentType: String, language: String? = nil, bytes: [UInt8], validUntil: Instant? = nil) {
        let digest = hexadecimal(SHA256.hash(data: bytes).prefix(12))
        self.contentType = contentType
        self.language = language
        self.validUntil = validUntil
        plain = Body(bytes: ByteBuffer(bytes: bytes), entityTag: "\"\(digest)\"")
        compressed =
            bytes.count < Self.compressionThreshold
            ? nil : Gzip.compressed(bytes).map { Body(bytes: ByteBuffer(bytes: $0), entityTag: "\"\(digest)-gzip\"") }
    }

    var size: Int { plain.bytes.readableBytes + (compressed?.bytes.readableBytes ?? 0) + 512 }
}

/// Pages that were made, each made once for all who wait for it, in a store bounded in bytes.
///
/// Keys hold the fund's public sequence, so that nothing is ever invalidated: after a change other keys are asked for, and the old pages are the
/// least recently used.
final class PageStore: Sendable {
    fileprivate struct State {
        var pages: [String: (page: StoredPage, lastUse: UInt64)] = [:]
        var making: [String: Task<StoredPage, any Error>] = [:]
        var size = 0
        var uses: UInt64 = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: in bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// The page under `key`, if it was made and is still valid.
    func stored(_ key: String, now: Instant) -> StoredPage? {
        lastMade(key).flatMap { page in page.validUntil.map { now < $0 } ?? true ? page : nil }
    }

    /// The page under `key`, if it was made: what can still be shown, with a word about its age, while no other can be made.
    func lastMade(_ key: String) -> StoredPage? {
        state.withLock { state in
            guard let entry = state.pages[key] else { return nil }
            state.uses += 1
            state.pages[key]?.lastUse = state.uses
            return entry.page
        }
    }

    func page(_ key: String, now: Instant, make: @escaping @Sendable () async throws -> StoredPage) async throws -> StoredPage {
        if let page = stored(key, now: now) { return page }
        let task = state.withLock { state -> Task<StoredPage, any Error> in
            if let task = state.making[key] { return task }
            // Not a child of the request: those who wait for the page get it even if the one who asked first has left.
            let task = Task { try await make() }
            state.making[key] = task
            return task
        }
        let result = await task.result
        state.withLock { state in
            guard state.making[key] == task else { return }
            state.making[key] = nil
            if case .success(let page) = result { state.keep(page, under: key, limit: limit) }
        }
        return try result.get()
    }

    /// In bytes.
    var size: Int { state.withLock { $0.size } }
}

extension PageStore.State {
    fileprivate mutating func keep(_ page: StoredPage, under key: String, limit: Int) {
        guard page.size <= limit / 4 else { return }
        remove(key)
        uses += 1
        pages[key] = (page, uses)
        size += page.size + key.utf8.count
        guard size > limit else { return }
        // A tenth at a time, so that the search for the least used is not made for every new page.
        for (key, _) in pages.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
            remove(key)
            if size <= limit * 9 / 10 { break }
        }
    }

    fileprivate mutating func remove(_ key: String) {
        if let entry = pages.removeValue(forKey: key) { size -= entry.page.size + key.utf8.count }
    }
}
