/// Five bits a character, the highest first. Only whole groups of five bytes: what is written so here has 10 or 20.
struct Base32: Sendable {
    private let characters: [UInt8]
    private let values: [UInt8: UInt8]

    /// The alphabet of RFC 4648, section 6, in which authenticator apps take their secrets.
    static let rfc4648 = Base32("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", confusable: [:])

    /// Crockford's alphabet, for codes that people write down: without I, L, O and U. The first three are read as what they resemble.
    static let crockford = Base32("0123456789ABCDEFGHJKMNPQRSTVWXYZ", confusable: ["I": "1", "L": "1", "O": "0"])

    private init(_ alphabet: String, confusable: [Unicode.Scalar: Unicode.Scalar]) {
        characters = Array(alphabet.utf8)
        var values: [UInt8: UInt8] = [:]
        for (value, character) in alphabet.utf8.enumerated() { values[character] = UInt8(value) }
        for (written, meant) in confusable { values[UInt8(ascii: written)] = values[UInt8(ascii: meant)] }
        for (character, value) in values where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(character) {
            values[character + 32] = value
        }
        self.values = values
    }

    /// The characters in groups, so that they can be read aloud and typed.
    func text(of bytes: [UInt8], groupLength: Int, separator: Unicode.Scalar) -> String {
        var text: [UInt8] = []
        for (index, value) in fiveBitValues(of: bytes).enumerated() {
            if index > 0, index % groupLength == 0 { text.append(UInt8(ascii: separator)) }
            text.append(characters[Int(value)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of exactly so many characters, with spaces and hyphens anywhere between them, or `nil`.
    func bytes(of text: String, characterCount: Int) -> [UInt8]? {
        // No reason to read on in what is far too long.
        guard text.utf8.count <= 4 * characterCount else { return nil }
        var bytes: [UInt8] = []
        var (pending, pendingBits, read) = (0, 0, 0)
        for character in text.utf8 where character != UInt8(ascii: " ") && character != UInt8(ascii: "-") {
            guard let value = values[character] else { return nil }
            read += 1
            pending = pending << 5 | Int(value)
            pendingBits += 5
            if pendingBits >= 8 {
                pendingBits -= 8
                bytes.append(UInt8(pending >> pendingBits))
                pending &= 1 << pendingBits - 1
            }
        }
        return read == characterCount && pendingBits == 0 ? bytes : nil
    }

    private func fiveBitValues(of bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count % 5 == 0, "only whole groups of five bytes")
        var values: [UInt8] = []
        var (pending, pendingBits) = (0, 0)
        for byte in bytes {
            pending = pending << 8 | Int(byte)
            pendingBits += 8
            while pendingBits >= 5 {
                pendingBits -= 5
                values.append(UInt8(pending >> pendingBits & 31))
                pending &= 1 << pendingBits - 1
            }
        }
        return values
    }
}
