import Foundation
import Hummingbird
import JWTKit
import Ledger
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Testing

@testable import OpenIDConnect

/// A provider that answers over HTTP on this machine, as each test tells it to.
final class ServedProvider: HTTPResponder, Sendable {
    typealias Context = BasicRequestContext

    struct State {
        var issuer = ""
        /// What is changed of the description.
        var description: [String: any Sendable] = [:]
        var keys = Data()
        var tokenStatus = 200
        var tokenAnswer = Data()
        var userInformation = Data()
        /// How often each path was asked for.
        var counts: [String: Int] = [:]
        var lastForm = ""
        /// What each path was last asked with.
        var authorizations: [String: String] = [:]
    }

    let state = Mutex(State())

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let body = try await request.body.collect(upTo: 64 * 1024)
        let (status, answer) = state.withLock { state -> (Int, Data) in
            state.counts[request.uri.path, default: 0] += 1
            state.authorizations[request.uri.path] = request.headers[.authorization] ?? ""
            switch request.uri.path {
            case "/.well-known/openid-configuration": return (200, Self.description(state))
            case "/keys": return (200, state.keys)
            case "/token":
                state.lastForm = String(buffer: body)
                return (state.tokenStatus, state.tokenAnswer)
            case "/userinfo": return (200, state.userInformation)
            default: return (404, Data())
            }
        }
        return Response(
            status: .init(code: status), headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer)))
    }

    private static func description(_ state: State) -> Data {
        var fields: [String: any Sendable] = [
            "issuer": state.issuer, "authorization_endpoint": state.issuer + "/authorize", "token_endpoint": state.issuer + "/token",
            "jwks_uri": state.issuer + "/keys", "id_token_signing_alg_values_supported": ["ES256"],
        ]
        fields.merge(state.description) { $1 }
        return (try? JSONSerialization.data(withJSONObject: fields)) ?? Data()
    }

    func count(_ path: String) -> Int { state.withLock { $0.counts[path] ?? 0 } }

    /// Serves while `body` runs.
    static func serve(_ body: @escaping @Sendable (Visited) async throws -> Void) async throws {
        let served = ServedProvider()
        var quiet = Logger(label: "served")
        quiet.logLevel = .critical
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            responder: served, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in listening.yield(channel.localAddress?.port ?? 0) }, logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            guard let port = await ports.first(where: { _ in true }) else { return }
            let issuer = "http://127.0.0.1:\(port)"
            served.state.withLock { $0.issuer = issuer }
            try await body(try Visited(served: served, issuer: issuer))
            group.cancelAll()
            // Whatever the server says about being stopped is no fault of the test.
            while let _ = await group.nextResult() {}
        }
    }
}

/// A served provider, and what asks it.
struct Visited: Sendable {
    let served: ServedProvider
    let provider: IdentityProvider
    let issuer: String
    let visit = ProviderVisit(state: "s", nonce: "n", verifier: String(repeating: "v", count: 43))
    let now: Instant

    init(served: ServedProvider, issuer: String) throws {
        self.served = served
        self.issuer = issuer
        provider = IdentityProvider(try Provider(issuer: issuer, clientIdentifier: "a client", clientSecret: "a:secret", name: "Example"))
        now = try Instant(parsing: "2026-03-04T05:06:07Z")
    }

    /// Publishes a key and answers with a token signed with it.
    func answer(kid: String, signedBy key: ES256PrivateKey, publishing: Bool = true, claims: [String: any Sendable] = [:]) async throws {
        let seconds = Int(now.microsecondsSince1970 / 1_000_000)
        var values: [String: any Sendable] = [
            "iss": issuer, "sub": "somebody", "aud": "a client", "exp": seconds + 300, "iat": seconds, "nonce": "n",
            "email": "officer@example.org", "email_verified": true,
        ]
        for (name, value) in claims { values[name] = value }
        let payload = try JSONDecoder().decode(AnyClaims.self, from: JSONSerialization.data(withJSONObject: values))
        let token = try await JWTKeyCollection().add(ecdsa: key, kid: JWKIdentifier(string: kid)).sign(
            payload, kid: JWKIdentifier(string: kid))
        let point = try #require(key.publicKey.parameters)
        let entry = ["kty": "EC", "kid": kid, "crv": "P-256", "x": urlText(point.x), "y": urlText(point.y)]
        let keys = try JSONSerialization.data(withJSONObject: ["keys": [entry]])
        let answer = try JSONSerialization.data(withJSONObject: ["id_token": token, "access_token": "a.token"])
        served.state.withLock { state in
            if publishing { state.keys = keys }
            state.tokenAnswer = answer
        }
    }

    func identity(at instant: Instant? = nil, issuer: String? = nil) async throws -> ProviderIdentity {
        try await provider.identity(
            code: "a code", issuer: issuer, for: visit, returnAddress: "https://fund.example.org/back", now: instant ?? now)
    }

    func later(seconds: Int64) throws -> Instant { try Instant(microsecondsSince1970: now.microsecondsSince1970 + seconds * 1_000_000) }
}
