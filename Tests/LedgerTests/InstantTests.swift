import Ledger
import Testing

@Suite("Instant")
struct InstantTests {
    @Test(
        "RFC 3339 with any offset and up to six decimals is read, and written in UTC",
        arguments: [
            ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
            ("2024-01-31T10:00:00.000000Z", 1_706_695_200_000_000, "2024-01-31T10:00:00Z"),
            ("2024-01-31T10:00:00.5Z", 1_706_695_200_500_000, "2024-01-31T10:00:00.500000Z"),
            ("2024-01-31T10:00:00.000001Z", 1_706_695_200_000_001, "2024-01-31T10:00:00.000001Z"),
            ("2024-01-31T12:30:00+02:30", 1_706_695_200_000_000, "2024-01-31T10:00:00Z"),
            ("2024-01-30T20:00:00.25-14:00", 1_706_695_200_250_000, "2024-01-31T10:00:00.250000Z"),
            ("2024-01-31t10:00:00z", 1_706_695_200_000_000, "2024-01-31T10:00:00Z"),
            ("2024-01-31T10:00:00-00:00", 1_706_695_200_000_000, "2024-01-31T10:00:00Z"),
            ("1969-12-31T23:59:59.999999Z", -1, "1969-12-31T23:59:59.999999Z"),
            ("1969-12-31T23:59:59Z", -1_000_000, "1969-12-31T23:59:59Z"),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000_000, "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
            ("9999-12-31T23:59:59+23:59", 253_402_214_459_000_000, "9999-12-31T00:00:59Z"),
        ] as [(String, Int64, String)])
    func parsing(text: String, microseconds: Int64, written: String) throws {
        let instant = try Instant(parsing: text)
        #expect(instant.microsecondsSince1970 == microseconds)
        #expect(instant.description == written)
        #expect(try Instant(microsecondsSince1970: microseconds) == instant)
    }

    @Test(
        "Any other form is refused",
        arguments: [
            "", "2024", "2024-01-31", "2024-01-31T10:00:00", "2024-01-31T10:00Z", "2024-01-31T10:00:0Z", "2024-01-31 10:00:00Z",
            "2024-01-31T10:00:00.Z", "2024-01-31T10:00:00.1234567Z", "2024-01-31T10:00:00,5Z", "2024-01-31T10:00:00.5",
            "2024-01-31T10:00:00ZZ", "2024-01-31T10:00:00Z ", " 2024-01-31T10:00:00Z", "2024-01-31T10:00:00+02", "2024-01-31T10:00:00+0200",
            "2024-01-31T10:00:00+02:00:00", "2024-01-31T10:00:00+2:00", "2024-01-31T10:00:00+02:00Z", "2024-01-31T10:00:00\u{2212}02:00",
            "2024-01-31T-1:00:00Z", "2024-01-31T1:000:00Z", "2024-01-31T10.00.00Z", "20240131T100000Z", "2024-1-031T10:00:00Z",
            "2024-01-31T１0:00:00Z", "2024-01-31T10:00:00.٥Z", "2024-01-31T10:00:00Z\u{0301}", "2024-01-31T\u{0301}10:00:00Z",
            "2024-01-31T10:00:00.-5Z", "2024-01-31T10:00:00UTC", "-024-01-31T10:00:00Z", "2024-01-31T10:00:00Z\n",
        ])
    func malformed(text: String) {
        #expect(throws: InstantError.malformed(text)) { try Instant(parsing: text) }
    }

    @Test(
        "A time of day that does not exist is refused, a leap second too",
        arguments: [
            "2016-12-31T23:59:60Z", "2024-01-31T24:00:00Z", "2024-01-31T10:60:00Z", "2024-01-31T10:00:99Z", "2024-01-31T10:00:00+24:00",
            "2024-01-31T10:00:00-00:60",
        ])
    func noSuchTime(text: String) {
        #expect(throws: InstantError.noSuchTime(text)) { try Instant(parsing: text) }
    }

    @Test("A date that does not exist is refused with its reason")
    func noSuchDate() {
        let text = "2023-02-29T10:00:00Z"
        #expect(throws: InstantError.noSuchDate(text, .noSuchDay(year: 2023, month: 2, day: 29))) { try Instant(parsing: text) }
        let zero = "0000-01-01T00:00:00Z"
        #expect(throws: InstantError.noSuchDate(zero, .yearOutOfRange(0))) { try Instant(parsing: zero) }
    }

    @Test("An instant outside the years 1 to 9999 in UTC is refused")
    func outOfRange() {
        #expect(throws: InstantError.outOfRange) { try Instant(parsing: "0001-01-01T00:59:59+01:00") }
        #expect(throws: InstantError.outOfRange) { try Instant(parsing: "9999-12-31T23:00:00-01:00") }
        #expect(throws: InstantError.outOfRange) { try Instant(microsecondsSince1970: .min) }
        #expect(throws: InstantError.outOfRange) { try Instant(microsecondsSince1970: .max) }
        #expect(throws: InstantError.outOfRange) { try Instant(microsecondsSince1970: 253_402_300_800_000_000) }
    }

    @Test("Reading what was written gives the same instant, for 10,000 instants")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 7)
        for index in 0..<10_000 {
            var microseconds = Int64.random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &generator)
            if index % 2 == 0 { microseconds -= microseconds % 1_000_000 }
            let instant = try Instant(microsecondsSince1970: microseconds)
            #expect(try Instant(parsing: instant.description) == instant)
            #expect(instant.description.contains(".") == (microseconds % 1_000_000 != 0))
        }
    }

    @Test("Instants are ordered by time, whatever offset they were written with")
    func ordering() throws {
        #expect(try instant("2024-01-31T12:00:00+03:00") < instant("2024-01-31T10:00:00Z"))
        #expect(try instant("2024-01-31T10:00:00Z") == instant("2024-01-31T11:00:00+01:00"))
        #expect(try !(instant("2024-01-31T10:00:00Z") < instant("2024-01-31T11:00:00+01:00")))
    }

    @Test(
        "The day of an instant depends on where it is asked",
        arguments: [
            ("2024-01-31T23:30:00Z", 0, "2024-01-31"), ("2024-01-31T23:30:00Z", 3_600, "2024-02-01"),
            ("2024-03-01T00:30:00Z", -3_600, "2024-02-29"), ("1969-12-31T23:59:59.999999Z", 0, "1969-12-31"),
            ("1970-01-01T00:00:00Z", -1, "1969-12-31"), ("2024-01-31T09:59:59Z", 50_400, "2024-01-31"),
            ("2024-01-31T10:00:00Z", 50_400, "2024-02-01"),
        ])
    func civilDate(text: String, offset: Int, date: String) throws {
        #expect(try instant(text).civilDate(secondsFromGMT: offset).description == date)
    }

    @Test("At the ends of the calendar, and for absurd offsets, the day stays within the calendar")
    func civilDateAtTheEnds() throws {
        let (first, last) = (try instant("0001-01-01T00:00:00Z"), try instant("9999-12-31T23:59:59Z"))
        #expect(first.civilDate(secondsFromGMT: -3_600) == .earliest)
        #expect(last.civilDate(secondsFromGMT: 3_600) == .latest)
        #expect(first.civilDate(secondsFromGMT: .min) == .earliest)
        #expect(last.civilDate(secondsFromGMT: .max) == .latest)
    }
}
