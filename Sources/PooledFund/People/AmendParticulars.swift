internal import Foundation
internal import SQL

/// Changes what is personal of somebody: the name, the address.
public struct AmendParticulars: Action {
    public static let name = "amend-particulars"
    public static let hasPublicEffect = false
    public static let right = Right(ones: true, rule: "Everybody changes their own name and address, and nobody another's.")

    public var fund: String { PeopleChain.name }
    public let person: String
    public let personName: String
    public let email: String

    public init(person: String, personName: String, email: String) {
        self.person = person
        self.personName = personName
        self.email = email
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["person": person])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.require(Self.right, of: actor, for: Self.name, concerning: person)
    }

    public func perform(in recording: Recording) throws {
        let email = try PersonParticulars.checkedEmail(email)
        let amended = PersonParticulars(id: person, name: try PersonParticulars.checkedName(personName), email: email)
        guard let known = try PeopleQueries.particulars(of: person, in: recording.transaction) else {
            throw Refusal("there is no such person")
        }
        guard known != amended else { return }
        if let other = try PeopleQueries.particulars(email: email, in: recording.transaction), other.id != person {
            throw Refusal("the address belongs to somebody else", remedy: "give another one")
        }
        try recording.introduce(amended)
    }
}
