internal import Ledger
internal import SQL

/// The SQL of sessions and of the browsers that are known.
enum SessionQueries {
    static func open(_ session: NewSession, now: Instant, in transaction: any WriteTransaction) throws {
        let length = session.stage == .awaitingCode ? SessionTimes.awaitingCode : SessionTimes.idle
        try transaction.execute(
            """
            INSERT INTO session (digest, person, level, created_at, seen_at, expires_at, agent)
            VALUES (\(session.digest), \(session.person), \(session.stage.rawValue), \(now.microsecondsSince1970),
                    \(now.microsecondsSince1970), \(now.adding(seconds: length).microsecondsSince1970), \(session.agent))
            """)
        try keepLatest("session", of: session.person, in: transaction)
        guard let device = session.device else { return }
        try transaction.execute(
            """
            INSERT INTO known_device (digest, person, created_at) VALUES (\(device), \(session.person), \(now.microsecondsSince1970))
            """)
        try keepLatest("known_device", of: session.person, in: transaction)
    }

    private static func keepLatest(_ table: String, of person: String, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            DELETE FROM \(name: table) WHERE person = \(person) AND digest NOT IN (
                SELECT digest FROM \(name: table) WHERE person = \(person) ORDER BY created_at DESC, digest LIMIT \(SessionTimes.most))
            """)
    }

    /// Whoever gave the password and is to give a code.
    static func personAwaitingCode(_ digest: [UInt8], now: Instant, in transaction: any ReadTransaction) throws -> String? {
        try transaction.first(
            """
            SELECT person FROM session WHERE digest = \(digest) AND level = \(SessionStage.awaitingCode.rawValue)
            AND expires_at > \(now.microsecondsSince1970)
            """)?.text("person")
    }

    static func touch(_ digest: [UInt8], now: Instant, in transaction: any WriteTransaction) throws {
        let idleEnd = now.adding(seconds: SessionTimes.idle).microsecondsSince1970
        // Compared on the instant that it was opened, so that each side is of the column's type.
        let lastOpening = idleEnd - SessionTimes.absolute * 1_000_000
        try transaction.execute(
            """
            UPDATE session SET seen_at = \(now.microsecondsSince1970),
                expires_at = CASE WHEN created_at < \(lastOpening) THEN created_at + \(SessionTimes.absolute * 1_000_000) ELSE \(idleEnd) END
            WHERE digest = \(digest) AND expires_at > \(now.microsecondsSince1970)
            AND seen_at <= \(now.adding(seconds: -SessionTimes.noted).microsecondsSince1970)
            """)
    }

    static func end(_ digest: [UInt8], in transaction: any WriteTransaction) throws {
        try transaction.execute("DELETE FROM session WHERE digest = \(digest)")
    }

    /// What was proved by a second factor that is none any more proves no more than the password.
    static func lowerLevel(of person: String, in transaction: any WriteTransaction) throws {
        try transaction.execute("UPDATE session SET level = 'password' WHERE person = \(person) AND level = 'second-factor'")
    }

    static func endAll(of person: String, but kept: [UInt8] = [], in transaction: any WriteTransaction) throws {
        try transaction.execute("DELETE FROM session WHERE person = \(person) AND digest <> \(kept)")
    }

    // MARK: Browsers that are known

    static func isKnown(_ device: [UInt8], of person: String, now: Instant, in transaction: any ReadTransaction) throws -> Bool {
        let oldest = now.adding(seconds: -SessionTimes.device).microsecondsSince1970
        return try transaction.first(
            "SELECT 1 AS one FROM known_device WHERE digest = \(device) AND person = \(person) AND created_at > \(oldest)") != nil
    }

    static func forget(_ device: [UInt8], of person: String, in transaction: any WriteTransaction) throws {
        try transaction.execute("DELETE FROM known_device WHERE digest = \(device) AND person = \(person)")
    }

    static func forgetDevices(of person: String, in transaction: any WriteTransaction) throws {
        try transaction.execute("DELETE FROM known_device WHERE person = \(person)")
    }
}
