public import Ledger
internal import SQL

extension ChangeAccess {
    /// Joins by a link: chooses a password and is signed in. The link, and every other of the same person, is used up.
    public static func joining(
        _ person: String, by link: [UInt8], passwordHash: String, opening session: NewSession, now: Instant
    ) -> ChangeAccess {
        ChangeAccess(person: person, change: .joined) { transaction in
            try requireLink(link, .join, in: transaction)
            guard try !AccessQueries.hasJoined(person, in: transaction) else {
                throw Refusal("the invitation was followed already", remedy: "sign in", kind: .conflict)
            }
            try CredentialQueries.set(passwordHash: passwordHash, of: person, now: now, in: transaction)
            try InvitationQueries.use(.join, of: person, now: now, in: transaction)
            try SessionQueries.open(session, now: now, in: transaction)
        }
    }

    /// Chooses a new password by a link that was asked for. Whoever was signed in by the old one no longer is.
    public static func choosingPassword(_ person: String, by link: [UInt8], passwordHash: String, now: Instant) -> ChangeAccess {
        ChangeAccess(person: person, change: .passwordChanged) { transaction in
            try requireLink(link, .newPassword, in: transaction)
            try CredentialQueries.set(passwordHash: passwordHash, of: person, now: now, in: transaction)
            try InvitationQueries.use(.newPassword, of: person, now: now, in: transaction)
            try SessionQueries.endAll(of: person, in: transaction)
            try SessionQueries.forgetDevices(of: person, in: transaction)
            // Whoever knew the old one may have made a token that outlives a sign-out.
            try TokenQueries.revokeAll(of: person, now: now, in: transaction)
        }
    }

    /// Changes the password in a session, which is replaced; all others of the person end.
    public static func changingPassword(_ person: String, passwordHash: String, opening session: NewSession, now: Instant) -> ChangeAccess {
        ChangeAccess(person: person, change: .passwordChanged) { transaction in
            try CredentialQueries.set(passwordHash: passwordHash, of: person, now: now, in: transaction)
            try InvitationQueries.use(.newPassword, of: person, now: now, in: transaction)
            try SessionQueries.endAll(of: person, in: transaction)
            try SessionQueries.open(session, now: now, in: transaction)
        }
    }

    /// Sets a second factor up in a session, which is replaced by one that has proved it; all others of the person end.
    ///
    /// - Parameters:
    ///   - factor: with the step of the code that confirmed it.
    ///   - current: the digest of the session in which it is done.
    public static func settingSecondFactor(
        _ person: String, _ factor: SecondFactor, recoveryCodes: [[UInt8]], from current: [UInt8], opening session: NewSession, now: Instant
    ) -> ChangeAccess {
        ChangeAccess(person: person, change: .secondFactorSet) { transaction in
            try requireSecondFactor(of: person, provedIn: current, now: now, in: transaction)
            try CredentialQueries.set(factor, of: person, now: now, in: transaction)
            try CredentialQueries.replaceRecoveryCodes(of: person, by: recoveryCodes, in: transaction)
            try SessionQueries.endAll(of: person, in: transaction)
            try SessionQueries.open(session, now: now, in: transaction)
        }
    }

    public static func removingSecondFactor(_ person: String, from current: [UInt8], now: Instant) -> ChangeAccess {
        ChangeAccess(person: person, change: .secondFactorRemoved) { transaction in
            try requireSecondFactor(of: person, provedIn: current, now: now, in: transaction)
            try CredentialQueries.removeSecondFactor(of: person, in: transaction)
            try SessionQueries.lowerLevel(of: person, in: transaction)
            try TokenQueries.lowerLevel(of: person, in: transaction)
        }
    }

    public static func makingRecoveryCodes(_ person: String, _ digests: [[UInt8]], from current: [UInt8], now: Instant) -> ChangeAccess {
        ChangeAccess(person: person, change: .recoveryCodesMade) { transaction in
            try requireSecondFactor(of: person, provedIn: current, now: now, in: transaction)
            try CredentialQueries.replaceRecoveryCodes(of: person, by: digests, in: transaction)
        }
    }

    /// Signs in with a recovery code, once.
    ///
    /// - Parameter awaiting: the digest of the session in which a code was awaited; it ends.
    public static func usingRecoveryCode(
        _ person: String, _ digest: [UInt8], awaiting: [UInt8], opening session: NewSession, now: Instant
    ) -> ChangeAccess {
        ChangeAccess(person: person, change: .recoveryCodeUsed) { transaction in
            guard try CredentialQueries.hasRecoveryCode(digest, of: person, in: transaction) else {
                throw Refusal("it is none of your codes, or was used already", remedy: "take another one")
            }
            try CredentialQueries.useRecoveryCode(digest, of: person, now: now, in: transaction)
            try SessionQueries.end(awaiting, in: transaction)
            try SessionQueries.open(session, now: now, in: transaction)
        }
    }

    /// Issues a token, which proves what the session proved in which it is issued.
    public static func issuing(_ token: NewAccessToken, to person: String, from session: [UInt8], now: Instant) -> ChangeAccess {
        ChangeAccess(person: person, change: .tokenIssued, subject: token.id) { transaction in
            guard (1...AccessToken.nameLimit).contains(token.name.utf8.count) else {
                throw Refusal("a token has a name, of \(AccessToken.nameLimit) bytes at most", remedy: "give it")
            }
            guard now < token.expiresAt, token.expiresAt <= now.adding(seconds: Int64(AccessToken.longestDays) * 86_400) else {
                throw Refusal("a token ends within a year, and not before it begins", remedy: "choose another day")
            }
            guard try TokenQueries.tokens(of: person, in: transaction).count(where: { $0.isValid(now: now) }) < AccessToken.most else {
                throw Refusal("you have \(AccessToken.most) tokens", remedy: "revoke one that is not used any more")
            }
            guard let level = try PassageQueries.level(ofSession: session, person: person, now: now, in: transaction) else {
                throw Refusal("your sign-in has ended", remedy: "sign in again", kind: .right)
            }
            try TokenQueries.insert(token, of: person, level, now: now, in: transaction)
        }
    }

    public static func revoking(token id: String, of person: String, now: Instant) -> ChangeAccess {
        ChangeAccess(person: person, change: .tokenRevoked, subject: id) { transaction in
            guard try TokenQueries.tokens(of: person, in: transaction).contains(where: { $0.id == id && $0.revokedAt == nil }) else {
                throw Refusal("you have no such token, or it is revoked already")
            }
            try TokenQueries.revoke(id, of: person, now: now, in: transaction)
        }
    }

    /// Ends every session, forgets every browser, and revokes the tokens that were not chosen to outlive this.
    public static func signingOutEverywhere(_ person: String, now: Instant) -> ChangeAccess {
        ChangeAccess(person: person, change: .signedOutEverywhere) { transaction in
            try SessionQueries.endAll(of: person, in: transaction)
            try SessionQueries.forgetDevices(of: person, in: transaction)
            try TokenQueries.revokeAtSignOut(of: person, now: now, in: transaction)
        }
    }

    private static func requireLink(_ digest: [UInt8], _ purpose: EntryLink.Purpose, in transaction: any ReadTransaction) throws {
        // That it is open was asked with the right, a moment ago and in this transaction.
        guard try InvitationQueries.link(digest, in: transaction)?.purpose == purpose else {
            throw Refusal("the link is for something else", remedy: "follow the one in the latest mail", kind: .conflict)
        }
    }

    /// Who has a second factor changes it only after having proved it: a password alone, or a provider's word, could be somebody else's.
    private static func requireSecondFactor(
        of person: String, provedIn session: [UInt8], now: Instant, in transaction: any ReadTransaction
    ) throws {
        guard try CredentialQueries.secondFactor(of: person, in: transaction) != nil else { return }
        guard try PassageQueries.level(ofSession: session, person: person, now: now, in: transaction) == .secondFactor else {
            throw Refusal.notAllowed(
                name, "Whoever has a second factor changes it after signing in with it.", remedy: "sign in again, with a code")
        }
    }
}
