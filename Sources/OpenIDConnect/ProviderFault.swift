internal import Curl

/// Why nobody was signed in by an identity provider. What is in brackets is for the operator.
public enum ProviderFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It did not answer in time.
    case tooSlow
    /// It could not be asked, or answered with an error of its own.
    case unreachable(String)
    /// What it says of itself cannot be used.
    case unusableDescription(String)
    /// It does not know this program, or not with this secret.
    case clientRefused(String)
    /// It does not take the code that the browser brought: used before, or too late.
    case codeRefused(String)
    /// Its answer is not what the standard says.
    case unusableAnswer(String)
    /// Its clock and this machine's are apart: so many minutes, rounded up.
    case clocksDiffer(minutes: Int)
    /// The token with which it vouches for somebody was not accepted.
    case tokenRefused(IDTokenFault)

    public var description: String {
        switch self {
        case .tooSlow: "the identity provider did not answer in time"
        case .unreachable(let detail): "the identity provider could not be asked: \(detail)"
        case .unusableDescription(let detail): "the identity provider's description of itself cannot be used: \(detail)"
        case .clientRefused(let detail): "the identity provider does not accept this client and its secret: \(detail)"
        case .codeRefused(let detail): "the identity provider does not accept the code: \(detail)"
        case .unusableAnswer(let detail): "the identity provider's answer cannot be used: \(detail)"
        case .clocksDiffer(let minutes):
            "the identity provider's clock and this machine's are \(minutes) minutes apart: set this machine's by a time server"
        case .tokenRefused(let fault): "the identity provider's token was refused: \(fault)"
        }
    }

    init(_ failure: HTTPSFailure) {
        switch failure {
        case .tooSlow, .cancelled: self = .tooSlow
        case .refusedAddress, .unreachable, .tooLarge: self = .unreachable(failure.description)
        }
    }
}

/// Why an ID token was refused (OpenID Connect Core 1.0, section 3.1.3.7).
public enum IDTokenFault: Error, Hashable, Sendable, CustomStringConvertible {
    case tooLarge
    case malformed(String)
    /// None, one with a shared secret, or one that the provider does not name.
    case algorithm(String)
    /// Signed with a key that the provider does not publish.
    case unknownKey
    case signature
    case issuer
    /// Made for another program.
    case audience
    case authorizedParty
    /// Over when it came.
    case expired
    /// Not the answer to what this browser asked.
    case nonce
    case subject

    public var description: String {
        switch self {
        case .tooLarge: "it is larger than 64 KiB"
        case .malformed(let detail): "it cannot be read: \(detail)"
        case .algorithm(let name): "it is signed by “\(name)”, which is not accepted here"
        case .unknownKey: "it is signed with a key that the provider does not publish"
        case .signature: "its signature does not match"
        case .issuer: "it is another issuer's"
        case .audience: "it is made for another client"
        case .authorizedParty: "it is made for several clients, and another asked for it"
        case .expired: "it had expired when it came"
        case .nonce: "it does not answer what was asked"
        case .subject: "it does not say who somebody is"
        }
    }
}
