import Foundation
import HTML
import Ledger
import Publications
import SQL
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("The page of notices")
struct NoticePreferencesTests {
    @Test("What somebody chose is kept, for them alone, and shown as chosen the next time")
    func chosen() async throws {
        let page = try await NoticePage()
        let answer = try await page.context().submit(FormBody(parsing: Array("delivery=digest".utf8)))
        guard case .done(let address, nil) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(address.text == "/workspace/settings/notices?saved=yes")
        #expect(try await page.office.office.noticePreference(of: page.person)?.delivery == .digest)
        let others = try await page.office.database.read { try $0.rows("SELECT person FROM preference") { try $0.text("person") } }
        #expect(others == [page.person])
        let shown = try await page.text(query: "saved=yes")
        #expect(shown.contains("From now on mail comes as you chose."))
        let radio = try #require(shown.range(of: "value=\"digest\""))
        #expect(shown[radio.lowerBound...].prefix(80).contains("checked"))
        #expect(page.say.missing.isEmpty, "\(page.say.missing)")
    }

    @Test(
        "A choice that there is not changes nothing, and the page says what is missing",
        arguments: ["", "delivery=never"])
    func noChoice(form: String) async throws {
        let page = try await NoticePage()
        let answer = try await page.context().submit(FormBody(parsing: Array(form.utf8)))
        guard case .page(let again, true) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(rendered(again).contains("Choose one of the answers."))
        #expect(try await page.office.office.noticePreference(of: page.person) == nil)
    }

    @Test("The last mails stand with their state: waiting, tried in vain, sent, given up and why")
    func states() async throws {
        let page = try await NoticePage()
        #expect(try await page.text().contains("Waits until 1 February 2024, 09:00 UTC"))
        try await page.office.database.write { try $0.execute("UPDATE outgoing_mail SET problem = 'the server <is> away'") }
        #expect(try await page.text().contains("tried again from 1 February 2024, 09:00 UTC. the server &lt;is&gt; away"))
        let now = page.office.clock.now.microsecondsSince1970
        try await page.office.database.write {
            try $0.execute("UPDATE outgoing_mail SET state = 'sent', problem = '', sent_at = \(now)")
        }
        #expect(try await page.text().contains("Sent on 1 February 2024, 09:00 UTC"))
        #expect(try await !page.text().contains("Mails that were given up"))
        try await page.office.database.write { try $0.execute("UPDATE outgoing_mail SET state = 'given-up', problem = '550 nobody'") }
        let text = try await page.text()
        #expect(text.contains("Given up. 550 nobody"))
        #expect(text.contains("Mails that were given up"), "an administrator sees whom mail did not reach")
        #expect(page.say.missing.isEmpty, "\(page.say.missing)")
    }

    @Test("Whoever is no administrator sees nobody's mails but their own")
    func others() async throws {
        let page = try await NoticePage(role: .technicalReviewer)
        try await page.office.database.write { try $0.execute("UPDATE outgoing_mail SET state = 'given-up', problem = '550 nobody'") }
        let text = try await page.text()
        #expect(text.contains("Given up. 550 nobody") && !text.contains("Mails that were given up"))
    }

    private func rendered(_ page: WorkspacePage) -> String { page.content.rendered() }
}

/// The page for somebody who is signed in and has a role in the made-up fund.
private struct NoticePage: Sendable {
    let office: TestOffice
    let say: Catalogue
    let person: String
    private let house: WorkspaceHouse
    private static let session = Array(repeating: UInt8(1), count: 32)

    init(role: Role = .administrator) async throws {
        office = try await TestOffice()
        say = try Sentences.catalogue()
        try await office.load(Folders.riverTowns)
        let invitation = InvitePerson(
            fund: "river-towns", email: "one@example.org", personName: "Person one", role: role, organization: "river-office")
        let person = try await office.office.perform(invitation, by: .machineOperator).outcome.person
        self.person = person
        let (now, later) = (office.clock.now.microsecondsSince1970, office.clock.now.microsecondsSince1970 + 3_600_000_000)
        try await office.database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO session (digest, person, level, created_at, seen_at, expires_at, agent)
                VALUES (\(Self.session), \(person), 'second-factor', \(now), \(now), \(later), '')
                """)
        }
        let clock = office.clock
        house = WorkspaceHouse(
            office: office.office,
            records: RecordReader(office: office.office, clock: { clock.now }), say: say,
            layout: Layout(say: say, assets: try Assets(), isDemonstration: true), clock: { clock.now }, isDemonstration: true)
    }

    func context(query: String = "") async throws -> WorkspaceContext {
        let visitor = try #require(try await office.office.person(withSession: Self.session, now: office.clock.now))
        return WorkspaceContext(
            house: house, visitor: visitor, place: .notices, query: try FormBody(parsing: Array(query.utf8)), now: office.clock.now)
    }

    func text(query: String = "") async throws -> String {
        let page = try await context(query: query).page()
        let notice = page.notice?.markup() ?? .empty
        return Markup.sequence([notice, page.content]).rendered()
    }
}
