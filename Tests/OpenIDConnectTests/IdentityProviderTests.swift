import Foundation
import Ledger
import Synchronization
import JWTKit
import Ledger
import Synchronization
import Testing

@testable import OpenIDConnect

@Suite("Asking an identity provider")
struct IdentityProviderTests {
    @Test("Whoever brings a code is who the provider says, once its token is checked")
    func exchange() async throws {
        try await ServedProvider.serve { visited in
            try await visited.answer(kid: "one", signedBy: ES256PrivateKey())
            let identity = try await visited.identity()
            #expect(identity == ProviderIdentity(issuer: visited.issuer, subject: "somebody", verifiedEmail: "officer@example.org"))
            let (form, authorization) = visited.served.state.withLock { ($0.lastForm, $0.authorizations["/token"]) }
            #expect(form.contains("grant_type=authorization_code") && form.contains("code=a+code") && form.contains("code_verifier=vvv"))
            #expect(!form.contains("secret"))
            #expect(authorization == "Basic " + Data("a+client:a%3Asecret".utf8).base64EncodedString())
        }
    }

    @Test("A provider that takes the secret in the form alone gets it there")
    func secretInForm() async throws {
        try await ServedProvider.serve { visited in
            visited.served.state.withLock { $0.description["token_endpoint_auth_methods_supported"] = ["client_secret_post"] }
            try await visited.answer(kid: "one", signedBy: ES256PrivateKey())
            _ = try await visited.identity()
            let (form, authorization) = visited.served.state.withLock { ($0.lastForm, $0.authorizations["/token"]) }
            #expect(form.contains("client_id=a+client&client_secret=a%3Asecret"))
            #expect(authorization == "")
        }
    }

    @Test("A provider that changed its keys is believed by the new ones, which are asked for once a minute at most")
    func newKeys() async throws {
        try await ServedProvider.serve { visited in
            try await visited.answer(kid: "old", signedBy: ES256PrivateKey())
            _ = try await visited.identity()
            #expect(visited.served.count("/keys") == 1)
            let new = ES256PrivateKey()
            try await visited.answer(kid: "new", signedBy: new)
            await #expect(throws: ProviderFault.tokenRefused(.unknownKey)) { try await visited.identity(at: visited.later(seconds: 59)) }
            #expect(visited.served.count("/keys") == 1)
            #expect(try await visited.identity(at: visited.later(seconds: 60)).subject == "somebody")
            #expect(visited.served.count("/keys") == 2)
            try await visited.answer(kid: "of a stranger", signedBy: new, publishing: false)
            for _ in 0..<20 {
                await #expect(throws: ProviderFault.tokenRefused(.unknownKey)) {
                    try await visited.identity(at: visited.later(seconds: 120))
                }
            }
            #expect(visited.served.count("/keys") == 3)
            #expect(visited.served.count("/.well-known/openid-configuration") == 1)
        }
    }

    @Test("An address that the token does not tell is asked for, and believed of the same person alone")
    func userInformation() async throws {
        try await ServedProvider.serve { visited in
            let userinfo = visited.issuer + "/userinfo"
            visited.served.state.withLock { state in
                state.description["userinfo_endpoint"] = userinfo
                state.userInformation = Data(#"{"sub": "somebody", "email": "told@example.org", "email_verified": true}"#.utf8)
            }
            try await visited.answerWithoutEmail()
            #expect(try await visited.identity().verifiedEmail == "told@example.org")
            #expect(visited.served.state.withLock { $0.authorizations["/userinfo"] } == "Bearer a.token")
            visited.served.state.withLock {
                $0.userInformation = Data(#"{"sub": "another", "email": "a@example.org", "email_verified": true}"#.utf8)
            }
            await #expect(throws: ProviderFault.self) { try await visited.identity() }
            visited.served.state.withLock { $0.userInformation = Data(#"{"sub": "somebody", "email": "a@example.org"}"#.utf8) }
            #expect(try await visited.identity().verifiedEmail == nil)
        }
    }

    @Test("Whoever comes back from another issuer is refused before the code is used")
    func issuerOnReturn() async throws {
        try await ServedProvider.serve { visited in
            try await visited.answer(kid: "one", signedBy: ES256PrivateKey())
            await #expect(throws: ProviderFault.tokenRefused(.issuer)) {
                try await visited.identity(issuer: "https://elsewhere.example.org")
            }
            #expect(visited.served.count("/token") == 0)
            #expect(try await visited.identity(issuer: visited.issuer).subject == "somebody")
        }
    }

    @Test(
        "Each refusal of the provider is told apart",
        arguments: [
            (400, #"{"error": "invalid_grant"}"#, ProviderFault.codeRefused("invalid_grant")),
            (401, #"{"error": "invalid_client"}"#, ProviderFault.clientRefused("invalid_client")),
            (400, #"{"error": "unauthorized_client"}"#, ProviderFault.clientRefused("unauthorized_client")),
            (503, "busy", ProviderFault.unreachable("it answered with the status 503")),
            (302, "", ProviderFault.unusableAnswer("302, no reason given")),
            (200, "{}", ProviderFault.unusableAnswer("it gives no ID token for the code")),
        ])
    func refusals(status: Int, body: String, fault: ProviderFault) async throws {
        try await ServedProvider.serve { visited in
            visited.served.state.withLock { state in
                state.tokenStatus = status
                state.tokenAnswer = Data(body.utf8)
            }
            await #expect(throws: fault) { try await visited.identity() }
        }
    }

    @Test("Nobody listening is said, not waited for")
    func nobody() async throws {
        let provider = IdentityProvider(
            try Provider(issuer: "http://127.0.0.1:9", clientIdentifier: "a", clientSecret: "b", name: "c"))
        await #expect {
            try await provider.address(
                for: ProviderVisit(state: "s", nonce: "n", verifier: "v"), returnAddress: "https://fund.example.org/back",
                now: .init(parsing: "2026-03-04T05:06:07Z"))
        } throws: {
            if case ProviderFault.unreachable = $0 { true } else { false }
        }
    }
}

extension Visited {
    /// Answers with a token that tells no address.
    fileprivate func answerWithoutEmail() async throws {
        let seconds = Int(now.microsecondsSince1970 / 1_000_000)
        let key = ES256PrivateKey()
        let values: [String: any Sendable] = [
            "iss": issuer, "sub": "somebody", "aud": "a client", "exp": seconds + 300, "iat": seconds, "nonce": "n",
        ]
        try await answer(kid: "two", signedBy: key)
        let payload = try JSONDecoder().decode(AnyClaims.self, from: JSONSerialization.data(withJSONObject: values))
        let token = try await JWTKeyCollection().add(ecdsa: key, kid: "two").sign(payload, kid: "two")
        let answer = try JSONSerialization.data(withJSONObject: ["id_token": token, "access_token": "a.token"])
        served.state.withLock { $0.tokenAnswer = answer }
    }
}
