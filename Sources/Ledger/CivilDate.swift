/// A day, a month or a year of the Gregorian calendar, without a time zone: `2022-01-31`, `2022-01`, `2022`.
///
/// Public records of funds are often dated by month or year only. Such a partial date is kept as it is, never
/// filled in; where a day is needed, **a partial date takes effect on its last day**, so that nothing counts
/// before it is certain to have happened.
public struct CivilDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// 1 to 9999.
    public let year: Int
    /// 1 to 12, or nothing if only the year is known.
    public let month: Int?
    /// 1 to the length of the month, or nothing if the day is not known. Never present without a month.
    public let day: Int?

    /// - Throws: ``CivilDateError`` if there is no such day, month or year, or a day is given without a month.
    public init(year: Int, month: Int? = nil, day: Int? = nil) throws(CivilDateError) {
        guard Self.years.contains(year) else { throw .yearOutOfRange(year) }
        if let month {
            guard (1...12).contains(month) else { throw .noSuchMonth(month) }
            if let day {
                guard (1...GregorianCalendar.daysInMonth(month, of: year)).contains(day) else {
                    throw .noSuchDay(year: year, month: month, day: day)
                }
            }
        } else if let day {
            throw .dayWithoutMonth(day)
        }
        self.init(checkedYear: year, month: month, day: day)
    }

    /// Reads exactly `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601) in ASCII digits.
    ///
    /// - Throws: ``CivilDateError/malformed(_:)`` for any other form; the other cases for a date that does not
    ///   exist, such as `2023-02-29`.
    public init(parsing text: String) throws(CivilDateError) {
        let parts = Array(text.utf8).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), let year = wholeNumber(parts[0], digits: 4) else { throw .malformed(text) }
        var rest: [Int] = []
        for part in parts.dropFirst() {
            guard let number = wholeNumber(part, digits: 2) else { throw .malformed(text) }
            rest.append(number)
        }
        try self.init(year: year, month: rest.first, day: rest.count == 2 ? rest[1] : nil)
    }

    private init(checkedYear year: Int, month: Int?, day: Int?) {
        self.year = year
        self.month = month
        self.day = day
    }

    private static let years = 1...9999

    /// Whether the day is known.
    public var isComplete: Bool { day != nil }

    /// The first day that the date may mean; itself if it is complete.
    public var firstDay: CivilDate {
        CivilDate(checkedYear: year, month: month ?? 1, day: day ?? 1)
    }

    /// The last day that the date may mean, which is the day it takes effect; itself if it is complete.
    public var lastDay: CivilDate {
        let month = month ?? 12
        let day = day ?? GregorianCalendar.daysInMonth(month, of: year)
        return CivilDate(checkedYear: year, month: month, day: day)
    }

    /// By last day; of dates with the same last day, the less precise comes first: 2024 < 2024-12 < 2024-12-31.
    ///
    /// In this order `effectiveOn <= asOf` says, for a complete `asOf`, whether a date has taken effect by then.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.daysSince1970, left.precision) < (right.daysSince1970, right.precision)
    }

    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; ``init(parsing:)`` reads it back.
    public var description: String {
        ([zeroPadded(year, digits: 4)] + [month, day].compactMap { $0.map { zeroPadded($0, digits: 2) } })
            .joined(separator: "-")
    }

    private var precision: Int { day != nil ? 2 : month != nil ? 1 : 0 }
}

extension CivilDate {
    /// The first day a civil date can name, 0001-01-01.
    public static let earliest = CivilDate(checkedYear: 1, month: 1, day: 1)
    /// The last day a civil date can name, 9999-12-31.
    public static let latest = CivilDate(checkedYear: 9999, month: 12, day: 31)

    /// How many days the date's last day lies after 1970-01-01; negative before it.
    public var daysSince1970: Int {
        let month = month ?? 12
        let day = day ?? GregorianCalendar.daysInMonth(month, of: year)
        return GregorianCalendar.daysSince1970(year: year, month: month, day: day)
    }

    /// The complete date so many days after 1970-01-01.
    ///
    /// - Throws: ``CivilDateError/dayOutOfRange`` outside the years 1 to 9999.
    public init(daysSince1970: Int) throws(CivilDateError) {
        guard (Self.earliest.daysSince1970...Self.latest.daysSince1970).contains(daysSince1970) else {
            throw .dayOutOfRange
        }
        let (year, month, day) = GregorianCalendar.date(daysSince1970: daysSince1970)
        self.init(checkedYear: year, month: month, day: day)
    }

    /// The complete date so many days later, or earlier if negative, counted from the last day of a partial date.
    ///
    /// - Throws: ``CivilDateError/dayOutOfRange`` outside the years 1 to 9999.
    public func adding(days: Int) throws(CivilDateError) -> CivilDate {
        let (sum, overflowed) = daysSince1970.addingReportingOverflow(days)
        guard !overflowed else { throw .dayOutOfRange }
        return try CivilDate(daysSince1970: sum)
    }
}

/// Why a date was refused.
public enum CivilDateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text has none of the three forms.
    case malformed(String)
    case yearOutOfRange(Int)
    case noSuchMonth(Int)
    case noSuchDay(year: Int, month: Int, day: Int)
    case dayWithoutMonth(Int)
    /// A calculation left the years 1 to 9999.
    case dayOutOfRange

    public var description: String {
        switch self {
        case .malformed(let text):
            "\(quoted(text)) is not a date. Write 2024-01-31, or 2024-01 or 2024 if the day is not known."
        case .yearOutOfRange(let year): "The year \(year) is not within 1 to 9999."
        case .noSuchMonth(let month): "There is no month \(month)."
        case .noSuchDay(let year, let month, let day):
            "There is no day \(day) in \(zeroPadded(year, digits: 4))-\(zeroPadded(month, digits: 2))."
        case .dayWithoutMonth(let day): "The day \(day) needs a month."
        case .dayOutOfRange: "The day is not within the years 1 to 9999."
        }
    }
}
