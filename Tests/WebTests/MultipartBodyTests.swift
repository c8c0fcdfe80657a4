import HTTPTypes
import Testing

@testable import Web

@Suite("A form with files that was sent is read, or refused whole")
struct MultipartBodyTests {
    private static let contentType = "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW"
    private static let boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW"

    /// A body as browsers write it, from the headers and content of each part.
    private static func body(_ parts: [(headers: String, content: [UInt8])], boundary: String = boundary) -> [UInt8] {
        parts.flatMap { Array("--\(boundary)\r\n\($0.headers)\r\n\r\n".utf8) + $0.content + Array("\r\n".utf8) }
            + Array("--\(boundary)--\r\n".utf8)
    }

    private static func body(disposition: String) -> [UInt8] {
        body([("Content-Disposition: \(disposition)", Array("x".utf8))])
    }

    private static let valid = body([
        ("Content-Disposition: form-data; name=\"title\"", Array("Concept\r\nnote".utf8)),
        (
            "Content-Disposition: form-data; name=\"papers\"; filename=\"annexes/budget %22final%22.csv\"\r\nContent-Type: text/csv",
            Array("a,b\r\n--\r\n------WebKitFormBoundary7MA4YWxkTrZu0g\r\n".utf8) + [0, 255, 13]
        ),
        ("content-disposition:form-data; name=papers; filename=b.pdf; ", []),
        ("Content-Disposition: form-data; name=\"none\"; filename=\"\"\r\nContent-Type: application/octet-stream", []),
    ])

    private func read(_ bytes: [UInt8], _ contentType: String = contentType, limits: MultipartBody.Limits = .init()) throws -> MultipartBody
    {
        try MultipartBody(parsing: bytes, contentType: contentType, limits: limits)
    }

    @Test("fields and files come as they were sent: names with their folder, bytes untouched")
    func valid() throws {
        let body = try read(Self.valid)
        #expect(body.pairs == [NamedValue(name: "title", value: "Concept\nnote")])
        #expect(body.files.map(\.fileName) == ["annexes/budget \"final\".csv", "b.pdf"])
        #expect(body.files.map(\.contentType) == ["text/csv", nil])
        #expect(body.files("papers").count == 2 && body.files("none").isEmpty)
        #expect(Array(body.files[0].bytes) == Array("a,b\r\n--\r\n------WebKitFormBoundary7MA4YWxkTrZu0g\r\n".utf8) + [0, 255, 13])
        #expect(body.files[1].bytes.isEmpty)
    }

    @Test("a body that is cut off anywhere is refused")
    func truncated() {
        // Only the last line's end may be missing, which ends nothing.
        for length in 0..<(Self.valid.count - 2) {
            let error = #expect(throws: Failure.self) { try read(Array(Self.valid.prefix(length))) }
            #expect(error?.status == .badRequest, "\(length) bytes")
        }
        #expect(throws: Failure.self) { try read(Array(Self.valid.dropLast())) }
        #expect(throws: Never.self) { try read(Array(Self.valid.dropLast(2))) }
    }

    @Test("what stands before the first or after the last boundary is refused")
    func around() {
        #expect(throws: Failure.self) { try read(Array("\r\n".utf8) + Self.valid) }
        #expect(throws: Failure.self) { try read(Array("preamble\r\n".utf8) + Self.valid) }
        #expect(throws: Failure.self) { try read(Self.valid + [0]) }
    }

    @Test("a form without a field is a form")
    func empty() throws {
        #expect(try read(Self.body([])).pairs.isEmpty)
    }

    @Test("no bytes whatever bring the reading down")
    func anything() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<3_000 {
            var bytes = Self.valid
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: Array("\r\n\r\n".utf8).prefix(Int.random(in: 1...4, using: &random)), at: place)
                }
            }
            _ = try? read(bytes)
        }
        for _ in 0..<1_000 {
            _ = try? read((0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    @Test(
        "a part that says something else than browsers do is refused",
        arguments: [
            "form-data", "form-data; name=", "form-data; name=\"\"", "form-data; name=\"a", "attachment; name=\"a\"", "form-data; name=a b",
            "form-data; name=\"a\"; name=\"b\"", "form-data; name=\"a\"; filename=\"x\"; FILENAME=\"y\"", "form-data; name=\"a\\\"b\"",
            "form-data; name=\"a\"; filename*=UTF-8''x", "form-data; name=\"a%0D%0Ab\"", "form-data; name=\"a\"; filename=\"x%0Ay\"",
            "form-data; name=\"a\"; filename=\"\u{1}\"", "form-data; name=\"a\"; filename=\"\u{85}\"", "form-data; name=\"\u{7F}\"",
            "form-data; name=\"a\"\r\n folded=1", "form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"",
            "form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=y",
            "form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64", "form-data; name=\"a\"\r\nno colon",
            "form-data; name=\"a\"\r\n: x",
        ])
    func refused(disposition: String) {
        let error = #expect(throws: Failure.self) { try read(Self.body(disposition: disposition)) }
        #expect(error?.status == .badRequest)
    }

    @Test("a zero byte and what is not UTF-8 are refused in names and in values, not in files")
    func bytes() throws {
        for bad: [UInt8] in [[0], [255]] {
            let inName =
                Array("--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"".utf8) + bad
                + Array("\"\r\n\r\nx\r\n--\(Self.boundary)--\r\n".utf8)
            #expect(throws: Failure.self) { try read(inName) }
            #expect(throws: Failure.self) { try read(Self.body([("Content-Disposition: form-data; name=\"a\"", bad)])) }
            #expect(try read(Self.body([("Content-Disposition: form-data; name=\"a\"; filename=\"f\"", bad)])).files.count == 1)
        }
    }

    @Test(
        "the boundary is read as RFC 2046 has it, and a request without one is refused",
        arguments: [
            ("multipart/form-data; boundary=x", true), ("Multipart/Form-Data; charset=utf-8; Boundary=\"x y\"", true),
            ("multipart/form-data; boundary=\(String(repeating: "b", count: 70))", true),
            ("multipart/form-data; boundary=\(String(repeating: "b", count: 71))", false),
            ("multipart/form-data", false), ("multipart/form-data; boundary=\"\"", false), ("multipart/form-data; boundary=\"x \"", false),
            ("multipart/form-data; boundary=\"x;y\"", false), ("multipart/form-data; boundary=a; boundary=b", false),
            ("multipart/mixed; boundary=x", false), ("application/x-www-form-urlencoded", false), ("", false), ("text/plain", false),
        ])
    func boundaries(contentType: String, isRead: Bool) {
        #expect(((try? MultipartBody.boundary(in: contentType)) != nil) == isRead)
    }

    @Test("another content type is answered with 415, and says so")
    func mediaType() {
        #expect(#expect(throws: Failure.self) { try read(Self.valid, "text/plain") }?.status == .unsupportedMediaType)
    }

    @Test("each limit holds at the last that is allowed and at the first that is not")
    func limits() throws {
        func limited(_ change: (inout MultipartBody.Limits) -> Void) -> MultipartBody.Limits {
            var limits = MultipartBody.Limits()
            change(&limits)
            return limits
        }
        let count = Self.valid.count
        let cases: [(allowed: MultipartBody.Limits, refused: MultipartBody.Limits, status: Int)] = [
            (limited { $0.bytes = count }, limited { $0.bytes = count - 1 }, 413),
            (limited { $0.parts = 4 }, limited { $0.parts = 3 }, 400),
            (limited { $0.valueBytes = 13 }, limited { $0.valueBytes = 12 }, 413),
            (limited { $0.nameBytes = 6 }, limited { $0.nameBytes = 5 }, 400),
            (limited { $0.fileBytes = 52 }, limited { $0.fileBytes = 40 }, 413),
            (limited { $0.headerBytes = 115 }, limited { $0.headerBytes = 80 }, 400),
        ]
        for (index, limits) in cases.enumerated() {
            #expect(throws: Never.self, "\(index)") { try read(Self.valid, limits: limits.allowed) }
            let error = #expect(throws: Failure.self, "\(index)") { try read(Self.valid, limits: limits.refused) }
            #expect(error?.status.code == limits.status, "\(index)")
        }
    }

    @Test("a file that is nothing but the beginnings of boundaries is read to its end")
    func nearMisses() throws {
        let content = Array(String(repeating: "\r\n--\(Self.boundary.dropLast())", count: 20_000).utf8)
        let body = try read(Self.body([("Content-Disposition: form-data; name=\"a\"; filename=\"f\"", content)]))
        #expect(body.files[0].bytes.count == content.count)
    }
}
