internal import JWTKit
internal import Ledger

/// What an ID token says (OpenID Connect Core 1.0, section 2), as far as it matters here.
struct IDTokenClaims: JWTPayload, Sendable, Hashable {
    let issuer: String
    let subject: String
    let audience: Audience
    let authorizedParty: String?
    let expiresAt: UnixTime
    let issuedAt: UnixTime
    let nonce: String?
    let email: String?
    let emailVerified: VerifiedFlag?
    let name: String?

    enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case subject = "sub"
        case audience = "aud"
        case authorizedParty = "azp"
        case expiresAt = "exp"
        case issuedAt = "iat"
        case nonce
        case email
        case emailVerified = "email_verified"
        case name
    }

    /// The signature is checked before, the claims after: this is between, and checks nothing.
    func verify(using algorithm: some JWTAlgorithm) throws {}

    /// How far two clocks may be apart, in seconds.
    private static let tolerance: Int64 = 60
    /// How long ago a token may have been made, in seconds: no longer than somebody may take at the provider.
    private static let oldest: Int64 = 10 * 60
    /// The longest subject, in bytes (section 2).
    private static let subjectLimit = 255

    /// The checks of section 3.1.3.7.
    ///
    /// - Parameter nonce: the one that this browser was sent away with.
    func check(for provider: Provider, nonce expected: String, now: Instant) throws(ProviderFault) {
        guard issuer == provider.issuer else { throw .tokenRefused(.issuer) }
        guard audience.names.contains(provider.clientIdentifier) else { throw .tokenRefused(.audience) }
        if audience.names.count > 1 || authorizedParty != nil {
            guard authorizedParty == provider.clientIdentifier else { throw .tokenRefused(.authorizedParty) }
        }
        try checkTimes(now: now.microsecondsSince1970 / 1_000_000)
        guard nonce == expected else { throw .tokenRefused(.nonce) }
        guard (1...Self.subjectLimit).contains(subject.utf8.count), subject.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .tokenRefused(.subject)
        }
    }

    private func checkTimes(now: Int64) throws(ProviderFault) {
        let ahead = issuedAt.seconds - now
        // It was made for this very sign-in, so it cannot be of tomorrow, nor of an hour ago.
        if ahead > Self.tolerance { throw .clocksDiffer(minutes: Int((ahead + 59) / 60)) }
        if -ahead > Self.oldest + Self.tolerance, expiresAt.seconds > issuedAt.seconds {
            throw .clocksDiffer(minutes: Int((-ahead + 59) / 60))
        }
        guard now < expiresAt.seconds + Self.tolerance else { throw .tokenRefused(.expired) }
    }
}

/// For whom a token is: one name, or several. None at all is read too, and refused by the check.
struct Audience: Codable, Sendable, Hashable {
    let names: [String]

    init(_ names: [String]) { self.names = names }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let name = try? container.decode(String.self) { names = [name] } else { names = try container.decode([String].self) }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(names)
    }
}

/// Seconds since 1970, with a fraction or without, which is dropped.
struct UnixTime: Codable, Sendable, Hashable {
    let seconds: Int64

    init(seconds: Int64) { self.seconds = seconds }

    /// Within the years 1 to 9999; what is beyond cannot be reckoned with.
    private static let range: ClosedRange<Double> = -62_135_596_800...253_402_300_799

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let number = try container.decode(Double.self)
        guard Self.range.contains(number) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time within the years 1 to 9999")
        }
        seconds = Int64(number)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(seconds)
    }
}

/// `email_verified`: true, or “true”, which some providers write instead. Anything else is no.
struct VerifiedFlag: Codable, Sendable, Hashable {
    let isTrue: Bool

    init(_ isTrue: Bool) { self.isTrue = isTrue }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        isTrue = (try? container.decode(Bool.self)) ?? ((try? container.decode(String.self)) == "true")
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(isTrue)
    }
}
