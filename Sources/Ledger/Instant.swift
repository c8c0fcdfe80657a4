/// A point in time, to the microsecond, in UTC without leap seconds, within the years 1 to 9999.
///
/// The module never reads a clock: an instant is passed in.
public struct Instant: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Microseconds since 1970-01-01T00:00:00Z; negative before it.
    public let microsecondsSince1970: Int64

    /// - Throws: ``InstantError/outOfRange`` outside the years 1 to 9999 in UTC, which RFC 3339 cannot write.
    public init(microsecondsSince1970: Int64) throws(InstantError) {
        guard Self.range.contains(microsecondsSince1970) else { throw .outOfRange }
        self.microsecondsSince1970 = microsecondsSince1970
    }

    /// Reads an RFC 3339 date and time with any offset and up to 6 decimals of a second:
    /// `2024-01-31T10:00:00Z`, `2024-01-31T12:00:00.25+02:00`. `t` and `z` may be small, as the RFC allows.
    ///
    /// - Throws: ``InstantError/malformed(_:)`` for any other form, ``InstantError/noSuchDate(_:_:)``,
    ///   ``InstantError/noSuchTime(_:)`` (a leap second too: no clock that the product runs on shows one),
    ///   ``InstantError/outOfRange``.
    public init(parsing text: String) throws(InstantError) {
        let fields = try InstantFields(parsing: text)
        let seconds = fields.date.daysSince1970 * 86_400 + fields.secondOfDay - fields.secondsFromGMT
        try self.init(microsecondsSince1970: Int64(seconds) * 1_000_000 + Int64(fields.microsecond))
    }

    private static let range: ClosedRange<Int64> = {
        let first = Int64(CivilDate.earliest.daysSince1970) * microsecondsPerDay
        let afterLast = Int64(CivilDate.latest.daysSince1970 + 1) * microsecondsPerDay
        return first...(afterLast - 1)
    }()

    public static func < (left: Instant, right: Instant) -> Bool {
        left.microsecondsSince1970 < right.microsecondsSince1970
    }

    /// The day on which the instant falls where clocks are so many seconds ahead of UTC (behind, if negative).
    ///
    /// An offset counts as at most a day either way, and the result stays within the years 1 to 9999.
    public func civilDate(secondsFromGMT: Int) -> CivilDate {
        let offset = Int64(min(max(secondsFromGMT, -86_400), 86_400)) * 1_000_000
        let (days, _) = (microsecondsSince1970 + offset).flooringQuotientAndRemainder(by: microsecondsPerDay)
        let beyond = days < 0 ? CivilDate.earliest : CivilDate.latest
        return (try? CivilDate(daysSince1970: Int(days))) ?? beyond
    }

    /// RFC 3339 in UTC: `2024-01-31T10:00:00Z`, with six decimals of a second unless they are all zero:
    /// `2024-01-31T10:00:00.000001Z`. ``init(parsing:)`` reads it back.
    public var description: String {
        let (_, inDay) = microsecondsSince1970.flooringQuotientAndRemainder(by: microsecondsPerDay)
        let (second, microsecond) = Int(inDay).quotientAndRemainder(dividingBy: 1_000_000)
        let time = [second / 3_600, second / 60 % 60, second % 60]
            .map { zeroPadded($0, digits: 2) }.joined(separator: ":")
        let fraction = microsecond == 0 ? "" : "." + zeroPadded(microsecond, digits: 6)
        return "\(civilDate(secondsFromGMT: 0))T\(time)\(fraction)Z"
    }
}

/// Why an instant was refused.
public enum InstantError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text is not an RFC 3339 date and time with at most 6 decimals of a second.
    case malformed(String)
    /// The text's date does not exist.
    case noSuchDate(String, CivilDateError)
    /// The text's time of day or offset does not exist.
    case noSuchTime(String)
    /// Outside the years 1 to 9999 in UTC.
    case outOfRange

    public var description: String {
        switch self {
        case .malformed(let text):
            "\(quoted(text)) is not a date and time. Write 2024-01-31T10:00:00Z, with at most 6 decimals of a second."
        case .noSuchDate(let text, let error): "\(quoted(text)) is not a date and time. \(error)"
        case .noSuchTime(let text):
            "\(quoted(text)) has no such time of day: hours go to 23, minutes and seconds to 59."
        case .outOfRange: "The instant is not within the years 1 to 9999 in UTC."
        }
    }
}

private let microsecondsPerDay: Int64 = 86_400_000_000

extension Int64 {
    /// Division whose remainder is never negative, so that the time of day before 1970 runs forwards too.
    fileprivate func flooringQuotientAndRemainder(by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
