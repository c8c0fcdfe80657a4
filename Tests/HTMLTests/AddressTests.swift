import HTML
import Testing

@Suite("A page links only where a link may lead")
struct AddressTests {
    @Test(
        "what could run, mislead or leave the site unseen is refused",
        arguments: [
            "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://example.org", "blob:x", "x:y", ":x", "", " ", "a b", "\u{7F}",
            "a\u{0}b",
            "//example.org", "//example.org/x", "\\\\example.org", "/\\example.org", "\\/example.org", "https:\\\\example.org",
            "https:example.org",
            "https:/example.org", "https://", "https:///example.org", "http://user@example.org", "https://un.org@evil.example/",
            "http://u:p@h/",
            "https://exämple.org", "https://?x", "https://:80", "mailto:nobody", "javascript&colon;alert(1)://x:y" + " ",
            "jav%61script:alert(1)",
            "javascript\u{3A}alert(1)", "https://a%2Fb/",
        ])
    func refused(text: String) {
        #expect(Address(text) == nil)
    }

    @Test(
        "what leads somewhere honest is kept, with what may not stand there percent-encoded",
        arguments: [
            ("https://example.org", "https://example.org"), ("HTTPS://Example.org/A?b=c#d", "https://Example.org/A?b=c#d"),
            ("http://localhost:8080/x", "http://localhost:8080/x"), ("http://[::1]/", "http://[::1]/"),
            ("https://example.org/été?q=ñ#ü", "https://example.org/%C3%A9t%C3%A9?q=%C3%B1#%C3%BC"),
            ("mailto:office@example.org", "mailto:office@example.org"),
            ("/programmes/1", "/programmes/1"), ("programmes", "programmes"), ("../x", "../x"), ("?page=2", "?page=2"), ("#top", "#top"),
            ("/a?time=10:30", "/a?time=10:30"), ("/a%20b%zz%", "/a%20b%25zz%25"), ("/a\"b<c>`{|}^[]", "/a%22b%3Cc%3E%60%7B%7C%7D%5E%5B%5D"),
            ("/a#b#c", "/a#b%23c"),
            ("/a//b", "/a//b"), ("./a:b", "./a:b"),
        ])
    func kept(text: String, address: String) {
        #expect(Address(text)?.text == address)
    }

    @Test("a path and a query are encoded part by part")
    func encoding() {
        #expect(Address(path: "/programmes/Niger: phase 2").text == "/programmes/Niger:%20phase%202")
        #expect(Address(path: "/a?b#c%20\\").text == "/a%3Fb%23c%2520%5C")
        #expect(Address(path: "/find", query: [("q", "a&b=c +é"), ("page", "2")]).text == "/find?q=a%26b%3Dc%20%2B%C3%A9&page=2")
        #expect(Address(path: "", query: [("sort", "name")]).text == "?sort=name")
        #expect(Address(path: "/x", fragment: "row 1").text == "/x#row%201")
        #expect(Address(fragment: "contributors").text == "#contributors")
        #expect(Address(path: "/", query: [("at", "2024-01-31")]).text == "/?at=2024-01-31")
    }

    @Test("a path never becomes a host or a scheme")
    func pathsStay() {
        #expect(Address(path: "//evil.example/x").text == "/evil.example/x")
        #expect(Address(path: "javascript:alert(1)").text == "./javascript:alert(1)")
        #expect(Address(path: "\\\\evil.example").text == "%5C%5Cevil.example")
        #expect(Address(segments: ["", "evil.example"]).text == "/evil.example")
        #expect(Address(segments: ["a/b", "..", ".", "c?d", "é\u{301}"]).text == "/a%2Fb/c%3Fd/%C3%A9%CC%81")
        #expect(Address(segments: []).text == "/")
        for text in ["//evil.example/x", "javascript:alert(1)", "/x y", "\u{1}"] {
            #expect(Address(Address(path: text).text) == Address(path: text), "an address made from a path is one that may be linked to")
        }
    }

    @Test("an address is escaped in the page")
    func escaping() {
        #expect(a(.href(Address(path: "/x", query: [("a", "1"), ("b", "2")]))).rendered() == #"<a href="/x?a=1&amp;b=2"></a>"#)
    }
}
