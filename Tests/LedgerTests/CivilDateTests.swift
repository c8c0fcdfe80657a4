import Ledger
import Testing

@Suite("Civil date")
struct CivilDateTests {
    @Test(
        "Years, months and days are read as precisely as they are written, and written back the same",
        arguments: [
            ("2022", 2022, nil, nil), ("2022-01", 2022, 1, nil), ("2022-01-31", 2022, 1, 31), ("0001", 1, nil, nil),
            ("0001-01-01", 1, 1, 1), ("9999-12-31", 9999, 12, 31), ("2024-02-29", 2024, 2, 29), ("2000-02-29", 2000, 2, 29),
        ] as [(String, Int, Int?, Int?)])
    func parsing(text: String, year: Int, month: Int?, day: Int?) throws {
        let date = try CivilDate(parsing: text)
        #expect(date.year == year)
        #expect(date.month == month)
        #expect(date.day == day)
        #expect(date.isComplete == (day != nil))
        #expect(date.description == text)
        #expect(try date == CivilDate(year: year, month: month, day: day))
    }

    @Test(
        "Any other form is refused",
        arguments: [
            "", "-", "--", "24", "202", "20244", "2024-", "2024-1", "2024-1-1", "2024-01-1", "2024-01-", "2024-01-011",
            "2024-01-01-01", "2024-01-01T00:00:00Z", " 2024", "2024 ", "2024-01-31\n", "2024-01-31\r\n", "2024/01/31",
            "31-01-2024", "20240131", "+2024", "-2024", "-2024-01-01", "2024-+1-01", "2024-0a-01", "２０２４", "٢٠٢٤",
            "2024\u{2212}01", "2024\u{2010}01-31", "2024-01-3\u{0301}1", "2024\u{0301}", "2024-01-31\u{0301}", "2024-01-31\u{0}",
            "today", "1,000",
        ])
    func malformed(text: String) {
        #expect(throws: CivilDateError.malformed(text)) { try CivilDate(parsing: text) }
    }

    @Test(
        "A date that does not exist is refused, and the error says what does not exist",
        arguments: [
            ("2023-02-29", .noSuchDay(year: 2023, month: 2, day: 29)), ("1900-02-29", .noSuchDay(year: 1900, month: 2, day: 29)),
            ("2024-02-30", .noSuchDay(year: 2024, month: 2, day: 30)), ("2024-04-31", .noSuchDay(year: 2024, month: 4, day: 31)),
            ("2024-01-32", .noSuchDay(year: 2024, month: 1, day: 32)), ("2024-01-00", .noSuchDay(year: 2024, month: 1, day: 0)),
            ("2024-13", .noSuchMonth(13)), ("2024-00", .noSuchMonth(0)), ("2024-13-01", .noSuchMonth(13)),
            ("0000", .yearOutOfRange(0)), ("0000-01-01", .yearOutOfRange(0)),
        ] as [(String, CivilDateError)])
    func noSuchDate(text: String, error: CivilDateError) {
        #expect(throws: error) { try CivilDate(parsing: text) }
    }

    @Test("Parts out of range, and a day without a month, are refused")
    func parts() {
        #expect(throws: CivilDateError.yearOutOfRange(10_000)) { try CivilDate(year: 10_000) }
        #expect(throws: CivilDateError.yearOutOfRange(-1)) { try CivilDate(year: -1) }
        #expect(throws: CivilDateError.dayWithoutMonth(5)) { try CivilDate(year: 2024, day: 5) }
        #expect(throws: CivilDateError.noSuchMonth(.max)) { try CivilDate(year: 2024, month: .max, day: 1) }
        #expect(throws: CivilDateError.noSuchDay(year: 2024, month: 1, day: .min)) { try CivilDate(year: 2024, month: 1, day: .min) }
    }

    @Test(
        "A partial date spans its month or year",
        arguments: [
            ("2024", "2024-01-01", "2024-12-31"), ("2024-02", "2024-02-01", "2024-02-29"), ("2023-02", "2023-02-01", "2023-02-28"),
            ("2024-04", "2024-04-01", "2024-04-30"), ("2024-12", "2024-12-01", "2024-12-31"), ("2024-07-15", "2024-07-15", "2024-07-15"),
        ])
    func span(text: String, first: String, last: String) throws {
        let date = try day(text)
        #expect(date.firstDay.description == first)
        #expect(date.lastDay.description == last)
        #expect(date.firstDay.isComplete && date.lastDay.isComplete)
    }

    @Test("Dates are ordered by their last day, the less precise first where it is the same")
    func ordering() throws {
        let inOrder = [
            "2023-12-31", "2024-01-30", "2024-01", "2024-01-31", "2024-02-01", "2024-11", "2024", "2024-12", "2024-12-31",
            "2025-01-01",
        ]
        let dates = try inOrder.map(day)
        #expect(dates.reversed().sorted() == dates)
        for (index, date) in dates.enumerated() {
            #expect(dates[..<index].allSatisfy { $0 < date && !(date < $0) })
            #expect(!(date < date))
        }
    }

    @Test("In 400 years and more of counting day by day, every number and every date agree")
    func agreesWithCounting() throws {
        // Counts from a known day with nothing but the lengths of months; 1 January 1900 is 25,567 days before 1970.
        var number = -25_567
        var previous: CivilDate?
        for year in 1900...2304 {
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            for (month, length) in zip(1..., lengths) {
                for day in 1...length {
                    let date = try CivilDate(year: year, month: month, day: day)
                    #expect(date.daysSince1970 == number)
                    #expect(try CivilDate(daysSince1970: number) == date)
                    if let previous {
                        #expect(previous < date)
                        #expect(try previous.adding(days: 1) == date)
                        #expect(try date.adding(days: -1) == previous)
                    }
                    previous = date
                    number += 1
                }
            }
        }
        // 400 years are 146,097 days; five more follow, one of them a leap year.
        #expect(number == -25_567 + 146_097 + 5 * 365 + 1)
    }

    @Test(
        "Known days have their known numbers",
        arguments: [("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896)])
    func knownDays(text: String, number: Int) throws {
        #expect(try day(text).daysSince1970 == number)
        #expect(try CivilDate(daysSince1970: number).description == text)
    }

    @Test("Sums of days cross months and leap years, and a partial date counts from its last day")
    func addingDays() throws {
        #expect(try day("2024-02-28").adding(days: 2) == day("2024-03-01"))
        #expect(try day("2023-02-28").adding(days: 1) == day("2023-03-01"))
        #expect(try day("2024-01-01").adding(days: -1) == day("2023-12-31"))
        #expect(try day("2024-02").adding(days: 1) == day("2024-03-01"))
        #expect(try day("2024").adding(days: 0) == day("2024-12-31"))
        #expect(try day("2024").daysSince1970 == day("2024-12-31").daysSince1970)
    }

    @Test("A random day plus a random number of days, taken away again, is the day")
    func addingIsInvertible() throws {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<10_000 {
            let start = try CivilDate(daysSince1970: Int.random(in: -700_000...2_900_000, using: &generator))
            let days = Int.random(in: -19_000...32_000, using: &generator)
            let end = try start.adding(days: days)
            #expect(try end.adding(days: -days) == start)
            #expect(end.daysSince1970 - start.daysSince1970 == days)
            #expect(try CivilDate(parsing: end.description) == end)
        }
    }

    @Test("A day outside the years 1 to 9999 is refused")
    func outOfRange() throws {
        #expect(throws: CivilDateError.dayOutOfRange) { try day("9999-12-31").adding(days: 1) }
        #expect(throws: CivilDateError.dayOutOfRange) { try day("0001-01-01").adding(days: -1) }
        #expect(throws: CivilDateError.dayOutOfRange) { try day("2024-01-01").adding(days: .max) }
        #expect(throws: CivilDateError.dayOutOfRange) { try day("1024-01-01").adding(days: .min) }
        #expect(throws: CivilDateError.dayOutOfRange) { try CivilDate(daysSince1970: .max) }
        #expect(throws: CivilDateError.dayOutOfRange) { try CivilDate(daysSince1970: .min) }
        #expect(CivilDate.earliest.description == "0001-01-01")
        #expect(CivilDate.latest.description == "9999-12-31")
    }

    @Test("A message names the day that does not exist")
    func messages() {
        #expect(CivilDateError.noSuchDay(year: 2023, month: 2, day: 29).description == "There is no day 29 in 2023-02.")
    }
}
