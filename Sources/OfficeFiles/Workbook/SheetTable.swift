/// A table within a sheet: a row of headings, and the rows below it.
public struct SheetTable: Sendable, Hashable {
    /// The number of the row with the headings.
    public let headingRow: Int
    /// The numbers of the columns, by the headings as they were asked for.
    public let columns: [String: Int]
    /// The rows below the headings that have a value in any of the columns, in their order.
    public let rows: [Int]

    /// How far down the headings are looked for: above them people put titles and notes.
    public static let headingDepth = 50

    /// Finds the row that has the headings. Blanks around a heading and capitals do not matter, nor do other columns.
    ///
    /// - Parameters:
    ///   - headings: required, each of them, no two alike.
    ///   - optional: taken if they are there.
    /// - Throws: `OfficeFileFault` with what is missing, of the row that has most of them, or the cell of a heading that is there twice.
    public init(_ headings: [String], optional: [String] = [], in sheet: Workbook.Sheet) throws(OfficeFileFault) {
        let wanted = Set(headings + optional).reduce(into: [:]) { $0[Self.folded($1)] = $1 }
        var found: [Int: [(heading: String, cell: CellReference)]] = [:]
        for (cell, content) in sheet.orderedCells where cell.row <= Self.headingDepth {
            if case .text(let text) = content.value, let heading = wanted[Self.folded(text)] {
                found[cell.row, default: []].append((heading, cell))
            }
        }
        // The most headings; of rows that have as many, the uppermost.
        guard let best = found.max(by: { ($0.value.count, -$0.key) < ($1.value.count, -$1.key) }) else {
            throw OfficeFileFault(.missing("the row with the headings " + Self.quoted(headings)), at: [.sheet(sheet.name)])
        }
        var columns: [String: Int] = [:]
        for (heading, cell) in best.value where columns.updateValue(cell.column, forKey: heading) != nil {
            throw OfficeFileFault(.duplicate("the column “\(heading)”"), at: [.sheet(sheet.name), .cell(cell)])
        }
        let missing = headings.filter { columns[$0] == nil }
        guard missing.isEmpty else {
            throw OfficeFileFault(.missing("the column " + Self.quoted(missing)), at: [.sheet(sheet.name)])
        }
        headingRow = best.key
        self.columns = columns
        let numbers = Set(columns.values)
        let headingRow = headingRow
        rows = Set(sheet.cells.keys.filter { $0.row > headingRow && numbers.contains($0.column) }.map(\.row)).sorted()
    }

    /// Where the value of a column stands in a row; nil for an optional column that is not there.
    public func reference(row: Int, _ heading: String) -> CellReference? {
        columns[heading].flatMap { CellReference(row: row, column: $0) }
    }

    private static func quoted(_ headings: [String]) -> String { headings.map { "“\($0)”" }.joined(separator: ", ") }

    private static func folded(_ text: String) -> String {
        text.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }.joined(separator: " ").lowercased()
    }
}
