internal import ArgumentParser

/// `HOST:PORT`, an IPv6 address in square brackets.
struct ListenAddress: Sendable {
    let host: String
    let port: Int

    static let standard = ListenAddress(host: "127.0.0.1", port: 8080)

    private init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init(parsing text: String) throws {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
            throw ValidationError("“\(text)” is not an address: write HOST:PORT, such as \(Self.standard.name)")
        }
        var host = String(text[..<colon])
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]") && host.count > 2
        if isBracketed { host = String(host.dropFirst().dropLast()) }
        guard !host.isEmpty, isBracketed == host.contains(":") else {
            throw ValidationError("“\(text)” is not an address: write HOST:PORT, an IPv6 address in square brackets: [::1]:8080")
        }
        self.init(host: host, port: Int(port))
    }

    var name: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// What a person opens in a browser on this machine.
    var url: String {
        switch host {
        case "0.0.0.0": "http://127.0.0.1:\(port)"
        case "::": "http://[::1]:\(port)"
        default: "http://\(name)"
        }
    }

    /// Whether only this machine can connect.
    var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
