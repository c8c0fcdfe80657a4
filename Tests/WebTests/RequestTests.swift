import HTML
import Testing

@testable import Web

@Suite("Reading a request")
struct RequestTests {
    @Test("every place is found again under its own address")
    func placesRoundTrip() {
        let places: [Place] = [
            .overview, .contributors, .contributor("germany"), .programmes, .programme("a-1"), .pipeline, .organizations,
            .organization("iom"),
            .countries, .country("MEX"), .thematicAreas, .thematicArea(3), .objectives, .localEngagement, .balance, .statements, .ledger,
            .figures,
            .terms, .documents, .brief, .data,
        ]
        for place in places { #expect(Place(segments: place.segments) == place) }
        for wrong in [
            ["nothing"], ["thematic-areas", "03"], ["thematic-areas", "x"], ["contributors", "a", "b"], ["balance", "x"], [""],
        ] {
            #expect(Place(segments: wrong) == nil, "\(wrong)")
        }
    }

    @Test("a query is the same however it is written, and what a page does not understand is left out")
    func normalized() throws {
        let first = try PageQuery(parsing: "utm=x&country=MEX&status=operational&area=", allowing: ProgrammeQuery.parameters)
        let second = try PageQuery(parsing: "status=operational&country=%4D%45X", allowing: ProgrammeQuery.parameters)
        #expect(first.normalized == second.normalized)
        #expect(first.normalized == "status=operational&country=MEX")
    }

    @Test("two queries never share a key, whatever their values hold")
    func keysDiffer() throws {
        let pairs = [
            ("memo&x=1", "memo%26x%3D1"), ("minimum-budget=1&maximum-budget=2", "minimum-budget=1%26maximum-budget%3D2"),
            ("status=K", "status=%E2%84%AA"), ("status=%C3%A9", "status=e%CC%81"),
        ]
        for (first, second) in pairs {
            let first = try PageQuery(parsing: first, allowing: ProgrammeQuery.parameters).normalized
            let second = try PageQuery(parsing: second, allowing: ProgrammeQuery.parameters).normalized
            #expect(Array(first.utf8) != Array(second.utf8) && first != second || (first.isEmpty && second.isEmpty))
        }
    }

    @Test("an id that only Unicode takes for another's is no id")
    func lookAlikes() {
        #expect(Place(segments: ["contributors", "\u{212A}-land"]) == nil)
        #expect(throws: Failure.self) { try RequestTarget("/funds/%E2%84%AA/contributors") }
        #expect(throws: Failure.self) { try PageQuery(parsing: "country=THA%26organization%3Dx", allowing: ProgrammeQuery.parameters) }
    }

    @Test("an address with a slash too many leads to the one without, with its query")
    func slash() throws {
        let target = try RequestTarget("/funds/river-towns/?as-of=2024-01-31")
        guard case .withoutSlash(let path) = target.route else { return #expect(Bool(false), "no redirect") }
        #expect(path + target.printableQuery == "/funds/river-towns?as-of=2024-01-31")
    }

    @Test(
        "what cannot be read is refused",
        arguments: [
            "as-of=banana", "as-of=", "as-of=2024", "as-of=2023-02-29", "as-of=2024-01-31&as-of=2024-01-31", "as-of=%ff", "%00=1", "a=%zz",
            "as-of=%",
            "known-at=2024-01-01T00:00:00Z", "page=0", "page=-1", "page=%D9%A1",
        ])
    func refused(query: String) {
        #expect(throws: Failure.self) { try PageQuery(parsing: query, allowing: [.page]) }
    }

    @Test(
        "gzip is sent to those who accept it",
        arguments: [
            ("gzip", true), ("deflate, gzip;q=0.5", true), ("*", true), ("gzip;q=0", false), ("gzip; q=0.000, *", false),
            ("identity", false), ("br", false),
        ])
    func encoding(header: String, accepted: Bool) {
        #expect(acceptsGzip(header) == accepted)
        #expect(!acceptsGzip(nil))
    }

    @Test("an entity tag is recognised in every way in which it may be sent back")
    func entityTags() {
        for header in ["\"a\"", "\"b\", \"a\"", "W/\"a\"", "*"] { #expect(matches(header, "\"a\""), "\(header)") }
        for header in ["\"b\"", "a", ""] { #expect(!matches(header, "\"a\""), "\(header)") }
    }
}

@Suite("Data in JSON and CSV")
struct ListingTests {
    @Test("a cell that a spreadsheet would run is prefixed, a negative number is not")
    func formulas() {
        let rows = ["=1+1", "+1", "@x", "-x", "\tx", "-5.25", "plain", "a,b", "a\"b"].map { Listing.Row(key: $0, values: [.string($0)]) }
        let csv = String(decoding: Listing(["value"], rows).csv, as: UTF8.self)
        #expect(csv == "value\r\n'=1+1\r\n'+1\r\n'@x\r\n'-x\r\n'\tx\r\n-5.25\r\nplain\r\n\"a,b\"\r\n\"a\"\"b\"\r\n")
    }

    @Test("a list is read part by part with its cursors, each row once")
    func cursors() throws {
        let listing = Listing(["n"], (0..<25).map { Listing.Row(key: "k\($0)", values: [.integer($0)]) })
        var cursor: String?
        var parts = 0
        var seen: [JSON] = []
        repeat {
            let json = try #require(listing.json(after: cursor, limit: 10) { $0 })
            guard case .object(let members) = json, case .array(let items) = members[0].value else { return }
            seen += items
            parts += 1
            if case .string(let next) = members[1].value { cursor = next } else { cursor = nil }
        } while cursor != nil
        #expect(parts == 3)
        #expect(seen.count == 25 && Set(seen).count == 25)
        #expect(listing.json(after: "unknown", limit: 10) { $0 } == nil)
    }

    @Test("control characters and quotation marks are escaped")
    func escaping() {
        #expect(String(decoding: JSON.string("a\"b\\c\u{1}\u{1F}é🌊").bytes, as: UTF8.self) == "\"a\\\"b\\\\c\\u0001\\u001fé🌊\"\n")
    }
}
