internal import Foundation
internal import Ledger
internal import SQL

/// A mail that this process alone may send until its claim is over.
struct ClaimedMail: Sendable {
    let id: String
    /// Counted from 1.
    let attempt: Int64
    /// The end of the claim, which tells it from the claims of others.
    let until: Instant
}

/// The SQL of the outbox. What it changes is no record: see `OperationalTable`.
enum OutboxQueries {
    // MARK: Claims

    static func hasDue(at now: Instant, in transaction: any ReadTransaction) throws -> Bool {
        let now = now.microsecondsSince1970
        return try transaction.first(
            """
            SELECT 1 AS one FROM outgoing_mail
            WHERE state = 'waiting' AND due_at <= \(now) AND claimed_until <= \(now) LIMIT 1
            """) != nil
    }

    /// Claims the mails that are due longest. An attempt counts from here, so that one that ends with the process counts too.
    static func claim(_ limit: Int, at now: Instant, until: Instant, in transaction: any WriteTransaction) throws -> [ClaimedMail] {
        let due = now.microsecondsSince1970
        let claimed = try transaction.rows(
            """
            SELECT id, attempts FROM outgoing_mail
            WHERE state = 'waiting' AND due_at <= \(due) AND claimed_until <= \(due) ORDER BY due_at, id LIMIT \(Int64(limit))
            """
        ) { ClaimedMail(id: try $0.text("id"), attempt: try $0.integer("attempts") + 1, until: until) }
        for mail in claimed {
            try transaction.execute(
                """
                UPDATE outgoing_mail SET claimed_until = \(until.microsecondsSince1970), attempts = \(mail.attempt) WHERE id = \(mail.id)
                """)
        }
        return claimed
    }

    /// Whether the claim still holds: the mail was neither erased nor claimed by another.
    static func isHeld(_ claim: ClaimedMail, in transaction: any ReadTransaction) throws -> Bool {
        try person(of: claim, in: transaction) != nil
    }

    private static func person(of claim: ClaimedMail, in transaction: any ReadTransaction) throws -> String? {
        try transaction.first(
            """
            SELECT person FROM outgoing_mail
            WHERE id = \(claim.id) AND state = 'waiting' AND claimed_until = \(claim.until.microsecondsSince1970)
            """)?.text("person")
    }

    // MARK: What a mail tells

    /// More notices than this are not told in one mail, only counted.
    private static let noticeLimit = 100

    enum Content: Sendable {
        case due(DueMail)
        /// What was personal of the recipient is erased.
        case erased
        /// The address that it was to prove was proved, is not asked for any more, or not in time.
        case superseded
        /// Nothing of it is known to this program: a newer one queued it.
        case unknown
        /// Erased, or claimed by another.
        case gone
    }

    static func content(of claim: ClaimedMail, now: Instant, in transaction: any ReadTransaction) throws -> Content {
        guard let person = try person(of: claim, in: transaction) else { return .gone }
        guard let recipient = try PeopleQueries.particulars(of: person, in: transaction) else { return .erased }
        let all = try notices(in: claim.id, in: transaction)
        guard !all.isEmpty else { return .unknown }
        guard let recipient = try addressee(of: all, recipient, now: now, in: transaction) else { return .superseded }
        return .due(
            DueMail(
                id: claim.id, recipient: recipient,
                language: try transaction.first("SELECT language FROM preference WHERE person = \(person)")?.text("language"),
                notices: try all.prefix(noticeLimit).map { try named($0, in: transaction) }, more: max(0, all.count - noticeLimit), now: now
            ))
    }

    /// Whom a mail goes to: somebody at their address, or at the one that they have to prove. Nil if there is nothing to prove any more.
    private static func addressee(
        of notices: [Notice], _ person: PersonParticulars, now: Instant, in transaction: any ReadTransaction
    ) throws -> PersonParticulars? {
        guard notices.contains(where: { $0.kind == .addressProof }) else { return person }
        guard let change = try AddressQueries.change(of: person.id, in: transaction), now < change.expiresAt else { return nil }
        return PersonParticulars(id: person.id, name: person.name, email: change.email)
    }

    /// Those whose kind this program knows, in the order in which they happened.
    static func notices(in mail: String, in transaction: any ReadTransaction) throws -> [Notice] {
        try transaction.rows(
            """
            SELECT notice.id AS id, person, fund, kind, arguments, created_at, read_at FROM notice
            JOIN mailed_notice ON mailed_notice.notice = notice.id WHERE mailed_notice.mail = \(mail) ORDER BY created_at, notice.id
            """, as: notice
        ).compactMap { $0 }
    }

    private static func notice(_ row: Row) throws -> Notice? {
        guard let kind = Notice.Kind(rawValue: try row.text("kind")) else { return nil }
        return Notice(
            id: try row.text("id"), person: try row.text("person"), fund: try row.text("fund"), kind: kind,
            arguments: try JSONDecoder().decode([String: String].self, from: Data(try row.text("arguments").utf8)),
            createdAt: try Instant(microsecondsSince1970: try row.integer("created_at")),
            readAt: try row.optionalInteger("read_at").map { try Instant(microsecondsSince1970: $0) })
    }

    private static func named(_ notice: Notice, in transaction: any ReadTransaction) throws -> MailedNotice {
        MailedNotice(
            notice: notice, fundName: try TermsOnRecord.read(notice.fund, in: transaction)?.identity.knownAs,
            partyName: try notice.arguments["organization"].flatMap { try partyName($0, in: notice, in: transaction) })
    }

    private static func partyName(_ party: String, in notice: Notice, in transaction: any ReadTransaction) throws -> String? {
        let role = notice.arguments["role"].flatMap(Role.init)
        let table = (role?.party == .contributor ? RecordKind.contributors : .organizations).table.name
        return try transaction.first(
            "SELECT name FROM \(name: table) WHERE fund = \(notice.fund) AND id = \(party) ORDER BY event DESC LIMIT 1"
        )?.text("name")
    }

    // MARK: Links

    static func insert(_ link: LetterLink, of person: String, now: Instant, in transaction: any WriteTransaction) throws {
        guard link.purpose != .proveAddress else { return try AddressQueries.set(link.digest, of: person, in: transaction) }
        let now = now.microsecondsSince1970
        try transaction.execute(
            """
            INSERT INTO invitation (digest, person, purpose, created_at, expires_at, used_at)
            VALUES (\(link.digest), \(person), \(link.purpose.rawValue), \(now), \(now + link.purpose.seconds * 1_000_000), NULL)
            """)
    }

    static func delete(_ link: LetterLink, in transaction: any WriteTransaction) throws {
        guard link.purpose != .proveAddress else { return try AddressQueries.forget(link.digest, in: transaction) }
        try transaction.execute("DELETE FROM invitation WHERE digest = \(link.digest)")
    }

    // MARK: What became of an attempt

    /// Whoever sent it: it is sent, even if the claim was over by then.
    static func markSent(_ mail: String, at now: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            UPDATE outgoing_mail SET state = 'sent', sent_at = \(now.microsecondsSince1970), claimed_until = 0, problem = ''
            WHERE id = \(mail) AND state <> 'sent'
            """)
    }

    static func putOff(_ claim: ClaimedMail, until due: Instant, problem: String, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            UPDATE outgoing_mail SET due_at = \(due.microsecondsSince1970), claimed_until = 0, problem = \(problem)
            WHERE id = \(claim.id) AND state = 'waiting' AND claimed_until = \(claim.until.microsecondsSince1970)
            """)
    }

    static func giveUp(_ claim: ClaimedMail, problem: String, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            UPDATE outgoing_mail SET state = 'given-up', claimed_until = 0, problem = \(problem)
            WHERE id = \(claim.id) AND state = 'waiting' AND claimed_until = \(claim.until.microsecondsSince1970)
            """)
    }

    // MARK: For pages

    /// The last mails to a person, the newest first.
    static func mails(to person: String, limit: Int, in transaction: any ReadTransaction) throws -> [QueuedMail] {
        try mails("outgoing_mail.person = \(person)", limit: limit, in: transaction)
    }

    /// The last mails that were given up, to people who hold or held a role in a fund, and that tell something of the fund, or of how they get in. What
    /// else they tell, of other funds, is left out.
    static func givenUpMails(inFund fund: String, limit: Int, in transaction: any ReadTransaction) throws -> [QueuedMail] {
        let funds = [fund, PeopleChain.name]
        return try mails(
            """
            outgoing_mail.state = 'given-up' AND outgoing_mail.person IN (SELECT person FROM role_holding WHERE fund = \(fund))
            AND EXISTS (SELECT 1 FROM mailed_notice JOIN notice ON notice.id = mailed_notice.notice
                        WHERE mailed_notice.mail = outgoing_mail.id AND notice.fund IN (\(funds[0]), \(funds[1])))
            """, tellingOf: funds, limit: limit, in: transaction)
    }

    /// - Parameter funds: of what the kinds of notices are told; nil for all.
    private static func mails(
        _ condition: Statement, tellingOf funds: [String]? = nil, limit: Int, in transaction: any ReadTransaction
    ) throws -> [QueuedMail] {
        let rows = try transaction.rows(
            """
            SELECT outgoing_mail.id AS id, outgoing_mail.person AS person, name, state, due_at, attempts, sent_at, problem FROM outgoing_mail
            LEFT JOIN person_particulars ON person_particulars.person = outgoing_mail.person
            WHERE \(condition) ORDER BY outgoing_mail.id DESC LIMIT \(Int64(limit))
            """)
        return try rows.compactMap { row in
            guard let state = QueuedMail.State(rawValue: try row.text("state")) else { return nil }
            let id = try row.text("id")
            return QueuedMail(
                id: id, person: try row.text("person"), personName: try row.optionalText("name"), state: state,
                dueAt: try Instant(microsecondsSince1970: try row.integer("due_at")), attempts: Int(try row.integer("attempts")),
                sentAt: try row.optionalInteger("sent_at").map { try Instant(microsecondsSince1970: $0) }, problem: try row.text("problem"),
                kinds: try notices(in: id, in: transaction).filter { funds?.contains($0.fund) ?? true }.map(\.kind))
        }
    }

    // MARK: Preferences

    static func preference(of person: String, in transaction: any ReadTransaction) throws -> NoticePreference? {
        try transaction.first("SELECT language, delivery FROM preference WHERE person = \(person)").flatMap { row in
            try NoticePreference.Delivery(rawValue: try row.text("delivery")).map {
                NoticePreference(delivery: $0, language: try row.text("language"))
            }
        }
    }

    static func put(_ preference: NoticePreference, of person: String, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO preference (person, language, delivery) VALUES (\(person), \(preference.language), \(preference.delivery.rawValue))
            ON CONFLICT (person) DO UPDATE SET language = excluded.language, delivery = excluded.delivery
            """)
    }

    /// What waits for the mail of the day goes out now.
    static func hasten(to person: String, now: Instant, in transaction: any WriteTransaction) throws {
        let now = now.microsecondsSince1970
        try transaction.execute(
            """
            UPDATE outgoing_mail SET due_at = \(now) WHERE person = \(person) AND state = 'waiting' AND attempts = 0 AND due_at > \(now)
            """)
    }
}
