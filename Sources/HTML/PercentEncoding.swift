/// Percent-encoding of the parts of an address (RFC 3986, 2.1), on UTF-8 bytes.
enum PercentEncoding {
    /// `bytes` with all that `isKept` does not keep percent-encoded.
    static func encoded(_ bytes: some Sequence<UInt8>, keeping isKept: (UInt8) -> Bool) -> String {
        var output: [UInt8] = []
        for byte in bytes {
            if isKept(byte) {
                output.append(byte)
            } else {
                append(byte, to: &output)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// An address's path, query and fragment that someone else wrote, with what may not stand there percent-encoded: the escapes it holds stay.
    static func repaired(_ bytes: ArraySlice<UInt8>) -> String {
        var output: [UInt8] = []
        var hasFragment = false
        for (index, byte) in zip(bytes.indices, bytes) {
            switch byte {
            case UInt8(ascii: "%"):
                let digits = bytes[(index + 1)...].prefix(2)
                if digits.count == 2, digits.allSatisfy(isHexadecimalDigit) {
                    output.append(byte)
                } else {
                    append(byte, to: &output)
                }
            case UInt8(ascii: "#") where !hasFragment:
                hasFragment = true
                output.append(byte)
            case UInt8(ascii: "?"):
                output.append(byte)
            case _ where isPathByte(byte):
                output.append(byte)
            default:
                append(byte, to: &output)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Letters, digits, `-`, `.`, `_` and `~`, which mean themselves everywhere.
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "-._~".utf8.contains(byte)
        }
    }

    static func isSegmentByte(_ byte: UInt8) -> Bool {
        isUnreserved(byte) || "!$&'()*+,;=:@".utf8.contains(byte)
    }

    static func isPathByte(_ byte: UInt8) -> Bool {
        isSegmentByte(byte) || byte == UInt8(ascii: "/")
    }

    /// In a name or a value of a query, without `+`, `&` and `=`, which have a meaning in forms.
    static func isQueryByte(_ byte: UInt8) -> Bool {
        isUnreserved(byte) || "/:,@".utf8.contains(byte)
    }

    private static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    private static func append(_ byte: UInt8, to output: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0x0F)]]
    }
}
