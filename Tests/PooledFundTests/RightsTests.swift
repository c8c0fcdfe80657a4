import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

/// Every action is tried as every role, as the operator of the machine, and as whoever should not get in. `Documentation/rights.md` is what is tried.
@Suite("Rights")
struct RightsTests {
    @Test("Nobody performs what the rule does not let them, and whoever it lets leaves an event", arguments: TriedRight.all)
    func everyRole(right: TriedRight) async throws {
        let house = try await TriedHouse(for: right)
        for (number, role) in Role.allCases.enumerated() {
            let actor = try await house.people.admit(role, of: "actor-\(role.rawValue)").actor
            try await expect(right.roles.contains(role), right, house, number, actor, "\(role.rawValue)")
        }
        try await expect(right.isOperators, right, house, 20, .machineOperator, "the operator of the machine")
    }

    @Test("Nobody gets in who is not on record, no longer signed in, or with a token for something else", arguments: TriedRight.all)
    func everyWayIn(right: TriedRight) async throws {
        let house = try await TriedHouse(for: right)
        let stranger = Actor.person(UUID().uuidString.lowercased(), through: .session(digest: PeopleOnRecord.randomBytes()))
        try await expect(false, right, house, 1, stranger, "a stranger")
        guard let role = right.roles.sorted(by: { $0.rawValue < $1.rawValue }).first else { return }
        let admitted = try await house.people.admit(role, of: "actor")
        let person = admitted.person
        try await expect(true, right, house, 2, admitted.actor, "a session")
        try await expect(true, right, house, 3, try await house.people.token(of: person), "a token that may act")
        let ways: [(Actor, String)] = [
            (.person(person, through: .session(digest: PeopleOnRecord.randomBytes())), "another's guess of a session"),
            (try await house.people.session(of: person, lasting: -1), "a session that has ended"),
            (try await house.people.token(of: person, scope: "read"), "a token that may only read"),
            (try await house.people.token(of: person, fund: "another-fund"), "a token for another fund"),
            (.person(person, through: .token(id: UUID().uuidString.lowercased())), "a token that is none"),
            (.person(person, through: .invitation(digest: PeopleOnRecord.randomBytes())), "an invitation that is none"),
        ]
        for (number, (actor, said)) in ways.enumerated() { try await expect(false, right, house, 10 + number, actor, said) }
        // Whose session it is, nobody else is.
        let other = try await house.people.admit(.contributor, of: "other")
        try await expect(
            false, right, house, 20, .person(person, through: other.actor.passage), "the session of somebody else")
    }

    @Test(
        "A role that ended a second ago gives no right, nor one that has not begun", arguments: TriedRight.all.filter { !$0.roles.isEmpty })
    func ended(right: TriedRight) async throws {
        let house = try await TriedHouse(for: right)
        let role = try #require(right.roles.min { $0.rawValue < $1.rawValue })
        let admitted = try await house.people.admit(role, of: "actor")
        let token = try await house.people.token(of: admitted.person)
        _ = try await house.people.admit(.administrator, of: "another-administrator")
        _ = try await house.office.office.perform(
            EndRole(fund: house.fund, holding: admitted.holding, reason: "A test"), by: .machineOperator)
        try house.office.clock.set("2024-02-01T09:00:01Z")
        try await expect(false, right, house, 1, admitted.actor, "a role that ended a second ago")
        try await expect(false, right, house, 2, token, "a token of a person whose role ended a second ago")

        let invitation = InvitePerson(
            fund: house.fund, email: "early@example.org", personName: "Early", role: role, organization: PeopleOnRecord.party(of: role),
            seat: role.needsSeat ? "contributors-1" : nil, startsOn: try CivilDate(parsing: "2024-02-03"))
        let early = try await house.office.office.perform(invitation, by: .machineOperator).outcome
        try await expect(false, right, house, 3, try await house.people.session(of: early.person), "a role that has not begun")
    }

    @Test("A role whose Terms ask for a second factor gives no right without it", arguments: TriedRight.all.filter { !$0.roles.isEmpty })
    func secondFactor(right: TriedRight) async throws {
        let house = try await TriedHouse(for: right)
        let rules = try house.folder.read().terms.people
        for (number, role) in right.roles.sorted(by: { $0.rawValue < $1.rawValue }).enumerated() {
            let actor = try await house.people.admit(role, of: "actor-\(role.rawValue)", level: .password).actor
            guard rules.secondFactor.contains(role) else {
                try await expect(true, right, house, number, actor, "\(role.rawValue) without a second factor")
                continue
            }
            let refusal = await #expect(throws: Refusal.self) { try await right.perform(house, number, actor) }
            #expect(
                refusal?.kind == .right && refusal?.reason.contains("second factor") ?? false,
                "\(role.rawValue): \(String(describing: refusal))")
            #expect(house.eventsLeft == 0)
        }
    }

    @Test("Everybody may do what concerns themselves alone, whatever their role", arguments: TriedRight.all.filter(\.isOnes))
    func oneself(right: TriedRight) async throws {
        let house = try await TriedHouse(for: right)
        _ = try await house.people.admit(.administrator, of: "another-administrator")
        for role in Role.allCases {
            let person = try await house.people.admit(role, of: "one-\(role.rawValue)", level: .password)
            try await right.performOnOneself?(house, person)
            #expect(house.eventsLeft == 1, "\(role.rawValue)")
        }
        #expect(right.performOnOneself != nil)
    }

    @Test("An action that is asked for by a form says so, and every action of the house is tried")
    func complete() throws {
        let pattern = try Regex(#"struct (\w+): Action\b"#)
        let named = try Regex(#"static let name = "([a-z-]+)""#)
        var names: Set<String> = []
        for file in try Folders.swiftFiles(under: "Sources/PooledFund") {
            let text = try String(contentsOf: file, encoding: .utf8)
            guard text.firstMatch(of: pattern) != nil else { continue }
            for match in text.matches(of: named) { names.insert(String(try #require(match.output[1].substring))) }
        }
        let tried = Set(TriedRight.all.map { String($0.name.split(separator: " ")[0]) })
        #expect(tried == names)
        // These are done by the pages of settings, which bring secrets, and by the server itself.
        #expect(
            names.subtracting(RequestedActions.all.map { $0.name }) == [
                "amend-particulars", "change-access", "change-address", "open-demonstration", "send-reminders",
            ])
        #expect(Set(RequestedActions.all.map { $0.name }).count == RequestedActions.all.count)
    }

    @Test("Documentation/rights.md is what is tried")
    func documented() throws {
        try Documented.section("actions", of: "rights.md", is: Self.table)
    }

    /// A line for each right that is tried; a column for each role.
    private static var table: String {
        let heads = ["action"] + Role.allCases.map { "`\($0.rawValue)`" } + ["operator", "oneself"]
        let lines = TriedRight.all.map { right in
            let may = Role.allCases.map { right.roles.contains($0) } + [right.isOperators, right.isOnes]
            return "| `\(right.name.replacing(" (", with: "` (`").replacing(")", with: "`)"))\(right.name.contains("(") ? "" : "`") | "
                + may.map { $0 ? "yes" : "–" }.joined(separator: " | ") + " |"
        }
        var rules: [String] = []
        for right in TriedRight.all {
            let rule = "- `\(right.name.split(separator: " ")[0])`: \(right.rule)"
            if !rules.contains(rule) { rules.append(rule) }
        }
        return (["| \(heads.joined(separator: " | ")) |", "|\(String(repeating: "---|", count: heads.count))"] + lines + [""] + rules)
            .joined(separator: "\n")
    }

    private func expect(
        _ isPermitted: Bool, _ right: TriedRight, _ house: TriedHouse, _ number: Int, _ actor: Actor, _ said: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        do {
            try await right.perform(house, number, actor)
            #expect(isPermitted, "\(said) may perform \(right.name)", sourceLocation: sourceLocation)
            #expect(house.eventsLeft == right.eventCount, "\(said)", sourceLocation: sourceLocation)
        } catch let refusal as Refusal {
            #expect(!isPermitted, "\(said) may not perform \(right.name): \(refusal)", sourceLocation: sourceLocation)
            #expect(refusal.kind == .right, "\(said): \(refusal)", sourceLocation: sourceLocation)
            let namesRule = refusal.reason.contains(right.rule) || refusal.reason.contains("sign-in has ended")
            #expect(namesRule, "\(said): \(refusal)", sourceLocation: sourceLocation)
            #expect(house.eventsLeft == 0, "\(said)", sourceLocation: sourceLocation)
        }
    }
}
