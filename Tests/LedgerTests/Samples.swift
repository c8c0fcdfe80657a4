import Ledger

/// Random numbers that are the same on every run (SplitMix64), so that a failing case can be looked at again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Numbers of every size, small as often as large, with the ends of the range among them.
    mutating func anyInt64() -> Int64 {
        switch Int.random(in: 0..<40, using: &self) {
        case 0: .min
        case 1: .max
        case 2: 0
        default: Int64(bitPattern: next()) >> Int.random(in: 0..<63, using: &self)
        }
    }
}

func usd(_ text: String) throws -> Money {
    try Money(parsing: text, currency: Currency(code: "USD", minorUnits: 2))
}

func currency(_ code: String, _ minorUnits: Int = 2) throws -> Currency {
    try Currency(code: code, minorUnits: minorUnits)
}

func day(_ text: String) throws -> CivilDate { try CivilDate(parsing: text) }

func instant(_ text: String) throws -> Instant { try Instant(parsing: text) }

/// Texts that look like a number, or hold one, and are none.
let textsThatAreNoNumbers = [
    "", " ", " 1", "1 ", "1\n", "\t1", "+1", "--1", "-", ".", "-.", ".5", "5.", "-.5", "-5.", "1.2.3", "1..2",
    "1,000", "1,5", "1 000", "1'000", "1_000", "1e3", "1E3", "0x10", "NaN", "inf", "$1", "1%", "1-", "(1)",
    "\u{2212}1",  // minus sign
    "\u{FF11}\u{FF12}",  // full-width 12
    "\u{0661}\u{0662}",  // Arabic-Indic 12
    "1\u{0301}", "1.5\u{0301}", "-\u{0338}1", "1.\u{0301}5",  // combining marks
    "\u{200B}1", "1\u{FEFF}", "1\u{0}", "\u{BD}", "\u{B2}", "1\r\n",
]
