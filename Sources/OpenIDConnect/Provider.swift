internal import Curl

/// An identity provider as the administrator of this program names it, and this program as it is registered there.
public struct Provider: Sendable, Hashable {
    /// Its issuer identifier, to the letter: a slash at the end counts (OpenID Connect Discovery 1.0, section 4.3).
    public let issuer: String
    public let clientIdentifier: String
    /// What people call it: “Sign in with {name}”.
    public let name: String
    let clientSecret: ClientSecret

    /// - Parameter name: without control characters, at most 60 bytes.
    /// - Throws: what is wrong with a setting; the secret is not repeated.
    public init(issuer: String, clientIdentifier: String, clientSecret: String, name: String) throws(ProviderSettingFault) {
        guard HTTPSClient.mayAsk(issuer), !issuer.contains("?"), issuer.utf8.count <= Self.textLimit else { throw .issuer(issuer) }
        for text in [clientIdentifier, clientSecret] {
            guard (1...Self.textLimit).contains(text.utf8.count), text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
                throw .client
            }
        }
        guard (1...60).contains(name.utf8.count), name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw .name
        }
        self.issuer = issuer
        self.clientIdentifier = clientIdentifier
        self.clientSecret = ClientSecret(text: clientSecret)
        self.name = name
    }

    private static let textLimit = 1_000

    /// Where it describes itself.
    var descriptionAddress: String { (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration" }

    /// Whether it is reached without TLS, which is only possible within this machine.
    var isWithoutEncryption: Bool { issuer.hasPrefix("http:") }
}

/// Why a provider cannot be used as it is set.
public enum ProviderSettingFault: Error, Hashable, Sendable, CustomStringConvertible {
    case issuer(String)
    case client
    case name

    public var description: String {
        switch self {
        case .issuer(let text): "the issuer “\(text)” is not an address of https:// (or of http:// within this machine) without a query"
        case .client: "the client's identifier and secret are 1 to 1000 printable characters of ASCII each"
        case .name: "the provider's name is 1 to 60 bytes without control characters"
        }
    }
}

/// The client's secret: to be used, not to be shown, whatever prints the value that holds it.
struct ClientSecret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let text: String

    var description: String { "(hidden)" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
