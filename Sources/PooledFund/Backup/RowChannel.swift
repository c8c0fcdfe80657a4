internal import Foundation
internal import SQL

/// Carries the rows of tables from the thread that reads one database to the thread that writes another, a few at a time: whoever is faster waits.
///
/// A failure of either side ends both.
final class RowChannel: @unchecked Sendable {
    /// Rows of one table, the values in the order of its columns.
    struct Batch {
        let table: TableDescription
        var rows: [[Value]] = []
    }

    /// Both threads hold a batch besides.
    private static let limit = 4

    /// Guards everything below.
    private let condition = NSCondition()
    private var batches: [Batch] = []
    private var state = State.open
    private var isSending = false
    private var isReceiving = false

    private enum State {
        case open
        case finished
        case failed(any Error)
    }

    /// Waits until there is room.
    func send(_ batch: Batch) throws {
        condition.lock()
        defer { condition.unlock() }
        isSending = true
        while case .open = state, batches.count >= Self.limit { condition.wait() }
        if case .failed(let error) = state { throw error }
        batches.append(batch)
        condition.broadcast()
    }

    /// Waits until there is something; nil when all was received.
    func receive() throws -> Batch? {
        condition.lock()
        defer { condition.unlock() }
        isReceiving = true
        while case .open = state, batches.isEmpty { condition.wait() }
        if case .failed(let error) = state { throw error }
        guard !batches.isEmpty else { return nil }
        condition.broadcast()
        return batches.removeFirst()
    }

    func finish() {
        condition.lock()
        defer { condition.unlock() }
        if case .open = state { state = .finished }
        condition.broadcast()
    }

    /// Ends both sides. The first cause counts; what was sent whole stays so.
    func fail(_ error: any Error) {
        condition.lock()
        defer { condition.unlock() }
        if case .open = state { state = .failed(error) }
        condition.broadcast()
    }

    /// Ends both sides, even where everything was sent already: nobody wants it any more.
    func cancel() {
        condition.lock()
        defer { condition.unlock() }
        state = .failed(CancellationError())
        condition.broadcast()
    }

    /// Why both sides ended; nil if they did not fail.
    var failure: (any Error)? {
        condition.lock()
        defer { condition.unlock() }
        if case .failed(let error) = state { return error }
        return nil
    }

    /// A transaction that is run a second time cannot take back what it sent or received the first time.
    func requireNothingSent() throws { try requireUntouched { isSending } }

    func requireNothingReceived() throws { try requireUntouched { isReceiving } }

    private func requireUntouched(_ wasTouched: () -> Bool) throws {
        condition.lock()
        defer { condition.unlock() }
        guard !wasTouched() else { throw DatabaseError.unavailable("the connection was lost while the record was being copied") }
    }
}
