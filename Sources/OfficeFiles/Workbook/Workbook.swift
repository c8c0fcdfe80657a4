/// What a workbook (XLSX) holds: the values of its cells, and what whoever reads them should know of them.
public struct Workbook: Sendable, Hashable {
    /// In the order of their tabs. Charts that fill a sheet are left out.
    public let sheets: [Sheet]

    /// How much is read of a workbook. One beyond them is refused, as soon as that is seen.
    public struct Limits: Sendable, Hashable {
        public var archive: ZipArchive.Limits
        public var sheets: Int
        /// The last row and the last column in which a sheet may have a value.
        public var rows: Int
        public var columns: Int
        /// With a value, in all sheets together.
        public var cells: Int
        public var mergedRanges: Int
        /// Texts that cells share, and their bytes together.
        public var sharedTexts: Int
        public var textBytes: Int

        public init(
            archive: ZipArchive.Limits = ZipArchive.Limits(), sheets: Int = 50, rows: Int = 20_000, columns: Int = 500,
            cells: Int = 200_000,
            mergedRanges: Int = 10_000, sharedTexts: Int = 200_000, textBytes: Int = 32 * 1024 * 1024
        ) {
            self.archive = archive
            self.sheets = sheets
            self.rows = rows
            self.columns = columns
            self.cells = cells
            self.mergedRanges = mergedRanges
            self.sharedTexts = sharedTexts
            self.textBytes = textBytes
        }
    }

    public struct Sheet: Sendable, Hashable {
        public let name: String
        /// Hidden sheets are read like others; whoever takes their values should say so.
        public let isHidden: Bool
        /// The cells with a value, or with a formula.
        public let cells: [CellReference: Cell]
        /// Of a merged range only the upper left cell has a value; the others, had they one, are not shown by any program.
        public let mergedRanges: [CellRange]
        public let hiddenRows: Set<Int>
        public let hiddenColumns: Set<Int>

        public subscript(_ reference: CellReference) -> Cell? { cells[reference] }

        /// By its address, such as `C12`.
        public subscript(_ address: String) -> Cell? { CellReference(address).flatMap { cells[$0] } }

        /// From the first row to the last, each from the left.
        public var orderedCells: [(reference: CellReference, cell: Cell)] {
            cells.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }

        /// Whether nobody sees the cell unless they show what is hidden.
        public func isHidden(_ cell: CellReference) -> Bool {
            isHidden || hiddenRows.contains(cell.row) || hiddenColumns.contains(cell.column)
        }

        /// The merged range that the cell is part of.
        public func mergedRange(of cell: CellReference) -> CellRange? { mergedRanges.first { $0.contains(cell) } }
    }

    /// One cell.
    public struct Cell: Sendable, Hashable {
        public let value: Value
        /// Whether a formula gave the value: it is what the program that wrote the file worked out last.
        public let isFromFormula: Bool
        /// The day, as ISO 8601 (`2026-03-01`), where the number is shown as a date, or the cell is one.
        public let date: String?

        public init(_ value: Value, isFromFormula: Bool = false, date: String? = nil) {
            self.value = value
            self.isFromFormula = isFromFormula
            self.date = date
        }
    }

    public enum Value: Sendable, Hashable {
        case text(String)
        case number(ExactNumber)
        case boolean(Bool)
        /// What a formula gave instead of a value: `#DIV/0!`.
        case error(String)
        /// A formula whose value the program that wrote the file left out: it has to be opened and saved in a spreadsheet.
        case notWorkedOut
    }

    /// Reads a workbook.
    ///
    /// - Throws: `OfficeFileFault` for what is no XLSX file, is damaged, holds macros, or is beyond the limits.
    public static func read(_ bytes: [UInt8], limits: Limits = Limits()) throws(OfficeFileFault) -> Workbook {
        try WorkbookReader(bytes, limits: limits).workbook()
    }
}
