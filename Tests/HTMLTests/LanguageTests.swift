import HTML
import Testing

@Suite("Numbers and dates as a language writes them")
struct LanguageTests {
    private let english = Language.english

    @Test(
        "whole numbers",
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (57_425_741, "57,425,741"), (-1234, "\u{2212}1,234"),
            (.max, "9,223,372,036,854,775,807"),
            (.min, "\u{2212}9,223,372,036,854,775,808"),
        ] as [(Int64, String)])
    func integers(number: Int64, text: String) {
        #expect(english.integer(number) == text)
    }

    @Test("decimals keep their places unless told to drop zeros")
    func decimals() {
        #expect(english.decimal(minorUnits: 5_742_574_100, places: 2) == "57,425,741.00")
        #expect(english.decimal(minorUnits: 5_742_574_100, places: 2, dropZeroFraction: true) == "57,425,741")
        #expect(english.decimal(minorUnits: 5_742_574_110, places: 2, dropZeroFraction: true) == "57,425,741.10")
        #expect(english.decimal(minorUnits: -5, places: 2) == "\u{2212}0.05")
        #expect(english.decimal(minorUnits: 7, places: 0) == "7")
        #expect(english.decimal(minorUnits: .min, places: 2) == "\u{2212}92,233,720,368,547,758.08")
        #expect(Language.french.decimal(minorUnits: 123_456, places: 2) == "1\u{202F}234,56")
    }

    @Test("percentages have a no-break space")
    func percentages() {
        #expect(english.percent("38.3") == "38.3\u{A0}%")
        #expect(Language.french.percent("-0.5") == "\u{2212}0,5\u{A0}%")
        #expect(english.percent("é") == "é\u{A0}%")
    }

    @Test(
        "millions are short, and nothing but zero is 0",
        arguments: [
            (5_742_574_100, "57.4"), (175_000_000, "1.75"), (200_000_000, "2"), (15_000_000_000, "150"), (15_742_574_100, "157"),
            (104_950_000, "1.05"),
            (999_600_000, "10"), (9_996_000_000, "100"), (99_999_900, "1"), (25_000_000, "0.25"), (450_000, "0.0045"), (1, "0.00000001"),
            (0, "0"),
            (-175_000_000, "\u{2212}1.75"), (100_500_000, "1.01"), (123_456_789_012_345, "1,234,568"), (.max, "92,233,720,369"),
        ] as [(Int64, String)])
    func millions(cents: Int64, text: String) {
        #expect(english.millions(minorUnits: cents, places: 2) == text)
    }

    @Test("millions of a unit without decimals")
    func wholeUnits() {
        #expect(english.millions(minorUnits: 57_425_741, places: 0) == "57.4")
        #expect(Language.spanish.millions(minorUnits: 1_750_000, places: 0) == "1,75")
    }

    @Test("dates as precise as they are known")
    func dates() {
        #expect(english.date(year: 2024, month: 1, day: 31) == "31 January 2024")
        #expect(english.date(year: 2024, month: 1) == "January 2024")
        #expect(english.date(year: 2024) == "2024")
        #expect(english.date(year: 2024, month: 13, day: 1) == "2024-13-1")
        #expect(Language.spanish.date(year: 2024, month: 12, day: 1) == "1 de diciembre de 2024")
        #expect(Language.french.date(year: 2024, month: 2) == "février 2024")
        #expect(Language.french.date(year: 2024, month: 3, day: 1) == "1er mars 2024")
        for language in [Language.english, .french, .spanish] {
            #expect(language.months.count == 12)
        }
    }
}
