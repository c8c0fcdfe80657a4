/// The short code of a version, by which people tell on paper which one they sign: the first digits of its digest.
public enum VersionCode {
    /// 64 bits: nobody writes another version that has the same within the time that a signature is waited for.
    private static let digits = 16

    /// In groups of four, to be read aloud: `1a2b 3c4d 5e6f 7a8b`.
    ///
    /// - Parameter digest: SHA-256 of the version's content.
    public static func text(of digest: [UInt8]) -> String {
        let digits = Array(hexadecimal(digest).utf8.prefix(digits))
        return stride(from: 0, to: digits.count, by: 4).map { start in
            String(decoding: digits[start..<min(start + 4, digits.count)], as: UTF8.self)
        }.joined(separator: " ")
    }

    /// Whether somebody typed the code of a version, or its whole digest: with or without spaces, in small or large letters.
    static func isCode(_ typed: String, of digest: [UInt8]) -> Bool {
        let said = typed.lowercased().utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
        let whole = Array(hexadecimal(digest).utf8)
        return said.elementsEqual(whole) || said.elementsEqual(whole.prefix(digits))
    }
}
