// The classes of bytes by which RFC 5322 and RFC 2045 are written.

extension UInt8 {
    var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    /// RFC 5322, section 3.2.3.
    var isAtomText: Bool { isLetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains(self) }

    var lowercased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self + 0x20 : self }
}

extension Collection<UInt8> {
    /// RFC 5322, section 3.2.3: atoms with single dots between them.
    var isDotAtom: Bool {
        split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isAtomText) }
    }
}

extension String {
    /// Whether a header could be ended or damaged by it: C0, DEL, C1 and the line breaks of Unicode.
    var hasControlCharacter: Bool {
        unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x2028 || $0.value == 0x2029 }
    }

    var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}
