public import Curl
internal import Foundation
internal import JWTKit
public import Ledger

/// Asks an identity provider who somebody is: OpenID Connect 1.0 by the authorization code flow, with PKCE (RFC 7636).
///
/// It remembers what the provider says of itself and its keys, for an hour. Whatever it has to ask for one visitor takes ten seconds at most.
public actor IdentityProvider {
    public nonisolated let provider: Provider
    private let client: HTTPSClient
    private var description: Remembered<ProviderDescription>?
    private var keys: Remembered<ProviderKeys>?

    /// How long one visitor waits for the provider, whatever has to be asked.
    private static let patience = Duration.seconds(10)
    private static let answerLimit = 512 * 1024

    /// - Parameter client: how it is asked; its limits hold beside those of this type.
    public init(_ provider: Provider, client: HTTPSClient? = nil) {
        self.provider = provider
        self.client =
            client ?? HTTPSClient(limits: HTTPSClient.Limits(connecting: .seconds(5), total: Self.patience, body: Self.answerLimit))
    }

    /// Where the browser is to go.
    ///
    /// - Parameter returnAddress: as registered at the provider, to the letter.
    public func address(
        for visit: ProviderVisit, returnAddress: String, now: Instant
    ) async throws(ProviderFault) -> String {
        let description = try await currentDescription(now: now, until: .now + Self.patience)
        let parameters = [
            ("response_type", "code"), ("client_id", provider.clientIdentifier), ("redirect_uri", returnAddress),
            ("scope", "openid email profile"), ("state", visit.state), ("nonce", visit.nonce), ("code_challenge", visit.challenge),
            ("code_challenge_method", "S256"),
        ]
        let query = parameters.map { "\($0)=\(percentEncoded($1))" }.joined(separator: "&")
        return description.authorizationAddress + (description.authorizationAddress.contains("?") ? "&" : "?") + query
    }

    /// Who brought the code.
    ///
    /// - Parameters:
    ///   - issuer: the one that came back with the browser (RFC 9207); nil if none did.
    ///   - returnAddress: the one that the browser was sent away with.
    public func identity(
        code: String, issuer: String?, for visit: ProviderVisit, returnAddress: String, now: Instant
    ) async throws(ProviderFault) -> ProviderIdentity {
        let deadline = ContinuousClock.now + Self.patience
        let description = try await currentDescription(now: now, until: deadline)
        guard issuer == nil ? !description.namesIssuerOnReturn : issuer == provider.issuer else { throw .tokenRefused(.issuer) }
        let answer = try await exchange(code, for: visit, returnAddress, description, until: deadline)
        let claims = try await checked(answer.id_token, visit, description, now: now, until: deadline)
        let email = try await verifiedEmail(claims, accessToken: answer.access_token, description, until: deadline)
        return ProviderIdentity(issuer: claims.issuer, subject: claims.subject, verifiedEmail: email)
    }

    // MARK: What the provider says of itself

    private struct Remembered<Value: Sendable>: Sendable {
        let value: Value
        let fetchedAt: Instant

        /// In seconds; a clock that was set back makes it old.
        func age(at now: Instant) -> Int64 {
            let age = (now.microsecondsSince1970 - fetchedAt.microsecondsSince1970) / 1_000_000
            return age < 0 ? .max : age
        }
    }

    /// In seconds.
    private static let lifetime: Int64 = 3_600
    /// Keys are not asked for more often, whatever tokens come: in seconds.
    private static let keysPause: Int64 = 60

    private func currentDescription(
        now: Instant, until deadline: ContinuousClock.Instant
    ) async throws(ProviderFault) -> ProviderDescription {
        if let description, description.age(at: now) < Self.lifetime { return description.value }
        let body = try await get(provider.descriptionAddress, until: deadline)
        let fresh = try ProviderDescription(body, of: provider)
        description = Remembered(value: fresh, fetchedAt: now)
        return fresh
    }

    /// The key of a token. One that is not known may be new: then the keys are asked for again, once a minute at most.
    private func key(
        of token: IDToken, _ description: ProviderDescription, now: Instant, until deadline: ContinuousClock.Instant
    ) async throws(ProviderFault) -> JWK {
        if let keys, keys.age(at: now) < Self.lifetime {
            if let key = keys.value.key(token.keyIdentifier, for: token.algorithm) { return key }
            guard keys.age(at: now) >= Self.keysPause else { throw .tokenRefused(.unknownKey) }
        }
        let fresh = try ProviderKeys(try await get(description.keysAddress, until: deadline))
        keys = Remembered(value: fresh, fetchedAt: now)
        guard let key = fresh.key(token.keyIdentifier, for: token.algorithm) else { throw .tokenRefused(.unknownKey) }
        return key
    }

    private func get(
        _ address: String, until deadline: ContinuousClock.Instant, bearer: String? = nil
    ) async throws(ProviderFault) -> [UInt8] {
        let response: HTTPSResponse
        do { response = try await client.get(address, bearerToken: bearer, until: deadline) } catch { throw ProviderFault(error) }
        guard response.status == 200 else { throw .unreachable("it answered with the status \(response.status)") }
        return response.body
    }

    // MARK: One visitor

    /// Named as the standard names them (RFC 6749, section 5.1).
    private struct TokenAnswer: Decodable {
        let id_token: String
        let access_token: String?
    }

    private struct ErrorAnswer: Decodable {
        let error: String
    }

    private func exchange(
        _ code: String, for visit: ProviderVisit, _ returnAddress: String, _ description: ProviderDescription,
        until deadline: ContinuousClock.Instant
    ) async throws(ProviderFault) -> TokenAnswer {
        var form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", returnAddress), ("code_verifier", visit.verifier),
        ]
        var credentials: HTTPSClient.Credentials?
        switch description.clientAuthentication {
        case .basic:
            credentials = HTTPSClient.Credentials(
                clientIdentifier: provider.clientIdentifier, clientSecret: provider.clientSecret.text)
        case .post: form += [("client_id", provider.clientIdentifier), ("client_secret", provider.clientSecret.text)]
        }
        let response: HTTPSResponse
        do {
            response = try await client.post(description.tokenAddress, form: form, basicAuthentication: credentials, until: deadline)
        } catch { throw ProviderFault(error) }
        guard response.status == 200 else { throw Self.refusal(response) }
        guard let answer = try? JSONDecoder().decode(TokenAnswer.self, from: Data(response.body)) else {
            throw .unusableAnswer("it gives no ID token for the code")
        }
        return answer
    }

    /// RFC 6749, section 5.2.
    private static func refusal(_ response: HTTPSResponse) -> ProviderFault {
        let error = (try? JSONDecoder().decode(ErrorAnswer.self, from: Data(response.body)))?.error ?? "no reason given"
        let reason = String(decoding: error.utf8.prefix(60).map { (0x20...0x7E).contains($0) ? $0 : 0x3F }, as: UTF8.self)
        if response.status == 401 || error == "invalid_client" || error == "unauthorized_client" { return .clientRefused(reason) }
        if error == "invalid_grant" { return .codeRefused(reason) }
        return response.status >= 500
            ? .unreachable("it answered with the status \(response.status)") : .unusableAnswer("\(response.status), \(reason)")
    }

    private func checked(
        _ text: String, _ visit: ProviderVisit, _ description: ProviderDescription, now: Instant,
        until deadline: ContinuousClock.Instant
    ) async throws(ProviderFault) -> IDTokenClaims {
        let token: IDToken
        do { token = try IDToken(text, signedBy: description.algorithms) } catch { throw .tokenRefused(error) }
        let key = try await key(of: token, description, now: now, until: deadline)
        let claims: IDTokenClaims
        do { claims = try await token.claims(signedWith: key) } catch { throw .tokenRefused(error) }
        try claims.check(for: provider, nonce: visit.nonce, now: now)
        return claims
    }

    /// Named as the standard names them (OpenID Connect Core 1.0, section 5.1).
    private struct UserInformation: Decodable {
        let sub: String
        let email: String?
        let email_verified: VerifiedFlag?
    }

    /// The address in the token; where it has none, the one that the provider tells whoever shows the access token (section 5.3).
    private func verifiedEmail(
        _ claims: IDTokenClaims, accessToken: String?, _ description: ProviderDescription, until deadline: ContinuousClock.Instant
    ) async throws(ProviderFault) -> String? {
        if let email = claims.email { return claims.emailVerified?.isTrue == true ? email : nil }
        guard let address = description.userInformationAddress, let accessToken else { return nil }
        let body = try await get(address, until: deadline, bearer: accessToken)
        // Signed, it would be no JSON: then nothing more is known than the token says.
        guard let more = try? JSONDecoder().decode(UserInformation.self, from: Data(body)) else { return nil }
        guard more.sub == claims.subject else { throw .unusableAnswer("it tells of another than it vouched for") }
        return more.email_verified?.isTrue == true ? more.email : nil
    }
}

/// For a value of a query: all but RFC 3986's unreserved characters.
private func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var output: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            output.append(byte)
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): output.append(byte)
        default: output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
        }
    }
    return String(decoding: output, as: UTF8.self)
}
