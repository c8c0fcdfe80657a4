import OfficeFiles
import Testing

@Suite("Numbers and addresses of cells")
struct ExactNumberTests {
    @Test(
        "A number is the same number without its exponent and without zeros that say nothing",
        arguments: [
            ("0", "0"), ("-0.00", "0"), ("007", "7"), ("1.50", "1.5"), ("1E3", "1000"), ("1.25e+1", "12.5"), ("1.25E-3", "0.00125"),
            ("-4.2E-1", "-0.42"), ("1e20", "100000000000000000000"), (".5", "0.5"), ("5.", "5"), ("100", "100"),
            ("123456789012345678901234567890.000000001", "123456789012345678901234567890.000000001"),
        ])
    func exact(text: String, expected: String) {
        #expect(ExactNumber(text)?.exact == expected)
    }

    @Test(
        "As entered it has fifteen digits",
        arguments: [
            ("8.6999999999999993", "8.7"), ("1.1000000000000001", "1.1"), ("0.30000000000000004", "0.3"),
            ("1234567.8899999999", "1234567.89"), ("9.9999999999999995", "10"), ("999999999999999.5", "1000000000000000"),
            ("123456789012345", "123456789012345"), ("-2.5000000000000004E-5", "-0.000025"), ("1234567890123456", "1234567890123460"),
        ])
    func entered(text: String, expected: String) {
        #expect(ExactNumber(text)?.entered == expected)
    }

    @Test(
        "What is no number is none",
        arguments: ["", "-", ".", "1,5", "1 000", "+1", "1e", "1e+", "NaN", "INF", "0x10", "1e401", "٣", "1.2.3", "--1", "1e9999999"])
    func noNumber(text: String) {
        #expect(ExactNumber(text) == nil)
    }

    @Test("An address is read as it is written, to the last cell of a sheet and no further")
    func addresses() {
        for text in ["A1", "Z9", "AA10", "XFD1048576"] { #expect(CellReference(text)?.description == text) }
        #expect(CellReference("$C$12") == CellReference(row: 12, column: 3))
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "a1", "A-1", "A1B", "A01", "ZZZZZZZZZZZZZZZZZZZZ1", "A99999999999999999999"] {
            #expect(CellReference(text) == nil)
        }
        #expect(CellRange("B2:C9")?.description == "B2:C9")
        #expect(CellRange("B2")?.description == "B2")
        for text in ["C9:B2", "A1:B2:C3", ":", "A1:"] { #expect(CellRange(text) == nil) }
    }
}
