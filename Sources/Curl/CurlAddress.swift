internal import CCurl

/// An address as libcurl itself reads it: what is checked here is what is spoken to.
struct CurlAddress {
    let scheme: String
    let user: String?
    let password: String?
    /// Lower case, an IPv6 address in its brackets.
    let host: String
    let port: Int?
    let path: String
    let query: String?
    let fragment: String?
    let hasOptions: Bool

    /// Nil where libcurl cannot read it, or two could read it differently.
    init?(_ text: String) {
        guard text.utf8.count <= 2_000, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        guard Self.isUnambiguous(text), let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK else { return nil }
        guard let scheme = Self.part(CURLUPART_SCHEME, of: handle), let host = Self.part(CURLUPART_HOST, of: handle) else { return nil }
        self.scheme = scheme.lowercased()
        self.host = host.lowercased()
        let port = Self.part(CURLUPART_PORT, of: handle)
        self.port = port.flatMap { Int($0) }
        guard (port == nil) == (self.port == nil) else { return nil }
        user = Self.part(CURLUPART_USER, of: handle, decoded: true)
        password = Self.part(CURLUPART_PASSWORD, of: handle, decoded: true)
        hasOptions = Self.part(CURLUPART_OPTIONS, of: handle) != nil
        path = Self.part(CURLUPART_PATH, of: handle) ?? ""
        query = Self.part(CURLUPART_QUERY, of: handle)
        fragment = Self.part(CURLUPART_FRAGMENT, of: handle)
        // A user whose percent-encoding cannot be undone is not one without a name.
        guard (user == nil) == (Self.part(CURLUPART_USER, of: handle) == nil) else { return nil }
        guard (password == nil) == (Self.part(CURLUPART_PASSWORD, of: handle) == nil) else { return nil }
    }

    /// Whether nothing that is sent there leaves this machine.
    var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer, decoded: Bool = false) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, decoded ? UInt32(CURLU_URLDECODE) : 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// libcurl takes one slash or three for two. A second @ would make a part of a password a host, which is shown.
    private static func isUnambiguous(_ text: String) -> Bool {
        let rest = text.drop { $0 != ":" }
        guard rest.hasPrefix("://"), !rest.hasPrefix(":///") else { return false }
        return rest.dropFirst(3).prefix { !"/?#".contains($0) }.filter { $0 == "@" }.count <= 1
    }
}
