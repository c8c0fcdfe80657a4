import Ledger
import Testing

@Suite("Ratio")
struct RatioTests {
    @Test("A ratio is kept in lowest terms with the sign on the numerator")
    func lowestTerms() throws {
        let ratio = try Ratio(numerator: 6, denominator: -8)
        #expect(ratio.numerator == -3)
        #expect(ratio.denominator == 4)
        #expect(ratio.description == "-3/4")
        #expect(try Ratio(numerator: 1, denominator: 2) == Ratio(numerator: 2, denominator: 4))
        #expect(try Ratio(numerator: 0, denominator: -5) == Ratio(numerator: 0, denominator: 1))
        #expect(try Ratio(numerator: .min, denominator: .min) == Ratio(numerator: 1, denominator: 1))
        #expect(try Ratio(numerator: .min, denominator: 2).numerator == Int64.min / 2)
    }

    @Test("A denominator of zero, and what does not fit 64 bits, are refused")
    func refused() {
        #expect(throws: RatioError.zeroDenominator) { try Ratio(numerator: 1, denominator: 0) }
        #expect(throws: RatioError.zeroDenominator) { try Ratio(numerator: 0, denominator: 0) }
        #expect(throws: RatioError.overflow) { try Ratio(numerator: .min, denominator: -1) }
        #expect(throws: RatioError.overflow) { try Ratio(numerator: 1, denominator: .min) }
    }

    @Test(
        "Decimals with up to 10 places are read exactly",
        arguments: [
            ("0.07", 7, 100), ("1", 1, 1), ("-2.5", -5, 2), ("0", 0, 1), ("-0.0", 0, 1), ("0.0000000001", 1, 10_000_000_000),
            ("9223372036854775807", Int64.max, 1), ("-9223372036854775808", Int64.min, 1),
            ("9000000000.0000000000", 9_000_000_000, 1),
        ] as [(String, Int64, Int64)])
    func parsing(text: String, numerator: Int64, denominator: Int64) throws {
        let ratio = try Ratio(parsing: text)
        #expect(ratio.numerator == numerator)
        #expect(ratio.denominator == denominator)
    }

    @Test("What is not a plain decimal is refused", arguments: textsThatAreNoNumbers)
    func malformed(text: String) {
        #expect(throws: RatioError.malformed(text)) { try Ratio(parsing: text) }
    }

    @Test("More than 10 decimals, and what does not fit, are refused")
    func tooMuch() {
        #expect(throws: RatioError.tooManyDecimals("0.00000000000")) { try Ratio(parsing: "0.00000000000") }
        #expect(throws: RatioError.overflow) { try Ratio(parsing: "9223372036854775808") }
        #expect(throws: RatioError.overflow) { try Ratio(parsing: "9223372036.0000000001") }
        #expect(throws: RatioError.overflow) { try Ratio(parsing: String(repeating: "9", count: 1_000)) }
    }

    @Test(
        "A decimal is rounded half to even",
        arguments: [
            (57_425_741, 150_000_000, 10, "0.3828382733"),
            (1, 2, 0, "0"), (3, 2, 0, "2"), (5, 2, 0, "2"), (-1, 2, 0, "0"), (-3, 2, 0, "-2"),
            (1, 8, 2, "0.12"), (3, 8, 2, "0.38"), (-1, 8, 2, "-0.12"),
            (2, 3, 3, "0.667"), (1, 3, 3, "0.333"), (-1, 1_000, 2, "0.00"), (-6, 1_000, 2, "-0.01"),
            (999, 1_000, 2, "1.00"), (9_999, 1_000, 1, "10.0"), (-1_999, 1_000, 0, "-2"), (51, 100, 0, "1"),
            (7, 1, 3, "7.000"), (7, 1, -3, "7"), (1, 7, 30, "0.142857142857142857142857142857"),
            (Int64.max, 1, 1, "9223372036854775807.0"), (Int64.min, 1, 0, "-9223372036854775808"),
            (Int64.max - 1, Int64.max, 18, "1.000000000000000000"),
            (Int64.max - 1, Int64.max, 20, "0.99999999999999999989"),
        ] as [(Int64, Int64, Int, String)])
    func decimals(numerator: Int64, denominator: Int64, places: Int, text: String) throws {
        #expect(try Ratio(numerator: numerator, denominator: denominator).decimal(places: places) == text)
    }

    @Test("A percentage is a hundred times the ratio, rounded once")
    func percentages() throws {
        #expect(try Ratio(numerator: 57_425_741, denominator: 150_000_000).percent(places: 1) == "38.3")
        #expect(try Ratio(parsing: "0.07").percent(places: 0) == "7")
        #expect(try Ratio(parsing: "0.125").percent(places: 0) == "12")
        #expect(try Ratio(parsing: "-0.0004").percent(places: 1) == "0.0")
        #expect(try Ratio(numerator: .max, denominator: 1).percent(places: 0) == "922337203685477580700")
    }

    @Test("Ten thousand random decimals agree with one division in 128 bits and with long division by hand")
    func agreesWithDivision() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<10_000 {
            let ratio = try Self.ratio(using: &generator)
            let places = Int.random(in: 0...12, using: &generator)
            #expect(ratio.decimal(places: places) == Self.scaledDivision(ratio, places: places))

            // Rounding at the 60th place cannot reach the 40th: a run of 20 nines needs a denominator above 10^20.
            let digits = Self.longDivision(ratio, places: 40)
            #expect(ratio.decimal(places: 60).hasPrefix(digits))
        }
    }

    @Test("Ratios are ordered by value, however large their terms")
    func ordering() throws {
        #expect(try Ratio(numerator: 1, denominator: 3) < Ratio(numerator: 1, denominator: 2))
        #expect(try Ratio(numerator: -1, denominator: 2) < Ratio(numerator: -1, denominator: 3))
        #expect(try Ratio(numerator: .max - 1, denominator: .max) < Ratio(numerator: 1, denominator: 1))
        #expect(try Ratio(numerator: .max - 2, denominator: .max - 1) < Ratio(numerator: .max - 1, denominator: .max))
        #expect(try Ratio(numerator: .min, denominator: 1) < Ratio(numerator: .max, denominator: 1))
        let half = try Ratio(numerator: 1, denominator: 2)
        #expect(!(half < half))
    }

    @Test("A share of an amount is exact, and a share of zero is refused")
    func shares() throws {
        #expect(try usd("57425741").share(of: usd("150000000")).decimal(places: 10) == "0.3828382733")
        #expect(try usd("25").share(of: usd("100")) == Ratio(numerator: 1, denominator: 4))
        #expect(try usd("-25").share(of: usd("-100")) == Ratio(numerator: 1, denominator: 4))
        #expect(try usd("150").share(of: usd("100")).percent(places: 0) == "150")
        #expect(try usd("0").share(of: usd("5")) == Ratio(numerator: 0, denominator: 1))
        #expect(throws: MoneyError.shareOfZero) { try usd("1").share(of: usd("0")) }
        #expect(throws: MoneyError.shareOfZero) { try usd("0").share(of: usd("0")) }
        #expect(throws: MoneyError.shareOverflow) { try usd("-92233720368547758.08").share(of: usd("-0.01")) }
    }

    private static func ratio(using generator: inout SeededGenerator) throws -> Ratio {
        // Small denominators often, since only they meet exact halves.
        let small = Int64.random(in: 1...200, using: &generator)
        let denominator = Bool.random(using: &generator) ? small : max(1, generator.anyInt64())
        return try Ratio(numerator: generator.anyInt64(), denominator: denominator)
    }

    /// numerator × 10^places ÷ denominator, rounded half to even in one step.
    private static func scaledDivision(_ ratio: Ratio, places: Int) -> String {
        let scale = (0..<places).reduce(UInt128(1)) { power, _ in power * 10 }
        let divisor = UInt128(ratio.denominator)
        var (quotient, remainder) = (UInt128(ratio.numerator.magnitude) * scale).quotientAndRemainder(dividingBy: divisor)
        if remainder * 2 > divisor || (remainder * 2 == divisor && quotient % 2 == 1) { quotient += 1 }
        let sign = ratio.numerator < 0 && quotient > 0 ? "-" : ""
        guard places > 0 else { return sign + String(quotient) }
        let fraction = String(quotient % scale)
        return sign + String(quotient / scale) + "." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    /// The digits of the quotient, cut off and not rounded.
    private static func longDivision(_ ratio: Ratio, places: Int) -> String {
        let divisor = ratio.denominator.magnitude
        var text = (ratio.numerator < 0 ? "-" : "") + String(ratio.numerator.magnitude / divisor) + "."
        var remainder = ratio.numerator.magnitude % divisor
        for _ in 0..<places {
            let next = remainder.multipliedFullWidth(by: 10)
            let (digit, rest) = divisor.dividingFullWidth(next)
            text += String(digit)
            remainder = rest
        }
        return text
    }
}
