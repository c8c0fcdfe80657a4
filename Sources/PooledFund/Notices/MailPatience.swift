/// How long a mail that could not be sent waits for its next attempt.
///
/// Short at first, since most troubles are over soon; then hourly for five days, so that a mail server may be away for a long weekend
/// (RFC 5321, section 4.5.4.1, asks for four to five days).
enum MailPatience {
    private static let first: [Int64] = [1, 2, 5, 15, 30, 60]
    private static let hourly: Int64 = 5 * 24

    /// - Parameter attempt: counted from 1.
    /// - Returns: the minutes until the next one; nil if there is to be none.
    static func minutes(afterAttempt attempt: Int64) -> Int64? {
        if attempt <= first.count { return first[max(0, Int(attempt) - 1)] }
        return attempt <= Int64(first.count) + hourly ? 60 : nil
    }
}
