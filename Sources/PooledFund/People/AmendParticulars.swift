internal import Foundation
internal import SQL

/// Changes the name of somebody. Their address takes a proof: see ``ChangeAddress``.
public struct AmendParticulars: Action {
    public static let name = "amend-particulars"
    public static let hasPublicEffect = false
    public static let right = Right(ones: true, rule: "Everybody changes their own name, and nobody another's.")

    public var fund: String { PeopleChain.name }
    public let person: String
    public let personName: String

    public init(person: String, personName: String) {
        self.person = person
        self.personName = personName
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["person": person])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.require(Self.right, of: actor, for: Self.name, concerning: person)
    }

    public func perform(in recording: Recording) throws {
        let name = try PersonParticulars.checkedName(personName)
        guard let known = try PeopleQueries.particulars(of: person, in: recording.transaction) else {
            throw Refusal("there is no such person")
        }
        guard known.name != name else { return }
        try recording.introduce(PersonParticulars(id: person, name: name, email: known.email))
    }
}
