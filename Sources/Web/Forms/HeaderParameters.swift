/// A header value with parameters: `multipart/form-data; boundary=x`, `form-data; name="paper"; filename="a.pdf"`.
///
/// Names are compared in lower case, as both RFC 9110 (5.6.6) and RFC 6266 have it. A parameter that stands twice makes the value unreadable:
/// two readers of it could take different ones.
struct HeaderParameters {
    /// What comes before the first parameter, in lower case.
    let value: String
    private let parameters: [String: [UInt8]]

    /// How a quoted value writes what cannot stand in it.
    enum Quoting {
        /// A backslash before any character (RFC 9110, 5.6.4).
        case backslash
        /// `%22`, `%0D` and `%0A`, and nothing else: a backslash is one (WHATWG HTML, “multipart form data”).
        case browser
    }

    /// - Returns: nil if the value does not follow the grammar.
    init?(_ bytes: some Collection<UInt8>, quoting: Quoting) {
        var rest = Array(bytes)[...]
        Self.skipSpace(&rest)
        let value = Self.prefix(of: &rest) { Self.isToken($0) || $0 == UInt8(ascii: "/") }
        guard !value.isEmpty else { return nil }
        self.value = Self.lowercased(value)
        var parameters: [String: [UInt8]] = [:]
        Self.skipSpace(&rest)
        while rest.first == UInt8(ascii: ";") {
            rest.removeFirst()
            Self.skipSpace(&rest)
            // A semicolon at the end says nothing.
            if rest.isEmpty { break }
            let name = Self.lowercased(Self.prefix(of: &rest, while: Self.isToken))
            guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "="), let value = Self.value(&rest, quoting),
                parameters.updateValue(value, forKey: name) == nil
            else { return nil }
            Self.skipSpace(&rest)
        }
        guard rest.isEmpty else { return nil }
        self.parameters = parameters
    }

    /// The bytes of a parameter's value; nil if the header has no such parameter.
    subscript(name: String) -> [UInt8]? { parameters[name] }

    private static func value(_ rest: inout ArraySlice<UInt8>, _ quoting: Quoting) -> [UInt8]? {
        guard rest.first == UInt8(ascii: "\"") else {
            let token = prefix(of: &rest, while: isToken)
            return token.isEmpty ? nil : Array(token)
        }
        rest.removeFirst()
        var output: [UInt8] = []
        while let byte = rest.popFirst() {
            switch (byte, quoting) {
            case (UInt8(ascii: "\""), _): return output
            case (UInt8(ascii: "\\"), .backslash):
                guard let escaped = rest.popFirst() else { return nil }
                output.append(escaped)
            case (UInt8(ascii: "%"), .browser):
                let escape = Array(rest.prefix(2))
                guard let character = browserEscapes[escape] else {
                    output.append(byte)
                    continue
                }
                output.append(character)
                rest.removeFirst(2)
            default: output.append(byte)
            }
        }
        return nil
    }

    private static let browserEscapes: [[UInt8]: UInt8] = [
        Array("22".utf8): 0x22, Array("0D".utf8): 0x0D, Array("0d".utf8): 0x0D, Array("0A".utf8): 0x0A, Array("0a".utf8): 0x0A,
    ]

    private static func prefix(of rest: inout ArraySlice<UInt8>, while isPart: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let prefix = rest.prefix(while: isPart)
        rest = rest[prefix.endIndex...]
        return prefix
    }

    private static func skipSpace(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    /// RFC 9110, 5.6.2.
    static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    static func lowercased(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}
