internal import Foundation
internal import SQL

/// Erases what is personal of somebody who no longer holds a role. The record goes on to know them by their opaque id, and the audit chain stays whole.
public struct ErasePerson: Action {
    public static let name = "erase-person"
    public static let hasPublicEffect = false
    public static let right = Right(
        [.administrator], operators: true, rule: "Only an administrator of the fund, or the operator of the machine, erases a person.")

    public let fund: String
    public let person: String
    /// Why, without repeating what is erased.
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

    /// Who worked in other funds too is erased by whoever administers those as well.
    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.require(Self.right, of: actor, for: Self.name)
        try recording.requireSay(of: actor, in: person, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> Outcome {
        guard (1...500).contains(reason.utf8.count) else {
            throw Refusal("an erasure has a reason, of 500 bytes at most", remedy: "give it")
        }
        let holdings = try PeopleQueries.holdings(of: person, in: recording.transaction)
        guard let particulars = try PeopleQueries.particulars(of: person, in: recording.transaction),
            holdings.contains(where: { $0.fund == fund })
        else { throw Refusal("the fund has no such person, or what was personal is erased already") }
        try particulars.requireAbsence(from: reason)
        let today = try recording.today()
        if let holding = holdings.first(where: { $0.isCurrentOrToCome(today: today, now: recording.now) }) {
            throw Refusal(
                "the person holds the role “\(holding.role.rawValue)” in \(holding.fund)", remedy: "end every role of the person first")
        }
        try recording.ofPeople().insert(into: .personErasure, [.text(person), .text(reason)])
        try recording.insert(into: .personErasure, [.text(person), .text(reason)])
        try PeopleQueries.erase(person, in: recording.beside)
        return Outcome(person: person)
    }
}
