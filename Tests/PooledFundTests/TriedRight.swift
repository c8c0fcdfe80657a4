import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

/// A right that is tried: an action with an example of it, and who may perform it as the code says.
struct TriedRight: Sendable, CustomTestStringConvertible {
    /// The action's name, with the role concerned where the right depends on it.
    let name: String
    let roles: Set<Role>
    let isOperators: Bool
    /// Whether everybody may perform it who is concerned themselves.
    let isOnes: Bool
    let rule: String
    /// How many events it leaves: one in the chain of people besides, where it changes who they are.
    let eventCount: Int64
    /// Prepares what the example needs, and performs it; each has a number of its own.
    let perform: @Sendable (TriedHouse, _ number: Int, Actor) async throws -> Void
    /// Performs one that concerns the actor; nil where there is none.
    var performOnOneself: (@Sendable (TriedHouse, PeopleOnRecord.Admitted) async throws -> Void)?

    var testDescription: String { name }

    init<A: Action>(
        _: A.Type, of role: Role? = nil, right: Right = A.right, events eventCount: Int64 = 1,
        _ example: @escaping @Sendable (TriedHouse, _ number: Int) async throws -> A,
        onOneself: (@Sendable (TriedHouse, PeopleOnRecord.Admitted) async throws -> A)? = nil
    ) {
        name = A.name + (role.map { " (\($0.rawValue))" } ?? "")
        (roles, isOperators, isOnes, rule) = (right.roles, right.isOperators, right.isOnes, right.rule)
        self.eventCount = eventCount
        perform = { house, number, actor in
            let action = try await example(house, number)
            try await house.measuring { _ = try await house.office.office.perform(action, by: actor) }
        }
        if let onOneself {
            performOnOneself = { house, person in
                let action = try await onOneself(house, person)
                try await house.measuring { _ = try await house.office.office.perform(action, by: person.actor) }
            }
        }
    }

    /// Every action of the house, those whose right depends on a role once for each.
    static let all: [TriedRight] =
        [postEntries, reverseEntry] + Role.allCases.map(inviting) + Role.allCases.map(ending) + [
            registerOrganization, loadFund, eraseEventBody, erasePerson, resetAccess, amendParticulars, changeAddress, changeAccess,
            openDemonstration, sendReminders,
        ] + ofProposals + ofAssessment + ofCommittee

    private static let postEntries = TriedRight(PostEntries.self) { try $0.posting("posted-\($1)") }

    private static let reverseEntry = TriedRight(ReverseEntry.self) { house, number in
        _ = try await house.office.office.perform(try house.posting("wrong-\(number)"), by: .machineOperator)
        return ReverseEntry(
            fund: house.fund, entry: "wrong-\(number)", externalID: "righted-\(number)", effectiveOn: try CivilDate(parsing: "2024-01-31"),
            memo: "A test")
    }

    private static func inviting(to role: Role) -> TriedRight {
        TriedRight(
            InvitePerson.self, of: role, right: Right(role.invitedBy, operators: true, rule: InvitePerson.right.rule), events: 2
        ) { try $0.invitation(to: role, number: $1) }
    }

    private static func ending(of role: Role) -> TriedRight {
        TriedRight(
            EndRole.self, of: role, right: Right(role.invitedBy, operators: true, ones: true, rule: EndRole.right.rule)
        ) { house, number in
            let invited = try await house.office.office.perform(try house.invitation(to: role, number: number), by: .machineOperator)
            return EndRole(fund: house.fund, holding: invited.outcome.holding, reason: "A test")
        } onOneself: { house, person in
            EndRole(fund: house.fund, holding: person.holding, reason: "A test")
        }
    }

    private static let registerOrganization = TriedRight(RegisterOrganization.self) { house, number in
        RegisterOrganization(
            fund: house.fund, id: "quay-\(number)", organizationName: "Quay \(number) (fictional)", shortName: "", kind: .civilSociety,
            country: nil, source: "charter")
    }

    private static let loadFund = TriedRight(LoadFund.self) { house, number in
        try house.folder.append("new-\(number),New \(number) (fictional),,academia,,,charter", to: "records/organizations.csv")
        return LoadFund(folder: try house.folder.read())
    }

    private static let eraseEventBody = TriedRight(EraseEventBody.self) { house, number in
        let posted = try await house.office.office.perform(try house.posting("secret-\(number)"), by: .machineOperator)
        guard let event = posted.event else { throw Unexpected("nothing was posted") }
        return EraseEventBody(fund: house.fund, event: event.sequence, reason: "A test")
    }

    private static let erasePerson = TriedRight(ErasePerson.self, events: 2) { house, number in
        let invited = try await house.office.office.perform(
            try house.invitation(to: .contributorToText, number: number), by: .machineOperator)
        _ = try await house.office.office.perform(
            EndRole(fund: house.fund, holding: invited.outcome.holding, reason: "A test"), by: .machineOperator)
        return ErasePerson(fund: house.fund, person: invited.outcome.person, reason: "A test")
    }

    private static let resetAccess = TriedRight(ResetAccess.self, events: 2) { house, number in
        let invited = try await house.office.office.perform(
            try house.invitation(to: .contributorToText, number: number), by: .machineOperator)
        return ResetAccess(fund: house.fund, person: invited.outcome.person, reason: "A test")
    }

    private static let amendParticulars = TriedRight(AmendParticulars.self) { house, number in
        let invited = try await house.office.office.perform(
            try house.invitation(to: .contributorToText, number: number), by: .machineOperator)
        return AmendParticulars(person: invited.outcome.person, personName: "Another")
    } onOneself: { _, person in
        AmendParticulars(person: person.person, personName: "Amended")
    }

    private static let changeAddress = TriedRight(ChangeAddress.self) { house, number in
        let invited = try await house.office.office.perform(
            try house.invitation(to: .contributorToText, number: number), by: .machineOperator)
        return try await house.addressChange(of: invited.outcome.person)
    } onOneself: { house, person in
        try await house.addressChange(of: person.person)
    }

    private static let changeAccess = TriedRight(ChangeAccess.self) { house, number in
        let invited = try await house.office.office.perform(
            try house.invitation(to: .contributorToText, number: number), by: .machineOperator)
        return ChangeAccess(person: invited.outcome.person, change: .passwordChanged) { _ in }
    } onOneself: { _, person in
        ChangeAccess(person: person.person, change: .passwordChanged) { _ in }
    }

    private static let sendReminders = TriedRight(SendReminders.self, events: 0) { house, _ in SendReminders(fund: house.fund) }

    private static let openDemonstration = TriedRight(OpenDemonstration.self, events: 2) { house, _ in
        OpenDemonstration(fund: house.fund, names: [:])
    }
}

/// The office in which a right is tried, with what its examples are made of.
struct TriedHouse: Sendable {
    let office: TestOffice
    let fund = "river-towns"
    let folder: FolderCopy
    let people: PeopleOnRecord
    private let counted = Counted()

    /// - Parameter right: what is tried in it; some examples need what is old.
    init(for right: TriedRight? = nil) async throws {
        office = try await TestOffice()
        folder = try FolderCopy()
        if right?.name == ExpirePipeline.name {
            let now = office.clock.now
            try office.clock.set("2021-02-01T09:00:00Z")
            try await office.load(folder.url)
            for step in [PutAgedPipelineOnRecord.Step.begun, .takenUp] {
                _ = try await office.office.perform(PutAgedPipelineOnRecord(fund: fund, step: step), by: .machineOperator)
            }
            try office.clock.set(now.description)
        } else {
            try await office.load(folder.url)
        }
        people = PeopleOnRecord(office.office, fund: fund, now: office.clock.now)
    }

    func posting(_ id: String) throws -> PostEntries {
        let yen = try Currency(code: "JPY", minorUnits: 0)
        return PostEntries(
            fund: fund,
            contributions: [
                .init(
                    externalID: id, contributor: "lakeland", amount: Money(minorUnits: 1, currency: yen),
                    effectiveOn: try CivilDate(parsing: "2024-01-31"), memo: "", source: "charter")
            ])
    }

    /// Of a person of its own, each to a year of its own: a seat has one holder at a time.
    func invitation(to role: Role, number: Int) throws -> InvitePerson {
        let year = 2_100 + number
        return InvitePerson(
            fund: fund, email: "invited-\(role.rawValue)-\(number)@example.org", personName: "Somebody \(number)", role: role,
            organization: PeopleOnRecord.party(of: role), seat: role.needsSeat ? "contributors-1" : nil,
            engagement: role.needsEngagement ? "Audit of a made-up year" : nil, startsOn: try CivilDate(year: year, month: 1, day: 1),
            endsOn: try CivilDate(year: year, month: 12, day: 31))
    }

    /// With a link that was sent.
    func addressChange(of person: String) async throws -> ChangeAddress {
        let (link, now) = (PeopleOnRecord.randomBytes(), office.clock.now)
        try await office.office.askForAddress("new-\(person)@example.org", of: person, now: now)
        try await office.database.write { try AddressQueries.set(link, of: person, in: $0) }
        return ChangeAddress(person: person, link: link)
    }

    /// Runs what is tried, and counts the events that it leaves, whether or not it throws.
    func measuring(_ body: () async throws -> Void) async throws {
        let before = try await office.eventCount()
        do {
            try await body()
        } catch {
            counted.count = try await office.eventCount() - before
            throw error
        }
        counted.count = try await office.eventCount() - before
    }

    /// How many events the last try left.
    var eventsLeft: Int64 { counted.count }

    // The tries of a house come one after the other.
    private final class Counted: @unchecked Sendable {
        var count: Int64 = -1
    }
}
