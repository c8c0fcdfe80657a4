import CryptoExtras
import Foundation
import JWTKit
import Ledger
import Testing

@testable import OpenIDConnect

/// A provider that signs as it is told, with keys made for the test.
struct SigningProvider {
    static let issuer = "https://identity.example.org"
    static let client = "pooled-fund"
    static let nonce = "the-nonce-of-this-visit"

    let provider: Provider
    let elliptic = ES256PrivateKey()
    let edwards: EdDSA.PrivateKey
    let rsa: JWTKit.Insecure.RSA.PrivateKey
    let now: Instant

    init() throws {
        provider = try Provider(issuer: Self.issuer, clientIdentifier: Self.client, clientSecret: "hush", name: "Example")
        edwards = try EdDSA.PrivateKey()
        rsa = try JWTKit.Insecure.RSA.PrivateKey(backing: _RSA.Signing.PrivateKey(keySize: .bits2048))
        now = try Instant(parsing: "2026-03-04T05:06:07Z")
    }

    var description: ProviderDescription {
        get throws { try describing() }
    }

    /// - Parameter changing: members of the description to write otherwise; nil leaves one out.
    func describing(_ changing: [String: Any?] = [:]) throws -> ProviderDescription {
        var fields: [String: Any] = [
            "issuer": Self.issuer, "authorization_endpoint": Self.issuer + "/authorize", "token_endpoint": Self.issuer + "/token",
            "jwks_uri": Self.issuer + "/keys", "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256", "PS256", "ES256", "EdDSA"],
        ]
        for (name, value) in changing { fields[name] = value }
        return try ProviderDescription(Array(JSONSerialization.data(withJSONObject: fields)), of: provider)
    }

    /// The keys as the provider publishes them, with one of a kind that nobody knows.
    func keys(withAlgorithms: Bool = true) throws -> ProviderKeys {
        let point = try #require(elliptic.publicKey.parameters)
        let primitives = try rsa.publicKey.getKeyPrimitives()
        var entries: [[String: Any]] = [
            ["kty": "EC", "kid": "elliptic", "alg": "ES256", "use": "sig", "crv": "P-256", "x": urlText(point.x), "y": urlText(point.y)],
            ["kty": "RSA", "kid": "rsa", "alg": "RS256", "n": urlText(primitives.modulus), "e": urlText(primitives.publicExponent)],
            ["kty": "lattice", "kid": "of-tomorrow", "alg": "LAT1"],
        ]
        if !withAlgorithms { entries = entries.map { entry in entry.filter { $0.key != "alg" } } }
        return try ProviderKeys(Array(JSONSerialization.data(withJSONObject: ["keys": entries])))
    }

    /// A token, signed with the elliptic key unless told otherwise.
    func token(
        _ changing: [String: Any?] = [:], kid: String = "elliptic", signer: JWTKeyCollection? = nil
    ) async throws -> String {
        var keys = signer
        if keys == nil { keys = await JWTKeyCollection().add(ecdsa: elliptic, kid: "elliptic") }
        let seconds = Int(now.microsecondsSince1970 / 1_000_000)
        var claims: [String: Any] = [
            "iss": Self.issuer, "sub": "somebody", "aud": Self.client, "exp": seconds + 300, "iat": seconds, "nonce": Self.nonce,
            "email": "officer@example.org", "email_verified": true,
        ]
        for (name, value) in changing { claims[name] = value }
        let payload = try JSONDecoder().decode(AnyClaims.self, from: JSONSerialization.data(withJSONObject: claims))
        return try await #require(keys).sign(payload, kid: JWKIdentifier(string: kid))
    }

    /// What becomes of a token that the provider's answer holds.
    func accept(
        _ text: String, at instant: Instant? = nil, nonce: String = nonce, keys: ProviderKeys? = nil,
        description: ProviderDescription? = nil
    ) async throws -> IDTokenClaims {
        let published = try keys ?? self.keys()
        let token: IDToken
        do { token = try IDToken(text, signedBy: try description?.algorithms ?? self.description.algorithms) } catch let fault
            as IDTokenFault
        {
            throw ProviderFault.tokenRefused(fault)
        }
        guard let key = published.key(token.keyIdentifier, for: token.algorithm) else { throw ProviderFault.tokenRefused(.unknownKey) }
        let claims: IDTokenClaims
        do { claims = try await token.claims(signedWith: key) } catch { throw ProviderFault.tokenRefused(error) }
        try claims.check(for: provider, nonce: nonce, now: instant ?? now)
        return claims
    }

    func later(seconds: Int64) throws -> Instant { try Instant(microsecondsSince1970: now.microsecondsSince1970 + seconds * 1_000_000) }
}

/// Claims of any shape, so that a test can sign what no program would.
struct AnyClaims: JWTPayload {
    let values: [String: JSONPart]

    init(from decoder: any Decoder) throws { values = try decoder.singleValueContainer().decode([String: JSONPart].self) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }

    func verify(using algorithm: some JWTAlgorithm) throws {}
}

/// A value of JSON.
enum JSONPart: Codable {
    case flag(Bool)
    case number(Int)
    case text(String)
    case list([String])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try container.decode([String].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        }
    }
}

/// Base64 of either kind as base64url without padding.
func urlText(_ base64: String) -> String {
    base64.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
}

func urlText(_ data: Data) -> String { urlText(data.base64EncodedString()) }
