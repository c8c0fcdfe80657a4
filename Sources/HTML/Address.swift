/// An address that a page may link to: http, https, mailto, or relative to the page. There is no other way to write `href`, `src` or `action`.
///
/// Refused are other schemes (`javascript:`, `data:`…), addresses relative to the scheme (`//host`), names and passwords before a host, and the
/// controls, spaces and backslashes that browsers drop or turn into slashes. What is left is ASCII: the rest is percent-encoded.
public struct Address: Hashable, Sendable, CustomStringConvertible {
    /// The address as written in the page, before HTML's escaping.
    public let text: String

    public var description: String { text }

    private init(checked text: String) {
        self.text = text
    }

    /// The address that `text` writes, or nil if a page may not link to it.
    ///
    /// Letters outside ASCII are percent-encoded in paths, queries and fragments, and refused in the host.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else { return nil }
        let delimiter = bytes.firstIndex { ":/?#".utf8.contains($0) }
        guard let delimiter, bytes[delimiter] == UInt8(ascii: ":") else {
            guard !bytes.starts(with: "//".utf8) else { return nil }
            self.init(checked: PercentEncoding.repaired(bytes[...]))
            return
        }
        let rest = bytes[(delimiter + 1)...]
        switch String(decoding: bytes[..<delimiter], as: UTF8.self).lowercased() {
        case "mailto":
            guard rest.contains(UInt8(ascii: "@")) else { return nil }
            self.init(checked: "mailto:" + PercentEncoding.repaired(rest))
        case let scheme where scheme == "http" || scheme == "https":
            guard rest.starts(with: "//".utf8) else { return nil }
            let afterSlashes = rest.dropFirst(2)
            let host = afterSlashes.prefix { !"/?#".utf8.contains($0) }
            guard Address.isHost(host) else { return nil }
            let text = scheme + "://" + String(decoding: host, as: UTF8.self)
            self.init(checked: text + PercentEncoding.repaired(afterSlashes[host.endIndex...]))
        default:
            return nil
        }
    }

    /// A path within this site, with each name and value of the query percent-encoded.
    ///
    /// `path` is as people read it: `/programmes/Niger: phase 2`. Several slashes at its start become one, so that it never names a host.
    public init(path: String, query: [(String, String)] = [], fragment: String? = nil) {
        let slashes = path.utf8.prefix { $0 == UInt8(ascii: "/") }.count
        let rest = path.utf8.dropFirst(slashes)
        var text = slashes > 0 ? "/" : ""
        // A colon in the first segment of a relative path would be read as the end of a scheme.
        if slashes == 0, rest.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: ":")) {
            text = "./"
        }
        text += PercentEncoding.encoded(rest, keeping: PercentEncoding.isPathByte)
        self.init(checked: text + Address.suffix(query: query, fragment: fragment))
    }

    /// A path within this site from its segments, each percent-encoded, slashes within one included.
    ///
    /// Segments that name nothing (empty, `.` and `..`, which a browser resolves even when encoded) are left out.
    public init(segments: [String], query: [(String, String)] = [], fragment: String? = nil) {
        let encoded = segments.filter { !["", ".", ".."].contains($0) }
            .map { PercentEncoding.encoded($0.utf8, keeping: PercentEncoding.isSegmentByte) }
        self.init(checked: "/" + encoded.joined(separator: "/") + Address.suffix(query: query, fragment: fragment))
    }

    /// A place within the page: `#contributors`.
    public init(fragment: String) {
        self.init(checked: Address.suffix(query: [], fragment: fragment))
    }

    private static func suffix(query: [(String, String)], fragment: String?) -> String {
        var text = ""
        for (name, value) in query {
            text += text.isEmpty ? "?" : "&"
            text += PercentEncoding.encoded(name.utf8, keeping: PercentEncoding.isQueryByte)
            text += "="
            text += PercentEncoding.encoded(value.utf8, keeping: PercentEncoding.isQueryByte)
        }
        if let fragment {
            text += "#" + PercentEncoding.encoded(fragment.utf8, keeping: PercentEncoding.isPathByte)
        }
        return text
    }

    /// A name, an IPv4 or a bracketed IPv6 address, with or without a port; never with a user's name, which makes one host look like another.
    private static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first != UInt8(ascii: ":") else { return false }
        return bytes.allSatisfy { PercentEncoding.isUnreserved($0) || ":[]".utf8.contains($0) }
    }
}
