import Ledger
import Testing

@testable import PooledFund

@Suite("CSV")
struct CSVReaderTests {
    private func rows(_ text: String) throws -> [[String]] { try CSVReader.read(Array(text.utf8)).map(\.fields) }

    @Test("Fields, quoted or not, are read as RFC 4180 has it")
    func fields() throws {
        #expect(try rows("a,b\r\n\"1,\"\"2\"\"\",\r\n") == [["a", "b"], ["1,\"2\"", ""]])
        #expect(try rows("a\n\"x\ny\"\n") == [["a"], ["x\ny"]])
        #expect(try rows("a,b") == [["a", "b"]])
        #expect(try rows("\"\"\n") == [])
        #expect(try rows("\u{FEFF}a,b\n\n\nc,d\n") == [["a", "b"], ["c", "d"]])
        #expect(try rows(",\n") == [["", ""]])
    }

    @Test("A mark with a combining character behind it, which Swift takes for one character, is still a mark")
    func combiningMarks() throws {
        let rows = try rows("\"a\"\"\u{301}b\",\u{301}c\n\u{301}d,\"\u{308}e\"\n")
        #expect(
            rows.map { $0.map { Array($0.unicodeScalars) } }
                == [["a\"\u{301}b", "\u{301}c"], ["\u{301}d", "\u{308}e"]].map { $0.map { Array($0.unicodeScalars) } })
    }

    @Test(
        "What stands between the columns is told by the line of headings, outside of quotation marks",
        arguments: [
            ("organization,category,year 1\na,1,2\n", CSVReader.Separator.comma), ("a;b;\"c,d,e,f\"\n1,2,3,4\n", .semicolon),
            ("\u{FEFF}a\tb\r\n1;2;3\r\n", .tab), ("alone\n1;2\n", .comma), ("", .comma), ("a,b;c\n", .comma),
        ])
    func separators(text: String, separator: CSVReader.Separator) throws {
        #expect(CSVReader.Separator(ofHeader: Array(text.utf8)) == separator)
    }

    @Test("A sheet as French and Spanish spreadsheets write it is read, decimal commas too, and what it is separated by is said")
    func semicolons() throws {
        let euro = try Currency(code: "EUR", minorUnits: 2)
        let asked = ProposalField.BudgetAsked(fee: nil, years: 2, hasOutputs: false)
        for (text, observed) in [
            ("organization;category;year 1;year 2\r\nun-a;1;1234,50;1 000\r\nun-b;2;1.234,5;1,234\r\n", SheetRows.Observation.semicolons),
            ("organization\tcategory\tyear 1\tyear 2\nun-a\t1\t1234,50\t1 000\nun-b\t2\t1.234,5\t1,234\n", .tabs),
        ] {
            let sheet = try SheetRows("budget.csv", Array(text.utf8))
            #expect(sheet.observations.map(\.what) == [observed])
            let report = try BudgetSheet.read(sheet.rows, asked: asked, euro)
            #expect(report.cells.map(\.amount.minorUnits) == [123_450, 100_000, 123_450])
            // A thousand and more, or little more than one: named, and not guessed.
            #expect(report.refused.map(\.place) == ["D3"] && report.refused[0].problem.contains("can be read in two ways"))
        }
    }

    @Test("Every row knows the line on which it begins")
    func lines() throws {
        let lines = try CSVReader.read(Array("a\r\n\"x\r\ny\"\r\n\r\nz\n".utf8))
        #expect(lines.map(\.number) == [1, 2, 5])
    }

    @Test("A quotation mark out of place is named with its line")
    func malformed() {
        #expect(throws: CSVReader.Malformed(line: 2, problem: "a quotation mark is never closed")) { try rows("a\n\"b\nc\n") }
        #expect(throws: CSVReader.Malformed(line: 2, problem: "a quotation mark stands within an unquoted field")) { try rows("a\nb\"c\n") }
        #expect(throws: CSVReader.Malformed(line: 3, problem: "text follows a closing quotation mark")) { try rows("a\n\"b\nb\"c\n") }
    }
}
