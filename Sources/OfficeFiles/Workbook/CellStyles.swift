/// Which of the formats that cells refer to by number show a number as a date (ECMA-376, part 1, 18.8).
final class CellStyles: XMLVisitor {
    private var datePatterns: Set<Int> = []
    private var isDate: [Bool] = []
    private var isWithinCellFormats = false

    private static let limit = 65_536

    func isDate(style: Int) -> Bool { isDate.indices.contains(style) && isDate[style] }

    func begin(_ element: XMLElement) throws(OfficeFileFault) {
        guard OfficeNamespace.isSpreadsheet(element.name) else { return }
        switch element.name.local {
        case "numFmt":
            guard let id = element["numFmtId"].flatMap({ Int($0) }), let pattern = element["formatCode"] else { return }
            if Self.isDatePattern(pattern) { datePatterns.insert(id) }
        case "cellXfs":
            isWithinCellFormats = true
        case "xf" where isWithinCellFormats:
            guard isDate.count < Self.limit else { throw OfficeFileFault(.tooMuch(.styles, limit: Self.limit)) }
            let id = element["numFmtId"].flatMap { Int($0) } ?? 0
            isDate.append(Self.builtInDates.contains(id) || datePatterns.contains(id))
        default:
            break
        }
    }

    func text(_ piece: UnsafeRawBufferPointer) {}

    func end(_ name: XMLName) {
        if name.local == "cellXfs" { isWithinCellFormats = false }
    }

    /// The built-in formats with a day in them, those of East Asia too (18.8.30). 18 to 21 and 45 to 47 are times alone.
    private static let builtInDates: Set<Int> = Set(14...17).union([22]).union(27...31).union([36]).union(50...54).union([57, 58])

    /// Whether a pattern has a day or a year outside of what it quotes, escapes or brackets: `yyyy\-mm\-dd`, not `0.00 "days"`.
    private static func isDatePattern(_ pattern: String) -> Bool {
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        for byte in pattern.utf8 {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isQuoted = byte != UInt8(ascii: "\"")
            } else if isBracketed {
                isBracketed = byte != UInt8(ascii: "]")
            } else {
                switch byte {
                case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): isEscaped = true
                case UInt8(ascii: "\""): isQuoted = true
                case UInt8(ascii: "["): isBracketed = true
                case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "y"), UInt8(ascii: "Y"): return true
                default: break
                }
            }
        }
        return false
    }
}
