/// A decimal number as digits and a number of places: what the parsers of money and of ratios share.
///
/// Grammar, on UTF-8 bytes: `-`? digit+ (`.` digit+)?, with the ASCII digits only. No plus sign, no grouping,
/// no exponent, no spaces.
struct PlainDecimal {
    /// All the digits read as one whole number: 1234 for `12.34`.
    let digits: UInt128
    /// How many of the digits stand after the point.
    let places: Int
    let isNegative: Bool

    enum Failure: Error {
        case malformed
        case tooManyPlaces
        case overflow
    }

    init(parsing text: String, maximumPlaces: Int) throws(Failure) {
        var bytes = Array(text.utf8)[...]
        isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes.removeFirst() }

        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isWellFormed = parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isASCIIDigit) }
        guard isWellFormed else { throw .malformed }

        places = parts.count == 2 ? parts[1].count : 0
        guard places <= maximumPlaces else { throw .tooManyPlaces }
        digits = try Self.number(parts.joined())
    }

    /// Writes a whole number of minor units with its point: 5 with 2 places is `0.05`.
    static func text(digits: UInt128, places: Int, isNegative: Bool) -> String {
        var text = String(digits)
        if places > 0 {
            text = String(repeating: "0", count: max(0, places + 1 - text.utf8.count)) + text
            text.insert(".", at: text.index(text.endIndex, offsetBy: -places))
        }
        return isNegative ? "-" + text : text
    }

    private static func number(_ bytes: some Sequence<UInt8>) throws(Failure) -> UInt128 {
        var number: UInt128 = 0
        for byte in bytes {
            let (shifted, tooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, stillTooLarge) = shifted.addingReportingOverflow(UInt128(byte - UInt8(ascii: "0")))
            guard !tooLarge, !stillTooLarge else { throw .overflow }
            number = sum
        }
        return number
    }
}

/// Only `0` to `9`: `Character.isNumber` would let Arabic, full-width and other digits in.
func isASCIIDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

/// 10 to the power of `exponent`, for the small exponents of currencies and ratios.
func powerOfTen(_ exponent: Int) -> UInt128 {
    var result: UInt128 = 1
    for _ in 0..<max(0, exponent) { result *= 10 }
    return result
}
