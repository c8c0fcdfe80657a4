internal import Ledger
internal import SQL

/// The SQL of passwords, second factors and recovery codes.
enum CredentialQueries {
    static func passwordHash(of person: String, in transaction: any ReadTransaction) throws -> String? {
        try transaction.first("SELECT password_hash FROM credential WHERE person = \(person)")?.text("password_hash")
    }

    static func set(passwordHash: String, of person: String, now: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO credential (person, password_hash, changed_at) VALUES (\(person), \(passwordHash), \(now.microsecondsSince1970))
            ON CONFLICT (person) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at
            """)
    }

    /// The same password, hashed otherwise: not a change of how its owner gets in.
    static func renew(_ old: String, by new: String, of person: String, in transaction: any WriteTransaction) throws {
        try transaction.execute("UPDATE credential SET password_hash = \(new) WHERE person = \(person) AND password_hash = \(old)")
    }

    // MARK: The second factor

    static func secondFactor(of person: String, in transaction: any ReadTransaction) throws -> SecondFactor? {
        try transaction.first("SELECT secret, last_step FROM second_factor WHERE person = \(person)")
            .map { SecondFactor(secret: try $0.bytes("secret"), lastStep: try $0.integer("last_step")) }
    }

    static func set(_ factor: SecondFactor, of person: String, now: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO second_factor (person, secret, confirmed_at, last_step)
            VALUES (\(person), \(factor.secret), \(now.microsecondsSince1970), \(factor.lastStep))
            ON CONFLICT (person) DO UPDATE
            SET secret = excluded.secret, confirmed_at = excluded.confirmed_at, last_step = excluded.last_step
            """)
    }

    static func removeSecondFactor(of person: String, in transaction: any WriteTransaction) throws {
        try transaction.execute("DELETE FROM second_factor WHERE person = \(person)")
        try transaction.execute("DELETE FROM recovery_code WHERE person = \(person)")
    }

    // MARK: Recovery codes

    static func replaceRecoveryCodes(of person: String, by digests: [[UInt8]], in transaction: any WriteTransaction) throws {
        try transaction.execute("DELETE FROM recovery_code WHERE person = \(person)")
        for digest in digests {
            try transaction.execute("INSERT INTO recovery_code (person, digest, used_at) VALUES (\(person), \(digest), NULL)")
        }
    }

    static func hasRecoveryCode(_ digest: [UInt8], of person: String, in transaction: any ReadTransaction) throws -> Bool {
        try transaction.first(
            "SELECT 1 AS one FROM recovery_code WHERE person = \(person) AND digest = \(digest) AND used_at IS NULL") != nil
    }

    static func useRecoveryCode(_ digest: [UInt8], of person: String, now: Instant, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            "UPDATE recovery_code SET used_at = \(now.microsecondsSince1970) WHERE person = \(person) AND digest = \(digest)")
    }

    static func recoveryCodesLeft(of person: String, in transaction: any ReadTransaction) throws -> Int {
        Int(
            try transaction.first("SELECT COUNT(*) AS count FROM recovery_code WHERE person = \(person) AND used_at IS NULL")?
                .integer("count") ?? 0)
    }
}
