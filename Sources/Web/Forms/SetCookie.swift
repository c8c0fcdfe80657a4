/// A cookie that this site sets: to be sent back to this host alone, over TLS alone, out of scripts' reach, and not along with another site's forms.
///
/// The prefix `__Host-` makes browsers insist on the first two (RFC 6265bis, 4.1.3.2), so that no neighbour under the same domain can set it in our name.
struct SetCookie: Hashable, Sendable {
    /// With the prefix.
    let name: String
    let value: String
    /// In seconds; nil for as long as the browser runs, 0 to be forgotten at once.
    let maximumAge: Int?

    private static let prefix = "__Host-"

    /// - Parameters:
    ///   - name: without the prefix.
    ///   - maximumAge: in seconds; nil for as long as the browser runs.
    /// - Returns: nil if name or value hold what a cookie cannot (RFC 6265, 4.1.1).
    init?(_ name: String, value: String, maximumAge: Int?) {
        guard !name.isEmpty, name.utf8.allSatisfy(HeaderParameters.isToken), value.utf8.count <= 4_000,
            value.utf8.allSatisfy(Self.isValueByte)
        else { return nil }
        self.name = Self.name(name)
        self.value = value
        self.maximumAge = maximumAge.map { max(0, $0) }
    }

    /// Makes the browser forget the cookie.
    static func forgetting(_ name: String) -> SetCookie? { SetCookie(name, value: "", maximumAge: 0) }

    /// The name as the browser sends it back: `__Host-session` for `session`.
    static func name(_ name: String) -> String { prefix + name }

    /// The value of `Set-Cookie`.
    var headerValue: String {
        let age = maximumAge.map { "; Max-Age=\($0)" } ?? ""
        return "\(name)=\(value); Path=/\(age); Secure; HttpOnly; SameSite=Lax"
    }

    /// RFC 6265, 4.1.1: printable ASCII but for space, quotation mark, comma, semicolon and backslash.
    static func isValueByte(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !"\",;\\".utf8.contains(byte)
    }
}
