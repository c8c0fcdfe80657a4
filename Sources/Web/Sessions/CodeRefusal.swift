internal import Credentials
internal import HTML
internal import Ledger

/// Why a code of an authenticator app is not taken, as far as whoever typed it may know.
enum CodeRefusal: Equatable {
    case wrong
    /// It is one of now, taken already.
    case used
    /// It is one of some minutes ago: the telephone's clock is behind, or the code was read long before it was typed.
    case old(minutes: Int)

    /// Codes to come are not told apart from wrong ones: whoever guesses would learn one that is yet to hold.
    private static let stepsBack: Int64 = 20

    init(_ typed: String, of codes: TimeBasedCode, at now: Instant) {
        if codes.accepts(typed, at: now, lastStep: nil) != nil {
            self = .used
            return
        }
        let step = TimeBasedCode.step(at: now)
        let digits = String(decoding: typed.utf8.filter { $0 != UInt8(ascii: " ") }.prefix(16), as: UTF8.self)
        for back in 2...Self.stepsBack where codes.code(atStep: step - back) == digits {
            self = .old(minutes: Int((back + 1) / 2))
            return
        }
        self = .wrong
    }

    func sentence(_ say: Catalogue) -> String {
        switch self {
        case .wrong: say("sign-in.code.wrong")
        case .used: say("sign-in.code.used")
        case .old(let minutes): say("sign-in.code.old", ["count": .number(minutes)])
        }
    }
}
