internal import Foundation

/// Base64 without the `=` at the end (RFC 4648), which it is read without as well, in the one form that a sequence of bytes has.
enum Base64 {
    /// With `+` and `/`, as the text of a password's hash has it.
    static func text(of bytes: [UInt8]) -> String {
        String(decoding: Data(bytes).base64EncodedData().prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
    }

    /// With `-` and `_`, which need no encoding in an address.
    static func addressText(of bytes: [UInt8]) -> String {
        String(decoding: text(of: bytes).utf8.map(addressCharacter), as: UTF8.self)
    }

    /// `nil` for anything that ``text(of:)`` does not write.
    static func bytes(of text: some StringProtocol) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: String(text) + padding) else { return nil }
        let bytes = [UInt8](data)
        // Unused bits at the end may be anything to a decoder; one secret would then have several texts.
        return self.text(of: bytes).utf8.elementsEqual(text.utf8) ? bytes : nil
    }

    /// `nil` for anything that ``addressText(of:)`` does not write.
    static func bytes(ofAddressText text: some StringProtocol) -> [UInt8]? {
        guard !text.utf8.contains(UInt8(ascii: "+")), !text.utf8.contains(UInt8(ascii: "/")) else { return nil }
        return bytes(of: String(decoding: text.utf8.map(standardCharacter), as: UTF8.self))
    }

    private static func addressCharacter(_ character: UInt8) -> UInt8 {
        switch character {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        default: character
        }
    }

    private static func standardCharacter(_ character: UInt8) -> UInt8 {
        switch character {
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: character
        }
    }
}
