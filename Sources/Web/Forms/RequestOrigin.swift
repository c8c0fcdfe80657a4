internal import HTML
internal import HTTPTypes

/// Whether a request that changes something was sent from a page of this site: the defence against cross-site request forgery.
///
/// It needs no token in the form: every browser of the last years says where a request comes from (Fetch Metadata, `Sec-Fetch-Site`), and those before
/// say the `Origin` of a form sent with POST (RFC 6454; WHATWG Fetch, “origin header”).
enum RequestOrigin {
    /// Methods that change nothing (RFC 9110, 9.2.1), which are not asked where they come from.
    private static let safeMethods: Set<HTTPRequest.Method> = [.get, .head, .options, .trace]

    /// - Parameter allowsBearer: whether a program may send this with a bearer token. A token is not sent along by a browser unasked, as a cookie is,
    ///   so a request with a token, without a cookie and without either header passes.
    /// - Throws: 403 if the request comes from elsewhere, or does not say where it comes from.
    static func check(_ request: HTTPRequest, allowsBearer: Bool = false) throws(Failure) {
        if safeMethods.contains(request.method) { return }
        let headers = request.headerFields
        if let site = fetchSite.flatMap({ headers[$0] }) {
            // Final in either direction: a page of the same name without TLS has an `Origin` that looks right, and is another site.
            guard site == "same-origin" || site == "none" else { throw .otherOrigin }
            return
        }
        if let origin = headers[.origin] {
            guard let host = host(of: request), authority(ofOrigin: origin) == host else { throw .otherOrigin }
            return
        }
        guard allowsBearer, carriesOnlyBearer(headers) else { throw .otherOrigin }
    }

    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")
    private static let hostField = HTTPField.Name("Host")

    /// The `Host` of the request without the port that goes without saying; nil if there is none or there are two.
    private static func host(of request: HTTPRequest) -> String? {
        // The first `Host` has become the authority; one that is left among the fields is a second.
        if let hostField, request.headerFields[hostField] != nil { return nil }
        guard let authority = request.authority, !authority.isEmpty else { return nil }
        return plain(authority[...], withoutPorts: ["80", "443"])
    }

    /// The host, and the port unless it is the scheme's own, of an `Origin`; nil for `null` and for whatever is no http or https origin.
    ///
    /// The scheme is not compared: behind a proxy this process does not know with which one it is reached.
    private static func authority(ofOrigin origin: String) -> String? {
        for (scheme, port) in [("https://", "443"), ("http://", "80")] where origin.hasPrefix(scheme) {
            let rest = origin.dropFirst(scheme.count)
            guard !rest.isEmpty, rest.utf8.allSatisfy(isAuthorityByte) else { return nil }
            return plain(rest, withoutPorts: [port])
        }
        return nil
    }

    private static func plain(_ authority: Substring, withoutPorts ports: [String]) -> String {
        let text = HeaderParameters.lowercased(authority.utf8)
        for port in ports where text.hasSuffix(":\(port)") { return String(text.dropLast(port.count + 1)) }
        return text
    }

    /// Of a host's name, an IPv4 or bracketed IPv6 address and a port: no comma, which would join two origins, no space, no path, no `@`.
    private static func isAuthorityByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "-._[]:".utf8.contains(byte)
        }
    }

    private static func carriesOnlyBearer(_ headers: HTTPFields) -> Bool {
        guard headers[.cookie] == nil, let authorization = headers[.authorization] else { return false }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        return parts.count == 2 && HeaderParameters.lowercased(parts[0].utf8) == "bearer"
    }
}

extension Failure {
    static let otherOrigin = Failure(.forbidden, "error.other-origin")
}
