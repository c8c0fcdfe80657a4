public import Ledger
internal import SQL
internal import Synchronization

/// How sure this process is that it knows what is on record.
public struct RecordContact: Sendable {
    /// When the database last said what is on record.
    public let lastConfirmed: Instant
    /// How long ago that was, by a clock that nobody sets.
    public let age: Duration
    /// Whether the database does not answer, so that others may have recorded what this process does not know.
    public let isLost: Bool
}

/// The last event of each fund that changed what the public can see, as far as this process knows, and since when it knows.
///
/// What was known once is never forgotten: a database that is behind, such as a standby that took over, does not set a fund back.
final class PublicHeads: Sendable {
    private struct State {
        var heads: [String: ChainHead]
        var lastConfirmed: Instant
        var lastConfirmedTick: ContinuousClock.Instant
        var hasFailed = false
        var isFollowed = false

        mutating func advance(_ fund: String, to head: ChainHead) {
            if heads[fund].map({ $0.sequence < head.sequence }) ?? true { heads[fund] = head }
        }
    }

    private let state: Mutex<State>

    /// Where other processes write, the record is asked twice a second: longer than this without an answer, and something is wrong.
    private static let patience = Duration.seconds(5)

    init(_ heads: [String: ChainHead], confirmed: Instant) {
        state = Mutex(State(heads: heads, lastConfirmed: confirmed, lastConfirmedTick: .now))
    }

    subscript(fund: String) -> ChainHead? { state.withLock { $0.heads[fund] } }

    var funds: [String] { state.withLock { $0.heads.keys.sorted() } }

    var contact: RecordContact {
        state.withLock { state in
            let age = ContinuousClock.now - state.lastConfirmedTick
            return RecordContact(
                lastConfirmed: state.lastConfirmed, age: age, isLost: state.hasFailed || (state.isFollowed && age > Self.patience))
        }
    }

    func advance(_ fund: String, to head: ChainHead) {
        state.withLock { $0.advance(fund, to: head) }
    }

    /// Takes in what the database says.
    ///
    /// - Parameters:
    ///   - instant: a moment after which it was asked.
    ///   - tick: the same moment.
    /// - Returns: whether it had not answered before.
    func confirm(_ heads: [String: ChainHead], at instant: Instant, tick: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            for (fund, head) in heads { state.advance(fund, to: head) }
            state.lastConfirmed = instant
            state.lastConfirmedTick = tick
            defer { state.hasFailed = false }
            return state.hasFailed
        }
    }

    /// - Returns: whether it had answered before.
    func fail() -> Bool {
        state.withLock { state in
            defer { state.hasFailed = true }
            return !state.hasFailed
        }
    }

    func follow(_ isFollowed: Bool) { state.withLock { $0.isFollowed = isFollowed } }
}
