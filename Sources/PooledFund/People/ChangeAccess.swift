internal import Foundation
public import SQL

/// Changes how a person gets in, and says so in the chain of people, in one commit.
public struct ChangeAccess: Action {
    public static let name = "change-access"
    public static let hasPublicEffect = false
    public static let right = Right(ones: true, rule: "Everybody changes how they get in themselves, and nobody another's.")

    public var fund: String { PeopleChain.name }
    public let person: String
    public let change: AccessChange
    /// The token or identity concerned, by an opaque id; empty where there is but one.
    public let subject: String
    private let apply: @Sendable (any WriteTransaction) throws -> Void

    /// - Parameter apply: changes what is not of the record, in the same transaction: the hash of the password, the token. May throw a `Refusal`.
    public init(
        person: String, change: AccessChange, subject: String = "", apply: @escaping @Sendable (any WriteTransaction) throws -> Void
    ) {
        self.person = person
        self.change = change
        self.subject = subject
        self.apply = apply
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["person": person, "change": change.rawValue])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.require(Self.right, of: actor, for: Self.name, concerning: person)
    }

    public func perform(in recording: Recording) throws {
        try apply(recording.beside)
        try recording.insert(into: .accessChange, [.text(person), .text(change.rawValue), .text(subject)])
        // Whoever did not do it themselves learns of it.
        try recording.notify(person, .accessChanged, ["change": change.rawValue])
    }
}
