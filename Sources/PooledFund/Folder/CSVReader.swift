/// A CSV file as RFC 4180 has it, read on bytes, every row with the line on which it begins.
///
/// Our own because a fault must name its line and column, and because the CR LF of a line's end is one `Character` to Swift, on which the
/// readers that work on characters stumble.
struct CSVReader {
    struct Line: Hashable {
        let number: Int
        let fields: [String]
    }

    /// What makes the text no CSV.
    struct Malformed: Error, Hashable {
        let line: Int
        let problem: String
    }

    /// Splits `utf8` (which must be valid UTF-8; a byte order mark is skipped) into rows. Empty lines are passed over.
    static func read(_ utf8: [UInt8], separatedBy separator: Separator = .comma) throws(Malformed) -> [Line] {
        var reader = CSVReader(bytes: utf8, separator: separator)
        return try reader.lines()
    }

    /// What stands between two fields: spreadsheets write semicolons where a comma is the decimal sign.
    enum Separator: UInt8, CaseIterable {
        case comma = 0x2C
        case semicolon = 0x3B
        case tab = 0x09

        /// The one that stands in the first line most often, outside of quotation marks; a comma where none does.
        init(ofHeader utf8: [UInt8]) {
            var (counts, isQuoted): ([UInt8: Int], Bool) = ([:], false)
            for byte in utf8 {
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                if isQuoted { continue }
                if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
                counts[byte, default: 0] += 1
            }
            self = Self.allCases.reduce(.comma) { (counts[$1.rawValue] ?? 0) > (counts[$0.rawValue] ?? 0) ? $1 : $0 }
        }
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var position: Int
    private var line = 1

    private init(bytes: [UInt8], separator: Separator) {
        self.bytes = bytes
        self.separator = separator.rawValue
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    private mutating func lines() throws(Malformed) -> [Line] {
        var lines: [Line] = []
        while position < bytes.count {
            let start = line
            var fields: [String] = []
            repeat { fields.append(try field()) } while takeSeparator()
            guard takeLineEnd() || position == bytes.count else {
                throw Malformed(line: line, problem: "text follows a closing quotation mark")
            }
            if fields != [""] { lines.append(Line(number: start, fields: fields)) }
        }
        return lines
    }

    private mutating func field() throws(Malformed) -> String {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return try plainField() }
        let start = line
        var content: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                    return String(decoding: content, as: UTF8.self)
                }
                position += 1
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            content.append(byte)
        }
        throw Malformed(line: start, problem: "a quotation mark is never closed")
    }

    private mutating func plainField() throws(Malformed) -> String {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case separator, UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                return String(decoding: bytes[start..<position], as: UTF8.self)
            case UInt8(ascii: "\""):
                throw Malformed(line: line, problem: "a quotation mark stands within an unquoted field")
            default:
                position += 1
            }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func takeSeparator() -> Bool {
        guard position < bytes.count, bytes[position] == separator else { return false }
        position += 1
        return true
    }

    private mutating func takeLineEnd() -> Bool {
        guard position < bytes.count else { return false }
        if bytes[position] == UInt8(ascii: "\r") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
            position += 1
        } else if bytes[position - 1] != UInt8(ascii: "\r") {
            return false
        }
        line += 1
        return true
    }
}
