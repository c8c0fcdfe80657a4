internal import HTML

/// Where the public finds the house: what the links in mails begin with.
public struct PublicAddress: Sendable, Hashable, CustomStringConvertible {
    /// Without a slash at its end.
    public let text: String

    public var description: String { text }

    /// Reads `https://fund.example.org`, or `http://…` with a host of this machine alone.
    ///
    /// - Throws: `PublicAddressFault` for anything else: a link with a secret must not travel in the open.
    public init(parsing text: String) throws(PublicAddressFault) {
        let bytes = text.utf8
        let isPlain = bytes.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard bytes.count <= 200, isPlain, let address = Address(text) else { throw PublicAddressFault() }
        let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) })
        guard let scheme else { throw PublicAddressFault() }
        let host = bytes.dropFirst(scheme.utf8.count).prefix { $0 != UInt8(ascii: "/") }
        guard scheme == "https://" || Self.isThisMachine(String(Substring(host))) else { throw PublicAddressFault() }
        var kept = address.text[...]
        while kept.utf8.last == UInt8(ascii: "/") { kept.removeLast() }
        self.text = String(kept)
    }

    private static func isThisMachine(_ host: String) -> Bool {
        ["127.0.0.1", "localhost", "[::1]"].contains { host == $0 || host.hasPrefix("\($0):") }
    }

    /// The address of a page of the house.
    func link(_ segments: [String], query: [(String, String)] = []) -> String {
        text + Address(segments: segments, query: query).text
    }
}

/// What was given is no address under which the public finds the house.
public struct PublicAddressFault: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String { "the public address is https:// and a host, such as https://fund.example.org, without a query" }
}
