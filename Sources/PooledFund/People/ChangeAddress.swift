internal import Foundation
internal import SQL

/// Makes an address somebody's own, once the link that was sent there was followed by who is signed in as them.
///
/// Both are asked for: the link shows that they read the mail of the new address, so that nobody takes one to which somebody else is invited later; the
/// sign-in shows that whoever reads it is not a stranger to whom the link was sent by mistake.
public struct ChangeAddress: Action {
    public static let name = "change-address"
    public static let hasPublicEffect = false
    public static let right = Right(ones: true, rule: "Everybody changes their own address, and nobody another's.")

    public var fund: String { PeopleChain.name }
    public let person: String
    /// SHA-256 of the secret in the link.
    public let link: [UInt8]

    public init(person: String, link: [UInt8]) {
        self.person = person
        self.link = link
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["person": person])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.require(Self.right, of: actor, for: Self.name, concerning: person)
    }

    public func perform(in recording: Recording) throws {
        let change = try AddressQueries.change(of: person, in: recording.transaction)
        guard let change, change.digest == link, link.count == 32, recording.now < change.expiresAt else {
            throw Refusal(
                "the link is not good any more: it was followed already, has run out, or a newer one was asked for",
                remedy: "ask for another one under Settings", kind: .conflict)
        }
        guard let known = try PeopleQueries.particulars(of: person, in: recording.transaction) else {
            throw Refusal("there is no such person")
        }
        guard try PeopleQueries.particulars(email: change.email, in: recording.transaction) == nil else {
            throw Refusal(
                "somebody else here has this address", remedy: "ask the administrator of your fund to bring the two together",
                kind: .conflict)
        }
        try recording.introduce(PersonParticulars(id: person, name: known.name, email: change.email))
        try AddressQueries.delete(of: person, in: recording.beside)
        // What was sent to the old address lets nobody in any more.
        try InvitationQueries.use(.newPassword, of: person, now: recording.now, in: recording.beside)
    }
}
