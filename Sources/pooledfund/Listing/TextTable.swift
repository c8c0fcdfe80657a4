/// A table for a terminal: columns of equal width under their headings.
struct TextTable {
    let text: String

    /// - Parameter rightAligned: the columns of numbers.
    init(_ headings: [String], rightAligned: Set<Int> = [], rows: [[String]]) {
        let lines = ([headings] + rows).map { $0.map(Self.printable) }
        let widths = headings.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        let rule = widths.map { String(repeating: "-", count: $0) }
        text = ([lines[0], rule] + lines.dropFirst()).map { line in
            let cells = line.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return rightAligned.contains(column) ? space + cell : cell + space
            }
            var text = cells.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return text + "\n"
        }.joined()
    }

    /// A name from a record must not steer the terminal.
    private static func printable(_ cell: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in cell.unicodeScalars { scalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar) }
        return String(scalars)
    }
}
