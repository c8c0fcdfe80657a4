import Correspondence
import Foundation
import Ledger
import SQL
import Synchronization
import TestSupport
import Testing

@testable import PooledFund

@Suite("The outbox")
struct OutboxTests {
    @Test("A mail that waits is sent once, from the sender to its recipient, and is known to be sent")
    func sent() async throws {
        let post = try await Post()
        let person = try await post.invite("one")
        #expect(try await post.drain() == 1)
        #expect(try await post.drain() == 0)
        let message = try #require(post.carrier.carried.first)
        #expect(post.carrier.carried.count == 1)
        #expect(message.from.address.text == "office@fund.example")
        #expect(message.to.map(\.address.text) == ["one@example.org"])
        let mail = try #require(try await post.mails(to: person).first)
        #expect(post.identifiers == ["<\(mail.id)@fund.example>"])
        #expect(mail.state == .sent && mail.attempts == 1 && mail.problem.isEmpty && mail.kinds == [.invitation])
        #expect(mail.sentAt == post.office.clock.now)
    }

    @Test("What cannot be sent now is tried after 1, 2, 5, 15, 30 and 60 minutes, then hourly for five days, then given up with the reason")
    func backOff() async throws {
        let post = try await Post()
        let person = try await post.invite("one")
        post.carrier.answer { _ in .temporary("the server is away") }
        for minutes in [1, 2, 5, 15, 30, 60] + Array(repeating: 60, count: 120) {
            #expect(try await post.drain() == 1)
            let mail = try #require(try await post.mails(to: person).first)
            #expect(mail.state == .waiting && mail.problem == "the server is away")
            #expect(mail.dueAt.microsecondsSince1970 - post.office.clock.now.microsecondsSince1970 == Int64(minutes) * 60_000_000)
            try post.pass(seconds: minutes * 60 - 1)
            #expect(try await post.drain() == 0, "not before its time")
            try post.pass(seconds: 1)
        }
        #expect(try await post.drain() == 1)
        let mail = try #require(try await post.mails(to: person).first)
        #expect(mail.state == .givenUp && mail.problem == "the server is away" && mail.attempts == 127)
        #expect(Set(post.identifiers).count == 1, "one Message-ID for all attempts")
        #expect(try await post.openLinks() == [], "a letter that nobody took lets nobody in")
    }

    @Test("A mail server that is away for a day loses nothing")
    func away() async throws {
        let post = try await Post()
        for name in ["one", "two", "three"] { _ = try await post.invite(name) }
        post.carrier.answer { _ in .temporary("refused") }
        for _ in 0..<24 {
            try await post.drain()
            try post.pass(seconds: 3_600)
        }
        post.carrier.answer { _ in nil }
        try await post.drain()
        #expect(try await post.states() == ["sent": 3])
    }

    @Test("A recipient that the server refuses is given up at once, and administrators of the fund see it with the server's reason")
    func refused() async throws {
        let post = try await Post()
        let person = try await post.invite("one")
        post.carrier.answer { _ in .permanent("550 nobody of that name") }
        try await post.drain()
        try post.pass(seconds: 86_400)
        #expect(try await post.drain() == 0)
        let trouble = try await post.office.office.givenUpMails(inFund: "river-towns", limit: 10)
        #expect(trouble.map(\.person) == [person] && trouble.map(\.problem) == ["550 nobody of that name"])
        #expect(trouble.first?.personName == "Person one")
        #expect(try await post.office.office.givenUpMails(inFund: "elsewhere", limit: 10).isEmpty)
    }

    @Test("An administrator sees of the mails that were given up what they tell of the fund or of signing in, and nothing of another fund")
    func otherFunds() async throws {
        let post = try await Post()
        let person = try await post.invite("one")
        let office = post.office.office
        func queue(_ kinds: [(fund: String, kind: Notice.Kind)]) async throws {
            try await post.office.database.write { transaction in
                let (now, mail) = (post.office.clock.now, uuidV7(at: post.office.clock.now))
                try NoticeQueries.insertMail(mail, to: person, dueAt: now, in: transaction)
                for (fund, kind) in kinds {
                    let notice = Notice(id: uuidV7(at: now), person: person, fund: fund, kind: kind, arguments: [:], createdAt: now)
                    try NoticeQueries.insert(notice, in: transaction)
                    try NoticeQueries.put(notice.id, into: mail, in: transaction)
                }
                try transaction.execute("UPDATE outgoing_mail SET state = 'given-up', problem = '550 nobody'")
            }
            try post.pass(seconds: 1)
        }
        try await queue([("harbour", .decisionTaken)])
        try await queue([("harbour", .decisionTaken), ("river-towns", .roleEnded)])
        try await queue([(PeopleChain.name, .accessChanged)])
        let kinds = try await office.givenUpMails(inFund: "river-towns", limit: 10).map(\.kinds)
        #expect(kinds == [[.accessChanged], [.roleEnded], [.invitation]])
        #expect(try await post.mails(to: person).count == 4)
    }

    @Test("Whoever is told a great deal in a day gets twenty mails and the rest in one; what is urgent comes at once")
    func flood() async throws {
        let post = try await Post()
        let person = try await post.join("one")
        for number in 0..<40 {
            try await post.office.database.write { transaction in
                // As an action does it.
                let recording = Recording(
                    transaction: transaction, fund: "river-towns", after: nil, now: post.office.clock.now, memory: TransactionMemory([:])
                ) { _ in throw Unexpected("another chain") }
                try recording.notify(person, .questionAnswered, ["call": "call-\(number)"])
            }
        }
        #expect(try await post.drain() == 19)
        try post.pass(seconds: 21 * 3_600)
        #expect(try await post.drain() == 1)
        #expect(post.writer.written.last?.notices.count == 21)
        _ = try await post.invite("one", to: .contributor, for: "lakeland")
        #expect(try await post.mails(to: person).filter { $0.state == .waiting }.isEmpty == false)
    }

    @Test("Where nobody knows whether a mail was taken it is sent again, with the same Message-ID, and the links of both letters open")
    func unknown() async throws {
        let post = try await Post()
        _ = try await post.invite("one")
        post.carrier.answer { _ in .outcomeUnknown("no answer") }
        try await post.drain()
        post.carrier.answer { _ in nil }
        try post.pass(seconds: 60)
        try await post.drain()
        #expect(post.identifiers.count == 2 && Set(post.identifiers).count == 1)
        #expect(try await post.openLinks() == ["join", "join"])
        #expect(try await post.states() == ["sent": 1])
    }

    @Test("A process that dies while it sends leaves the mail to whoever comes after its claim is over")
    func died() async throws {
        let post = try await Post()
        _ = try await post.invite("one")
        let now = post.office.clock.now
        // As a process leaves it that claimed the mail and is gone.
        let until = try Instant(microsecondsSince1970: now.microsecondsSince1970 + 300_000_000)
        let claims = try await post.office.database.write { try OutboxQueries.claim(4, at: now, until: until, in: $0) }
        #expect(claims.map(\.attempt) == [1])
        #expect(try await post.drain() == 0)
        try post.pass(seconds: 300)
        #expect(try await post.drain() == 1)
        #expect(try await post.states() == ["sent": 1])
        // And what the dead process would have said of its attempt changes nothing any more.
        try await post.office.database.write { try OutboxQueries.giveUp(claims[0], problem: "late", in: $0) }
        #expect(try await post.states() == ["sent": 1])
    }

    @Test("Two outboxes on one database share the mails, and no mail is sent by both")
    func twoAtOnce() async throws {
        let post = try await Post()
        for number in 1...40 { _ = try await post.invite("n\(number)") }
        let other = try await post.another()
        async let one = post.drain()
        async let two = other.drain()
        #expect(try await one + two == 40)
        let identifiers = post.identifiers + other.identifiers
        #expect(identifiers.count == 40 && Set(identifiers).count == 40)
        #expect(try await post.states() == ["sent": 40])
    }

    @Test("No more than four mails are under way at the same time, and a slow one holds none of the others up")
    func width() async throws {
        let post = try await Post()
        for number in 1...12 { _ = try await post.invite("n\(number)") }
        // The first waits for all the others.
        post.carrier.hold("n1@example.org", untilCarried: 11)
        try await post.drain()
        #expect(post.carrier.mostAtOnce <= 4)
        #expect(try await post.states() == ["sent": 12])
    }

    @Test("An outbox that is stopping begins no further mail")
    func stopping() async throws {
        let post = try await Post()
        for number in 1...5 { _ = try await post.invite("n\(number)") }
        let carrier = post.carrier
        #expect(try await post.outbox.drain { carrier.carried.count >= 2 } <= 5)
        #expect(try await post.outbox.drain { true } == 0)
        try await post.drain()
        #expect(try await post.states() == ["sent": 5])
    }

    @Test("Whoever chose one mail a day gets all of the day in one, and what is urgent at once")
    func digest() async throws {
        let post = try await Post()
        let person = try await post.join("one")
        try await post.office.office.prefer(NoticePreference(delivery: .digest, language: "en"), of: person, now: post.office.clock.now)
        _ = try await post.invite("one", to: .localAuthority, for: "league")
        _ = try await post.invite("one", to: .localAuthority, for: "example-city")
        #expect(try await post.drain() == 0)
        // The office's clock stands at nine; the next mail of the day goes out at six.
        try post.pass(seconds: 21 * 3_600)
        #expect(try await post.drain() == 1)
        #expect(post.writer.written.last?.notices.map(\.notice.kind) == [.roleGiven, .roleGiven])
        #expect(post.writer.written.last?.notices.map(\.partyName) == ["League of River Towns (fictional)", "Example City (fictional)"])
        // What happens from now on is for the next one.
        _ = try await post.invite("one", to: .governmentCounterpart, for: "ministry-water")
        #expect(try await post.drain() == 0)
        // Whoever wants mail at once again does not wait for it.
        try await post.office.office.prefer(NoticePreference(delivery: .atOnce, language: "en"), of: person, now: post.office.clock.now)
        #expect(try await post.drain() == 1)
    }

    @Test("Somebody whose particulars are erased gets no mail any more")
    func erased() async throws {
        let post = try await Post()
        let person = try await post.invite("one")
        try await post.office.database.write { transaction in
            try transaction.execute("DELETE FROM person_particulars WHERE person = \(person)")
        }
        try await post.drain()
        #expect(post.carrier.carried.isEmpty)
        #expect(try await post.states() == ["given-up": 1])
        // And the action that erases takes the mail along.
        let other = try await post.invite("two")
        let holding = try #require(
            try await post.office.database.read { try PeopleQueries.holdings(of: other, in: $0).first?.id })
        let office = post.office.office
        _ = try await office.perform(EndRole(fund: "river-towns", holding: holding, reason: "Over"), by: .machineOperator)
        _ = try await office.perform(ErasePerson(fund: "river-towns", person: other, reason: "Asked for"), by: .machineOperator)
        #expect(try await post.drain() == 0)
        #expect(try await post.mails(to: other).isEmpty)
    }

    @Test("An address that no message can be sent to is given up, and the others are sent")
    func unusable() async throws {
        let post = try await Post()
        _ = try await post.invite("one")
        _ = try await post.invite("two")
        try await post.office.database.write { transaction in
            try transaction.execute("UPDATE person_particulars SET email = 'a b@example.org' WHERE email = 'one@example.org'")
        }
        try await post.drain()
        #expect(post.carrier.carried.map { $0.to.map(\.address.text) } == [["two@example.org"]])
        #expect(try await post.states() == ["given-up": 1, "sent": 1])
    }

    @Test("The secret of a link is nowhere on record: only its digest is, with the person and the day until which it opens")
    func links() async throws {
        let post = try await Post()
        let person = try await post.invite("one")
        try await post.drain()
        let rows = try await post.office.database.read { try $0.rows("SELECT * FROM invitation") }
        #expect(rows.count == 1)
        #expect(try rows[0].text("person") == person && rows[0].text("purpose") == "join")
        #expect(try rows[0].integer("expires_at") - rows[0].integer("created_at") == 7 * 86_400_000_000)
        #expect(try rows[0].bytes("digest") == post.writer.links.first?.digest)
    }
}

/// An office with an outbox whose carrier the test instructs.
private struct Post: Sendable {
    let office: TestOffice
    let carrier = CarrierOfTest()
    let writer = ShortLetters()
    let outbox: Outbox

    init() async throws {
        office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        outbox = try Self.outbox(office, office.database, writer, carrier)
    }

    private init(office: TestOffice, database: any Database) throws {
        self.office = office
        outbox = try Self.outbox(office, database, writer, carrier)
    }

    /// An outbox of another process on the same database.
    func another() async throws -> Post { try Post(office: office, database: try await office.place.open()) }

    private static func outbox(
        _ office: TestOffice, _ database: any Database, _ writer: ShortLetters, _ carrier: CarrierOfTest
    ) throws -> Outbox {
        let clock = office.clock
        return Outbox(
            database: database, writer: writer, carrier: carrier, sender: try Mailbox(parsing: "Fund Office <office@fund.example>"),
            clock: { clock.now })
    }

    @discardableResult
    func drain() async throws -> Int { try await outbox.drain() }

    func pass(seconds: Int) throws {
        let later = try Instant(microsecondsSince1970: office.clock.now.microsecondsSince1970 + Int64(seconds) * 1_000_000)
        try office.clock.set(later.description)
    }

    func invite(_ name: String, to role: Role = .technicalReviewer, for organization: String = "river-office") async throws -> String {
        let invitation = InvitePerson(
            fund: "river-towns", email: "\(name)@example.org", personName: "Person \(name)", role: role, organization: organization)
        let person = try await office.office.perform(invitation, by: .machineOperator).outcome.person
        // Within a fund each event is a little later than the one before, even where the clock stands.
        try pass(seconds: 1)
        return person
    }

    /// Somebody who can sign in already, and whose invitation was sent.
    func join(_ name: String) async throws -> String {
        let person = try await invite(name)
        try await drain()
        try await office.database.write { transaction in
            try transaction.execute("INSERT INTO credential (person, password_hash, changed_at) VALUES (\(person), 'hash', 0)")
        }
        return person
    }

    func mails(to person: String) async throws -> [QueuedMail] { try await office.office.mails(to: person, limit: 20) }

    func states() async throws -> [String: Int] {
        let states = try await office.database.read { try $0.rows("SELECT state FROM outgoing_mail") { try $0.text("state") } }
        return Dictionary(states.map { ($0, 1) }, uniquingKeysWith: +)
    }

    func openLinks() async throws -> [String] {
        try await office.database.read { try $0.rows("SELECT purpose FROM invitation") { try $0.text("purpose") } }
    }

    /// The Message-IDs of all attempts, as they stand in the messages.
    var identifiers: [String] {
        carrier.attempts.compactMap { message in
            String(decoding: message.bytes, as: UTF8.self).split(separator: "\r\n").first { $0.hasPrefix("Message-ID: ") }
                .map { String($0.dropFirst("Message-ID: ".count)) }
        }
    }
}

/// Takes every message, unless the test says otherwise.
private final class CarrierOfTest: MailCarrier, Sendable {
    private struct State {
        var attempts: [MailMessage] = []
        var carried: [MailMessage] = []
        var underWay = 0
        var mostAtOnce = 0
        var held: (address: String, count: Int)?
        var answer: @Sendable (MailMessage) -> MailFailure? = { _ in nil }
    }

    private let state = Mutex(State())

    var attempts: [MailMessage] { state.withLock { $0.attempts } }
    var carried: [MailMessage] { state.withLock { $0.carried } }
    var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

    func answer(_ answer: @escaping @Sendable (MailMessage) -> MailFailure?) { state.withLock { $0.answer = answer } }

    func hold(_ address: String, untilCarried count: Int) { state.withLock { $0.held = (address, count) } }

    func carry(_ message: MailMessage) async throws(MailFailure) {
        let (answer, held) = state.withLock { state in
            state.attempts.append(message)
            state.underWay += 1
            state.mostAtOnce = max(state.mostAtOnce, state.underWay)
            return (state.answer, state.held)
        }
        if let held, message.to.first?.address.text == held.address {
            while carried.count < held.count { await Task.yield() }
        }
        let failure = answer(message)
        state.withLock { state in
            state.underWay -= 1
            if failure == nil { state.carried.append(message) }
        }
        if let failure { throw failure }
    }
}

/// Letters without words; an invitation has a link.
private final class ShortLetters: LetterWriter, Sendable {
    private let state = Mutex((mails: [DueMail](), links: [LetterLink]()))

    var written: [DueMail] { state.withLock { $0.mails } }
    var links: [LetterLink] { state.withLock { $0.links } }

    func letter(for mail: DueMail) throws -> Letter {
        // As a real secret's: no two letters have the same.
        let digest = (0..<32).map { _ in UInt8.random(in: 0...255) }
        let isInvitation = mail.notices.contains { $0.notice.kind == .invitation }
        let links = isInvitation ? [LetterLink(digest: digest, purpose: .join)] : []
        state.withLock { state in
            state.mails.append(mail)
            state.links += links
        }
        return Letter(subject: "Subject", text: "Text", links: links)
    }
}
