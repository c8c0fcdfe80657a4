/// Text as lines of at most 76 bytes of ASCII (RFC 2045, section 6.7).
enum QuotedPrintable {
    private static let lineLimit = 76

    /// The text, each of its lines ended with CR LF, the last too.
    static func encode(_ text: String) -> [UInt8] {
        var encoded: [UInt8] = []
        for line in lines(of: Array(text.utf8)) {
            append(line, to: &encoded)
            encoded += [0x0D, 0x0A]
        }
        return encoded
    }

    /// The lines without what ends them, which may be LF, CR or CR LF. An empty one behind the last line break is none.
    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            guard byte == 0x0D || byte == 0x0A else {
                place += 1
                continue
            }
            lines.append(bytes[start..<place])
            place += byte == 0x0D && place + 1 < bytes.count && bytes[place + 1] == 0x0A ? 2 : 1
            start = place
        }
        if start < bytes.count { lines.append(bytes[start...]) }
        return lines
    }

    private static func append(_ line: ArraySlice<UInt8>, to encoded: inout [UInt8]) {
        var column = 0
        for place in line.indices {
            let byte = line[place]
            let isLast = place == line.index(before: line.endIndex)
            // A space at the end of a line could be lost, or be taken for one of the transport's.
            let mayStand = isPlain(byte) || ((byte == 0x20 || byte == 0x09) && !isLast)
            // The last byte may take the column that a soft line break would need.
            if column + (mayStand ? 1 : 3) > (isLast ? lineLimit : lineLimit - 1) {
                encoded += [UInt8(ascii: "="), 0x0D, 0x0A]
                column = 0
            }
            if mayStand, !(column == 0 && isRisky(line[place...])) {
                encoded.append(byte)
                column += 1
            } else {
                encoded += [UInt8(ascii: "="), hexadecimal(byte >> 4), hexadecimal(byte & 0xF)]
                column += 3
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") }

    /// What some mailers change at the beginning of a line, though they should not: RFC 2049, section 3.
    private static func isRisky(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.first == UInt8(ascii: ".") || rest.starts(with: "From ".utf8)
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 { digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10 }
}
