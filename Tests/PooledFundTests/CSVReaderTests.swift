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
