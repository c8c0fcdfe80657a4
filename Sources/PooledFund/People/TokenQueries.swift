internal import Ledger
internal import SQL

/// The SQL of personal access tokens.
enum TokenQueries {
    static func tokens(of person: String, in transaction: any ReadTransaction) throws -> [AccessToken] {
        try transaction.rows(
            """
            SELECT id, name, scope, fund, created_at, expires_at, used_at, revoked_at, outlives_sign_out FROM access_token
            WHERE person = \(person) ORDER BY created_at DESC, id
            """, as: token
        ).compactMap { $0 }
    }

    private static func token(_ row: Row) throws -> AccessToken? {
        guard let scope = AccessToken.Scope(rawValue: try row.text("scope")) else { return nil }
        let fund = try row.text("fund")
        return AccessToken(
            id: try row.text("id"), name: try row.text("name"), scope: scope, fund: fund.isEmpty ? nil : fund,
            createdAt: try Instant(microsecondsSince1970: try row.integer("created_at")),
            expiresAt: try Instant(microsecondsSince1970: try row.integer("expires_at")),
            usedAt: try row.optionalInteger("used_at").map { try Instant(microsecondsSince1970: $0) },
            revokedAt: try row.optionalInteger("revoked_at").map { try Instant(microsecondsSince1970: $0) },
            outlivesSignOut: try row.integer("outlives_sign_out") == 1)
    }

    static func insert(
        _ token: NewAccessToken, of person: String, _ level: PassageLevel, now: Instant, in transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO access_token
                (id, digest, person, name, scope, level, fund, created_at, expires_at, used_at, revoked_at, outlives_sign_out)
            VALUES (\(token.id), \(token.digest), \(person), \(token.name), \(token.scope.rawValue), \(level.rawValue), \(token.fund ?? ""),
                    \(now.microsecondsSince1970), \(token.expiresAt.microsecondsSince1970), NULL, NULL, \(token.outlivesSignOut ? 1 : 0))
            """)
    }

    static func revoke(_ id: String, of person: String, now: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            UPDATE access_token SET revoked_at = \(now.microsecondsSince1970)
            WHERE id = \(id) AND person = \(person) AND revoked_at IS NULL
            """)
    }

    static func revokeAll(of person: String, now: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            "UPDATE access_token SET revoked_at = \(now.microsecondsSince1970) WHERE person = \(person) AND revoked_at IS NULL")
    }

    /// What was proved by a second factor that is none any more proves no more than the password.
    static func lowerLevel(of person: String, in transaction: any WriteTransaction) throws {
        try transaction.execute("UPDATE access_token SET level = 'password' WHERE person = \(person) AND level = 'second-factor'")
    }

    /// Those that were not chosen to outlive it.
    static func revokeAtSignOut(of person: String, now: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            UPDATE access_token SET revoked_at = \(now.microsecondsSince1970)
            WHERE person = \(person) AND outlives_sign_out = 0 AND revoked_at IS NULL
            """)
    }

    static func touch(_ id: String, now: Instant, in transaction: any WriteTransaction) throws {
        let noted = now.adding(seconds: -SessionTimes.noted).microsecondsSince1970
        try transaction.execute(
            """
            UPDATE access_token SET used_at = \(now.microsecondsSince1970)
            WHERE id = \(id) AND (used_at IS NULL OR used_at <= \(noted))
            """)
    }
}
