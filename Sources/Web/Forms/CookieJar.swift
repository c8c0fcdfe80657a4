/// The cookies that a request carries (RFC 6265, 5.4), within limits. Anyone can send any.
struct CookieJar {
    private var values: [String: String] = [:]
    /// Names that were sent with different values: which of them this site set cannot be told.
    private var ambiguous: Set<String> = []

    private static let countLimit = 100
    private static let nameLimit = 200
    private static let valueLimit = 4_096

    /// - Parameter headers: the values of `Cookie`. What cannot be read and what is beyond a limit is left out.
    init(_ headers: some Sequence<String>) {
        let pairs = headers.lazy.flatMap { $0.utf8.split(separator: UInt8(ascii: ";")) }
        for pair in pairs.prefix(Self.countLimit) {
            let parts = Self.trimmed(pair).split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, (1...Self.nameLimit).contains(parts[0].count), parts[1].count <= Self.valueLimit,
                parts[0].allSatisfy(HeaderParameters.isToken), parts[1].allSatisfy(SetCookie.isValueByte)
            else { continue }
            let name = String(decoding: parts[0], as: UTF8.self)
            let value = String(decoding: parts[1], as: UTF8.self)
            if let known = values.updateValue(value, forKey: name), known != value { ambiguous.insert(name) }
        }
    }

    /// The value of a cookie; nil if it was not sent, or was sent twice with different values.
    subscript(name: String) -> String? {
        ambiguous.contains(name) ? nil : values[name]
    }

    private static func trimmed(_ bytes: Substring.UTF8View) -> ArraySlice<UInt8> {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var slice = Array(bytes)[...].drop(while: isSpace)
        while let last = slice.last, isSpace(last) { slice.removeLast() }
        return slice
    }
}
