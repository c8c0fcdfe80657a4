internal import Ledger
internal import SQL

/// The SQL of addresses that are still to be proved.
enum AddressQueries {
    static func change(of person: String, in transaction: any ReadTransaction) throws -> AddressChange? {
        try transaction.first("SELECT email, digest, expires_at FROM address_change WHERE person = \(person)").map { row in
            AddressChange(
                person: person, email: try row.text("email"), digest: try row.bytes("digest"),
                expiresAt: try Instant(microsecondsSince1970: try row.integer("expires_at")))
        }
    }

    static func put(_ change: AddressChange, now: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO address_change (person, email, digest, created_at, expires_at)
            VALUES (\(change.person), \(change.email), \(change.digest), \(now.microsecondsSince1970),
                    \(change.expiresAt.microsecondsSince1970))
            ON CONFLICT (person) DO UPDATE SET email = excluded.email, digest = excluded.digest, created_at = excluded.created_at,
                expires_at = excluded.expires_at
            """)
    }

    /// Lets the link of a letter prove the address that it goes to.
    static func set(_ digest: [UInt8], of person: String, in transaction: any WriteTransaction) throws {
        try transaction.execute("UPDATE address_change SET digest = \(digest) WHERE person = \(person)")
    }

    static func forget(_ digest: [UInt8], in transaction: any WriteTransaction) throws {
        let none: [UInt8] = []
        try transaction.execute("UPDATE address_change SET digest = \(none) WHERE digest = \(digest)")
    }

    static func delete(of person: String, in transaction: any WriteTransaction) throws {
        try transaction.execute("DELETE FROM address_change WHERE person = \(person)")
    }
}
