/// One SQL statement with its bound values.
///
/// Interpolation binds: `"SELECT name FROM source WHERE fund = \(fund)"` has the text `… WHERE fund = $1` and one value, so a value
/// can never become SQL. Another `Statement` may be interpolated as a fragment; its placeholders are numbered anew.
/// `\(name: …)` writes an identifier and refuses anything but lower-case letters, digits and underscores.
public struct Statement: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// More values than this no engine takes in one statement.
    public static let valueLimit = 32_766

    /// The texts around the values: always one more than there are values.
    private let segments: [String]
    public private(set) var values: [Value]
    /// The text with `$1`, `$2`, … in place of the values: the form that both engines read.
    public let text: String

    public init(stringLiteral text: String) {
        segments = [text]
        values = []
        self.text = text
    }

    public init(stringInterpolation interpolation: Interpolation) {
        segments = interpolation.segments
        values = interpolation.values
        var text = segments[0]
        for number in values.indices {
            text += "$\(number + 1)"
            text += segments[number + 1]
        }
        self.text = text
    }

    /// The same statement with other values, as many: its text is not made again.
    public func binding(_ values: [Value]) -> Statement {
        precondition(values.count == self.values.count, "\(self.values.count) values belong into: \(text)")
        var statement = self
        statement.values = values
        return statement
    }

    /// The statements one after the other, with `separator` between them.
    public static func joined(_ parts: [Statement], separator: Statement) -> Statement {
        var joined = Interpolation(literalCapacity: 0, interpolationCount: 0)
        for (index, part) in parts.enumerated() {
            if index > 0 { joined.appendInterpolation(separator) }
            joined.appendInterpolation(part)
        }
        return Statement(stringInterpolation: joined)
    }

    /// `(v1, v2, …)` for an IN list or a VALUES row.
    public static func list(_ values: [Value]) -> Statement {
        "(\(joined(values.map { "\($0)" }, separator: ", ")))"
    }

    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var segments = [""]
        fileprivate var values: [Value] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            values.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) {
            segments[segments.count - 1] += literal
        }

        public mutating func appendInterpolation(_ value: some ValueConvertible) {
            values.append(value.sqlValue)
            segments.append("")
        }

        public mutating func appendInterpolation(_ fragment: Statement) {
            segments[segments.count - 1] += fragment.segments[0]
            segments.append(contentsOf: fragment.segments.dropFirst())
            values.append(contentsOf: fragment.values)
        }

        public mutating func appendInterpolation(name: String) {
            let isPlain = name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
            precondition(isPlain && !name.isEmpty, "An SQL name comes from the program's own tables, never from input: \(name)")
            segments[segments.count - 1] += name
        }
    }
}
