import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Publications
import Synchronization
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("While the record does not answer")
struct OutageTests {
    private static let overview = "/funds/river-towns"
    private static let contributors = "/funds/river-towns/contributors"

    @Test("pages that were made are shown on with their age, in every form, and others are refused for a while")
    func outage() async throws {
        let site = try await SharedSite()
        let paths = [Self.overview, "\(Self.overview).json", "\(Self.contributors).csv", "/api/v1/funds/river-towns/figures"]
        var fresh: [String: SharedSite.Answer] = [:]
        for path in paths {
            let answer = try await site.get(path)
            #expect(answer.status == 200 && answer.headers[.age] == nil && !answer.text.contains("role=\"status\""))
            fresh[path] = answer
        }
        await site.breakDown()
        for path in paths {
            let (before, answer) = (try #require(fresh[path]), try await site.get(path))
            #expect(answer.status == 200)
            #expect(answer.headers[.age].flatMap { Int($0) } != nil)
            guard path == Self.overview else {
                #expect(answer.text == before.text)
                continue
            }
            let said = "The record has not answered since 09:00 UTC on 1\u{A0}February 2024. This page shows what was known then."
            let notice = "<p class=\"notice\" role=\"status\">\(said)</p>"
            let plain = notice.replacing("\u{A0}", with: " ")
            let text = answer.text.replacing("\u{A0}", with: " ")
            #expect(text.contains("<main id=\"main\">\(plain)"))
            #expect(text.replacing(plain, with: "") == before.text.replacing("\u{A0}", with: " "))
            let tag = try #require(answer.headers[.eTag])
            #expect(tag != before.headers[.eTag])
            #expect(try await site.get(path, [.ifNoneMatch: tag]).status == 304)
            let old = try #require(before.headers[.eTag])
            #expect(try await site.get(path, [.ifNoneMatch: old]).status == 200)
        }
        // Made of what this server holds in memory, or not at all.
        let other = try await site.get("/funds/river-towns/ledger")
        #expect(other.status == 503)
        #expect(other.headers[.retryAfter] == "5")
        #expect(other.text.contains("The record does not answer at the moment"))
        #expect(try await site.get("/funds/river-towns/ledger.json").headers[.contentType] == "application/problem+json")
        #expect(try await site.get("/funds/elsewhere").status == 503)
        #expect(try await site.get("/funds/river-towns/nothing").status == 404)

        #expect(try await site.get("/health/ready").status == 503)
        #expect(try await site.get("/health/live").status == 200)
        #expect(try await site.get("/api/v1/funds").headers[.age] != nil)

        try await site.comeBack()
        for path in paths {
            let (before, answer) = (try #require(fresh[path]), try await site.get(path))
            #expect(answer.text == before.text)
            #expect(answer.headers == before.headers)
        }
        #expect(try await site.get("/funds/river-towns/ledger").status == 200)
        #expect(try await site.get("/health/ready").status == 200)
    }

    @Test("a compressed page has the notice too")
    func compressed() async throws {
        let site = try await SharedSite()
        let before = try await site.get(Self.overview, [.acceptEncoding: "gzip"])
        await site.breakDown()
        let answer = try await site.get(Self.overview, [.acceptEncoding: "gzip"])
        #expect(answer.headers[.contentEncoding] == "gzip")
        #expect(answer.headers[.eTag] != before.headers[.eTag])
        #expect(answer.headers[.contentLength].flatMap { Int($0) } ?? 0 > before.headers[.contentLength].flatMap { Int($0) } ?? .max)
    }

    @Test("a page whose day has passed is shown on, since none can be made for the new day")
    func pastItsDay() async throws {
        let site = try await SharedSite()
        let earliest = try #require(try await site.first.record("river-towns")?.earliestDate)
        try site.first.clock.set("\(earliest.lastDay)T12:00:00Z")
        let next = try #require(try await site.first.record("river-towns")?.validUntil)
        let before = try await site.get(Self.overview)
        await site.breakDown()
        try site.first.clock.set(next.description)
        let answer = try await site.get(Self.overview)
        #expect(answer.status == 200 && answer.headers[.age] != nil)
        try await site.comeBack()
        let after = try await site.get(Self.overview)
        #expect(after.headers[.age] == nil && after.text != before.text)
    }

    @Test("the front page of several funds has the notice, and the database is not asked by those who only read")
    func frontPage() async throws {
        let site = try await SharedSite([Folders.riverTowns, Folders.migrationMPTF])
        #expect(try await site.get("/").headers[.age] == nil)
        await site.breakDown()
        let answer = try await site.get("/")
        #expect(answer.status == 200 && answer.headers[.age] != nil && answer.text.contains("role=\"status\""))
        // The line works again, but nobody has found out yet: a stranger's request is not what finds out.
        site.line.isDown = false
        let reads = site.line.reads
        for path in ["/funds/river-towns/ledger", "/health/ready", Self.overview] { #expect(try await site.get(path).status == 503) }
        #expect(site.line.reads == reads)
    }

    @Test(
        "a reader of another language gets a page of theirs if it can be made without the record, else one that was made, each with its notice"
    )
    func otherLanguage() async throws {
        let site = try await SharedSite()
        let ledger = "/funds/river-towns/ledger"
        for path in [Self.overview, ledger] { #expect(try await site.get(path).status == 200) }
        await site.breakDown()
        for (path, language) in [(Self.overview, "fr"), (ledger, "en")] {
            let answer = try await site.get(path, [.acceptLanguage: "fr"])
            #expect(answer.status == 200 && answer.headers[.age] != nil && answer.headers[.contentLanguage] == language, "\(path)")
            let notice = try #require(answer.text.range(of: "role=\"status\">")).upperBound
            #expect(answer.text[notice...].hasPrefix("The record") == (language == "en"), "\(answer.text[notice...].prefix(80))")
        }
    }

    @Test("every page has the one place where the notice goes")
    func everyPage() async throws {
        let site = try await TestSite()
        let layout = Layout(say: site.say, assets: try Assets(), isDemonstration: true)
        let notice = layout.notice(of: RecordContact(lastConfirmed: site.office.clock.now, age: .zero, isLost: true))
        for (place, query) in try await site.everyPlace() {
            let bytes = try await site.bytes(place, query)
            let text = String(decoding: layout.adding(notice, to: bytes), as: UTF8.self)
            #expect(text.components(separatedBy: "<main id=\"main\"><p class=\"notice\" role=\"status\">").count == 2, "\(place)")
        }
    }
}

@Suite("A visitor's own change")
struct SeenCookieTests {
    private static let page = "/funds/river-towns/contributors"

    @Test("a page is never older than the change that the visitor's browser names, though others may still get the older one")
    func ownChange() async throws {
        let site = try await SharedSite()
        let before = try await site.get(Self.page)
        let event = try await site.recordContribution("new-1")
        // Nobody has told this server.
        #expect(try await site.get(Self.page).text == before.text)
        let after = try await site.get(Self.page, [.cookie: "theme=dark; pooledfund-seen=river-towns:\(event)"])
        #expect(after.status == 200 && after.text != before.text)
        #expect(try await site.get(Self.page).text == after.text)
    }

    @Test("a visitor whose own change is not known here while the record is away is told so rather than shown an older page")
    func away() async throws {
        let site = try await SharedSite()
        _ = try await site.get(Self.page)
        let event = try await site.recordContribution("new-1")
        await site.breakDown()
        let answer = try await site.get(Self.page, [.cookie: "pooledfund-seen=river-towns:\(event)"])
        #expect(answer.status == 503)
        #expect(answer.text.contains("older than your last change"))
        #expect(try await site.get(Self.page, [.cookie: "pooledfund-seen=river-towns:\(event - 1)"]).status == 200)
    }

    @Test("a fund that was put on record elsewhere a moment ago is found by whoever put it there")
    func newFund() async throws {
        let site = try await SharedSite()
        try await site.first.load(Folders.migrationMPTF)
        #expect(try await site.get("/funds/migration-mptf").status == 404)
        #expect(try await site.get("/funds/migration-mptf", [.cookie: "pooledfund-seen=river-towns:1,migration-mptf:1"]).status == 200)
    }

    @Test("hundreds of requests with absurd values ask the database a few times, one at a time")
    func absurd() async throws {
        let site = try await SharedSite()
        _ = try await site.get(Self.page)
        let reads = site.line.reads
        site.line.holdReads()
        let arrived = Arrivals()
        let requests = (0..<300).map { number in
            Task {
                arrived.increment()
                return try await site.get(Self.page, [.cookie: "pooledfund-seen=river-towns:\(900_000_000 + number)"]).status
            }
        }
        let deadline = ContinuousClock.now + .seconds(60)
        while site.line.reads == reads || arrived.value < 300 {
            try #require(ContinuousClock.now < deadline, "waited in vain")
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(site.line.reads == reads + 1)
        site.line.releaseReads()
        for request in requests { #expect(try await request.value == 200) }
        #expect(site.line.reads - reads <= 10)
    }

    @Test(
        "what cannot be read in the cookie is left out",
        arguments: [
            ("pooledfund-seen=a:7", 7), ("pooledfund-seen=b:9,a:7", 7), ("x=y; pooledfund-seen=a:7", 7), ("pooledfund-seen=a:3,a:7,a:5", 7),
            ("pooledfund-seen=a:", 0), ("pooledfund-seen=a", 0), ("pooledfund-seen=a:-7", 0), ("pooledfund-seen=a:+7", 0),
            ("pooledfund-seen=a:7:8", 0), ("pooledfund-seen=a:9999999999999", 0), ("pooledfund-seen=a:٧", 0), ("seen=a:7", 0),
            ("pooledfund-seen", 0), ("", 0), ("pooledfund-seen=\u{E4}:7,a:7", 7),
            ("pooledfund-seen=\(String(repeating: "x:1,", count: 40))a:7", 0),
        ] as [(String, Int64)])
    func reading(cookie: String, sequence: Int64) {
        #expect(SeenCookie([cookie]).sequence(of: "a") == sequence)
    }
}

/// A whole site over a database that goes away and comes back, beside another office that records on the same database.
private struct SharedSite: Sendable {
    let first: TestOffice
    let office: Office
    let line: UnreliableDatabase
    private let site: Site

    init(_ folders: [URL] = [Folders.riverTowns]) async throws {
        first = try await TestOffice()
        for folder in folders { try await first.load(folder) }
        let clock = first.clock
        line = UnreliableDatabase(first.database)
        office = try await Office(database: line, clock: { clock.now })
        site = Site(
            office: office, say: try Sentences.catalogue(), others: [try Sentences.catalogue(.french)], assets: try Assets(),
            isDemonstration: false, clock: { clock.now })
    }

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Answer {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        let response = await site.answer(Request(head: head, body: RequestBody(buffer: ByteBuffer())))
        let body = CollectedBody()
        try await response.body.write(body)
        return Answer(status: response.status.code, headers: response.headers, text: String(buffer: body.bytes))
    }

    func breakDown() async {
        line.isDown = true
        try? await office.refresh()
    }

    func comeBack() async throws {
        line.isDown = false
        try await office.refresh()
    }

    /// - Returns: its event.
    func recordContribution(_ id: String) async throws -> Int64 {
        let contribution = PostEntries.OpeningContribution(
            externalID: id, contributor: "naher", amount: Money(minorUnits: 100, currency: try Currency(code: "JPY", minorUnits: 0)),
            effectiveOn: try CivilDate(parsing: "2024-01-31"), memo: "", source: "charter")
        let action = PostEntries(fund: "river-towns", contributions: [contribution])
        return try #require(try await first.office.perform(action, by: .machineOperator).event?.sequence)
    }
}

private final class Arrivals: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func increment() { count.withLock { $0 += 1 } }
}

private final class CollectedBody: ResponseBodyWriter {
    private(set) var bytes = ByteBuffer()

    func write(_ buffer: ByteBuffer) async throws { bytes.writeImmutableBuffer(buffer) }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
