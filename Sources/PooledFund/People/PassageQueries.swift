internal import Ledger
internal import SQL

/// The SQL that tells whether a session, a token or an invitation still lets its person in.
enum PassageQueries {
    static func level(ofSession digest: [UInt8], person: String, now: Instant, in transaction: any ReadTransaction) throws -> PassageLevel? {
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
