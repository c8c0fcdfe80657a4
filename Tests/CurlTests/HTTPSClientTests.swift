import Curl
import Foundation
import Testing

@Suite("A server is asked within limits, and answers only for itself")
struct HTTPSClientTests {
    private struct Question: Decodable {
        let method: String
        let headers: [String: String]
        let body: String?
    }

    @Test("what the server answers is given as it is: status, type and bytes")
    func answers() async throws {
        let web = try ServerOfTest("web_server.py")
        let response = try await HTTPSClient().get("http://127.0.0.1:\(web.port)/x?y=z", accept: "application/jwk-set+json")
        #expect(response.status == 200)
        #expect(response.contentType == "application/json; charset=utf-8")
        let question = try JSONDecoder().decode(Question.self, from: Data(response.body))
        #expect(question.method == "GET")
        #expect(question.headers["accept"] == "application/jwk-set+json")
        #expect(question.headers["authorization"] == nil)
        #expect(try await HTTPSClient().get("http://localhost:\(web.port)/absent").status == 404)
    }

    @Test("a form arrives as it was filled in, with the client's name and secret as OAuth encodes them")
    func forms() async throws {
        let web = try ServerOfTest("web_server.py")
        let response = try await HTTPSClient().post(
            "http://127.0.0.1:\(web.port)/token",
            form: [("code", "a b&c=d+é"), ("empty", ""), ("long", String(repeating: "x", count: 5_000))],
            basicAuthentication: HTTPSClient.Credentials(clientIdentifier: "fund:1", clientSecret: "s e"))
        let question = try JSONDecoder().decode(Question.self, from: Data(response.body))
        #expect(question.method == "POST")
        #expect(question.body == "code=a+b%26c%3Dd%2B%C3%A9&empty=&long=" + String(repeating: "x", count: 5_000))
        #expect(question.headers["content-type"] == "application/x-www-form-urlencoded")
        #expect(question.headers["authorization"] == "Basic " + Data("fund%3A1:s+e".utf8).base64EncodedString())
        #expect(question.headers["expect"] == nil)
    }

    @Test("a redirect is told and not followed")
    func redirects() async throws {
        let web = try ServerOfTest("web_server.py")
        let response = try await HTTPSClient().get("http://127.0.0.1:\(web.port)/redirect")
        #expect(response.status == 302)
        #expect(response.body == Array("elsewhere".utf8))
    }

    @Test("a mebibyte is taken, and not a byte more, declared or not, nor headers without end", arguments: ["large", "endless", "headers"])
    func large(path: String) async throws {
        let web = try ServerOfTest("web_server.py")
        #expect(try await HTTPSClient().get("http://127.0.0.1:\(web.port)/full").body.count == 1024 * 1024)
        await #expect(throws: HTTPSFailure.tooLarge) { try await HTTPSClient().get("http://127.0.0.1:\(web.port)/\(path)") }
    }

    @Test("a server that answers drop by drop, or not at all, is given up")
    func slow() async throws {
        let web = try ServerOfTest("web_server.py")
        let silence = try SilentServer()
        let client = HTTPSClient(limits: HTTPSClient.Limits(total: .milliseconds(500)))
        for port in [web.port, silence.port] {
            await #expect(throws: HTTPSFailure.tooSlow) { try await client.get("http://127.0.0.1:\(port)/slow") }
        }
    }

    @Test("a question is given up at its deadline, if its limits would allow more, and not asked at all after it")
    func deadlines() async throws {
        let silence = try SilentServer()
        let client = HTTPSClient(limits: HTTPSClient.Limits(total: .seconds(600)))
        for wait in [Duration.milliseconds(300), .zero, .seconds(-1)] {
            await #expect(throws: HTTPSFailure.tooSlow) {
                try await client.get("http://127.0.0.1:\(silence.port)/", until: .now + wait)
            }
        }
    }

    @Test("a bearer token is shown to the server that it is for; one that would end its line is shown to none")
    func bearerToken() async throws {
        let web = try ServerOfTest("web_server.py")
        let address = "http://127.0.0.1:\(web.port)/"
        let response = try await HTTPSClient().get(address, bearerToken: "a.token")
        let question = try JSONDecoder().decode(Question.self, from: Data(response.body))
        #expect(question.headers["authorization"] == "Bearer a.token")
        await #expect(throws: HTTPSFailure.self) { try await HTTPSClient().get(address, bearerToken: "a\r\nX-Other: b") }
    }

    @Test("a server is asked over TLS only if its certificate is trusted and is for its name")
    func certificates() async throws {
        let own = try CertificateOfTest()
        let web = try ServerOfTest("web_server.py", [own.certificate, own.key])
        #expect(try await HTTPSClient(certificateFile: own.certificate).get("https://localhost:\(web.port)/").status == 200)
        let others = try CertificateOfTest(for: "DNS:id.example.org")
        let other = try ServerOfTest("web_server.py", [others.certificate, others.key])
        for (port, file) in [(web.port, nil), (other.port, others.certificate)] {
            do {
                _ = try await HTTPSClient(certificateFile: file).get("https://localhost:\(port)/")
                Issue.record("it was trusted")
            } catch {
                guard case .unreachable = error else {
                    Issue.record("\(error)")
                    return
                }
            }
        }
    }

    @Test("a server that is not there, or does not speak TLS, is said to be unreachable")
    func unreachable() async throws {
        let web = try ServerOfTest("web_server.py")
        for address in ["https://127.0.0.1:\(web.port)/", "http://127.0.0.1:1/"] {
            do {
                _ = try await HTTPSClient().get(address)
                Issue.record("\(address) answered")
            } catch {
                guard case .unreachable = error else {
                    Issue.record("\(address): \(error)")
                    return
                }
            }
        }
    }

    @Test(
        "only https is spoken, and http within this machine",
        arguments: [
            "http://example.org/", "http://127.0.0.1.example.org/", "http://localhost.example.org/", "http://10.0.0.1/", "ftp://127.0.0.1/",
            "file:///etc/passwd", "https://user@example.org/", "https://user:word@example.org/", "https://a@b@example.org/",
            "https://example.org/#x", "https://example.org/\r\nX: y", "https://example.org/a b", "//example.org/", "example.org", "",
            "https://", "https:///x", "gopher://127.0.0.1/", "https://example.org/\u{0}",
        ])
    func refused(address: String) async {
        #expect(!HTTPSClient.mayAsk(address))
        await #expect(throws: HTTPSFailure.refusedAddress) { try await HTTPSClient().get(address) }
    }

    @Test("https anywhere and http within this machine may be asked")
    func allowed() {
        for address in [
            "https://id.example.org/.well-known/openid-configuration", "http://localhost:80/x", "http://[::1]/", "http://127.0.0.2",
        ] {
            #expect(HTTPSClient.mayAsk(address))
        }
    }
}
