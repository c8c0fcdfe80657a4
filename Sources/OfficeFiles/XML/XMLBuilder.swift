/// Writes XML in UTF-8, with the attributes in the order in which they are given: the same calls give the same bytes.
///
/// Names are written as they are. Texts are escaped; whether XML can hold them is asked before, by ``isWritable(_:)``.
struct XMLBuilder {
    private(set) var bytes: [UInt8] = Array("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".utf8)

    /// An element with nothing in it.
    mutating func element(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:]) {
        begin(name, attributes)
        bytes += Array("/>".utf8)
    }

    mutating func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ content: (inout XMLBuilder) -> Void
    ) {
        begin(name, attributes)
        bytes.append(UInt8(ascii: ">"))
        content(&self)
        bytes += Array("</".utf8)
        bytes += Self.utf8(name)
        bytes.append(UInt8(ascii: ">"))
    }

    mutating func text(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
            case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
            case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
            case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
            // Otherwise a reader would make blanks of them in an attribute, and a line feed of a carriage return.
            case 0x09: bytes += Array("&#9;".utf8)
            case 0x0A: bytes += Array("&#10;".utf8)
            case 0x0D: bytes += Array("&#13;".utf8)
            default: bytes.append(byte)
            }
        }
    }

    /// Whether XML 1.0 has all the characters (production 2).
    static func isWritable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy {
            switch $0.value {
            case 0x09, 0x0A, 0x0D: true
            case 0..<0x20, 0xFFFE, 0xFFFF: false
            default: true
            }
        }
    }

    private mutating func begin(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>) {
        bytes.append(UInt8(ascii: "<"))
        bytes += Self.utf8(name)
        for (attribute, value) in attributes {
            bytes.append(UInt8(ascii: " "))
            bytes += Self.utf8(attribute)
            bytes += Array("=\"".utf8)
            text(value)
            bytes.append(UInt8(ascii: "\""))
        }
    }

    private static func utf8(_ name: StaticString) -> [UInt8] { name.withUTF8Buffer { Array($0) } }
}
