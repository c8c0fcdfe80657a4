/// Text within header fields: RFC 5322 where ASCII will do, encoded words of RFC 2047 otherwise. It has no control characters: whoever
/// calls has looked.
enum HeaderText {
    /// A subject, and whatever else is plain text.
    static func unstructured(_ text: String) -> String { isPlain(text) ? text : encodedWords(text) }

    /// `name <address>`, or the address alone.
    static func mailbox(_ mailbox: Mailbox) -> String {
        guard let name = mailbox.name else { return mailbox.address.text }
        return "\(isPlain(name) ? phrase(name) : encodedWords(name)) <\(mailbox.address.text)>"
    }

    /// Short enough for a line of 78 with the name of its field, and nothing in it that a reader would decode.
    private static func isPlain(_ text: String) -> Bool {
        text.isASCII && text.utf8.count <= 60 && !text.contains("=?") && text.utf8.first != 0x20 && text.utf8.last != 0x20
    }

    /// Atoms, or a quoted string (RFC 5322, section 3.2.4).
    private static func phrase(_ name: String) -> String {
        if name.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == 0x20 }) { return name }
        var quoted: [UInt8] = []
        for byte in name.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        return "\"\(String(decoding: quoted, as: UTF8.self))\""
    }

    /// RFC 2047, section 2: a word has at most 75 bytes, a line at most 76. 39 bytes of text make a word of 64, which leaves room for
    /// `Subject: `.
    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var word: [UInt8] = []
        // Section 5: no character is divided between two words.
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if word.count + bytes.count > 39 {
                words.append(encodedWord(word))
                word = []
            }
            word += bytes
        }
        words.append(encodedWord(word))
        return words.joined(separator: "\r\n ")
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(base64(bytes))?=" }

    /// RFC 4648, section 4. Foundation would be the only thing for which this room needs it.
    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var encoded: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                encoded.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 0x3F] : UInt8(ascii: "="))
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
