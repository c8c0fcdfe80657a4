/// An exact fraction of two whole numbers, in lowest terms: a share, a rate, a fee of 7 % as 7/100.
///
/// Because it is kept in lowest terms, 1/2 and 2/4 are the same value.
public struct Ratio: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// In lowest terms; carries the sign.
    public let numerator: Int64
    /// In lowest terms, always above zero.
    public let denominator: Int64

    /// Brings the fraction to lowest terms, with the sign on the numerator.
    ///
    /// - Throws: ``RatioError/zeroDenominator``; ``RatioError/overflow`` if the fraction in lowest terms does not
    ///   fit 64 bits, which only happens where one of the two is `Int64.min`.
    public init(numerator: Int64, denominator: Int64) throws(RatioError) {
        try self.init(
            numerator: UInt128(numerator.magnitude), denominator: UInt128(denominator.magnitude),
            isNegative: (numerator < 0) != (denominator < 0))
    }

    /// Reads a plain decimal with up to 10 places: `0.07`, `1`, `-2.5`. A percent sign is not read.
    ///
    /// - Throws: ``RatioError/malformed(_:)``, ``RatioError/tooManyDecimals(_:)``, ``RatioError/overflow``.
    public init(parsing text: String) throws(RatioError) {
        let decimal: PlainDecimal
        do {
            decimal = try PlainDecimal(parsing: text, maximumPlaces: Self.maximumPlaces)
        } catch {
            switch error {
            case .malformed: throw .malformed(text)
            case .tooManyPlaces: throw .tooManyDecimals(text)
            case .overflow: throw .overflow
            }
        }
        try self.init(
            numerator: decimal.digits, denominator: powerOfTen(decimal.places), isNegative: decimal.isNegative)
    }

    private static let maximumPlaces = 10

    private init(numerator: UInt128, denominator: UInt128, isNegative: Bool) throws(RatioError) {
        guard denominator > 0 else { throw .zeroDenominator }
        let divisor = greatestCommonDivisor(numerator, denominator)
        guard let top = Int128(exactly: numerator / divisor),
            let signedTop = Int64(exactly: isNegative ? -top : top),
            let bottom = Int64(exactly: denominator / divisor)
        else { throw .overflow }
        self.numerator = signedTop
        self.denominator = bottom
    }

    public static func < (left: Ratio, right: Ratio) -> Bool {
        Int128(left.numerator) * Int128(right.denominator) < Int128(right.numerator) * Int128(left.denominator)
    }

    /// The value as a decimal with exactly `places` decimals, rounded half to even; `places` below 0 count as 0.
    ///
    /// 57425741/150000000 with 10 places is `0.3828382733`. A value that rounds to zero has no minus sign.
    public func decimal(places: Int) -> String { decimal(times: 1, places: places) }

    /// The value in percent as a decimal, without the sign `%`, rounded half to even: `38.3`.
    public func percent(places: Int) -> String { decimal(times: 100, places: places) }

    /// The fraction as written: `7/100`.
    public var description: String { "\(numerator)/\(denominator)" }

    /// Long division, digit by digit, so that no number of places overflows.
    private func decimal(times factor: UInt128, places: Int) -> String {
        let places = max(0, places)
        let divisor = UInt128(denominator.magnitude)
        var (whole, remainder) = (UInt128(numerator.magnitude) * factor).quotientAndRemainder(dividingBy: divisor)
        var fraction: [UInt8] = []
        for _ in 0..<places {
            let (digit, rest) = (remainder * 10).quotientAndRemainder(dividingBy: divisor)
            fraction.append(UInt8(truncatingIfNeeded: digit))
            remainder = rest
        }

        let lastDigitIsOdd = (fraction.last.map { UInt128($0) } ?? whole) % 2 == 1
        let roundsUp = remainder * 2 > divisor || (remainder * 2 == divisor && lastDigitIsOdd)
        if roundsUp && incrementReportingCarry(&fraction) { whole += 1 }

        let isZero = whole == 0 && fraction.allSatisfy { $0 == 0 }
        let sign = numerator < 0 && !isZero ? "-" : ""
        let digits = fraction.map { String($0) }.joined()
        return sign + String(whole) + (digits.isEmpty ? "" : "." + digits)
    }
}

/// Why a ratio was refused.
public enum RatioError: Error, Sendable, Hashable, CustomStringConvertible {
    case zeroDenominator
    /// The text is not a plain decimal.
    case malformed(String)
    /// The text has more than 10 decimals.
    case tooManyDecimals(String)
    /// The fraction does not fit two 64-bit numbers.
    case overflow

    public var description: String {
        switch self {
        case .zeroDenominator: "A ratio cannot have a denominator of zero."
        case .malformed(let text):
            "\(quoted(text)) is not a ratio. Write digits, with a point before the decimals: 0.07."
        case .tooManyDecimals(let text): "\(quoted(text)) has more than 10 decimals."
        case .overflow: "The ratio is too large to be kept exactly."
        }
    }
}

/// Euclid's algorithm; `second` must not be zero.
private func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
}

/// Adds one to the last of the decimal digits; true if it carries out of the first.
private func incrementReportingCarry(_ digits: inout [UInt8]) -> Bool {
    for index in digits.indices.reversed() {
        guard digits[index] == 9 else {
            digits[index] += 1
            return false
        }
        digits[index] = 0
    }
    return true
}
