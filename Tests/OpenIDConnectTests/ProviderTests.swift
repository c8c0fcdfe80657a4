import Foundation
import Testing

@testable import OpenIDConnect

@Suite("An identity provider")
struct ProviderTests {
    private let signing: SigningProvider

    init() throws { signing = try SigningProvider() }

    @Test(
        "The description of another issuer is refused, if only a slash differs",
        arguments: ["https://elsewhere.example.org", SigningProvider.issuer + "/"])
    func otherIssuer(issuer: String) {
        unusable(["issuer": issuer])
    }

    @Test(
        "A provider on the Internet names no address without TLS, nor one within this machine",
        arguments: ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"])
    func addresses(name: String) {
        unusable([name: "http://identity.example.org/x"])
        unusable([name: "http://127.0.0.1/x"])
        unusable([name: "file:///etc/passwd"])
    }

    @Test("A provider that signs by no algorithm with a private key is refused")
    func algorithms() throws {
        unusable(["id_token_signing_alg_values_supported": ["HS256", "none"]])
        #expect(try signing.describing(["id_token_signing_alg_values_supported": ["HS256", "RS256"]]).algorithms == [.rs256])
        #expect(try signing.describing(["id_token_signing_alg_values_supported": nil]).algorithms.isEmpty == false)
    }

    @Test("The secret goes in the head unless the provider takes it in the form alone")
    func clientAuthentication() throws {
        let name = "token_endpoint_auth_methods_supported"
        #expect(try signing.description.clientAuthentication == .basic)
        #expect(try signing.describing([name: ["client_secret_post", "client_secret_basic"]]).clientAuthentication == .basic)
        #expect(try signing.describing([name: ["client_secret_post"]]).clientAuthentication == .post)
        unusable([name: ["private_key_jwt"]])
    }

    @Test("The challenge is the one that the standard's example gives")
    func challenge() {
        // RFC 7636, appendix B.
        let visit = ProviderVisit(state: "", nonce: "", verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(visit.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test("Settings that cannot be meant are refused, and the secret is never shown")
    func settings() throws {
        #expect(throws: ProviderSettingFault.issuer("http://identity.example.org")) {
            try Provider(issuer: "http://identity.example.org", clientIdentifier: "a", clientSecret: "b", name: "c")
        }
        #expect(throws: ProviderSettingFault.client) {
            try Provider(issuer: SigningProvider.issuer, clientIdentifier: "a", clientSecret: "", name: "c")
        }
        #expect(throws: ProviderSettingFault.name) {
            try Provider(issuer: SigningProvider.issuer, clientIdentifier: "a", clientSecret: "b", name: "c\nd")
        }
        var shown = ""
        dump(signing.provider, to: &shown)
        #expect(!(shown + "\(signing.provider)" + String(reflecting: signing.provider)).contains("hush"))
    }

    private func unusable(_ changing: [String: Any?], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(sourceLocation: sourceLocation) { try signing.describing(changing) } throws: { error in
            if case ProviderFault.unusableDescription = error { true } else { false }
        }
    }
}
