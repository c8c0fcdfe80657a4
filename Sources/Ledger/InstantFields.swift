/// The parts of an RFC 3339 date and time (section 5.6), as read from UTF-8 bytes.
struct InstantFields {
    let date: CivilDate
    let secondOfDay: Int
    let microsecond: Int
    let secondsFromGMT: Int

    init(parsing text: String) throws(InstantError) {
        let bytes = Array(text.utf8)
        // `2024-01-31T10:00:00` takes 19 bytes; what follows is the fraction, if any, and the offset.
        guard bytes.count > 19, Self.letter(bytes[10]) == UInt8(ascii: "T"),
            let time = Self.clock(bytes[11..<19])
        else { throw .malformed(text) }

        var rest = bytes[19...]
        guard let microsecond = Self.removeFraction(from: &rest),
            let offset = Self.offset(rest)
        else { throw .malformed(text) }

        date = try Self.date(bytes[..<10], of: text)
        guard time[0] < 24, time[1] < 60, time[2] < 60, offset.hours < 24, offset.minutes < 60 else {
            throw .noSuchTime(text)
        }
        secondOfDay = time[0] * 3_600 + time[1] * 60 + time[2]
        self.microsecond = microsecond
        secondsFromGMT = offset.sign * (offset.hours * 3_600 + offset.minutes * 60)
    }

    private static func date(_ bytes: ArraySlice<UInt8>, of text: String) throws(InstantError) -> CivilDate {
        do {
            return try CivilDate(parsing: String(decoding: bytes, as: UTF8.self))
        } catch .malformed {
            throw .malformed(text)
        } catch {
            throw .noSuchDate(text, error)
        }
    }

    /// Numbers of two digits with colons between them.
    private static func clock(_ bytes: ArraySlice<UInt8>) -> [Int]? {
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let numbers = parts.compactMap { wholeNumber($0, digits: 2) }
        return numbers.count == parts.count ? numbers : nil
    }

    /// Takes `.` and 1 to 6 digits off the front; 0 if there is no point, nothing if the fraction is malformed.
    private static func removeFraction(from rest: inout ArraySlice<UInt8>) -> Int? {
        guard rest.first == UInt8(ascii: ".") else { return 0 }
        let digits = rest.dropFirst().prefix(while: isASCIIDigit)
        guard (1...6).contains(digits.count) else { return nil }
        rest = rest[digits.endIndex...]
        let padded = Array(digits) + Array(repeating: UInt8(ascii: "0"), count: 6 - digits.count)
        return wholeNumber(padded, digits: 6)
    }

    private static func offset(_ bytes: ArraySlice<UInt8>) -> (sign: Int, hours: Int, minutes: Int)? {
        guard let first = bytes.first else { return nil }
        if letter(first) == UInt8(ascii: "Z") { return bytes.count == 1 ? (0, 0, 0) : nil }
        guard first == UInt8(ascii: "+") || first == UInt8(ascii: "-"),
            let numbers = clock(bytes.dropFirst()), numbers.count == 2
        else { return nil }
        return (first == UInt8(ascii: "-") ? -1 : 1, numbers[0], numbers[1])
    }

    /// A small ASCII letter as its capital.
    private static func letter(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
    }
}
