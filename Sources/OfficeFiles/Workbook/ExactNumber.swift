/// A number as a file writes it, in decimals: never through a floating-point number.
///
/// A spreadsheet keeps numbers in binary and shows at most 15 digits of them, so that what somebody enters as 8.7 stands in the file as
/// `8.6999999999999993`. ``exact`` is what stands there; ``entered`` is what people see and typed.
public struct ExactNumber: Hashable, Sendable {
    /// The written number in plain decimals, without an exponent: `-?digits(.digits)?`, no zeros that say nothing, no `-0`.
    public let exact: String
    /// The same to 15 significant digits, halves away from zero.
    public let entered: String

    /// How many significant digits a spreadsheet keeps (the limits of Excel).
    public static let significantDigits = 15
    /// No number of a spreadsheet has an exponent beyond that of a double.
    private static let exponentLimit = 400
    private static let digitLimit = 400

    /// Reads `-?digits(.digits)?([eE][+-]?digits)?`, of ASCII digits; nil for anything else, or beyond what a spreadsheet can hold.
    public init?(_ text: String) {
        guard let decimal = Decimal(Array(text.utf8), digitLimit: Self.digitLimit, exponentLimit: Self.exponentLimit) else { return nil }
        exact = decimal.text
        entered = decimal.rounded(to: Self.significantDigits).text
    }

    /// Whether a spreadsheet can hold it as it is.
    var isHeldExactly: Bool { exact == entered }

    /// `digits` times ten to the power of `exponent`: no leading and no trailing zeros, no digits for zero.
    private struct Decimal {
        var isNegative = false
        var digits: [UInt8] = []
        var exponent = 0

        init?(_ text: [UInt8], digitLimit: Int, exponentLimit: Int) {
            var rest = text[...]
            isNegative = rest.first == UInt8(ascii: "-")
            if isNegative { rest.removeFirst() }
            let whole = Self.takeDigits(&rest)
            var fraction: [UInt8] = []
            if rest.first == UInt8(ascii: ".") {
                rest.removeFirst()
                fraction = Self.takeDigits(&rest)
                // `.5` and `5.` are written by some programs.
                guard !whole.isEmpty || !fraction.isEmpty else { return nil }
            } else if whole.isEmpty {
                return nil
            }
            guard whole.count + fraction.count <= digitLimit, let power = Self.takeExponent(&rest, limit: exponentLimit), rest.isEmpty
            else { return nil }
            digits = whole + fraction
            exponent = power - fraction.count
            trim()
        }

        var text: String {
            guard !digits.isEmpty else { return "0" }
            var plain = digits.map { $0 + UInt8(ascii: "0") }
            if exponent >= 0 {
                plain += Array(repeating: UInt8(ascii: "0"), count: exponent)
            } else {
                let missing = 1 - exponent - plain.count
                if missing > 0 { plain = Array(repeating: UInt8(ascii: "0"), count: missing) + plain }
                plain.insert(UInt8(ascii: "."), at: plain.count + exponent)
            }
            return (isNegative ? "-" : "") + String(decoding: plain, as: UTF8.self)
        }

        func rounded(to count: Int) -> Decimal {
            guard digits.count > count else { return self }
            var result = self
            let isUp = digits[count] >= 5
            result.exponent += digits.count - count
            result.digits.removeLast(digits.count - count)
            if isUp {
                var index = count - 1
                while index >= 0, result.digits[index] == 9 {
                    result.digits[index] = 0
                    index -= 1
                }
                if index >= 0 { result.digits[index] += 1 } else { result.digits.insert(1, at: 0) }
            }
            result.trim()
            return result
        }

        private mutating func trim() {
            digits = Array(digits.drop { $0 == 0 })
            while digits.last == 0 {
                digits.removeLast()
                exponent += 1
            }
        }

        private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            rest = rest.dropFirst(digits.count)
            return digits.map { $0 - UInt8(ascii: "0") }
        }

        private static func takeExponent(_ rest: inout ArraySlice<UInt8>, limit: Int) -> Int? {
            guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else { return 0 }
            rest.removeFirst()
            let isNegative = rest.first == UInt8(ascii: "-")
            if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
            let digits = takeDigits(&rest)
            guard (1...6).contains(digits.count) else { return nil }
            let value = digits.reduce(0) { $0 * 10 + Int($1) }
            return value <= limit ? (isNegative ? -value : value) : nil
        }
    }
}
