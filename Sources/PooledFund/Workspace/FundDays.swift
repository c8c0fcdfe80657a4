internal import Foundation
public import Ledger

/// The days and the times of day of a fund: those of its time zone.
public struct FundDays: Sendable {
    /// As the Terms name it: `Africa/Tunis`.
    public let timeZone: String
    private let zone: FundTimeZone
    private let offsets: TimeZone

    /// - Throws: `Refusal` for a time zone that this machine does not know.
    public init(timeZone: String) throws(Refusal) {
        zone = try FundTimeZone(timeZone)
        guard let offsets = TimeZone(identifier: timeZone) else {
            throw Refusal("this machine does not know the time zone \(timeZone)", remedy: "install tzdata")
        }
        self.timeZone = timeZone
        self.offsets = offsets
    }

    /// The day on which an instant falls.
    public func day(of instant: Instant) -> CivilDate { zone.today(at: instant) }

    /// The first moment of a day.
    public func start(of day: CivilDate) throws -> Instant { try zone.start(of: day) }

    /// The time of day of an instant, to the second: `14:05:09`.
    public func timeOfDay(of instant: Instant) -> String {
        let seconds = (instant.microsecondsSince1970 / 1_000_000) + Int64(offset(at: instant))
        let inDay = Int(((seconds % 86_400) + 86_400) % 86_400)
        return [inDay / 3_600, inDay / 60 % 60, inDay % 60].map { $0 < 10 ? "0\($0)" : String($0) }.joined(separator: ":")
    }

    /// The instant that a day, or a day and a time of it, name here: `2024-01-31`, `2024-01-31T14:05`. Nil for any other text.
    ///
    /// - Parameter isEnd: whether the end of the day, or of the minute, is meant.
    public func instant(_ text: String, isEnd: Bool) -> Instant? {
        let bytes = Array(text.utf8)
        guard let day = try? CivilDate(parsing: String(decoding: bytes.prefix(10), as: UTF8.self)), day.isComplete else { return nil }
        let next = try? day.adding(days: 1)
        if bytes.count == 10 {
            guard isEnd else { return try? start(of: day) }
            return next.flatMap { try? start(of: $0) }.flatMap { try? Instant(microsecondsSince1970: $0.microsecondsSince1970 - 1) }
        }
        guard bytes.count == 16, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            let hours = Self.number(bytes[11..<13]), let minutes = Self.number(bytes[14..<16]), hours < 24, minutes < 60
        else { return nil }
        // As the clocks on the wall show it: where they are put on or back that day, from noon the offset is the later one.
        let wall = Int64(day.daysSince1970) * 86_400 + Int64(hours * 3_600 + minutes * 60)
        var seconds = wall
        for _ in 0..<2 { seconds = wall - Int64(offsets.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))) }
        return try? Instant(microsecondsSince1970: seconds * 1_000_000 + (isEnd ? 59_999_999 : 0))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.allSatisfy { (48...57).contains($0) } ? digits.reduce(0) { $0 * 10 + Int($1 - 48) } : nil
    }

    private func offset(at instant: Instant) -> Int {
        offsets.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.microsecondsSince1970 / 1_000_000)))
    }
}
