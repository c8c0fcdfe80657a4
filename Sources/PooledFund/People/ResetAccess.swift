internal import Foundation
internal import SQL

/// Takes away everything that somebody gets in with, for when a telephone and its codes are lost, or somebody else has them. A link to begin anew goes to
/// the address that the person was invited under.
public struct ResetAccess: Action {
    public static let name = "reset-access"
    public static let hasPublicEffect = false
    public static let right = Right(
        [.administrator], operators: true,
        rule: "Only an administrator of the fund, or the operator of the machine, resets how somebody gets in.")

    public let fund: String
    public let person: String
    public let reason: String

    public init(fund: String, person: String, reason: String) {
        self.fund = fund
        self.person = person
        self.reason = reason
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let person: String
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["person": person, "reason": reason])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.require(Self.right, of: actor, for: Self.name)
        try recording.requireSay(of: actor, in: person, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> Outcome {
        guard (1...500).contains(reason.utf8.count) else { throw Refusal("a reset has a reason, of 500 bytes at most", remedy: "give it") }
        guard let particulars = try PeopleQueries.particulars(of: person, in: recording.transaction),
            try PeopleQueries.holdings(of: person, in: recording.transaction).contains(where: { $0.fund == fund })
        else { throw Refusal("the fund has no such person", remedy: "look on the page of people") }
        try particulars.requireAbsence(from: reason)
        let hasPassword = try CredentialQueries.passwordHash(of: person, in: recording.transaction) != nil
        try AccessQueries.reset(person, now: recording.now, in: recording.beside)
        let row: [Value] = [.text(person), .text(AccessChange.loginReset.rawValue), .text("")]
        let people = try recording.ofPeople()
        try people.insert(into: .accessChange, row)
        try recording.insert(into: .accessChange, row)
        try people.notify(person, .accessChanged, ["change": AccessChange.loginReset.rawValue])
        if hasPassword {
            try people.notify(person, .newPassword, [:])
        } else if let holding = try PeopleQueries.holdings(of: person, in: recording.transaction).last(where: { $0.fund == fund }) {
            try recording.notify(person, .invitation, ["role": holding.role.rawValue, "organization": holding.organization])
        }
        return Outcome(person: person)
    }
}

extension Recording {
    /// Of who works or worked in other funds too, their administrators have a say.
    ///
    /// - Throws: `Refusal` unless the actor administers every fund in which the person holds or held a role, or is the operator of the machine.
    func requireSay(of actor: Actor, in person: String, for action: String) throws {
        guard actor.passage != .machine else { return }
        let others = Set(try PeopleQueries.holdings(of: person, in: transaction).map(\.fund)).subtracting([fund])
        for other in others.sorted() {
            let held = try PeopleQueries.currentHoldings(of: actor.id, in: other, today: try today(), now: now, in: transaction)
            guard held.contains(where: { $0.role == .administrator }) else {
                throw Refusal.notAllowed(
                    action, "The person worked in another fund too, whose administrators have a say.",
                    remedy: "ask the operator of the machine")
            }
        }
    }
}
