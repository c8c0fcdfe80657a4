import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

/// What waits for whom, by the record and the day.
@Suite("The desk")
struct DeskTests {
    private let house: TestOffice
    private let people: PeopleOnRecord

    init() async throws {
        house = try await TestOffice()
        try await house.load(Folders.riverTowns)
        people = PeopleOnRecord(house.office, now: house.clock.now)
    }

    private func desk(_ person: String, level: PassageLevel = .secondFactor) async throws -> [DeskItem] {
        let actor = try await PeopleOnRecord(house.office, now: house.clock.now).session(of: person, level: level)
        guard case .session(let digest) = actor.passage else { return [] }
        let visitor = try #require(try await house.office.person(withSession: digest, now: house.clock.now))
        return try await house.office.desk(of: visitor, now: house.clock.now)
    }

    private func join(_ person: String) async throws {
        try await people.write(
            "INSERT INTO credential (person, password_hash, changed_at) VALUES (\(person), 'none', 0)")
    }

    private func invite(_ role: Role, of name: String, until: String? = nil, by actor: Actor = .machineOperator) async throws
        -> InvitePerson.Outcome
    {
        try await house.office.perform(try people.invitation(to: role, of: name, until: until), by: actor).outcome
    }

    private func kinds(_ items: [DeskItem]) -> Set<DeskItem.Kind> { Set(items.map(\.kind)) }

    @Test("A role that asks for a second factor puts it on the desk of whoever has none, and no other role does")
    func secondFactor() async throws {
        let agent = try await people.admit(.administrativeAgent, level: .password)
        let reviewer = try await people.admit(.technicalReviewer, level: .password)
        let item = try #require(try await desk(agent.person, level: .password).first { $0.kind == .secondFactorMissing })
        #expect(item.subject == .roles([.administrativeAgent]) && item.due == nil)
        // Instants of the record never go back: each is a little later than the one before.
        #expect(item.since.civilDate(secondsFromGMT: 0) == house.clock.now.civilDate(secondsFromGMT: 0))
        #expect(try await desk(reviewer.person, level: .password).isEmpty)
        try await people.write(
            """
            INSERT INTO second_factor (person, secret, confirmed_at, last_step)
            VALUES (\(agent.person), \(PeopleOnRecord.randomBytes()), 0, 0)
            """
        )
        // There is a factor now, and no code for when it is lost.
        #expect(kinds(try await desk(agent.person, level: .password)) == [.recoveryCodesFew])
        for _ in 0..<DeskItem.enoughRecoveryCodes {
            try await people.write(
                "INSERT INTO recovery_code (person, digest, used_at) VALUES (\(agent.person), \(PeopleOnRecord.randomBytes()), NULL)")
        }
        #expect(try await desk(agent.person).isEmpty)
    }

    @Test(
        "A role that ends within thirty days is on the desk of its holder and of the administrator; a day before that it is not"
    )
    func ends() async throws {
        let administrator = try await people.admit(.administrator)
        let outcome = try await invite(.technicalReviewer, of: "short-term", until: "2024-03-02")
        let holder = outcome.person
        try await join(holder)
        // Thirty days from 1 February 2024 are 2 March.
        #expect(try await desk(holder).map(\.kind) == [.ownRoleEnds])
        let item = try #require(try await desk(administrator.person).first { $0.kind == .roleEnds })
        #expect(item.due == (try CivilDate(parsing: "2024-03-02")))
        try house.clock.set("2024-01-31T09:00:00Z")
        #expect(try await desk(holder).isEmpty)
        try house.clock.set("2024-03-03T09:00:00Z")
        #expect(!kinds(try await desk(administrator.person)).contains(.roleEnds))
    }

    @Test("Whoever invited waits for the answer until it comes; when the link runs out it is theirs to act")
    func invitations() async throws {
        let officer = try await people.admit(.fundManagementUnitOfficer)
        let focal = try await people.admit(.participatingOrganizationFocalPoint, organization: "river-office")
        try await join(focal.person)
        let invited = try await invite(.technicalReviewer, of: "guest", by: officer.actor)
        let item = try #require(try await desk(officer.person).first { $0.kind == .invitationUnanswered })
        guard case .holding(let holding, let name) = item.subject else { return #expect(Bool(false), "\(item)") }
        #expect(holding.person == invited.person && name == "Holder (guest)" && item.kind.isForOthers)
        // A focal point waits for those alone whom it invited itself.
        #expect(try await desk(focal.person).isEmpty)
        _ = try await invite(.contributorToText, of: "writer", by: focal.actor)
        #expect(try await desk(focal.person).map(\.kind) == [.invitationUnanswered])
        try await people.write(
            """
            INSERT INTO invitation (digest, person, purpose, created_at, expires_at, used_at)
            VALUES (\(PeopleOnRecord.randomBytes()), \(invited.person), 'join', 0, \(house.clock.now.microsecondsSince1970 - 1), NULL)
            """)
        #expect(kinds(try await desk(officer.person)).isSuperset(of: [.invitationExpired, .invitationUnanswered]))
        try await join(invited.person)
        #expect(!kinds(try await desk(officer.person)).contains(.invitationExpired))
    }

    @Test("The number that stands on every page is that of the desk, whatever is done and whatever the time")
    func waitingCount() async throws {
        let officer = try await people.admit(.fundManagementUnitOfficer)
        func both() async throws -> (counted: Int, listed: Int) {
            let actor = try await PeopleOnRecord(house.office, now: house.clock.now).session(of: officer.person, level: .secondFactor)
            guard case .session(let digest) = actor.passage else { return (-1, 0) }
            let visitor = try #require(try await house.office.person(withSession: digest, now: house.clock.now))
            let listed = try await house.office.desk(of: visitor, now: house.clock.now).count { !$0.kind.isForOthers }
            // Asked twice: the second answer is one that is remembered.
            _ = try await house.office.waitingCount(of: visitor, now: house.clock.now)
            return (try await house.office.waitingCount(of: visitor, now: house.clock.now), listed)
        }
        let first = try await both()
        #expect(first.counted == first.listed && first.listed > 0)
        // Somebody takes a seat that was waiting.
        _ = try await people.admit(.steeringCommitteeMember)
        let second = try await both()
        #expect(second.counted == second.listed && second.listed == first.listed - 1)
        // An invitation runs out, and no event says so.
        let late = try await invite(.technicalReviewer, of: "late").person
        let expiry = house.clock.now.microsecondsSince1970 + 300_000_000
        try await people.write(
            """
            INSERT INTO invitation (digest, person, purpose, created_at, expires_at, used_at)
            VALUES (\(PeopleOnRecord.randomBytes()), \(late), 'join', 0, \(expiry), NULL)
            """)
        let third = try await both()
        try house.clock.set("2024-02-01T22:00:00Z")
        let fourth = try await both()
        #expect(third.counted == third.listed && fourth.counted == fourth.listed && fourth.listed == third.listed + 1)
    }

    @Test("A seat without a holder waits for whoever may invite to it, and for nobody else")
    func seats() async throws {
        let administrator = try await people.admit(.administrator)
        let reviewer = try await people.admit(.technicalReviewer)
        func vacant() async throws -> [DeskItem.Subject] {
            try await desk(administrator.person).filter { $0.kind == .seatVacant }.map(\.subject)
        }
        #expect(try await vacant().count == 4)
        #expect(!kinds(try await desk(reviewer.person)).contains(.seatVacant))
        let member = try await people.admit(.steeringCommitteeMember)
        let others: Set<DeskItem.Subject> = [
            .seat(id: "agencies-1", name: "agencies"), .seat(id: "contributors-1", name: "contributors"),
            .seat(id: "mayor", name: "the chair"),
        ]
        #expect(try await Set(vacant()) == others)
        _ = try await house.office.perform(
            EndRole(fund: people.fund, holding: member.holding, reason: "Left"), by: administrator.actor)
        try house.clock.set("2024-02-01T09:00:01Z")
        #expect(try await vacant().count == 4)
    }

    @Test(
        "When nothing personal may be kept any longer the administrator is asked to erase it; not a day before, nor of who works on"
    )
    func erasure() async throws {
        let administrator = try await people.admit(.administrator)
        let outcome = try await invite(.technicalReviewer, of: "past", until: "2024-02-10")
        func due() async throws -> [DeskItem] { try await desk(administrator.person).filter { $0.kind == .erasureDue } }
        // Kept for five years after the last day, 10 February 2024.
        try house.clock.set("2029-02-10T09:00:00Z")
        #expect(try await due().isEmpty)
        try house.clock.set("2029-02-11T09:00:00Z")
        #expect(try await due().map(\.subject) == [.person(id: outcome.person, name: "Holder (past)")])
        _ = try await PeopleOnRecord(house.office, now: house.clock.now).admit(.technicalReviewer, of: "past")
        #expect(try await due().isEmpty)
    }

    @Test("Notices are shown unread first, and nobody reads another's away")
    func notices() async throws {
        let reviewer = try await people.admit(.technicalReviewer)
        let other = try await people.admit(.localAuthority)
        let told = try await house.office.notices(of: reviewer.person, limit: 10)
        let notice = try #require(told.first)
        #expect(notice.readAt == nil)
        try await house.office.markRead(notice.id, of: other.person, now: house.clock.now)
        #expect(try await house.office.notices(of: reviewer.person, limit: 10).first?.readAt == nil)
        try await house.office.markRead(notice.id, of: reviewer.person, now: house.clock.now)
        #expect(try await house.office.notices(of: reviewer.person, limit: 10).first?.readAt == house.clock.now)
    }
}
