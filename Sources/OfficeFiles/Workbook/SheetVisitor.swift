/// Reads one sheet (ECMA-376, part 1, 18.3) as it streams by.
final class SheetVisitor: XMLVisitor {
    private(set) var count: CellCount
    private let texts: [String]
    private let styles: CellStyles
    private let countsDaysFrom1904: Bool
    private let limits: Workbook.Limits

    private var cells: [CellReference: Workbook.Cell] = [:]
    private var mergedRanges: [CellRange] = []
    private var hiddenRows: Set<Int> = []
    private var hiddenColumns: Set<Int> = []

    private var row = 0
    private var column = 0
    private var open: OpenCell?
    private var isWithinValue = false

    /// A cell of which not everything has come yet.
    private struct OpenCell {
        let row: Int
        let column: Int
        let type: String
        let style: Int
        var hasFormula = false
        var value: [UInt8]?
        var inline: CellText?

        var place: [OfficeFileFault.Place] { CellReference(row: row, column: column).map { [.cell($0)] } ?? [] }
    }

    init(texts: [String], styles: CellStyles, countsDaysFrom1904: Bool, limits: Workbook.Limits, count: CellCount) {
        self.texts = texts
        self.styles = styles
        self.countsDaysFrom1904 = countsDaysFrom1904
        self.limits = limits
        self.count = count
    }

    func sheet(named name: String, isHidden: Bool) -> Workbook.Sheet {
        Workbook.Sheet(
            name: name, isHidden: isHidden, cells: cells, mergedRanges: mergedRanges, hiddenRows: hiddenRows, hiddenColumns: hiddenColumns)
    }

    func begin(_ element: XMLElement) throws(OfficeFileFault) {
        guard OfficeNamespace.isSpreadsheet(element.name) else { return }
        switch element.name.local {
        case "c": try beginCell(element)
        case "v":
            isWithinValue = open != nil
            open?.value = []
        case "f": open?.hasFormula = true
        case "is": open?.inline = CellText()
        case "row": try beginRow(element)
        case "col": hideColumns(element)
        case "mergeCell": try merge(element)
        default: open?.inline?.begin(element.name.local)
        }
    }

    func text(_ piece: UnsafeRawBufferPointer) throws(OfficeFileFault) {
        if isWithinValue {
            try add(piece.count)
            open?.value?.append(contentsOf: piece)
        } else if open?.inline?.isCollecting == true {
            try add(piece.count)
            open?.inline?.add(piece)
        }
    }

    func end(_ name: XMLName) throws(OfficeFileFault) {
        guard OfficeNamespace.isSpreadsheet(name) else { return }
        switch name.local {
        case "c":
            if let cell = open { try finish(cell) }
            open = nil
        case "v": isWithinValue = false
        default: open?.inline?.end(name.local)
        }
    }

    private func add(_ bytes: Int) throws(OfficeFileFault) {
        count.textBytes += bytes
        guard count.textBytes <= limits.textBytes else {
            throw OfficeFileFault(.tooMuch(.textBytes, limit: limits.textBytes), at: open?.place ?? [])
        }
    }

    private func beginRow(_ element: XMLElement) throws(OfficeFileFault) {
        // A row and a cell need not say where they are: then they follow the one before.
        if let text = element["r"] {
            guard let number = Int(text), (1...CellReference.lastRow).contains(number) else {
                throw OfficeFileFault(.malformed("a row with the number “\(text.prefix(20))”"))
            }
            row = number
        } else {
            row += 1
        }
        column = 0
        if XMLFlag.isOn(element["hidden"]), row <= limits.rows { hiddenRows.insert(row) }
    }

    private func beginCell(_ element: XMLElement) throws(OfficeFileFault) {
        if let text = element["r"] {
            guard let reference = CellReference(text), reference.row == row else {
                throw OfficeFileFault(.malformed("a cell with the address “\(text.prefix(20))” in row \(row)"))
            }
            column = reference.column
        } else {
            column += 1
        }
        open = OpenCell(row: row, column: column, type: element["t"] ?? "n", style: element["s"].flatMap { Int($0) } ?? 0)
    }

    private func finish(_ cell: OpenCell) throws(OfficeFileFault) {
        guard let value = try value(of: cell) else { return }
        guard cell.row <= limits.rows else { throw OfficeFileFault(.tooMuch(.rows, limit: limits.rows), at: cell.place) }
        guard cell.column <= limits.columns, let reference = CellReference(row: cell.row, column: cell.column) else {
            throw OfficeFileFault(.tooMuch(.columns, limit: limits.columns), at: cell.place)
        }
        count.cells += 1
        guard count.cells <= limits.cells else { throw OfficeFileFault(.tooMuch(.cells, limit: limits.cells), at: cell.place) }
        let read = Workbook.Cell(value, isFromFormula: cell.hasFormula, date: date(of: cell, value))
        guard cells.updateValue(read, forKey: reference) == nil else {
            throw OfficeFileFault(.duplicate("the cell"), at: cell.place)
        }
    }

    /// Nil for a cell that only has a format.
    private func value(of cell: OpenCell) throws(OfficeFileFault) -> Workbook.Value? {
        if cell.type == "inlineStr" { return .text(cell.inline?.text ?? "") }
        guard let bytes = cell.value, !bytes.isEmpty || cell.type == "str" else { return cell.hasFormula ? .notWorkedOut : nil }
        let text = String(decoding: bytes, as: UTF8.self)
        switch cell.type {
        case "n":
            let plain = text.trimmingXMLSpace()
            guard let number = ExactNumber(plain) else {
                throw OfficeFileFault(.malformed("“\(plain.prefix(40))” is not a number"), at: cell.place)
            }
            return .number(number)
        case "s":
            guard let index = Int(text.trimmingXMLSpace()), texts.indices.contains(index) else {
                throw OfficeFileFault(.malformed("it refers to a text that is not there"), at: cell.place)
            }
            return .text(texts[index])
        case "str": return .text(EscapedText.decode(bytes))
        case "d": return .text(text)
        case "b": return .boolean(XMLFlag.isOn(text))
        case "e": return .error(text)
        default: throw OfficeFileFault(.malformed("a cell of an unknown type"), at: cell.place)
        }
    }

    private func date(of cell: OpenCell, _ value: Workbook.Value) -> String? {
        switch value {
        case .text(let text) where cell.type == "d": String(text.prefix(10))
        case .number(let number) where styles.isDate(style: cell.style): DaySerial.date(number, from1904: countsDaysFrom1904)
        default: nil
        }
    }

    private func hideColumns(_ element: XMLElement) {
        guard XMLFlag.isOn(element["hidden"]), let first = element["min"].flatMap({ Int($0) }),
            let last = element["max"].flatMap({ Int($0) }),
            first >= 1, first <= last, first <= limits.columns
        else { return }
        hiddenColumns.formUnion(first...min(last, limits.columns))
    }

    private func merge(_ element: XMLElement) throws(OfficeFileFault) {
        guard let range = element["ref"].flatMap({ CellRange($0) }) else {
            throw OfficeFileFault(.malformed("a merged range without its cells"))
        }
        guard mergedRanges.count < limits.mergedRanges else { throw OfficeFileFault(.tooMuch(.ranges, limit: limits.mergedRanges)) }
        mergedRanges.append(range)
    }
}

extension String {
    /// Without the blanks of XML before and behind.
    func trimmingXMLSpace() -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        guard let first = utf8.first, let last = utf8.last, isSpace(first) || isSpace(last) else { return self }
        let bytes = Array(utf8.drop(while: isSpace))
        guard let end = bytes.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(decoding: bytes[...end], as: UTF8.self)
    }
}
