internal import Ledger
internal import SQL

/// The SQL of how people get in.
enum AccessQueries {
    /// Takes away every way in. A password stays as one that nobody can know, so that a link to a new one can be asked for.
    static func reset(_ person: String, now: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            "UPDATE credential SET password_hash = 'none', changed_at = \(now.microsecondsSince1970) WHERE person = \(person)")
        for table in [OperationalTable.secondFactor, .recoveryCode, .session, .knownDevice, .linkedIdentity] {
            try transaction.execute("DELETE FROM \(name: table.rawValue) WHERE person = \(person)")
        }
        try TokenQueries.revokeAll(of: person, now: now, in: transaction)
        try transaction.execute(
            "UPDATE invitation SET used_at = \(now.microsecondsSince1970) WHERE person = \(person) AND used_at IS NULL")
    }

    /// Whether somebody can sign in: has a password, or an identity of a provider.
    static func hasJoined(_ person: String, in transaction: any ReadTransaction) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 AS one FROM credential WHERE person = \(person)
            UNION ALL SELECT 1 AS one FROM linked_identity WHERE person = \(person) LIMIT 1
            """) != nil
    }

    /// Whether the person was sent a link to a new password at the instant or later.
    static func wasSentNewPassword(_ person: String, since instant: Instant, in transaction: any ReadTransaction) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 AS one FROM notice WHERE person = \(person) AND kind = \(Notice.Kind.newPassword.rawValue)
            AND created_at >= \(instant.microsecondsSince1970) LIMIT 1
            """) != nil
    }
}
