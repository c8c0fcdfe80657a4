internal import Foundation
internal import Ledger
internal import SQL

/// The SQL of notices and of the mail that carries them.
enum NoticeQueries {
    static func insert(_ notice: Notice, in transaction: any WriteTransaction) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let readAt = notice.readAt.map(\.microsecondsSince1970)
        let arguments = String(decoding: try encoder.encode(notice.arguments), as: UTF8.self)
        try transaction.execute(
            """
            INSERT INTO notice (id, person, fund, kind, arguments, created_at, read_at)
            VALUES (\(notice.id), \(notice.person), \(notice.fund), \(notice.kind.rawValue), \(arguments),
                    \(notice.createdAt.microsecondsSince1970), \(readAt.sqlValue))
            """)
    }

    /// Tells somebody of what concerns how they get in, outside of any action: by a mail of its own, at once.
    static func queue(_ kind: Notice.Kind, to person: String, now: Instant, in transaction: any WriteTransaction) throws {
        let notice = Notice(id: uuidV7(at: now), person: person, fund: PeopleChain.name, kind: kind, arguments: [:], createdAt: now)
        let mail = uuidV7(at: now)
        try insert(notice, in: transaction)
        try insertMail(mail, to: person, dueAt: now, in: transaction)
        try put(notice.id, into: mail, in: transaction)
    }

    /// What is told to a person beyond this in a day, and can wait, comes in one mail.
    static let mostMailsADay = 20

    /// How many notices a person got since an instant.
    ///
    /// - Parameters:
    ///   - kind: nil for all.
    ///   - limit: more are not counted.
    static func count(
        to person: String, _ kind: Notice.Kind? = nil, since: Instant, upTo limit: Int, in transaction: any ReadTransaction
    ) throws -> Int {
        let ofKind: Statement = kind.map { "AND kind = \($0.rawValue)" } ?? ""
        let row = try transaction.first(
            """
            SELECT COUNT(*) AS number FROM (
                SELECT 1 AS one FROM notice WHERE person = \(person) AND created_at > \(since.microsecondsSince1970) \(ofKind)
                LIMIT \(Int64(limit))) AS latest
            """)
        return Int(try row?.integer("number") ?? 0)
    }

    /// Whether the person chose one mail a day.
    static func wantsDigest(_ person: String, in transaction: any ReadTransaction) throws -> Bool {
        try transaction.first("SELECT 1 AS one FROM preference WHERE person = \(person) AND delivery = 'digest'") != nil
    }

    /// The mail of the day that waits for a person; nil if there is none.
    static func waitingDigest(of person: String, dueAfter now: Instant, in transaction: any ReadTransaction) throws -> String? {
        try transaction.first(
            """
            SELECT id FROM outgoing_mail WHERE person = \(person) AND state = 'waiting' AND attempts = 0
            AND due_at > \(now.microsecondsSince1970) ORDER BY due_at LIMIT 1
            """)?.text("id")
    }

    static func insertMail(_ id: String, to person: String, dueAt: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO outgoing_mail (id, person, state, due_at, attempts, claimed_until, sent_at, problem)
            VALUES (\(id), \(person), 'waiting', \(dueAt.microsecondsSince1970), 0, 0, NULL, '')
            """)
    }

    static func put(_ notice: String, into mail: String, in transaction: any WriteTransaction) throws {
        try transaction.execute("INSERT INTO mailed_notice (mail, notice) VALUES (\(mail), \(notice))")
    }
}
