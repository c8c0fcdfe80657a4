internal import Ledger
internal import SQL

/// The SQL that tells whether a session, a token or an invitation still lets its person in.
enum PassageQueries {
    static func level(ofSession digest: [UInt8], person: String, now: Instant, in transaction: any ReadTransaction) throws -> PassageLevel?
    {
        try level(
            """
            SELECT level FROM session
            WHERE digest = \(digest) AND person = \(person) AND expires_at > \(now.microsecondsSince1970)
            """, in: transaction)
    }

    /// Only a token that may act counts: one that may only read passes no door.
    static func level(
        ofToken id: String, person: String, fund: String, now: Instant, in transaction: any ReadTransaction
    ) throws -> PassageLevel? {
        try level(
            """
            SELECT level FROM access_token WHERE id = \(id) AND person = \(person) AND scope = 'act' AND (fund = '' OR fund = \(fund))
            AND expires_at > \(now.microsecondsSince1970) AND revoked_at IS NULL
            """, in: transaction)
    }

    /// Whose session it is, and what was proved; nil if it is over.
    static func session(
        _ digest: [UInt8], now: Instant, in transaction: any ReadTransaction
    ) throws -> (person: String, level: PassageLevel, openedAt: Instant, seenAt: Instant)? {
        try transaction.first(
            "SELECT person, level, created_at, seen_at FROM session WHERE digest = \(digest) AND expires_at > \(now.microsecondsSince1970)"
        ).flatMap { row in
            // Who is to give a code yet has no level, and is not signed in.
            guard let level = PassageLevel(rawValue: try row.text("level")) else { return nil }
            return (
                try row.text("person"), level, try Instant(microsecondsSince1970: try row.integer("created_at")),
                try Instant(microsecondsSince1970: try row.integer("seen_at"))
            )
        }
    }

    struct Token {
        let id: String
        let person: String
        let level: PassageLevel
        let mayAct: Bool
    }

    /// The token of a secret, if it is valid for the fund.
    static func token(_ digest: [UInt8], fund: String, now: Instant, in transaction: any ReadTransaction) throws -> Token? {
        try transaction.first(
            """
            SELECT id, person, level, scope FROM access_token WHERE digest = \(digest) AND (fund = '' OR fund = \(fund))
            AND expires_at > \(now.microsecondsSince1970) AND revoked_at IS NULL
            """
        ).flatMap { row in
            guard let level = PassageLevel(rawValue: try row.text("level")) else { return nil }
            return Token(
                id: try row.text("id"), person: try row.text("person"), level: level, mayAct: try row.text("scope") == "act")
        }
    }

    static func isOpen(invitation digest: [UInt8], of person: String, now: Instant, in transaction: any ReadTransaction) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 AS one FROM invitation
            WHERE digest = \(digest) AND person = \(person) AND expires_at > \(now.microsecondsSince1970) AND used_at IS NULL
            """) != nil
    }

    private static func level(_ statement: Statement, in transaction: any ReadTransaction) throws -> PassageLevel? {
        try transaction.first(statement).flatMap { PassageLevel(rawValue: try $0.text("level")) }
    }
}
