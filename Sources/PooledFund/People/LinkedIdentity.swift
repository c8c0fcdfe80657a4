public import Ledger
internal import SQL

/// Somebody at an identity provider, by which a person signs in.
public struct LinkedIdentity: Sendable, Hashable {
    public let issuer: String
    /// Opaque, and unique at its issuer.
    public let subject: String
    /// Nil before it is on record.
    public let linkedAt: Instant?

    public init(issuer: String, subject: String, linkedAt: Instant? = nil) {
        self.issuer = issuer
        self.subject = subject
        self.linkedAt = linkedAt
    }

    /// More of one person are of no use to anybody.
    static let most = 10
}

/// Who somebody of a provider is here.
public enum Arrival: Sendable, Hashable {
    /// A person who linked the identity, by id.
    case known(String)
    /// A person who was invited by this address and has not joined yet, by id.
    case invited(String)
    /// A person with this address has a way in already, and must link the identity from within: an address alone takes over no account.
    case notLinked
    /// Nobody.
    case stranger
}

extension Office {
    /// - Parameter verifiedEmail: an address that the provider vouches for; nil if it vouches for none.
    public nonisolated func arrival(of identity: LinkedIdentity, verifiedEmail: String?) async throws -> Arrival {
        // What is no address that can be on record here is nobody's.
        let email = verifiedEmail.flatMap { email in try? PersonParticulars.checkedEmail(email) }
        return try await database.read { transaction in
            if let person = try IdentityQueries.person(identity, in: transaction) { return .known(person) }
            guard let email, let particulars = try PeopleQueries.particulars(email: email, in: transaction) else { return .stranger }
            return try AccessQueries.hasJoined(particulars.id, in: transaction) ? .notLinked : .invited(particulars.id)
        }
    }

    public nonisolated func linkedIdentities(of person: String) async throws -> [LinkedIdentity] {
        try await database.read { try IdentityQueries.identities(of: person, in: $0) }
    }
}

extension ChangeAccess {
    /// Joins by an identity that vouches for the address of the invitation. Every link that was sent to the person is used up.
    public static func joining(_ person: String, by identity: LinkedIdentity, now: Instant) -> ChangeAccess {
        ChangeAccess(person: person, change: .joined) { transaction in
            guard try !AccessQueries.hasJoined(person, in: transaction) else {
                throw Refusal("the invitation was followed already", remedy: "sign in", kind: .conflict)
            }
            try InvitationQueries.use(.join, of: person, now: now, in: transaction)
            try link(identity, to: person, now: now, in: transaction)
        }
    }

    public static func linking(_ identity: LinkedIdentity, to person: String, now: Instant) -> ChangeAccess {
        ChangeAccess(person: person, change: .identityLinked) { try link(identity, to: person, now: now, in: $0) }
    }

    /// The last way in is not taken away: without a password and without an identity nobody could come back.
    public static func unlinking(_ identity: LinkedIdentity, from person: String) -> ChangeAccess {
        ChangeAccess(person: person, change: .identityUnlinked) { transaction in
            guard try IdentityQueries.person(identity, in: transaction) == person else {
                throw Refusal("the account is not linked with yours, or no longer", kind: .conflict)
            }
            try IdentityQueries.unlink(identity, of: person, in: transaction)
            guard try AccessQueries.hasJoined(person, in: transaction) else {
                throw Refusal(
                    "it is your only way to sign in", remedy: "choose a password first, under Settings")
            }
        }
    }

    private static func link(_ identity: LinkedIdentity, to person: String, now: Instant, in transaction: any WriteTransaction) throws {
        guard try IdentityQueries.person(identity, in: transaction) == nil else {
            throw Refusal(
                "the account is linked with somebody here already", remedy: "sign in with it, or unlink it there first", kind: .conflict)
        }
        guard try IdentityQueries.identities(of: person, in: transaction).count < LinkedIdentity.most else {
            throw Refusal("you have linked \(LinkedIdentity.most) accounts", remedy: "unlink one first")
        }
        try IdentityQueries.link(identity, to: person, now: now, in: transaction)
    }
}
