import HTTPTypes
import Testing

@testable import Web

@Suite("Where a request comes from, and where it may lead")
struct FormRequestTests {
    private func request(_ headers: [(String, String)], method: HTTPRequest.Method = .post, host: String? = "fund.example") throws
        -> HTTPRequest
    {
        var fields = HTTPFields()
        for (name, value) in headers { fields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value)) }
        return HTTPRequest(method: method, scheme: "http", authority: host, path: "/sign-in", headerFields: fields)
    }

    @Test(
        "a form of this site's own page passes",
        arguments: [
            [("Sec-Fetch-Site", "same-origin")], [("Sec-Fetch-Site", "none")], [("Sec-Fetch-Site", "same-origin"), ("Origin", "null")],
            [("Origin", "https://fund.example")], [("Origin", "http://fund.example")], [("Origin", "https://FUND.example:443")],
            [("Origin", "http://fund.example:80")],
        ])
    func own(headers: [(String, String)]) throws {
        let request = try request(headers)
        #expect(throws: Never.self) { try RequestOrigin.check(request) }
    }

    @Test(
        "a form of another site, and one that does not say whose it is, is refused with 403",
        arguments: [
            [], [("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")], [("Sec-Fetch-Site", "")],
            [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://fund.example")],
            [("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site")],
            [("Origin", "null")], [("Origin", "")], [("Origin", "https://")], [("Origin", "https://evil.example")],
            [("Origin", "https://fund.example.evil.example")], [("Origin", "https://fund.example:8443")],
            [("Origin", "https://fund.example:80")],
            [("Origin", "https://user@fund.example")], [("Origin", "https://fund.example/")], [("Origin", "ftp://fund.example")],
            [("Origin", "fund.example")], [("Origin", "https://fund.example"), ("Origin", "https://evil.example")],
            [("Origin", "https://fund.example, https://fund.example")], [("Origin", "https://fund.example"), ("Host", "fund.example")],
            [("Authorization", "Bearer abc")], [("Referer", "https://fund.example/")],
        ])
    func others(headers: [(String, String)]) throws {
        let request = try request(headers)
        let error = #expect(throws: Failure.self) { try RequestOrigin.check(request) }
        #expect(error?.status == .forbidden)
    }

    @Test("a port that does not go without saying counts, and so does a missing host")
    func ports() throws {
        let origin = [("Origin", "http://127.0.0.1:8080")]
        let own = try request(origin, host: "127.0.0.1:8080")
        #expect(throws: Never.self) { try RequestOrigin.check(own) }
        for host in ["127.0.0.1", "127.0.0.1:8081", "", nil] {
            let other = try request(origin, host: host)
            #expect(throws: Failure.self) { try RequestOrigin.check(other) }
        }
    }

    @Test("reading is never refused, and every other method is checked")
    func methods() throws {
        for method in [HTTPRequest.Method.get, .head, .options] {
            let request = try request([("Sec-Fetch-Site", "cross-site")], method: method)
            #expect(throws: Never.self) { try RequestOrigin.check(request) }
        }
        for method in [HTTPRequest.Method.put, .patch, .delete, .connect] {
            let request = try request([], method: method)
            #expect(throws: Failure.self) { try RequestOrigin.check(request) }
        }
    }

    @Test("a program with a bearer token passes where it may, but not a browser that sends a cookie along")
    func bearer() throws {
        let program = try request([("Authorization", "bearer abc")])
        #expect(throws: Never.self) { try RequestOrigin.check(program, allowsBearer: true) }
        let refused = [
            [("Authorization", "Bearer abc"), ("Cookie", "a=b")], [("Authorization", "Basic abc")], [("Authorization", "Bearer")],
            [("Authorization", "Bearer abc"), ("Sec-Fetch-Site", "cross-site")], [("Authorization", "Bearer abc"), ("Origin", "null")],
        ]
        for headers in refused {
            let request = try request(headers)
            #expect(throws: Failure.self, "\(headers)") { try RequestOrigin.check(request, allowsBearer: true) }
        }
    }

    @Test(
        "after signing in people are sent to a place of this site",
        arguments: [
            "/", "/desk", "/funds/river-towns/programmes?status=operational&q=a+b%20c", "/a/", "/%C3%A9t%C3%A9", "/a.b/c-d_e~f", "/a?b=//c",
            "/...",
        ])
    func returns(path: String) {
        #expect(SafeReturnPath(path)?.text == path)
    }

    @Test(
        "and never to another",
        arguments: [
            "", "desk", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
            "javascript:alert(1)",
            "/a//b", "/./a", "/a/..", "/%2E%2e/a", "/%2F/evil.example", "/%5Cevil.example", "/a%00", "/a%0D%0ASet-Cookie:x", "/a\r\nb",
            "/a b",
            "/\t/evil.example", "/é", "/a#b", "/%", "/%zz", "/a?%FF", "/a?b=\"", "/<x>", " /a", "/a?%00", "/%C2%85", "@evil.example",
            "/" + String(repeating: "a", count: 1_000),
        ])
    func leavesNot(path: String) {
        #expect(SafeReturnPath(path) == nil)
    }

    @Test("no return place is none")
    func noReturn() { #expect(SafeReturnPath(nil) == nil) }
}

@Suite("Cookies")
struct CookieTests {
    @Test("a cookie is found by its name, whatever else is sent with it")
    func found() {
        let jar = CookieJar(["a=1; __Host-session=x-y_z.0==;b=2", "c=3"])
        #expect(jar[SetCookie.name("session")] == "x-y_z.0==")
        #expect(jar["a"] == "1" && jar["b"] == "2" && jar["c"] == "3" && jar["d"] == nil && jar["A"] == nil)
    }

    @Test(
        "what is no cookie is passed over",
        arguments: ["", ";;", "=", "=x", "novalue", "a b=1", "a=\"1\"", "a=1 2", "a=é", "é=1", "a=1,2", "a=\u{0}"])
    func unreadable(header: String) {
        let jar = CookieJar([header, "good=1"])
        #expect(jar["good"] == "1" && jar["a"] == nil && jar[""] == nil)
    }

    @Test("a cookie that came with two values is none: one of them somebody else has set")
    func ambiguous() {
        let jar = CookieJar(["s=1; t=1; t=1", "s=2; s=1"])
        #expect(jar["s"] == nil && jar["t"] == "1")
    }

    @Test("a flood of cookies is read to its limits")
    func flood() {
        let jar = CookieJar([(0..<5_000).map { "c\($0)=1" }.joined(separator: "; ")])
        #expect(jar["c0"] == "1" && jar["c4999"] == nil)
        #expect(CookieJar(["a=\(String(repeating: "1", count: 5_000))"])["a"] == nil)
    }

    @Test("a cookie is set for this host alone, over TLS, out of the reach of scripts and other sites")
    func set() throws {
        let cookie = try #require(SetCookie("session", value: "abc", maximumAge: 3_600))
        #expect(cookie.headerValue == "__Host-session=abc; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax")
        #expect(SetCookie("s", value: "a", maximumAge: nil)?.headerValue == "__Host-s=a; Path=/; Secure; HttpOnly; SameSite=Lax")
        #expect(SetCookie.forgetting("s")?.headerValue == "__Host-s=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax")
        for bad in ["a;b", "a b", "a,b", "a\r\nX: y", "a\"", "é"] { #expect(SetCookie("s", value: bad, maximumAge: nil) == nil) }
        for bad in ["", "a b", "a=b", "a;b", "é"] { #expect(SetCookie(bad, value: "x", maximumAge: nil) == nil) }
    }
}
