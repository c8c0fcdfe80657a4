/// The address of a cell: `C12` is column 3, row 12. Both are counted from 1.
public struct CellReference: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let row: Int
    public let column: Int

    /// The size of a sheet of Excel (ECMA-376, part 1, 18.3.1.73 and 18.18.7).
    public static let lastRow = 1_048_576
    public static let lastColumn = 16_384

    /// Nil beyond the sheet.
    public init?(row: Int, column: Int) {
        guard (1...Self.lastRow).contains(row), (1...Self.lastColumn).contains(column) else { return nil }
        self.row = row
        self.column = column
    }

    /// Reads `C12`, and `$C$12`; nil for anything else.
    public init?(_ text: String) {
        var column = 0
        var row = 0
        var bytes = Array(text.utf8.filter { $0 != UInt8(ascii: "$") })[...]
        while let byte = bytes.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte), column <= Self.lastColumn {
            column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
            bytes.removeFirst()
        }
        guard bytes.first != UInt8(ascii: "0") else { return nil }
        while let byte = bytes.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), row <= Self.lastRow {
            row = row * 10 + Int(byte - UInt8(ascii: "0"))
            bytes.removeFirst()
        }
        guard bytes.isEmpty else { return nil }
        self.init(row: row, column: column)
    }

    /// The letters of a column: 28 is `AB`.
    public static func letters(ofColumn column: Int) -> String {
        var letters: [UInt8] = []
        var rest = column
        while rest > 0 {
            rest -= 1
            letters.insert(UInt8(ascii: "A") + UInt8(rest % 26), at: 0)
            rest /= 26
        }
        return String(decoding: letters, as: UTF8.self)
    }

    public var description: String { Self.letters(ofColumn: column) + String(row) }

    /// Row by row, each from the left.
    public static func < (first: CellReference, second: CellReference) -> Bool {
        (first.row, first.column) < (second.row, second.column)
    }
}

/// A rectangle of cells: `A1:C3`, or one cell.
public struct CellRange: Hashable, Sendable, CustomStringConvertible {
    public let first: CellReference
    public let last: CellReference

    /// From the upper left to the lower right; nil if they stand otherwise.
    public init?(_ first: CellReference, _ last: CellReference) {
        guard first.row <= last.row, first.column <= last.column else { return nil }
        self.first = first
        self.last = last
    }

    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard parts.count <= 2, let first = parts.first.flatMap({ CellReference($0) }), let last = parts.last.flatMap({ CellReference($0) })
        else { return nil }
        self.init(first, last)
    }

    public func contains(_ cell: CellReference) -> Bool {
        (first.row...last.row).contains(cell.row) && (first.column...last.column).contains(cell.column)
    }

    public var description: String { first == last ? first.description : "\(first):\(last)" }
}
