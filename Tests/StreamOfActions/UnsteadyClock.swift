internal import Ledger
internal import Synchronization

/// The machine's clock, set back by up to ten days, or right again, now and then.
final class UnsteadyClock: Sendable {
    private let state: Mutex<(chance: Chance, microsecondsBehind: Int64)>

    init(seed: UInt64) {
        state = Mutex((Chance(seed: seed, stream: 0xC10C), 0))
    }

    func now() -> Instant {
        let behind = state.withLock { state in
            if Int.random(in: 0..<20, using: &state.chance) == 0 {
                state.microsecondsBehind = Bool.random(using: &state.chance) ? 0 : .random(in: 0...864_000_000_000, using: &state.chance)
            }
            return state.microsecondsBehind
        }
        let time = machineTime()
        return (try? Instant(microsecondsSince1970: time.microsecondsSince1970 - behind)) ?? time
    }
}
