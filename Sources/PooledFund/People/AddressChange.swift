public import Ledger
internal import SQL

/// An address that somebody wants to be theirs, and has not proved to read yet.
public struct AddressChange: Sendable, Hashable {
    public let person: String
    public let email: String
    /// SHA-256 of the secret in the link that was sent there; empty until the letter is written.
    public let digest: [UInt8]
    public let expiresAt: Instant

    /// For how long the link is good, in seconds.
    public static let seconds: Int64 = 86_400
}

extension Office {
    /// The wish of somebody that is still open; nil if there is none.
    public nonisolated func addressChange(of person: String, now: Instant) async throws -> AddressChange? {
        try await database.read { try AddressQueries.change(of: person, in: $0) }.flatMap { now < $0.expiresAt ? $0 : nil }
    }

    /// Has a link sent to the new address, and tells the old one. That somebody else here has the address is not said before it is proved.
    ///
    /// - Throws: `Refusal` for what is no address, or is theirs already.
    public nonisolated func askForAddress(_ email: String, of person: String, now: Instant) async throws {
        let email = try PersonParticulars.checkedEmail(email)
        try await database.write { transaction in
            guard let known = try PeopleQueries.particulars(of: person, in: transaction) else { return }
            guard known.email != email else { throw Refusal("this is your address already", remedy: "give another one") }
            let change = AddressChange(
                person: person, email: email, digest: [], expiresAt: now.adding(seconds: AddressChange.seconds))
            try AddressQueries.put(change, now: now, in: transaction)
            for kind in [Notice.Kind.addressProof, .addressAsked] {
                try NoticeQueries.queue(kind, to: person, now: now, in: transaction)
            }
        }
    }

    /// Takes the wish back: the link that was sent lets nobody change anything.
    public nonisolated func forgetAddressChange(of person: String) async throws {
        try await database.write { try AddressQueries.delete(of: person, in: $0) }
    }
}
