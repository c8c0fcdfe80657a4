/// Reads the parts of a workbook: the list of its sheets, the texts that cells share, the formats that make a number a date, the sheets.
struct WorkbookReader {
    private let package: OfficePackage
    private let limits: Workbook.Limits

    static let mainType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

    init(_ bytes: [UInt8], limits: Workbook.Limits) throws(OfficeFileFault) {
        package = try OfficePackage(bytes, limits: limits.archive)
        self.limits = limits
    }

    func workbook() throws(OfficeFileFault) -> Workbook {
        let main = try package.mainPart()
        guard package.contentType(of: main) == Self.mainType else { throw OfficeFileFault(.wrongKind(expected: "an XLSX workbook")) }
        let list = SheetList(limit: limits.sheets)
        try package.read(main, into: list)
        let relationships = try package.relationships(of: main)

        let texts = SharedTexts(limits: limits)
        if let part = relationships.first(where: { $0.kind == "sharedStrings" })?.part { try package.read(part, into: texts) }
        let styles = CellStyles()
        if let part = relationships.first(where: { $0.kind == "styles" })?.part { try package.read(part, into: styles) }

        var sheets: [Workbook.Sheet] = []
        var count = CellCount(cells: 0, textBytes: texts.byteCount)
        for listed in list.sheets {
            guard let target = relationships.first(where: { $0.id == listed.relationship }) else {
                throw OfficeFileFault(.missing("the sheet's own part"), at: [.sheet(listed.name)])
            }
            guard target.kind == "worksheet" else { continue }
            let visitor = SheetVisitor(
                texts: texts.all, styles: styles, countsDaysFrom1904: list.countsDaysFrom1904, limits: limits, count: count)
            do {
                try package.read(target.part, into: visitor)
            } catch {
                throw Self.placed(error, in: listed.name)
            }
            count = visitor.count
            sheets.append(visitor.sheet(named: listed.name, isHidden: listed.isHidden))
        }
        return Workbook(sheets: sheets)
    }

    /// A cell is found by its sheet; the part within the archive tells nobody anything then.
    private static func placed(_ fault: OfficeFileFault, in sheet: String) -> OfficeFileFault {
        let cell = fault.place.filter { if case .cell = $0 { true } else { false } }
        return OfficeFileFault(fault.problem, at: cell.isEmpty ? fault.place : cell).within(.sheet(sheet))
    }
}

/// What is counted over all sheets.
struct CellCount {
    var cells: Int
    var textBytes: Int
}

/// The main part: which sheets there are.
private final class SheetList: XMLVisitor {
    private(set) var sheets: [(name: String, relationship: String, isHidden: Bool)] = []
    private(set) var countsDaysFrom1904 = false
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func begin(_ element: XMLElement) throws(OfficeFileFault) {
        guard OfficeNamespace.isSpreadsheet(element.name) else { return }
        switch element.name.local {
        case "workbookPr":
            countsDaysFrom1904 = XMLFlag.isOn(element["date1904"])
        case "sheet":
            guard let name = element["name"], let relationship = OfficeNamespace.relationship(of: element) else {
                throw OfficeFileFault(.malformed("a sheet without a name"))
            }
            guard sheets.count < limit else { throw OfficeFileFault(.tooMuch(.sheets, limit: limit)) }
            sheets.append((name, relationship, ["hidden", "veryHidden"].contains(element["state"] ?? "")))
        default:
            break
        }
    }

    func text(_ piece: UnsafeRawBufferPointer) {}
    func end(_ name: XMLName) {}
}

/// The booleans of XML Schema.
enum XMLFlag {
    static func isOn(_ text: String?) -> Bool { text == "1" || text == "true" || text == "on" }
}
