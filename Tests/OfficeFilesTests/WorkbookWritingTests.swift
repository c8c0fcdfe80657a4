import Foundation
import OfficeFiles
import Testing

@Suite("Workbooks that go out")
struct WorkbookWritingTests {
    private typealias Draft = WorkbookDraft
    private static let created = 1_772_323_200

    private static let amounts = [
        "8.7", "0.1", "1234567890123.45", "-999999999999.99", "999999999999999", "0.000000000000001", "0", "16.35",
    ]

    private static let draft: Draft = {
        var sheet = Draft.Sheet(
            name: "Budget", columnWidths: [1: 40, 2: 18], frozenRows: 1, frozenColumns: 1, isLocked: true,
            choices: [
                Draft.Choices(range("A2:A9"), .values(["Staff", "Travel"])),
                Draft.Choices(range("C2:C9"), .range(sheet: "It’s a list", range("A1:A2"))),
            ])
        sheet[1, 1] = Draft.Cell(.text("Category"), Draft.Style(.header))
        for (index, amount) in amounts.enumerated() {
            sheet[2 + index, 2] = Draft.Cell(.number(amount), Draft.Style(.plain, .number(places: 2), isUnlocked: true))
        }
        sheet[20, 2] = Draft.Cell(.formula("SUM(B2:B9)", result: "2234567890123.05"), Draft.Style(.total, .number(places: 2)))
        sheet[3, 1] = Draft.Cell(.text("=1+1"))
        sheet[4, 1] = Draft.Cell(.text("a_x0041_ \t\r\n & < \" 中文 العَرَبِيَّةُ e\u{301}"))
        sheet[5, 1] = Draft.Cell(.boolean(true))
        sheet[6, 1] = Draft.Cell(.date("2026-03-01"), Draft.Style(.plain, .date))
        sheet[7, 1] = Draft.Cell(.blank, Draft.Style(.note))
        var list = Draft.Sheet(name: "It’s a list", isHidden: true, isRightToLeft: true)
        list[1, 1] = Draft.Cell(.text("one"))
        return Draft(title: "A budget & more", created: created, sheets: [sheet, list])
    }()

    private static func range(_ text: String) -> CellRange {
        guard let range = CellRange(text) else { preconditionFailure(text) }
        return range
    }

    @Test("What openpyxl reads is what was written: values, formulas with their results, formats, locks, lists")
    func openpyxl() throws {
        let book = try OfficePrograms.readWorkbook(Self.draft.xlsx())
        #expect(book.title == "A budget & more")
        #expect(book.created == Self.created)
        #expect(book.sheets.map(\.name) == ["Budget", "It’s a list"])
        #expect(book.sheets.map(\.state) == ["visible", "hidden"])
        #expect(book.sheets.map(\.protected) == [true, false])
        #expect(book.sheets.map(\.rightToLeft) == [false, true])
        let sheet = book.sheets[0]
        for (index, amount) in Self.amounts.enumerated() {
            let cell = try #require(sheet.cells["B\(2 + index)"])
            #expect(cell.text.map { Double($0) } == Double(amount))
            #expect(cell.format == "#,##0.00")
            #expect(!cell.locked)
        }
        #expect(sheet.cells["B20"]?.formula == "=SUM(B2:B9)")
        #expect(sheet.cells["B20"]?.value == "2234567890123.05")
        #expect(sheet.cells["B20"]?.bold == true)
        #expect(sheet.cells["A3"]?.value == "=1+1")
        #expect(sheet.cells["A3"]?.formula == nil)
        #expect(sheet.cells["A6"]?.value == "2026-03-01")
        #expect(sheet.cells["A1"]?.locked == true)
        #expect(sheet.frozen == "B2")
        #expect(sheet.widths["A"] == 41 || sheet.widths["A"] == 40)
        #expect(sheet.validations == [["A2:A9", "\"Staff,Travel\""], ["C2:C9", "'It’s a list'!$A$1:$A$2"]])
    }

    @Test("What is written is read back, every amount to its last digit and every text to its last byte")
    func readBack() throws {
        let sheet = try Workbook.read(Self.draft.xlsx()).sheets[0]
        for (index, amount) in Self.amounts.enumerated() {
            guard case .number(let number) = sheet["B\(2 + index)"]?.value else {
                Issue.record("\(amount) is no number")
                continue
            }
            #expect(number.entered == amount)
        }
        #expect(sheet["A3"] == Workbook.Cell(.text("=1+1")))
        guard case .text(let text) = sheet["A4"]?.value else {
            Issue.record("no text")
            return
        }
        #expect(text.utf8.elementsEqual("a_x0041_ \t\r\n & < \" 中文 العَرَبِيَّةُ e\u{301}".utf8))
        #expect(sheet["A5"]?.value == .boolean(true))
        #expect(sheet["A6"]?.date == "2026-03-01")
        #expect(sheet["B20"]?.isFromFormula == true)
    }

    @Test("Every number of up to fifteen digits comes back")
    func everyNumber() throws {
        var state: UInt64 = 42
        var sheet = Draft.Sheet(name: "Numbers")
        var written: [String] = []
        for row in 1...3_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let digits = String(state % 1_000_000_000_000_000)
            let places = min(Int(state >> 60), digits.utf8.count - 1)
            let text = places == 0 ? digits : "\(digits.dropLast(places)).\(digits.suffix(places))"
            written.append(try #require(ExactNumber(text)).exact)
            sheet[row, 1] = Draft.Cell(.number(text))
        }
        let read = try Workbook.read(Draft(title: "", created: 1, sheets: [sheet]).xlsx()).sheets[0]
        for (index, text) in written.enumerated() {
            guard case .number(let number) = read["A\(index + 1)"]?.value else {
                Issue.record("\(text) is no number")
                continue
            }
            #expect(number.entered == text)
        }
        #expect(read.cells.count == 3_000)
    }

    @Test("The same workbook gives the same bytes")
    func sameBytes() throws {
        let first = try Self.draft.xlsx()
        #expect(try Self.draft.xlsx() == first)
    }

    @Test("What a workbook cannot hold is refused, with the sheet and the cell")
    func notWritable() throws {
        let wrong: [Draft.Content] = [
            .number("1234567890123456"), .number("0.1234567890123456"), .number("1,5"), .number("1e400"),
            .text(String(repeating: "x", count: 32_768)), .text("a\0b"), .text("\u{FFFE}"), .date("2026-02-30"), .date("1900-01-01"),
            .formula("A1", result: "x"), .formula(String(repeating: "A", count: 9_000), result: "1"),
        ]
        for content in wrong {
            var sheet = Draft.Sheet(name: "One")
            sheet[3, 2] = Draft.Cell(content)
            let fault = #expect(throws: OfficeFileFault.self) { try Draft(title: "", created: 1, sheets: [sheet]).xlsx() }
            #expect(try fault?.place == [.sheet("One"), .cell(#require(CellReference("B3")))])
        }
        for name in ["", "a/b", "a[b", String(repeating: "n", count: 32), "'quoted'"] {
            #expect(throws: OfficeFileFault.self) { try Draft(title: "", created: 1, sheets: [Draft.Sheet(name: name)]).xlsx() }
        }
        #expect(throws: OfficeFileFault.self) {
            try Draft(title: "", created: 1, sheets: [Draft.Sheet(name: "One"), Draft.Sheet(name: "ONE")]).xlsx()
        }
        #expect(throws: OfficeFileFault.self) { try Draft(title: "", created: 1, sheets: []).xlsx() }
        let commas = Draft.Sheet(name: "One", choices: [Draft.Choices(Self.range("A1"), .values(["a,b"]))])
        #expect(throws: OfficeFileFault.self) { try Draft(title: "", created: 1, sheets: [commas]).xlsx() }
    }

    @Test("Nothing is left in the folder for temporary files")
    func nothingLeft() throws {
        let before = try temporaryFolders()
        _ = try Self.draft.xlsx()
        var sheet = Draft.Sheet(name: "One")
        sheet[1, 1] = Draft.Cell(.number("x"))
        _ = try? Draft(title: "", created: 1, sheets: [sheet]).xlsx()
        // Other tests write at the same moment; theirs go too.
        for _ in 0..<100 where try !temporaryFolders().subtracting(before).isEmpty { Thread.sleep(forTimeInterval: 0.05) }
        #expect(try temporaryFolders().subtracting(before).isEmpty)
    }

    private func temporaryFolders() throws -> Set<String> {
        let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        return Set(try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("pooledfund-office-") })
    }
}
