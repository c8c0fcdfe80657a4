internal import Ledger
internal import SQL

/// The SQL of links that let a person in once.
enum InvitationQueries {
    static func insert(
        _ digest: [UInt8], of person: String, _ purpose: EntryLink.Purpose, now: Instant, in transaction: any WriteTransaction
    ) throws {
        let expiresAt = now.adding(seconds: purpose.seconds)
        try transaction.execute(
            """
            INSERT INTO invitation (digest, person, purpose, created_at, expires_at, used_at)
            VALUES (\(digest), \(person), \(purpose.rawValue), \(now.microsecondsSince1970), \(expiresAt.microsecondsSince1970), NULL)
            """)
    }

    static func link(_ digest: [UInt8], in transaction: any ReadTransaction) throws -> EntryLink? {
        try transaction.first("SELECT person, purpose, expires_at, used_at FROM invitation WHERE digest = \(digest)").flatMap { row in
            guard let purpose = EntryLink.Purpose(rawValue: try row.text("purpose")) else { return nil }
            return EntryLink(
                digest: digest, person: try row.text("person"), purpose: purpose,
                expiresAt: try Instant(microsecondsSince1970: try row.integer("expires_at")),
                usedAt: try row.optionalInteger("used_at").map { try Instant(microsecondsSince1970: $0) })
        }
    }

    /// Takes every link of a person that is for the same: one that was forwarded or sent twice lets nobody in afterwards.
    static func use(_ purpose: EntryLink.Purpose, of person: String, now: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            UPDATE invitation SET used_at = \(now.microsecondsSince1970)
            WHERE person = \(person) AND purpose = \(purpose.rawValue) AND used_at IS NULL
            """)
    }
}
