/// A fraction of two whole numbers, compared without rounding: a mean score, a deviation.
public struct ExactFraction: Sendable, Hashable, Codable, Comparable {
    /// In lowest terms.
    public let numerator: Int64
    /// Above zero, in lowest terms.
    public let denominator: Int64

    /// - Precondition: `denominator` is above zero, and both in lowest terms fit 64 bits, as all do that are made of a checked problem.
    init(_ numerator: Int128, _ denominator: Int128) {
        let divisor = max(1, commonDivisor(numerator, denominator))
        self.numerator = Int64(clamping: numerator / divisor)
        self.denominator = Int64(clamping: denominator / divisor)
    }

    public static func < (left: Self, right: Self) -> Bool {
        Int128(left.numerator) * Int128(right.denominator) < Int128(right.numerator) * Int128(left.denominator)
    }

    /// For showing.
    public var value: Double { Double(numerator) / Double(denominator) }
}

func commonDivisor(_ first: Int128, _ second: Int128) -> Int128 {
    var (a, b) = (first.magnitude, second.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    return Int128(a)
}
