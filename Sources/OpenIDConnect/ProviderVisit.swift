internal import Crypto

/// What a browser is sent to a provider with. The three are secret from everybody but the browser, and used once.
public struct ProviderVisit: Sendable, Hashable {
    /// Comes back with the browser, and shows that it is the one that was sent.
    public let state: String
    /// Comes back in the token, and shows that the token was made for this visit.
    public let nonce: String
    /// Shows the provider that whoever brings the code is whoever asked for it (RFC 7636): 43 to 128 of its unreserved characters.
    public let verifier: String

    public init(state: String, nonce: String, verifier: String) {
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
    }

    /// SHA-256 of the verifier, in base64url (RFC 7636, section 4.2).
    var challenge: String {
        base64URL(SHA256.hash(data: Array(verifier.utf8)))
    }
}

/// Who came back from a provider, by its word.
public struct ProviderIdentity: Sendable, Hashable {
    public let issuer: String
    /// Opaque, and never given to another.
    public let subject: String
    /// Only if the provider vouches that it is theirs; as the provider writes it.
    public let verifiedEmail: String?

    public init(issuer: String, subject: String, verifiedEmail: String?) {
        self.issuer = issuer
        self.subject = subject
        self.verifiedEmail = verifiedEmail
    }
}

/// Without padding (RFC 4648, section 5).
func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var output: [UInt8] = []
    var (buffer, bits) = (0, 0)
    for byte in bytes {
        buffer = (buffer << 8 | Int(byte)) & 0xFFFF
        bits += 8
        while bits >= 6 {
            bits -= 6
            output.append(alphabet[buffer >> bits & 0x3F])
        }
    }
    if bits > 0 { output.append(alphabet[buffer << (6 - bits) & 0x3F]) }
    return String(decoding: output, as: UTF8.self)
}
