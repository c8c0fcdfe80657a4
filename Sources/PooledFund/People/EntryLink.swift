public import Ledger
internal import SQL

/// A link that was sent to a person and lets them in once.
public struct EntryLink: Sendable, Hashable {
    /// SHA-256 of the secret in it.
    public let digest: [UInt8]
    /// The id of whom it was sent to.
    public let person: String
    public let purpose: Purpose
    public let expiresAt: Instant
    public let usedAt: Instant?

    /// What it lets its person do.
    public enum Purpose: String, Sendable, Hashable, CaseIterable {
        case join
        case newPassword = "new-password"

        /// How long it is good for. An invitation waits for people on mission; a link to a new password is asked for by who sits before
        /// the screen.
        public var seconds: Int64 {
            switch self {
            case .join: 7 * 86_400
            case .newPassword: 3_600
            }
        }
    }

    /// What it is good for now.
    public enum Standing: Sendable, Hashable {
        case open
        case used
        case expired
    }

    public func standing(now: Instant) -> Standing {
        if usedAt != nil { return .used }
        return now < expiresAt ? .open : .expired
    }
}

extension Office {
    /// The link with the secret of this digest; nil if none was sent.
    public nonisolated func entryLink(_ digest: [UInt8]) async throws -> EntryLink? {
        try await database.read { try InvitationQueries.link(digest, in: $0) }
    }

    /// Makes a link of a secret.
    ///
    /// - Parameter digest: of the secret, which goes to the person alone.
    public nonisolated func makeEntryLink(
        _ digest: [UInt8], to person: String, for purpose: EntryLink.Purpose, now: Instant
    ) async throws {
        try await database.write { try InvitationQueries.insert(digest, of: person, purpose, now: now, in: $0) }
    }

    /// What a person is invited to: the roles that they hold, or will.
    public nonisolated func holdings(of person: String, now: Instant) async throws -> [RoleHolding] {
        try await database.read { transaction in
            try PeopleQueries.holdings(of: person, in: transaction).filter { holding in
                let zone = try TermsOnRecord.read(holding.fund, in: transaction)?.identity.timeZone
                let today = try zone.map { try FundTimeZone($0).today(at: now) } ?? now.civilDate(secondsFromGMT: 0)
                return holding.isCurrentOrToCome(today: today, now: now)
            }
        }
    }

    /// Has a link to choose a new password sent to whoever has the address; if nobody has, nothing happens.
    public nonisolated func sendNewPasswordLink(to email: String, now: Instant) async throws {
        let email = email.lowercased()
        try await database.write { transaction in
            guard let person = try PeopleQueries.particulars(email: email, in: transaction)?.id,
                try AccessQueries.hasJoined(person, in: transaction),
                try !AccessQueries.wasSentNewPassword(person, since: now.adding(seconds: -newPasswordPause), in: transaction)
            else { return }
            try NoticeQueries.queue(.newPassword, to: person, now: now, in: transaction)
        }
    }
}

/// Somebody's mailbox is not filled by whoever types their address again and again: one link in so many seconds.
private let newPasswordPause: Int64 = 300
