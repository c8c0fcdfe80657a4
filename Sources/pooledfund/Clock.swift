internal import Foundation
internal import Ledger

/// The machine's clock, to the microsecond.
enum Clock {
    @Sendable static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        do {
            return try Instant(microsecondsSince1970: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
        } catch {
            // No record can be dated, so nothing may go on.
            preconditionFailure("The machine's clock stands outside the years 1 to 9999.")
        }
    }
}
