internal import Ledger
internal import SQL

/// The SQL of who is expected back from an identity provider, and of who of a provider is which person.
enum IdentityQueries {
    // MARK: Visits

    static func insert(_ visit: ExpectedReturn, _ digest: [UInt8], expiresAt: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO provider_visit (digest, issuer, nonce, verifier, return_to, person, expires_at)
            VALUES (\(digest), \(visit.issuer), \(visit.nonce), \(visit.verifier), \(visit.returnPath), \(visit.linkingPerson ?? ""),
                    \(expiresAt.microsecondsSince1970))
            """)
    }

    /// Takes away the visits that are over, and the oldest beyond `most`.
    static func tidyVisits(most: Int64, now: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute("DELETE FROM provider_visit WHERE expires_at <= \(now.microsecondsSince1970)")
        try transaction.execute(
            """
            DELETE FROM provider_visit WHERE digest IN (
                SELECT digest FROM provider_visit ORDER BY expires_at DESC, digest LIMIT 1000 OFFSET \(most)
            )
            """)
    }

    static func visit(_ digest: [UInt8], now: Instant, in transaction: any ReadTransaction) throws -> ExpectedReturn? {
        try transaction.first(
            """
            SELECT issuer, nonce, verifier, return_to, person FROM provider_visit
            WHERE digest = \(digest) AND expires_at > \(now.microsecondsSince1970)
            """
        ).map { row in
            let person = try row.text("person")
            return ExpectedReturn(
                issuer: try row.text("issuer"), nonce: try row.text("nonce"), verifier: try row.text("verifier"),
                returnPath: try row.text("return_to"), linkingPerson: person.isEmpty ? nil : person)
        }
    }

    static func endVisit(_ digest: [UInt8], in transaction: any WriteTransaction) throws {
        try transaction.execute("DELETE FROM provider_visit WHERE digest = \(digest)")
    }

    // MARK: Identities

    /// Whose identity it is; nil if nobody's.
    static func person(_ identity: LinkedIdentity, in transaction: any ReadTransaction) throws -> String? {
        try transaction.first("SELECT person FROM linked_identity WHERE issuer = \(identity.issuer) AND subject = \(identity.subject)")
            .map { try $0.text("person") }
    }

    static func identities(of person: String, in transaction: any ReadTransaction) throws -> [LinkedIdentity] {
        try transaction.rows(
            "SELECT issuer, subject, linked_at FROM linked_identity WHERE person = \(person) ORDER BY linked_at, issuer, subject"
        ) {
            LinkedIdentity(
                issuer: try $0.text("issuer"), subject: try $0.text("subject"),
                linkedAt: try Instant(microsecondsSince1970: try $0.integer("linked_at")))
        }
    }

    static func link(_ identity: LinkedIdentity, to person: String, now: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO linked_identity (issuer, subject, person, linked_at)
            VALUES (\(identity.issuer), \(identity.subject), \(person), \(now.microsecondsSince1970))
            """)
    }

    static func unlink(_ identity: LinkedIdentity, of person: String, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            "DELETE FROM linked_identity WHERE issuer = \(identity.issuer) AND subject = \(identity.subject) AND person = \(person)")
    }
}
