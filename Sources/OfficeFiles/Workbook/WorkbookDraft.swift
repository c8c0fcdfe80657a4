/// A workbook that is to be written. The same draft gives the same bytes.
public struct WorkbookDraft: Sendable, Hashable {
    /// In the properties of the file.
    public var title: String
    /// When the file says that it was made: seconds since 1970.
    public var created: Int
    public var sheets: [Sheet]

    public init(title: String, created: Int, sheets: [Sheet]) {
        self.title = title
        self.created = created
        self.sheets = sheets
    }

    public struct Sheet: Sendable, Hashable {
        /// At most 31 characters, none of `[ ] : * ? / \`, and no two alike.
        public var name: String
        public var cells: [CellReference: Cell]
        /// In characters, by the number of the column from 1.
        public var columnWidths: [Int: Int]
        /// How many rows above, and columns on the left, stay when one scrolls. The rows are repeated on every printed page.
        public var frozenRows: Int
        public var frozenColumns: Int
        /// Whether only cells that are `isUnlocked` may be written in. It keeps from mistakes: there is no password.
        public var isLocked: Bool
        public var isHidden: Bool
        /// Whether the first column is on the right, as in Arabic.
        public var isRightToLeft: Bool
        public var choices: [Choices]

        public init(
            name: String, cells: [CellReference: Cell] = [:], columnWidths: [Int: Int] = [:], frozenRows: Int = 0, frozenColumns: Int = 0,
            isLocked: Bool = false, isHidden: Bool = false, isRightToLeft: Bool = false, choices: [Choices] = []
        ) {
            self.name = name
            self.cells = cells
            self.columnWidths = columnWidths
            self.frozenRows = frozenRows
            self.frozenColumns = frozenColumns
            self.isLocked = isLocked
            self.isHidden = isHidden
            self.isRightToLeft = isRightToLeft
            self.choices = choices
        }

        /// By the number of the row and of the column, from 1; what is beyond a sheet is left out.
        public subscript(row: Int, column: Int) -> Cell? {
            get { CellReference(row: row, column: column).flatMap { cells[$0] } }
            set {
                guard let reference = CellReference(row: row, column: column) else { return }
                cells[reference] = newValue
            }
        }
    }

    /// What may be chosen in some cells.
    public struct Choices: Sendable, Hashable {
        public var cells: CellRange
        public var source: Source

        public enum Source: Sendable, Hashable {
            /// Without commas, and no more than 255 characters together with the commas between them.
            case values([String])
            /// Cells of this or another sheet.
            case range(sheet: String, CellRange)
        }

        public init(_ cells: CellRange, _ source: Source) {
            self.cells = cells
            self.source = source
        }
    }

    public struct Cell: Sendable, Hashable {
        public var content: Content
        public var style: Style

        public init(_ content: Content, _ style: Style = Style()) {
            self.content = content
            self.style = style
        }
    }

    public enum Content: Sendable, Hashable {
        /// Nothing, but with a style.
        case blank
        /// Always text, whatever it begins with.
        case text(String)
        /// In decimals, of at most 15 significant digits, which is what a spreadsheet keeps.
        case number(String)
        /// As ISO 8601, from 1900-03-01.
        case date(String)
        case boolean(Bool)
        /// A formula in English notation, such as `SUM(B2:B9)`, and the number that it gives, for programs that do not work it out.
        case formula(String, result: String)
    }

    /// How a cell looks, and whether it may be written in.
    public struct Style: Sendable, Hashable {
        public enum Role: Sendable, Hashable {
            case plain
            case title
            case header
            case total
            case note
        }

        public enum Pattern: Sendable, Hashable {
            case general
            case text
            /// With separators of thousands and so many places.
            case number(places: Int)
            case percent(places: Int)
            /// `2026-03-01`.
            case date
        }

        public var role: Role
        public var pattern: Pattern
        /// Whether it may be written in where the sheet is locked; it is framed then, so that it is seen.
        public var isUnlocked: Bool
        public var isWrapped: Bool

        public init(_ role: Role = .plain, _ pattern: Pattern = .general, isUnlocked: Bool = false, isWrapped: Bool = false) {
            self.role = role
            self.pattern = pattern
            self.isUnlocked = isUnlocked
            self.isWrapped = isWrapped
        }
    }

    /// The workbook as an XLSX file.
    ///
    /// It is made in a temporary file that nobody else can read and that is gone afterwards.
    ///
    /// - Throws: `OfficeFileFault`, with the sheet and the cell, for what has no place in a workbook: a number of too many digits, a text
    ///   beyond 32,767 characters, a sheet's name that is not allowed.
    public func xlsx() throws(OfficeFileFault) -> [UInt8] { try WorkbookWriter(self).file() }
}
