/// The Date of a message (RFC 5322, section 3.3), in UTC.
enum MailDate {
    /// Nil before 1970 and after 9999.
    static func text(secondsSince1970 seconds: Int64) -> String? {
        guard (0...253_402_300_799).contains(seconds) else { return nil }
        let days = Int(seconds / 86_400)
        let time = Int(seconds % 86_400)
        let (year, month, day) = civil(days)
        // The first of January 1970 was a Thursday.
        let weekday = weekdays[(days + 4) % 7]
        let clock = [time / 3_600, time / 60 % 60, time % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        return "\(weekday), \(day) \(months[month - 1]) \(year) \(clock) +0000"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The Gregorian date of a day counted from 1 January 1970.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        var year = 1970
        var rest = days
        while rest >= (isLeap(year) ? 366 : 365) {
            rest -= isLeap(year) ? 366 : 365
            year += 1
        }
        var month = 1
        for length in [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
            guard rest >= length else { break }
            rest -= length
            month += 1
        }
        return (year, month, rest + 1)
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
}
