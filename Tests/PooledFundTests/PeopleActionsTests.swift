import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("People who come, change and go")
struct PeopleActionsTests {
    private let house: TriedHouse
    private var office: Office { house.office.office }
    private var fund: String { house.fund }

    init() async throws {
        house = try await TriedHouse()
    }

    // MARK: Inviting

    @Test("Whoever is new becomes a person and is told; whoever is known stays one person, under the name on record")
    func invite() async throws {
        let first = try await office.perform(try house.people.invitation(to: .localAuthority, of: "mayor"), by: .machineOperator)
        #expect(first.outcome.isNew)
        #expect(first.event?.sequence == 2)
        let again = InvitePerson(
            fund: fund, email: "Mayor@Example.org", personName: "Another name", role: .contributor, organization: "lakeland")
        let second = try await office.perform(again, by: .machineOperator)
        #expect(!second.outcome.isNew && second.outcome.person == first.outcome.person)
        #expect(try await particulars(first.outcome.person)?.name == "Holder (mayor)")
        #expect(try await notices(of: first.outcome.person) == ["invitation", "invitation"])
        let verification = try await house.office.verify()
        #expect(verification.isIntact, "\(verification.findings)")
        #expect(verification.heads[PeopleChain.name]?.sequence == 1)
        // Whoever did not follow the first link is sent another, and holds the role once.
        let third = try await office.perform(again, by: .machineOperator)
        #expect(third.event == nil && third.outcome.holding == second.outcome.holding)
        #expect(try await notices(of: first.outcome.person) == ["invitation", "invitation", "invitation"])
        let joined = try await house.people.admit(.contributor, of: "joined")
        try await house.people.write("INSERT INTO credential (person, password_hash, changed_at) VALUES (\(joined.person), 'x', 1)")
        let particulars = try #require(try await particulars(joined.person))
        let holding = try await house.office.database.read { try PeopleQueries.holding(joined.holding, inFund: fund, in: $0) }
        let repeated = InvitePerson(
            fund: fund, email: particulars.email, personName: "x", role: .contributor, organization: try #require(holding).organization)
        #expect(try await refusal(repeated)?.reason == "the person holds this role already")
    }

    @Test("Five links go to one person in a day, and a sixth the day after")
    func links() async throws {
        let invitation = try house.people.invitation(to: .contributor, of: "slow")
        for _ in 1...InvitePerson.mostLinksADay { _ = try await office.perform(invitation, by: .machineOperator) }
        #expect(try await refusal(invitation)?.reason == "5 links were sent to the person in the last 24 hours")
        try house.office.clock.set("2024-02-02T09:00:01Z")
        _ = try await office.perform(invitation, by: .machineOperator)
    }

    @Test("Somebody gives a hundred roles in a day and no more; others, and the operator of the machine, go on")
    func inviters() async throws {
        let one = try await house.people.admit(.administrator, of: "one")
        let other = try await house.people.admit(.administrator, of: "other")
        func invitation(_ number: Int) throws -> InvitePerson { try house.people.invitation(to: .contributor, of: "guest-\(number)") }
        try await withThrowingTaskGroup { group in
            for number in 1...InvitePerson.mostADay {
                let invitation = try invitation(number)
                group.addTask { _ = try await office.perform(invitation, by: one.actor) }
            }
            try await group.waitForAll()
        }
        let refused = try await refusal(try invitation(101), by: one.actor)
        #expect(refused?.kind == .ordinary && refused?.reason.contains("100 roles in the last 24 hours") ?? false)
        _ = try await office.perform(try invitation(101), by: other.actor)
        _ = try await office.perform(try invitation(102), by: .machineOperator)
        try house.office.clock.set("2024-02-02T09:00:01Z")
        let session = try await house.people.session(of: one.person, lasting: 48)
        _ = try await office.perform(try invitation(103), by: session)
    }

    @Test(
        "Roles on two sides of the firewall are not held by one person, whoever invites",
        arguments: [(Role.administrativeAgent, Role.steeringCommitteeMember), (.technicalReviewer, .participatingOrganizationFocalPoint)])
    func firewall(one: Role, other: Role) async throws {
        let admitted = try await house.people.admit(one, of: "somebody")
        let refused = try await refusal(try house.people.invitation(to: other, of: "somebody"))
        #expect(refused?.kind == .right && refused?.reason.contains("firewall") ?? false)
        _ = try await office.perform(EndRole(fund: fund, holding: admitted.holding, reason: "Moves"), by: .machineOperator)
        _ = try await office.perform(try house.people.invitation(to: other, of: "somebody"), by: .machineOperator)
    }

    @Test("A role goes with a party of the right kind that the fund knows")
    func parties() async throws {
        #expect(try await refusal(try invitation(.administrativeAgent, organization: "league"))?.reason.contains("is of the kind") ?? false)
        #expect(try await refusal(try invitation(.governmentCounterpart, organization: "example-city")) != nil)
        #expect(try await refusal(try invitation(.contributor, organization: "river-office"))?.reason.contains("no contributor") ?? false)
        let misspelt = try await refusal(try invitation(.administrator, organization: "river-ofice"))
        #expect(misspelt?.remedy == "did you mean “river-office”?")
    }

    @Test("A focal point invites for its own organization, and for no other")
    func focalPoint() async throws {
        let actor = try await house.people.admit(.participatingOrganizationFocalPoint).actor
        _ = try await office.perform(try invitation(.contributorToText, organization: "river-office"), by: actor)
        let refused = try await refusal(try invitation(.contributorToText, organization: "bridge-agency", name: "other"), by: actor)
        #expect(refused?.kind == .right)
    }

    @Test("The Administrative Agent invites agents of its own organization, and ends their roles, and of no other")
    func agent() async throws {
        let actor = try await house.people.admit(.administrativeAgent, organization: "river-office").actor
        let colleague = try invitation(.administrativeAgent, organization: "river-office", name: "colleague")
        let own = try await office.perform(colleague, by: actor).outcome
        let stranger = try invitation(.administrativeAgent, organization: "bridge-agency", name: "stranger")
        #expect(try await refusal(stranger, by: actor)?.kind == .right)
        let other = try await office.perform(stranger, by: .machineOperator).outcome
        #expect(try await refusal(EndRole(fund: fund, holding: other.holding, reason: "A test"), by: actor)?.kind == .right)
        _ = try await office.perform(EndRole(fund: fund, holding: own.holding, reason: "A test"), by: actor)
    }

    @Test("A seat has one member and one alternate at a time")
    func seats() async throws {
        _ = try await house.people.admit(.steeringCommitteeMember, of: "member")
        _ = try await house.people.admit(.steeringCommitteeAlternate, of: "alternate")
        let refused = try await refusal(try house.people.invitation(to: .steeringCommitteeMember, of: "another"))
        #expect(refused?.reason.contains("is held in that time") ?? false)
        let unknown = InvitePerson(
            fund: fund, email: "a@example.org", personName: "A", role: .steeringCommitteeMember, organization: "league", seat: "river-leage"
        )
        #expect(try await refusal(unknown)?.remedy == "did you mean “river-league”?")
        let without = InvitePerson(
            fund: fund, email: "a@example.org", personName: "A", role: .steeringCommitteeMember, organization: "league")
        #expect(try await refusal(without)?.remedy == "name the seat")
    }

    @Test("An auditor has an engagement with an end; nobody is invited into the past")
    func dates() async throws {
        func auditor(_ engagement: String?, _ until: String?) throws -> InvitePerson {
            InvitePerson(
                fund: fund, email: "a@example.org", personName: "A", role: .auditor, organization: "river-office", engagement: engagement,
                endsOn: try until.map { try CivilDate(parsing: $0) })
        }
        #expect(try await refusal(try auditor(nil, "2024-12-31"))?.remedy == "name the engagement")
        #expect(try await refusal(try auditor("Audit", nil))?.remedy == "give its last day")
        #expect(try await refusal(try auditor("Audit", "2024-01-31"))?.reason.contains("is past") ?? false)
        #expect(try await refusal(try auditor("Audit", "2024-12"))?.remedy == "write YYYY-MM-DD")
        // It is the first of February in Tokyo until three in the afternoon in Greenwich.
        _ = try await office.perform(try auditor("Audit", "2024-02-01"), by: .machineOperator)
    }

    @Test(
        "What is no address, or could end a line of a mail's head, is refused",
        arguments: [
            "", "nobody", "a@b@c", "a b@example.org", "a@example.org\nBcc: b@example.org", "a@example.org\r", "ü@example.org", "a@.org",
        ])
    func addresses(email: String) async throws {
        let action = InvitePerson(fund: fund, email: email, personName: "A", role: .administrator, organization: "river-office")
        let refused = try await refusal(action)
        #expect(refused?.reason.contains("is not an e-mail address") ?? false)
        #expect(refused?.reason.contains("\n") == false)
    }

    @Test(
        "A name has no character that cannot be seen",
        arguments: ["", "   ", "A\nB", "A\u{200B}B", "A\u{202E}B", String(repeating: "ü", count: 101)])
    func names(name: String) async throws {
        let action = InvitePerson(fund: fund, email: "a@example.org", personName: name, role: .administrator, organization: "river-office")
        #expect(try await refusal(action)?.kind == .ordinary)
    }

    // MARK: Ending

    @Test("A role ends at once, or after a day in the fund's time zone, and not twice")
    func end() async throws {
        let holding = try await house.people.admit(.localAuthority).holding
        let later = EndRole(fund: fund, holding: holding, reason: "Elections", lastDay: try CivilDate(parsing: "2024-02-10"))
        // The day is over at midnight in Tokyo.
        #expect(try await office.perform(later, by: .machineOperator).outcome.endedAt == "2024-02-10T15:00:00Z")
        let past = EndRole(fund: fund, holding: holding, reason: "x", lastDay: try CivilDate(parsing: "2024-01-31"))
        #expect(try await refusal(past)?.reason.contains("is past") ?? false)
        #expect(try await refusal(EndRole(fund: fund, holding: holding, reason: "")) != nil)
        _ = try await office.perform(EndRole(fund: fund, holding: holding, reason: "Sooner"), by: .machineOperator)
        #expect(try await refusal(EndRole(fund: fund, holding: holding, reason: "Again"))?.reason == "the role has ended already")
        #expect(try await refusal(EndRole(fund: fund, holding: "nothing", reason: "x")) != nil)
    }

    @Test("The last administrator stays")
    func lastAdministrator() async throws {
        let first = try await house.people.admit(.administrator, of: "first")
        let end = EndRole(fund: fund, holding: first.holding, reason: "Moves")
        #expect(try await refusal(end, by: first.actor)?.reason == "the fund would have no administrator")
        _ = try await house.people.admit(.administrator, of: "second")
        _ = try await office.perform(end, by: first.actor)
    }

    // MARK: Erasing and amending

    @Test("An erased person leaves every way in behind; the chain and a copy of it verify, and nobody is signed in by the copy")
    func erase() async throws {
        let administrator = try await house.people.admit(.administrator)
        let gone = try await house.people.admit(.localAuthority, of: "somebody")
        _ = try await house.people.token(of: gone.person)
        let erasure = ErasePerson(fund: fund, person: gone.person, reason: "Asked for it")
        #expect(try await refusal(erasure, by: administrator.actor)?.remedy == "end every role of the person first")
        _ = try await office.perform(EndRole(fund: fund, holding: gone.holding, reason: "Leaves"), by: administrator.actor)
        let naming = ErasePerson(fund: fund, person: gone.person, reason: "somebody@EXAMPLE.org asked")
        #expect(try await refusal(naming, by: administrator.actor)?.reason.hasPrefix("the text repeats the name or the address") ?? false)
        _ = try await office.perform(erasure, by: administrator.actor)
        #expect(try await refusal(erasure, by: administrator.actor) != nil)

        for table in OperationalTable.ofPeople where table != .mailedNotice {
            let left = try await house.office.database.read { transaction in
                try transaction.rows("SELECT person FROM \(name: table.rawValue) WHERE person = \(gone.person)") { _ in }.count
            }
            #expect(left == 0, "\(table)")
        }
        let verification = try await house.office.verify()
        #expect(verification.isIntact, "\(verification.findings)")

        let copy = try TestDatabase()
        let database = try await copy.open()
        try await database.migrate(try Schema.migrations())
        let copied = try await RecordCopy.run(from: house.office.database, into: database)
        #expect(copied.heads == verification.heads)
        let copiedOffice = try await Office(database: database, clock: { [clock = house.office.clock] in clock.now })
        guard case .session(let digest) = administrator.actor.passage else { throw Unexpected("no session") }
        let now = house.office.clock.now
        #expect(try await office.person(withSession: digest, now: now)?.id == administrator.person)
        #expect(try await copiedOffice.person(withSession: digest, now: now) == nil)
        // The address is free again: whoever comes with it is somebody else.
        let again = try await office.perform(try house.people.invitation(to: .localAuthority, of: "somebody"), by: administrator.actor)
        #expect(again.outcome.isNew && again.outcome.person != gone.person)
    }

    @Test("Particulars that are altered, taken away or added behind the house's back are found")
    func alteredParticulars() async throws {
        let person = try await house.people.admit(.administrator).person
        for (change, found) in [
            ("UPDATE person_particulars SET name = 'Another'" as Statement, "the particulars of \(person) were altered"),
            ("DELETE FROM person_particulars", "the particulars of \(person) are missing, and no erasure says why"),
        ] {
            try await house.people.write(change)
            #expect(try await house.office.verify().findings.map(\.problem) == [found])
        }
    }

    @Test("Everybody amends their own name, and keeps their address")
    func amend() async throws {
        let one = try await house.people.admit(.administrator, of: "one")
        let address = try #require(try await particulars(one.person)).email
        let amended = try await office.perform(AmendParticulars(person: one.person, personName: " New Name "), by: one.actor)
        #expect(amended.event?.sequence == 2)
        #expect(try await particulars(one.person) == PersonParticulars(id: one.person, name: "New Name", email: address))
        let same = try await office.perform(AmendParticulars(person: one.person, personName: "New Name"), by: one.actor)
        #expect(same.event == nil)
        #expect(try await house.office.verify().isIntact)
    }

    @Test("An address is changed by who follows the link that was sent there, signed in as the person; and by nobody else")
    func changeAddress() async throws {
        let one = try await house.people.admit(.administrator, of: "one")
        let other = try await house.people.admit(.technicalReviewer, of: "other")
        let database = house.office.database
        let (link, newer) = (PeopleOnRecord.randomBytes(), PeopleOnRecord.randomBytes())
        let now = house.office.clock.now
        for email in ["no address", "two@lines.org\nBcc: all@example.org", "holder-of-one"] {
            await #expect(throws: Refusal.self) { try await office.askForAddress(email, of: one.person, now: now) }
        }
        try await office.askForAddress("New@Example.org", of: one.person, now: now)
        // Before the letter is written no link is good, not even an empty one.
        #expect(try await refusal(ChangeAddress(person: one.person, link: []), by: one.actor)?.kind == .conflict)
        try await database.write { try AddressQueries.set(link, of: one.person, in: $0) }
        #expect(try await refusal(ChangeAddress(person: one.person, link: link), by: other.actor)?.kind == .right)
        #expect(try await refusal(ChangeAddress(person: one.person, link: newer), by: one.actor)?.kind == .conflict)
        // A newer wish takes the place of the older, whose link is dead.
        try await office.askForAddress("newest@example.org", of: one.person, now: now)
        #expect(try await refusal(ChangeAddress(person: one.person, link: link), by: one.actor)?.kind == .conflict)
        try await database.write { try AddressQueries.set(newer, of: one.person, in: $0) }
        _ = try await office.perform(ChangeAddress(person: one.person, link: newer), by: one.actor)
        #expect(try await particulars(one.person)?.email == "newest@example.org")
        #expect(try await refusal(ChangeAddress(person: one.person, link: newer), by: one.actor)?.kind == .conflict)
        // Nobody learns that an address is taken before they have shown that they read it; and nobody gets it then.
        try await office.askForAddress("newest@example.org", of: other.person, now: now)
        try await database.write { try AddressQueries.set(link, of: other.person, in: $0) }
        #expect(try await refusal(ChangeAddress(person: other.person, link: link), by: other.actor)?.kind == .conflict)
        #expect(try await house.office.verify().isIntact)
    }

    @Test("A reset takes away every way in, says so in both chains, and sends a link to begin anew")
    func reset() async throws {
        let administrator = try await house.people.admit(.administrator, of: "one")
        let lost = try await house.people.admit(.technicalReviewer, of: "lost")
        _ = try await office.perform(
            ResetAccess(fund: fund, person: lost.person, reason: "The telephone is lost"), by: administrator.actor)
        for table in ["session", "second_factor", "recovery_code", "known_device", "linked_identity"] {
            let left = try await house.office.database.read {
                try $0.first("SELECT 1 AS one FROM \(name: table) WHERE person = \(lost.person)")
            }
            #expect(left == nil, "\(table)")
        }
        let refused = try await refusal(AmendParticulars(person: lost.person, personName: "x"), by: lost.actor)
        #expect(refused?.kind == .right)
        let kinds = try await house.office.database.read {
            try $0.rows("SELECT kind FROM notice WHERE person = \(lost.person) ORDER BY created_at, id") { try $0.text("kind") }
        }
        #expect(
            kinds.contains("access-changed") && (kinds.contains("new-password") || kinds.count(where: { $0 == "invitation" }) == 2),
            "\(kinds)")
        #expect(try await house.office.verify().isIntact)
    }

    // MARK: Access

    @Test("What changes in how somebody gets in changes with its event, or not at all")
    func access() async throws {
        let one = try await house.people.admit(.administrator)
        let id = one.person
        let stored = ChangeAccess(person: id, change: .passwordChanged) { transaction in
            try transaction.execute(
                "INSERT INTO credential (person, password_hash, changed_at) VALUES (\(id), 'a hash', 0)")
        }
        _ = try await office.perform(stored, by: one.actor)
        let before = try await house.office.eventCount()
        let failing = ChangeAccess(person: id, change: .passwordChanged) { transaction in
            try transaction.execute("UPDATE credential SET password_hash = 'another' WHERE person = \(id)")
            throw Refusal("not that one")
        }
        #expect(try await refusal(failing, by: one.actor)?.reason == "not that one")
        let hash = try await house.office.database.read { try $0.first("SELECT password_hash FROM credential")?.text("password_hash") }
        #expect(hash == "a hash")
        #expect(try await house.office.eventCount() == before)
    }

    // MARK: Organizations

    @Test("A registered organization stays when the folder is loaded again, and the folder may name it from then on")
    func register() async throws {
        let administrator = try await house.people.admit(.administrator).actor
        func town(_ id: String, level: LocalAuthority.Level? = .municipality, place: String? = "Upper bank") -> RegisterOrganization {
            RegisterOrganization(
                fund: fund, id: id, organizationName: "Quay Town (fictional)", shortName: "", kind: .localAuthority, country: "XAB",
                level: level, place: place, source: "charter")
        }
        _ = try await office.perform(town("quay-town"), by: administrator)
        #expect(try await house.office.load(house.folder.url).event == nil)
        _ = try await office.perform(try invitation(.localAuthority, organization: "quay-town"), by: administrator)
        try house.folder.append("quay-town,Quay Town (fictional),,local-authority,XAB,,charter", to: "records/organizations.csv")
        #expect(try await house.office.load(house.folder.url).event == nil)

        #expect(try await refusal(town("quay-town"), by: administrator)?.remedy == "choose another id")
        #expect(try await refusal(town("Quay Town"), by: administrator)?.reason == "“Quay Town” is not an id")
        #expect(try await refusal(town("a", level: nil), by: administrator)?.remedy == "give both, or neither")
        #expect(try await refusal(town("a", place: nil), by: administrator) != nil)
        #expect(try await refusal(town("a", level: .several), by: administrator) != nil)
        for (country, source) in [("XXX", "charter"), ("XAB", "nowhere")] {
            let action = RegisterOrganization(
                fund: fund, id: "a", organizationName: "A", shortName: "", kind: .academia, country: country, source: source)
            #expect(try await refusal(action, by: administrator) != nil)
        }
    }

    // MARK: On behalf

    @Test("An officer of the secretariat records what somebody answered by letter, with the letter attached, and nobody else does")
    func onBehalf() async throws {
        let administrator = try await house.people.admit(.administrator)
        let officer = try await house.people.admit(.fundManagementUnitOfficer)
        let letter = OnBehalf(
            person: administrator.person, answer: try AttachedDocument(name: "../../letter.txt", content: Array("Yes.\n".utf8)),
            note: "By letter")
        // Some roles are given in person, and nobody writes letters to themselves.
        let audit = try house.people.invitation(to: .auditor)
        #expect(try await refusal(audit, by: officer.actor)?.kind == .right)
        #expect(try await refusal(audit, by: officer.actor.acting(for: letter))?.kind == .right)
        let own = OnBehalf(person: officer.person, answer: letter.answer, note: "")
        let invitation = try house.people.invitation(to: .localAuthority)
        #expect(try await refusal(invitation, by: officer.actor.acting(for: own))?.kind == .right)
        _ = try await office.perform(invitation, by: officer.actor.acting(for: letter))
        let recorded = try await house.office.database.read { transaction in
            try transaction.rows(
                "SELECT person, document, note, actor FROM recorded_on_behalf JOIN audit_event ON audit_event.fund = recorded_on_behalf.fund AND sequence = event"
            ) {
                [try $0.text("person"), hexadecimal(try $0.bytes("document")), try $0.text("note"), try $0.text("actor")]
            }
        }
        #expect(recorded == [[administrator.person, hexadecimal(letter.answer.digest), "By letter", officer.person]])
        #expect(letter.answer.name == "letter.txt")
        // Nor is everything done for others, nor by others.
        #expect(try await refusal(invitation, by: administrator.actor.acting(for: letter))?.kind == .right)
        let erasure = ErasePerson(fund: fund, person: officer.person, reason: "x")
        #expect(try await refusal(erasure, by: officer.actor.acting(for: letter))?.kind == .right)
        #expect(try await house.office.verify().isIntact)
        try await house.people.write("UPDATE document_content SET name = 'renamed'")
        #expect(try await house.office.verify().isIntact)
        try await house.people.write("DELETE FROM document_content")
        #expect(try await house.office.verify().findings.map(\.problem) == ["the document \(hexadecimal(letter.answer.digest)) is missing"])
    }

    @Test(
        "What is no PDF, picture, mail or text is not attached",
        arguments: [[], [0x4D, 0x5A, 0x90, 0x00], [0x50, 0x4B, 0x03, 0x04], [0xFF, 0xFE]] as [[UInt8]])
    func attachments(content: [UInt8]) {
        #expect(throws: Refusal.self) { try AttachedDocument(name: "x", content: content) }
    }

    // MARK: What the tests ask

    private func invitation(_ role: Role, organization: String, name: String = "somebody") throws -> InvitePerson {
        try house.people.invitation(to: role, of: name, organization: organization)
    }

    /// Why an action is refused, when nothing was recorded; nil if it is not.
    private func refusal<A: Action>(_ action: A, by actor: Actor = .machineOperator) async throws -> Refusal? {
        let before = try await house.office.eventCount()
        do {
            _ = try await office.perform(action, by: actor)
            return nil
        } catch let refusal as Refusal {
            #expect(try await house.office.eventCount() == before)
            return refusal
        }
    }

    private func particulars(_ person: String) async throws -> PersonParticulars? {
        try await house.office.database.read { try PeopleQueries.particulars(of: person, in: $0) }
    }

    private func notices(of person: String) async throws -> [String] {
        try await house.office.database.read { transaction in
            try transaction.rows("SELECT kind FROM notice WHERE person = \(person) ORDER BY id") { try $0.text("kind") }
        }
    }
}
