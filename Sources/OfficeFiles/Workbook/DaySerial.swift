/// The days that a workbook counts.
enum DaySerial {
    /// The date of a number that is shown as one, as ISO 8601; nil before the first day and after the year 9999. The time of day is left out.
    ///
    /// Day 1 is 1 January 1900, and a 29 February 1900 that never was is day 60 (ECMA-376, part 1, 18.17.4.1); or day 0 is 1 January 1904.
    static func date(_ number: ExactNumber, from1904: Bool) -> String? {
        guard let whole = Int(number.entered.prefix { $0 != "." }), !number.entered.hasPrefix("-"), whole <= 2_958_465 else { return nil }
        // In days since 1 January 1970.
        if from1904 { return whole <= 2_957_003 ? CalendarDay.text(daysSince1970: whole - 24_107) : nil }
        guard whole >= 1, whole != 60 else { return nil }
        return CalendarDay.text(daysSince1970: whole - (whole < 60 ? 25_568 : 25_569))
    }
}
