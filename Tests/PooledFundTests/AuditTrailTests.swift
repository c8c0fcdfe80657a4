import Foundation
import Ledger
import OfficeFiles
import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("The audit trail as it is read")
struct AuditTrailTests {
    private let house: TestOffice
    private let people: PeopleOnRecord
    private let fund = "river-towns"

    init() async throws {
        house = try await TestOffice()
        try await house.load(Folders.riverTowns)
        people = PeopleOnRecord(house.office, now: house.clock.now)
    }

    private func trail(_ filter: AuditFilter = AuditFilter(), before: AuditCursor = .newest, limit: Int = 60) async throws -> AuditTrail {
        try #require(try await house.office.auditTrail(ofFund: fund, filter, before: before, limit: limit))
    }

    private func post(_ id: String) async throws {
        let contribution = PostEntries.OpeningContribution(
            externalID: id, contributor: "naher", amount: Money(minorUnits: 100, currency: try Currency(code: "JPY", minorUnits: 0)),
            effectiveOn: try CivilDate(parsing: "2024-01-31"), memo: "", source: "charter")
        _ = try await house.office.perform(PostEntries(fund: fund, contributions: [contribution]), by: .machineOperator)
    }

    @Test("Every table of the record says which of its columns name what a row is about")
    func everyTable() {
        #expect(Set(AuditTrailQueries.subjectColumns.keys) == Set(AuditedTable.all))
        for (table, columns) in AuditTrailQueries.subjectColumns { #expect(Set(columns).isSubset(of: table.columns), "\(table.name)") }
    }

    @Test("Page by page the trail gives every event of the fund and of its people once, newest first")
    func pages() async throws {
        try await people.fill()
        for number in 0..<5 { try await post("e-\(number)") }
        let all = try await trail().events
        #expect(all.map(\.event.recordedAt) == all.map(\.event.recordedAt).sorted(by: >))
        #expect(Int64(all.count) == (try await house.eventCount()))
        var (seen, cursor): ([String], AuditCursor?) = ([], .newest)
        while let from = cursor {
            let page = try await trail(before: from, limit: 3)
            seen += page.events.map(\.id)
            cursor = page.next
        }
        #expect(seen == all.map(\.id))
    }

    @Test("Events are found by what they are about: a programme, an entry, an organization, a person, a holding")
    func subjects() async throws {
        try await people.fill()
        try await post("e-1")
        func actions(about subject: String) async throws -> [String] {
            try await trail(AuditFilter(subject: subject)).events.map(\.event.action)
        }
        #expect(try await actions(about: "market-boats") == ["load-fund"])
        #expect(try await actions(about: "e-1") == ["post-entries"])
        #expect(try await actions(about: "naher").prefix(1) == ["post-entries"])
        #expect(try await actions(about: "quay-town") == ["register-organization"])
        #expect(try await actions(about: "nothing of the kind").isEmpty)
        let reviewer = try #require(
            try await house.office.people(ofFund: fund, now: house.clock.now)?.people.first { $0.particulars == nil })
        // In the fund's chain and in that of people: invited twice, ended once, erased twice.
        #expect(
            try await actions(about: reviewer.id).sorted() == [
                "end-role", "erase-person", "erase-person", "invite-person", "invite-person",
            ])
        let holding = try #require(reviewer.holdings.first)
        #expect(try await actions(about: holding.id).sorted() == ["end-role", "invite-person"])
    }

    @Test("Events are found by whoever acted or answered by letter, by their action and by their time")
    func filters() async throws {
        try await people.fill()
        let administrator = try #require(
            try await house.office.people(ofFund: fund, now: house.clock.now)?.people.first {
                $0.holdings.contains { $0.holding.role == .administrator }
            })
        let byAdministrator = try await trail(AuditFilter(actor: administrator.id)).events
        // The officer ended a role on the administrator's behalf, with a letter.
        let recorded = try #require(byAdministrator.compactMap(\.onBehalf).first)
        #expect(recorded.person == administrator.id && recorded.note == "By letter" && recorded.documentName == "letter.txt")
        let document = try #require(try await house.office.attachedDocument(recorded.document, ofFund: fund))
        #expect(document.kind == .plainText && document.content == Array("An answer by letter\n".utf8))
        #expect(try await house.office.attachedDocument(recorded.document, ofFund: "another") == nil)
        #expect(try await trail(AuditFilter(action: "end-role")).events.map(\.event.action) == ["end-role"])
        let all = try await trail().events
        let middle = all[all.count / 2].event.recordedAt
        let (later, earlier) = (try await trail(AuditFilter(from: middle)).events, try await trail(AuditFilter(to: middle)).events)
        #expect(later.allSatisfy { $0.event.recordedAt >= middle } && earlier.allSatisfy { $0.event.recordedAt <= middle })
        #expect(later.count + earlier.count == all.count + all.count { $0.event.recordedAt == middle })
    }

    @Test("An event counts its rows by table and gives its words until they are erased")
    func rows() async throws {
        try await post("e-1")
        let event = try #require(try await trail().events.first)
        #expect(event.rows.map(\.table) == ["entry", "posting"] && event.rows.map(\.count).reduce(0, +) == Int(event.event.rowCount))
        guard case .text = event.body else { return #expect(Bool(false), "\(event.body)") }
        _ = try await house.office.perform(
            EraseEventBody(fund: fund, event: event.event.sequence, reason: "A test"), by: .machineOperator)
        let again = try #require(try await trail(AuditFilter(action: "post-entries")).events.first)
        #expect(again.body == .erased && again.hash == event.hash)
    }

    @Test("A fund's trail holds nothing of the people of another")
    func otherFunds() async throws {
        try await people.fill()
        try await house.load(Folders.migrationMPTF)
        let other = try #require(try await house.office.auditTrail(ofFund: "migration-mptf"))
        #expect(other.events.map(\.event.action) == ["load-fund"] && other.people.isEmpty)
    }

    @Test("A hundred thousand events are read through the index of the chain and of what they are about, never by reading a whole table")
    func indexed() async throws {
        guard TestDatabase.engine == .sqlite else { return }
        let heard = Heard()
        let overheard = OverheardDatabase(house.database) { heard.add($0) }
        let clock = house.clock
        let office = try await Office(database: overheard, clock: { clock.now })
        _ = try await office.auditTrail(ofFund: fund, AuditFilter(subject: "e-1"))
        for statement in heard.all where statement.text.contains("audit_event") {
            let plan = try await house.database.read { transaction in
                try transaction.rows("EXPLAIN QUERY PLAN \(statement)") { try $0.text("detail") }
            }
            // Small tables may be scanned within an index; the journal and the chain may not.
            let scans = plan.filter { $0.hasPrefix("SCAN audit_event") || $0.hasPrefix("SCAN posting") || $0.hasPrefix("SCAN entry") }
            #expect(scans.isEmpty, "\(plan.joined(separator: "\n"))")
        }
    }

    @Test("A cursor is read as it is written, and nothing else is one")
    func cursors() {
        let cursor = AuditCursor(fund: 12, people: 3)
        #expect(AuditCursor(parsing: cursor.description) == cursor)
        // A page without an event of one chain leads on with the end of that chain.
        let beyond = AuditCursor(fund: 12, people: AuditCursor.newest.people)
        #expect(AuditCursor(parsing: beyond.description) == beyond)
        for text in ["", "12", "12-", "-3", "a-b", "1-2-3", "12-3 ", "9999999999999999999-1", "12345678901234567890-1"] {
            #expect(AuditCursor(parsing: text) == nil, "\(text)")
        }
    }
}

/// The statements that a test overhears.
private final class Heard: @unchecked Sendable {
    private let lock = NSLock()
    private var statements: [Statement] = []

    var all: [Statement] { lock.withLock { statements } }
    func add(_ statement: Statement) { lock.withLock { statements.append(statement) } }
}
