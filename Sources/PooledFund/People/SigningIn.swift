public import Ledger
internal import SQL

extension Office {
    /// Opens a session, and ends the one that the browser had: its secret is never used on.
    ///
    /// - Parameters:
    ///   - device: the digest of the secret by which the browser was known, if the new session brings another.
    ///   - account: what the proof was held against, if it was a password: neither it nor the second factor may have changed meanwhile.
    /// - Throws: `Refusal` of the kind `right` if they did.
    public nonisolated func open(
        _ session: NewSession, replacing old: [UInt8]? = nil, device: [UInt8]? = nil, provedAgainst account: SignInAccount? = nil,
        now: Instant
    ) async throws {
        try await database.write { transaction in
            if let account {
                let (hash, factor) = (
                    try CredentialQueries.passwordHash(of: account.id, in: transaction),
                    try CredentialQueries.secondFactor(of: account.id, in: transaction)
                )
                guard hash == account.passwordHash, (factor != nil) == (account.secondFactor != nil) else {
                    throw Refusal("how you sign in was changed a moment ago", remedy: "sign in again", kind: .right)
                }
            }
            if let old { try SessionQueries.end(old, in: transaction) }
            if let device, session.device != nil { try SessionQueries.forget(device, of: session.person, in: transaction) }
            try SessionQueries.open(session, now: now, in: transaction)
        }
    }

    /// Whoever gave the password in this browser, and is to give a code.
    public nonisolated func personAwaitingCode(_ digest: [UInt8], now: Instant) async throws -> String? {
        try await database.read { try SessionQueries.personAwaitingCode(digest, now: now, in: $0) }
    }

    /// Takes a code once, and opens the session that it admits to, in one commit.
    ///
    /// - Parameters:
    ///   - step: the time step of the code.
    ///   - awaiting: the digest of the session in which the code was awaited; it ends.
    /// - Returns: false if the code was taken before, or nobody waits.
    public nonisolated func takeCode(
        atStep step: Int64, awaiting: [UInt8], opening session: NewSession, device: [UInt8]? = nil, now: Instant
    ) async throws -> Bool {
        try await database.write { transaction in
            guard try SessionQueries.personAwaitingCode(awaiting, now: now, in: transaction) == session.person,
                let factor = try CredentialQueries.secondFactor(of: session.person, in: transaction), step > factor.lastStep
            else { return false }
            let used = SecondFactor(secret: factor.secret, lastStep: step)
            try CredentialQueries.set(used, of: session.person, now: now, in: transaction)
            try SessionQueries.end(awaiting, in: transaction)
            if let device { try SessionQueries.forget(device, of: session.person, in: transaction) }
            try SessionQueries.open(session, now: now, in: transaction)
            return true
        }
    }

    /// Notes that a session is in use, at most once a minute.
    public nonisolated func touchSession(_ digest: [UInt8], seenAt: Instant?, now: Instant) async throws {
        guard seenAt.map({ $0.adding(seconds: SessionTimes.noted) <= now }) ?? true else { return }
        try await database.write { try SessionQueries.touch(digest, now: now, in: $0) }
    }

    public nonisolated func endSession(_ digest: [UInt8]) async throws {
        try await database.write { try SessionQueries.end(digest, in: $0) }
    }

    /// Keeps the same password under a hash of today's cost.
    public nonisolated func renewPasswordHash(_ old: String, by new: String, of person: String) async throws {
        try await database.write { try CredentialQueries.renew(old, by: new, of: person, in: $0) }
    }
}
