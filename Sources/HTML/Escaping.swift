/// How text becomes a part of HTML or of SVG: five characters as references, and what neither may contain replaced.
///
/// It works on UTF-8 bytes and never on `Character`, because a quotation mark followed by a combining mark is one `Character` and
/// still closes an attribute for the browser. Replaced by U+FFFD, as the HTML parser calls them errors (WHATWG HTML, 13.2.2 “control-character-in-input-stream”,
/// “noncharacter-in-input-stream”) and XML forbids most: U+0000–U+001F but for tab, line feed and carriage return, U+007F–U+009F, and the noncharacters.
/// A carriage return is left: every HTML and XML parser reads it as a line feed.
public enum Escaping {
    /// Appends `text` to `output` so that a parser reads it as text, in an element as well as between the quotes of an attribute.
    public static func append(_ text: String, to output: inout [UInt8]) {
        let done: Void? = text.utf8.withContiguousStorageIfAvailable { append($0, to: &output) }
        if done == nil {
            var copy = text
            copy.withUTF8 { append($0, to: &output) }
        }
    }

    private static func append(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        var start = 0
        var position = 0
        while position < bytes.count {
            guard isSuspect(bytes[position]) else {
                position += 1
                continue
            }
            guard let (replacement, length) = replacement(at: position, in: bytes) else {
                position += 1
                continue
            }
            if start < position {
                output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
            }
            output.append(replacement)
            position += length
            start = position
        }
        if start < position {
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
        }
    }

    /// Whether a byte may begin something to be replaced: one test for the many bytes that do not.
    @inline(__always)
    private static func isSuspect(_ byte: UInt8) -> Bool {
        if byte < 0x40 {
            return suspectsBelow0x40 & (1 << UInt64(byte)) != 0
        }
        return byte >= 0x7F && (byte == 0x7F || byte == 0xC2 || byte >= 0xEF)
    }

    /// The controls but for tab, line feed and carriage return, and `"`, `&`, `'`, `<`, `>`, a bit for each.
    private static let suspectsBelow0x40: UInt64 =
        0xFFFF_FFFF & ~(1 << 0x09 | 1 << 0x0A | 1 << 0x0D)
        | 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E

    /// What stands for the character at `position`, with its length in bytes; nil if it may stay.
    private static func replacement(at position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (StaticString, Int)? {
        switch bytes[position] {
        case UInt8(ascii: "&"): ("&amp;", 1)
        case UInt8(ascii: "<"): ("&lt;", 1)
        case UInt8(ascii: ">"): ("&gt;", 1)
        case UInt8(ascii: "\""): ("&quot;", 1)
        case UInt8(ascii: "'"): ("&#39;", 1)
        case 0x00...0x1F, 0x7F: ("\u{FFFD}", 1)
        default: forbiddenLength(at: position, in: bytes).map { ("\u{FFFD}", $0) }
        }
    }

    /// The length of a C1 control or of a noncharacter at `position`; nil if neither is there. Swift's strings are valid UTF-8.
    private static func forbiddenLength(at position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        func byte(_ offset: Int) -> UInt8 {
            position + offset < bytes.count ? bytes[position + offset] : 0
        }
        switch bytes[position] {
        case 0xC2:
            return byte(1) < 0xA0 ? 2 : nil
        case 0xEF:
            let isPlaneEnd = byte(1) == 0xBF && byte(2) >= 0xBE
            let isArabicBlock = byte(1) == 0xB7 && (0x90...0xAF).contains(byte(2))
            return isPlaneEnd || isArabicBlock ? 3 : nil
        case 0xF0...0xF4:
            return byte(1) & 0x0F == 0x0F && byte(2) == 0xBF && byte(3) >= 0xBE ? 4 : nil
        default:
            return nil
        }
    }
}
