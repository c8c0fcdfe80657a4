internal import Ledger

/// A list of records as data: the one source of a page's `.json`, its `.csv` and the JSON interface.
struct Listing: Sendable {
    /// The names of the fields, the same in JSON and in CSV.
    let columns: [String]
    /// Fields that may hold money: two columns in CSV, whatever their rows hold.
    let moneyColumns: Set<String>
    let rows: [Row]

    struct Row: Sendable {
        /// The place of the row in the list's order, for keyset cursors; stable as long as the record is.
        let key: String
        let values: [JSON]
    }

    init(_ columns: [String], money: Set<String> = [], _ rows: [Row]) {
        self.columns = columns
        moneyColumns = money
        self.rows = rows
    }

    /// `{"items": […], "next": …}` from after `cursor`, or nil if the cursor is of no row.
    func json(after cursor: String?, limit: Int, next: (String) -> String) -> JSON? {
        var start = 0
        if let cursor {
            guard let index = rows.firstIndex(where: { $0.key == cursor }) else { return nil }
            start = index + 1
        }
        let page = rows[start...].prefix(limit)
        let hasMore = start + page.count < rows.count
        return [
            "items": .array(page.map(item)),
            "next": hasMore ? .text(page.last.map { next($0.key) }) : .null,
        ]
    }

    private func item(_ row: Row) -> JSON {
        .object(zip(columns, row.values).map { JSON.Member(name: $0, value: $1) })
    }

    /// RFC 4180 with a header. Money becomes two columns; a cell that a spreadsheet would run as a formula is prefixed with `'`.
    var csv: [UInt8] {
        let isMoney = columns.map(moneyColumns.contains)
        var output: [UInt8] = []
        Self.append(line: zip(columns, isMoney).flatMap { $1 ? [$0, "\($0)_currency"] : [$0] }, to: &output)
        for row in rows {
            Self.append(line: zip(row.values, isMoney).flatMap { $1 ? $0.moneyCells : [$0.cell] }, to: &output)
        }
        return output
    }

    private static func append(line cells: [String], to output: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            append(cell, to: &output)
        }
        output += "\r\n".utf8
    }

    private static func append(_ cell: String, to output: inout [UInt8]) {
        var bytes = Array(cell.utf8)
        if let first = bytes.first, "=+@-\t\r".utf8.contains(first), !isPlainNumber(bytes) { bytes.insert(UInt8(ascii: "'"), at: 0) }
        guard bytes.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return output += bytes }
        output.append(UInt8(ascii: "\""))
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { output.append(byte) }
            output.append(byte)
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func isPlainNumber(_ bytes: [UInt8]) -> Bool {
        bytes.first == UInt8(ascii: "-") && bytes.count > 1
            && bytes.dropFirst().allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
    }
}

extension JSON {
    /// The amount and the currency; a value that is no money stands in the first.
    fileprivate var moneyCells: [String] {
        if case .object(let members) = self { members.map(\.value.cell) } else { [cell, ""] }
    }

    fileprivate var cell: String {
        switch self {
        case .null: ""
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .string(let text): text
        case .array(let elements): elements.map(\.cell).joined(separator: "; ")
        case .object(let members): members.map { "\($0.name): \($0.value.cell)" }.joined(separator: "; ")
        }
    }
}
