import CryptoExtras
import Foundation
import Ledger
import Synchronization
import JWTKit
import Ledger
import Testing

@testable import OpenIDConnect

@Suite("A token of an identity provider")
struct IDTokenTests {
    private let signing: SigningProvider

    init() throws { signing = try SigningProvider() }

    @Test("A token that is made for this client and this visit says who somebody is")
    func accepted() async throws {
        let claims = try await signing.accept(signing.token())
        #expect(claims.subject == "somebody")
        #expect(claims.email == "officer@example.org")
        #expect(claims.emailVerified?.isTrue == true)
    }

    @Test("RSA keys are taken, with their algorithm named among the keys or not", arguments: [true, false])
    func rsa(named: Bool) async throws {
        let keys = await JWTKeyCollection().add(rsa: signing.rsa, digestAlgorithm: .sha256, kid: "rsa")
        let token = try await signing.token(kid: "rsa", signer: keys)
        #expect(try await signing.accept(token, keys: signing.keys(withAlgorithms: named)).subject == "somebody")
    }

    @Test("A token for several clients is taken if this one asked for it")
    func severalAudiences() async throws {
        let audience = [SigningProvider.client, "another"]
        #expect(try await signing.accept(signing.token(["aud": audience, "azp": SigningProvider.client])).subject == "somebody")
        await refused(.authorizedParty) { try await signing.token(["aud": audience, "azp": "another"]) }
        await refused(.authorizedParty) { try await signing.token(["aud": audience]) }
    }

    @Test("A token for another client, or for none, is refused", arguments: [["another"], [], ["another", "third"]])
    func otherAudience(audience: [String]) async throws {
        await refused(.audience) { try await signing.token(["aud": audience]) }
    }

    @Test(
        "A token of another issuer is refused, if only a slash differs",
        arguments: ["https://elsewhere.example.org", SigningProvider.issuer + "/"])
    func otherIssuer(issuer: String) async throws {
        await refused(.issuer) { try await signing.token(["iss": issuer]) }
    }

    @Test("A token signed with a key that the provider does not publish is refused, whatever it calls the key")
    func unknownKey() async throws {
        let other = await JWTKeyCollection().add(ecdsa: ES256PrivateKey(), kid: "elliptic")
        await refused(.signature) { try await signing.token(signer: other) }
        let named = await JWTKeyCollection().add(ecdsa: ES256PrivateKey(), kid: "of-a-stranger")
        await refused(.unknownKey) { try await signing.token(kid: "of-a-stranger", signer: named) }
    }

    @Test("A token without a signature is refused", arguments: ["none", "None", "NONE"])
    func noSignature(name: String) async throws {
        let parts = try await signing.token().split(separator: ".").map(String.init)
        await refused(.algorithm(name)) { "\(head(["alg": name, "kid": "elliptic"])).\(parts[1])." }
    }

    @Test("A token signed by a shared secret is refused, with the public key as the secret too")
    func sharedSecret() async throws {
        let secret = await JWTKeyCollection().add(
            hmac: HMACKey(from: Data(signing.rsa.publicKey.pemRepresentation.utf8)), digestAlgorithm: .sha256, kid: "rsa")
        await refused(.algorithm("HS256")) { try await signing.token(kid: "rsa", signer: secret) }
    }

    @Test("A key is used for its own algorithm alone")
    func otherAlgorithm() async throws {
        let padded = await JWTKeyCollection().add(pss: signing.rsa, digestAlgorithm: .sha256, kid: "rsa")
        await refused(.unknownKey) { try await signing.token(kid: "rsa", signer: padded) }
    }

    @Test("An algorithm that the provider does not name is refused")
    func unnamedAlgorithm() async throws {
        let description = try signing.describing(["id_token_signing_alg_values_supported": ["RS256"]])
        let token = try await signing.token()
        await #expect(throws: ProviderFault.tokenRefused(.algorithm("ES256"))) { try await signing.accept(token, description: description) }
    }

    @Test("A token that has expired is refused, a minute's difference of clocks granted")
    func expired() async throws {
        let token = try await signing.token()
        #expect(try await signing.accept(token, at: signing.later(seconds: 359)).subject == "somebody")
        await #expect(throws: ProviderFault.tokenRefused(.expired)) { try await signing.accept(token, at: signing.later(seconds: 360)) }
    }

    @Test("A clock that is five minutes off is named as what is wrong")
    func clocks() async throws {
        let token = try await signing.token()
        #expect(try await signing.accept(token, at: signing.later(seconds: -60)).subject == "somebody")
        await #expect(throws: ProviderFault.clocksDiffer(minutes: 5)) { try await signing.accept(token, at: signing.later(seconds: -300)) }
        let lasting = try await signing.token(["exp": Int(signing.now.microsecondsSince1970 / 1_000_000) + 86_400])
        await #expect(throws: ProviderFault.clocksDiffer(minutes: 60)) {
            try await signing.accept(lasting, at: signing.later(seconds: 3_600))
        }
    }

    @Test("A token that answers another visit is refused")
    func otherVisit() async throws {
        await refused(.nonce) { try await signing.token(["nonce": "of-another-visit"]) }
        await refused(.nonce) { try await signing.token(["nonce": nil]) }
    }

    @Test("A token larger than 64 KiB is refused unread")
    func large() async throws {
        await refused(.tooLarge) { String(repeating: "a", count: 64 * 1024 + 1) }
    }

    @Test("What is no token is refused", arguments: ["", "a.b", "a.b.c.d", "!.b.c", "e30.e30.e30", "....", "é.b.c"])
    func malformed(text: String) async throws {
        await #expect { try await signing.accept(text) } throws: { error in
            if case ProviderFault.tokenRefused(.malformed) = error { true } else { false }
        }
    }

    @Test("A head that asks for an extension is refused, since it would not be heeded")
    func extensions() async throws {
        let parts = try await signing.token().split(separator: ".").map(String.init)
        await #expect {
            try await signing.accept("\(head(["alg": "ES256", "kid": "elliptic", "crit": ["b64"]])).\(parts[1]).\(parts[2])")
        } throws: {
            if case ProviderFault.tokenRefused(.malformed) = $0 { true } else { false }
        }
    }

    @Test("One changed letter of what a token says breaks its signature")
    func changed() async throws {
        let parts = try await signing.token().split(separator: ".").map(String.init)
        let other = try await signing.token(["sub": "somebody else"]).split(separator: ".").map(String.init)
        await refused(.signature) { "\(parts[0]).\(other[1]).\(parts[2])" }
    }

    @Test("Times that no calendar has, and a subject that is empty, are refused")
    func impossible() async throws {
        await #expect { try await signing.accept(signing.token(["exp": Int.max])) } throws: {
            if case ProviderFault.tokenRefused(.malformed) = $0 { true } else { false }
        }
        await refused(.subject) { try await signing.token(["sub": ""]) }
        await refused(.subject) { try await signing.token(["sub": "one\ntwo"]) }
    }

    @Test("An e-mail address counts as verified if the provider says true, not if it says anything else")
    func verified() async throws {
        let told: [(Any, Bool)] = [(true, true), ("true", true), (false, false), ("yes", false), (1, false)]
        for (value, isVerified) in told {
            let claims = try await signing.accept(signing.token(["email_verified": value]))
            #expect(claims.emailVerified?.isTrue == isVerified, "\(value)")
        }
    }

    private func head(_ fields: [String: Any]) -> String {
        urlText((try? JSONSerialization.data(withJSONObject: fields)) ?? Data())
    }

    private func refused(
        _ fault: IDTokenFault, _ token: () async throws -> String, sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        await #expect(throws: ProviderFault.tokenRefused(fault), sourceLocation: sourceLocation) {
            try await signing.accept(try await token())
        }
    }
}
