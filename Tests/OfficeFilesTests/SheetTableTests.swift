import OfficeFiles
import Testing

@Suite("Tables within a sheet")
struct SheetTableTests {
    private func sheet(_ rows: [[String]]) throws -> Workbook.Sheet {
        var draft = WorkbookDraft.Sheet(name: "Budget")
        for (row, cells) in rows.enumerated() {
            for (column, text) in cells.enumerated() where !text.isEmpty {
                draft[row + 1, column + 1] = WorkbookDraft.Cell(ExactNumber(text) == nil ? .text(text) : .number(text))
            }
        }
        return try Workbook.read(WorkbookDraft(title: "", created: 1, sheets: [draft]).xlsx()).sheets[0]
    }

    @Test("The headings are found below a title, in any order, with other columns between")
    func found() throws {
        let sheet = try sheet([
            ["The amount and the category"], [], ["Note", " AMOUNT ", "", "category"], ["", "5", "", "Staff"], ["only a note"], ["", "7"],
        ])
        let table = try SheetTable(["Category", "Amount"], optional: ["Year"], in: sheet)
        #expect(table.headingRow == 3)
        #expect(table.columns == ["Category": 4, "Amount": 2])
        #expect(table.rows == [4, 6])
        #expect(table.reference(row: 4, "Amount")?.description == "B4")
        #expect(table.reference(row: 4, "Year") == nil)
    }

    @Test("A column that is missing is named, and so is one that is there twice")
    func missing() throws {
        let without = try sheet([["Category", "Sum"], ["Staff", "5"]])
        #expect(throws: OfficeFileFault(.missing("the column “Amount”, “Year”"), at: [.sheet("Budget")])) {
            try SheetTable(["Category", "Amount", "Year"], in: without)
        }
        let none = try sheet([["5"]])
        #expect(throws: OfficeFileFault(.missing("the row with the headings “Amount”"), at: [.sheet("Budget")])) {
            try SheetTable(["Amount"], in: none)
        }
        let second = try #require(CellReference("B1"))
        let twice = try sheet([["Amount", "amount"]])
        #expect(throws: OfficeFileFault(.duplicate("the column “Amount”"), at: [.sheet("Budget"), .cell(second)])) {
            try SheetTable(["Amount"], in: twice)
        }
    }
}
