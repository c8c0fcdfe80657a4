import HTTPTypes
import Testing

@testable import Web

@Suite("A form that was sent is read, or refused whole")
struct FormBodyTests {
    private func read(_ text: String, limits: FormBody.Limits = .init()) throws -> [NamedValue] {
        try FormBody(parsing: Array(text.utf8), limits: limits).pairs
    }

    @Test("fields come in the order in which they were sent, decoded as browsers encode them")
    func order() throws {
        let form = try FormBody(parsing: Array("b=2&a=1+%2B+1&b=%C3%A9&empty=&bare&c=x=y&&".utf8))
        #expect(form.pairs.map(\.name) == ["b", "a", "b", "empty", "bare", "c"])
        #expect(form.first("b") == "2" && form.all("b") == ["2", "é"])
        #expect(form.first("a") == "1 + 1")
        #expect(form.first("empty") == "" && form.first("bare") == "" && form.first("c") == "x=y")
        #expect(form.first("nothing") == nil && form.all("nothing") == [])
        #expect(try read("") == [])
    }

    @Test("a name that only Unicode takes for another's is another name")
    func lookAlikes() throws {
        #expect(try FormBody(parsing: Array("%E2%84%AA=1".utf8)).first("K") == nil)
    }

    @Test("line breaks are line feeds however they were sent, so that a text read back is the text that was typed")
    func lines() throws {
        #expect(try read("t=a%0D%0Ab%0Dc%0Ad%0D%0A%0D%0A")[0].value.utf8.elementsEqual("a\nb\nc\nd\n\n".utf8))
    }

    @Test(
        "what cannot be read is refused with 400",
        arguments: ["a=%", "a=%4", "a=%zz", "%=1", "a=%FF", "a=%C3", "%FF=1", "a=%00", "%00=1", "a=%ED%A0%80", "a=\u{0}"])
    func unreadable(body: String) {
        let error = #expect(throws: Failure.self) { try read(body) }
        #expect(error?.status == .badRequest)
    }

    @Test("each limit holds at the last that is allowed and at the first that is not")
    func limits() throws {
        let limits = FormBody.Limits(bytes: 20, fields: 3, nameBytes: 4)
        #expect(try read("abcd=1&b=2&c=3", limits: limits).count == 3)
        #expect(try read("a=345678901234567890", limits: limits).count == 1)
        #expect(#expect(throws: Failure.self) { try read("a=3456789012345678901", limits: limits) }?.status == .contentTooLarge)
        #expect(#expect(throws: Failure.self) { try read("a=1&b=2&c=3&d=4", limits: limits) }?.status == .badRequest)
        #expect(#expect(throws: Failure.self) { try read("abcde=1", limits: limits) }?.status == .badRequest)
    }

    @Test("no bytes whatever bring the reading down")
    func anything() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random) : Array("%=&+0aF".utf8).randomElement(using: &random) ?? 0
            }
            _ = try? FormBody(parsing: bytes)
        }
    }

    @Test("a limit is said in the unit in which it is round")
    func sizes() {
        #expect(byteSize(34 * 1024 * 1024) == "34 MiB" && byteSize(65_536) == "64 KiB" && byteSize(1_000) == "1000 B")
    }
}
