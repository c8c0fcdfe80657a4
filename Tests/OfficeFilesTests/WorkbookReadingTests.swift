import OfficeFiles
import Testing

@Suite("Workbooks that come in")
struct WorkbookReadingTests {
    @Test("A workbook of openpyxl is read cell by cell, with what should be known of it")
    func varied() throws {
        let book = try Workbook.read(OfficePrograms.makeWorkbook("varied"))
        #expect(book.sheets.map(\.name) == ["Budget", "Rates"])
        #expect(book.sheets.map(\.isHidden) == [false, true])
        let sheet = book.sheets[0]
        #expect(sheet["A1"]?.value == .text("Category"))
        #expect(sheet["B1"]?.value == .text("Amount in USD"))
        guard case .text(let scripts) = sheet["A2"]?.value else {
            Issue.record("no text")
            return
        }
        #expect(scripts.utf8.elementsEqual("الموظَّفون 工作人员 é e\u{301} Персонал".utf8))
        #expect(number(sheet["B2"]) == "8.7")
        #expect(number(sheet["B3"]) == "1234567890123.45")
        #expect(number(sheet["B4"]) == "1000000000000000000000")
        #expect(number(sheet["B5"]) == "-0.000001")
        #expect(sheet["B6"]?.value == .boolean(true))
        #expect(sheet["B7"]?.date == "2026-03-01")
        #expect(sheet["B2"]?.date == nil)
        #expect(sheet["B8"] == Workbook.Cell(.notWorkedOut, isFromFormula: true))
        #expect(sheet["B9"]?.value == .error("#DIV/0!"))
        #expect(sheet.mergedRanges.map(\.description) == ["D12:F13"])
        #expect(try sheet.mergedRange(of: #require(CellReference("E13"))) == sheet.mergedRanges.first)
        #expect(sheet.hiddenRows == [5])
        #expect(sheet.hiddenColumns == [4])
        #expect(sheet["E13"] == nil)
    }

    @Test("What a spreadsheet wrote for 8.7 is 8.7 as entered and what it wrote as it stands")
    func binaryNumbers() throws {
        let sheet = try sheet("<row r='1'><c r='A1'><v>8.6999999999999993</v></c><c r='B1'><v>1.0000000000000001E-3</v></c></row>")
        guard case .number(let first) = sheet["A1"]?.value, case .number(let second) = sheet["B1"]?.value else {
            Issue.record("no numbers")
            return
        }
        #expect(first.exact == "8.6999999999999993")
        #expect(first.entered == "8.7")
        #expect(second.exact == "0.0010000000000000001")
        #expect(second.entered == "0.001")
    }

    @Test("The cached value of a formula is marked as such, text and number, shared and alone")
    func formulas() throws {
        let sheet = try sheet(
            """
            <row r="1"><c r="A1"><f>SUM(B1:B9)</f><v>42</v></c><c r="B1" t="str"><f t="shared" si="0">"a"&amp;"b"</f><v>ab</v></c>
            <c r="C1" t="str"><f t="shared" si="0"/><v>cd</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1"><v>7</v></c></row>
            """)
        #expect(sheet["A1"]?.isFromFormula == true)
        #expect(number(sheet["A1"]) == "42")
        #expect(sheet["B1"] == Workbook.Cell(.text("ab"), isFromFormula: true))
        #expect(sheet["C1"] == Workbook.Cell(.text("cd"), isFromFormula: true))
        #expect(sheet["D1"] == Workbook.Cell(.error("#DIV/0!"), isFromFormula: true))
        #expect(sheet["E1"]?.isFromFormula == false)
    }

    @Test("Rows and cells that do not say where they are follow each other; inline texts and escapes are read")
    func implicit() throws {
        let sheet = try sheet(
            """
            <row><c><v>1</v></c><c t="inlineStr"><is><r><t>a_x000D_b</t></r><rPh sb="0" eb="1"><t>no</t></rPh><r><t xml:space="preserve"> c</t></r></is></c></row>
            <row><c><v>2</v></c></row><row r="9"><c/><c s="3"/><c t="b"><v>0</v></c></row>
            """)
        #expect(number(sheet["A1"]) == "1")
        #expect(sheet["B1"]?.value == .text("a\rb c"))
        #expect(number(sheet["A2"]) == "2")
        #expect(sheet["C9"]?.value == .boolean(false))
        #expect(sheet.cells.count == 4)
        #expect(sheet.orderedCells.map(\.reference.description) == ["A1", "B1", "A2", "C9"])
    }

    @Test("A million rows are refused at the first row too many")
    func millionRows() throws {
        let bytes = try OfficePrograms.makeWorkbook("million-rows")
        let cell = try #require(CellReference("A20001"))
        #expect(throws: OfficeFileFault(.tooMuch(.rows, limit: 20_000), at: [.sheet("Budget"), .cell(cell)])) { try Workbook.read(bytes) }
    }

    @Test("Columns, cells, texts and merged ranges have a limit, and the fault says where")
    func limits() throws {
        let cells = (1...30).map { "<c r='A\($0)'><v>\($0)</v></c>" }.enumerated().map { "<row r='\($0.offset + 1)'>\($0.element)</row>" }
        let many = try MadePackage.workbook(sheet: "<worksheet><sheetData>\(cells.joined())</sheetData></worksheet>")
        let eleventh = try #require(CellReference("A11"))
        #expect(throws: OfficeFileFault(.tooMuch(.cells, limit: 10), at: [.sheet("One"), .cell(eleventh)])) {
            try Workbook.read(many, limits: Workbook.Limits(cells: 10))
        }
        let far = try #require(CellReference("SG1"))
        #expect(throws: OfficeFileFault(.tooMuch(.columns, limit: 500), at: [.sheet("One"), .cell(far)])) {
            try sheet("<row r='1'><c r='SG1'><v>1</v></c></row>")
        }
        let merged = "<mergeCells>" + (1...3).map { "<mergeCell ref='A\($0):B\($0)'/>" }.joined() + "</mergeCells>"
        let ranges = try MadePackage.workbook(sheet: "<worksheet><sheetData/>\(merged)</worksheet>")
        #expect(throws: OfficeFileFault.self) { try Workbook.read(ranges, limits: Workbook.Limits(mergedRanges: 2)) }
        #expect(throws: OfficeFileFault.self) { try Workbook.read(many, limits: Workbook.Limits(textBytes: 10)) }
        let texts = "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>\(String(repeating: "<si/>", count: 30))</sst>"
        let shared = try MadePackage.workbook(sheet: "<worksheet/>", sharedStrings: texts)
        #expect(throws: OfficeFileFault.self) { try Workbook.read(shared, limits: Workbook.Limits(sharedTexts: 29)) }
    }

    @Test(
        "What is wrong with a cell is told with its sheet and address",
        arguments: [
            "<row r='1'><c r='B1'><v>1,5</v></c></row>", "<row r='1'><c r='B1' t='s'><v>7</v></c></row>",
            "<row r='1'><c r='B1' t='x'><v>7</v></c></row>", "<row r='1'><c r='B1'><v>1</v></c><c r='B1'><v>2</v></c></row>",
        ])
    func wrongCells(rows: String) throws {
        let fault = #expect(throws: OfficeFileFault.self) { try sheet(rows) }
        #expect(try fault?.place == [.sheet("One"), .cell(#require(CellReference("B1")))])
    }

    @Test("An address that is none, a row that is none and a cell in another's row are refused")
    func addresses() {
        for rows in ["<row r='0'/>", "<row r='x'/>", "<row r='1'><c r='1A'><v>1</v></c></row>", "<row r='1'><c r='A2'><v>1</v></c></row>"] {
            #expect(throws: OfficeFileFault.self) { try sheet(rows) }
        }
    }

    @Test("Macros, documents and what has no main part are no workbook")
    func wrongKinds() throws {
        let macros = try MadePackage.package("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", parts: [:])
        #expect(throws: OfficeFileFault(.macros)) { try Workbook.read(macros) }
        let document = try MadePackage.package(
            "word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", parts: [:])
        #expect(throws: OfficeFileFault(.wrongKind(expected: "an XLSX workbook"))) { try Workbook.read(document) }
        var plain = ZipWriter()
        plain.add("a", [1])
        let archive = try plain.archive()
        #expect(throws: OfficeFileFault(.missing("[Content_Types].xml"))) { try Workbook.read(archive) }
    }

    private func sheet(_ rows: String) throws -> Workbook.Sheet {
        try Workbook.read(MadePackage.workbook(sheet: "<worksheet><sheetData>\(rows)</sheetData></worksheet>")).sheets[0]
    }

    private func number(_ cell: Workbook.Cell?) -> String? {
        if case .number(let number) = cell?.value { number.entered } else { nil }
    }
}
