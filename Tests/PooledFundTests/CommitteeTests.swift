import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("The Steering Committee")
struct CommitteeTests {
    // MARK: Interests

    @Test("An interest that the Terms find makes a member disclose, abstain or leave, as they say for the kind of seat")
    func foundInterests() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats", organizations: ["bridge-agency", "league"])
        try await house.convene(["boats"])
        let item = try #require(try await house.meeting(house.officer)?.items.first)
        let consequences = Dictionary(uniqueKeysWithValues: item.standings.map { ($0.id, $0.consequence) })
        // The League and the agency take part; the ministry is of the country that it is for.
        #expect(consequences == ["river-league": .abstain, "contributors-1": .disclose, "agencies-1": .leave, "mayor": nil])
        #expect(item.standings.first { $0.id == "contributors-1" }?.interests == [.countryIsRecipient])
    }

    @Test("A member who leaves an item sees no comment, answer, paper or decision of it, nor the proposal, and the others do")
    func leaving() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats")
        try await house.proposal("bells", organizations: ["river-office"])
        try await house.convene(["boats", "bells"])
        let paper = AttachPaper(
            fund: house.fund, meeting: "spring", proposal: "boats", title: "On boats",
            file: try AttachedDocument(name: "boats.txt", content: Array("On boats\n".utf8)))
        let id = try await house.perform(paper, by: house.officer).paper
        try await house.perform(
            CommentItem(fund: house.fund, meeting: "spring", proposal: "boats", remark: "Are they dry?"), by: house.town.actor)
        try await house.perform(
            AnswerItem(fund: house.fund, meeting: "spring", proposal: "boats", answer: .agrees), by: house.town.actor)

        let seen = try #require(try await house.meeting(house.town.actor)?.items.first { $0.id == "boats" })
        #expect(seen.comments.map(\.remark) == ["Are they dry?"] && seen.papers.map(\.id) == [id] && seen.answers.count == 1)
        let left = try #require(try await house.meeting(house.agency.actor)?.items.first { $0.id == "boats" })
        #expect(left.isLeft && left.comments.isEmpty && left.papers.isEmpty && left.answers.isEmpty && left.score == nil)
        #expect(left.own?.consequence == .leave)
        let comment = CommentItem(fund: house.fund, meeting: "spring", proposal: "boats", remark: "Mine are")
        #expect(await house.refusal(comment, by: house.agency.actor)?.kind == .right)
        let answer = AnswerItem(fund: house.fund, meeting: "spring", proposal: "boats", answer: .agrees)
        #expect(await house.refusal(answer, by: house.agency.actor)?.kind == .right)

        let now = house.tried.office.clock.now
        func proposal(_ code: String, _ actor: Actor) async throws -> ProposalSight? {
            try await house.office.proposal(code, seenBy: try await house.visitor(actor), in: house.fund, now: now)?.sight
        }
        #expect(try await proposal("boats", house.town.actor) == .submitted)
        #expect(try await proposal("boats", house.agency.actor) == nil)
        #expect(try await proposal("bells", house.agency.actor) == .submitted)
        func file(_ actor: Actor) async throws -> [UInt8]? {
            try await house.office.paper(id, of: "spring", in: house.fund, seenBy: try await house.visitor(actor), now: now)?.content
        }
        #expect(try await file(house.town.actor) == Array("On boats\n".utf8))
        #expect(try await file(house.agency.actor) == nil)
        let listed = try await house.office.proposals(seenBy: try await house.visitor(house.agency.actor), in: house.fund, now: now)
        #expect(listed?.map(\.id) == ["bells"])

        try await house.attend()
        try await house.perform(try await house.decision("boats", .pipeline), by: house.officer)
        #expect(try await house.meeting(house.agency.actor)?.items.first { $0.id == "boats" }?.decision == nil)
        #expect(try await house.meeting(house.town.actor)?.items.first { $0.id == "boats" }?.decision?.outcome == .pipeline)
        let committee = try await house.office.committee(of: house.fund, seenBy: try await house.visitor(house.agency.actor), now: now)
        #expect(committee?.decisions.isEmpty == true)
    }

    @Test("A member who never was on an agenda's side sees no proposal: what is on no agenda is for nobody of the committee")
    func notOnAgenda() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats")
        let now = house.tried.office.clock.now
        let visitor = try await house.visitor(house.town.actor)
        #expect(try await house.office.proposal("boats", seenBy: visitor, in: house.fund, now: now) == nil)
        let declaring = DeclareInterest(fund: house.fund, proposal: "boats", statement: "Mine")
        let unknown = DeclareInterest(fund: house.fund, proposal: "boots", statement: "Mine")
        let refused = await house.refusal(declaring, by: house.town.actor)?.reason
        #expect(refused?.replacing("boats", with: "boots") == (await house.refusal(unknown, by: house.town.actor)?.reason))
    }

    @Test("An interest can be declared and taken back, and counts from then on")
    func declared() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats", organizations: ["river-office"], countries: ["XAB"])
        try await house.convene(["boats"])
        let declaring = DeclareInterest(fund: house.fund, proposal: "boats", statement: "A boat of my own")
        #expect(try await house.perform(declaring, by: house.contributor.actor).consequence == "leave")
        #expect(try await house.meeting(house.contributor.actor)?.items[0].isLeft == true)
        let again = try await house.office.perform(declaring, by: house.contributor.actor)
        #expect(again.event == nil)
        let back = DeclareInterest(fund: house.fund, proposal: "boats", statement: "It sank", isTakenBack: true)
        #expect(try await house.perform(back, by: house.contributor.actor).consequence == nil)
        #expect(try await house.meeting(house.contributor.actor)?.items[0].isLeft == false)
    }

    @Test("Whoever abstains by the Terms may speak, and may not agree")
    func abstaining() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats", organizations: ["river-office", "league"])
        try await house.convene(["boats"])
        let agreeing = AnswerItem(fund: house.fund, meeting: "spring", proposal: "boats", answer: .agrees)
        #expect(await house.refusal(agreeing, by: house.town.actor)?.reason == "by the Terms you abstain from this item")
        try await house.perform(CommentItem(fund: house.fund, meeting: "spring", proposal: "boats", remark: "Good"), by: house.town.actor)
        try await house.perform(
            AnswerItem(fund: house.fund, meeting: "spring", proposal: "boats", answer: .abstains), by: house.town.actor)
    }

    // MARK: Quorum

    @Test("Without a quorum nothing is decided, and whoever leaves the item is not counted")
    func quorum() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats")
        try await house.convene(["boats"])
        let decision = try await house.decision("boats", .pipeline)
        #expect(await house.refusal(decision, by: house.officer)?.reason == "who was at the meeting is not recorded")
        // The agency takes part in the proposal and leaves: one of two is left.
        try await house.attend(["agencies-1", "river-league"])
        #expect(await house.refusal(decision, by: house.officer)?.reason == "1 of the 2 seats are there that the item needs")
        let present = RecordAttendance(fund: house.fund, meeting: "spring", seats: [.init("contributors-1", .member)])
        let there = try await house.perform(present, by: house.officer)
        #expect(there.present == 3 && !there.hasQuorum)
        #expect(
            await house.refusal(decision, by: house.officer)?.reason == "0 of the 1 seats of “the chair” are there that the item needs")
        try await house.attend(["mayor"])
        try await house.perform(decision, by: house.officer)
        #expect(try await house.stage("boats") == .pipeline)
    }

    // MARK: Decisions

    @Test("Money is approved on cash in hand only as far as there is any, and what is approved is no longer there")
    func approvals() async throws {
        let house = try await CommitteeHouse()
        for code in ["boats", "bells", "lamps"] { try await house.proposal(code) }
        try await house.convene(["boats", "bells", "lamps"])
        try await house.attend()
        let first = try await house.decision("boats", .approved, amount: 4_000_000)
        #expect(await house.refusal(first, by: house.officer)?.reason == "the Administrative Agent has not stated the cash of the fund")
        let agreement = StateCash.Agreement(agreement: "lakeland-2024", contributor: "lakeland", amount: house.money(5_000_000))
        try await house.perform(try await house.cash(6_000_000, agreements: [agreement]), by: house.agent)
        #expect(try await house.perform(first, by: house.officer).available == "2000000")
        #expect(try await house.stage("boats") == .approved)
        let second = try await house.decision("bells", .approved, amount: 2_000_001)
        let refused = await house.refusal(second, by: house.officer)
        #expect(refused?.reason == "2000001 JPY is more than the 2000000 JPY available")
        #expect(refused?.remedy == "record it as pipeline, or as conditional on an agreement that is signed")
        // On an agreement it takes no cash, until that is paid.
        try await house.perform(
            try await house.decision("bells", .approved, amount: 5_000_000, agreement: "lakeland-2024"), by: house.officer)
        #expect(try await house.position()?.available == house.money(2_000_000))
        #expect(try await house.position()?.agreements.map(\.left) == [house.money(0)])
        let third = try await house.decision("lamps", .approved, amount: 1, agreement: "lakeland-2024")
        #expect(await house.refusal(third, by: house.officer)?.reason.hasPrefix("1 JPY is more than the 0 JPY of the agreement") == true)
        try await house.perform(try await house.decision("lamps", .approved, amount: 2_000_000), by: house.officer)
        #expect(try await house.position()?.available == house.money(0))

        // The agreement is paid, and what was approved on it takes the cash; one approval is transferred.
        let paid = try await house.cash(
            11_000_000, on: "2024-02-01", transferred: 4_000_000, transfers: [.init(proposal: "boats", amount: house.money(4_000_000))])
        #expect(try await house.perform(paid, by: house.agent).available == "0")
        let position = try #require(try await house.position())
        #expect(position.approved == house.money(2_000_000) && position.reserved == house.money(5_000_000))
    }

    @Test("The cash may be stated as nothing at all, and an agreement of nothing is none")
    func noCash() async throws {
        let house = try await CommitteeHouse()
        let statement = Data("Statement (fictional)\n".utf8).base64EncodedString()
        func state(_ more: String = "") async throws -> InputValue {
            let text = """
                {"as_of": "2024-01-31", "deposits": "0", "income": "0", "fees": "0", "transferred": "0", "reserved": "0",
                 "file": {"name": "statement.txt", "content": "\(statement)"}\(more)}
                """
            guard case .object(let members) = InputValue(json: Array(text.utf8)) else { throw Unexpected(text) }
            let request = try #require(KeyedRequest(key: "key-\(more.utf8.count)", body: Array(text.utf8)))
            return try await house.office.perform(
                StateCash.self, in: house.fund, ActionInput(json: members, currency: house.yen), by: house.agent, answering: request
            ).outcome
        }
        #expect(try await state()["available"] == .text("0"))
        #expect(try await house.position()?.available == house.money(0))
        let faults = await #expect(throws: FieldFaults.self) {
            try await state(#", "agreements": [{"agreement": "one", "contributor": "lakeland", "amount": "0"}]"#)
        }
        #expect(faults?.faults.map(\.field) == ["agreements.1.amount"])
    }

    @Test("More than was asked for, an organization that takes no part, and money for a concept note are refused")
    func wrongApprovals() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats")
        try await house.proposal("idea", stages: [.submitted, .eligible, .assessed])
        try await house.convene(["boats", "idea"])
        try await house.attend()
        try await house.perform(try await house.cash(90_000_000), by: house.agent)
        let tooMuch = try await house.decision("boats", .approved, amount: 5_000_001)
        #expect(await house.refusal(tooMuch, by: house.officer)?.reason == "5000001 JPY is more than the 5000000 JPY asked for")
        let stranger = RecordDecision(
            fund: house.fund, meeting: "spring", proposal: "boats", digest: try await house.digest("boats"), outcome: .approved,
            amounts: [.init(organization: "league", amount: house.money(1))], rationale: "A test")
        #expect(await house.refusal(stranger, by: house.officer)?.reason == "“league” does not take part in “boats”")
        let early = try await house.decision("idea", .approved, amount: 1, document: .conceptNote)
        #expect(await house.refusal(early, by: house.officer)?.reason == "money is approved on a joint programme document")
        let none = try await house.decision("boats", .approved)
        #expect(await house.refusal(none, by: house.officer)?.remedy == "give them")
        try await house.perform(try await house.decision("idea", .pipeline, document: .conceptNote), by: house.officer)
        #expect(try await house.stage("idea") == .pipeline)
    }

    @Test("A decision is about one version, and of two who record it the second is told")
    func oneVersionOnce() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats")
        try await house.convene(["boats"])
        try await house.attend()
        let other = RecordDecision(
            fund: house.fund, meeting: "spring", proposal: "boats", digest: String(repeating: "0", count: 64), outcome: .pipeline,
            rationale: "A test")
        #expect(await house.refusal(other, by: house.officer)?.reason == "the digest is not that of version 1, which is on the agenda")
        let (first, second) = (try await house.decision("boats", .pipeline), try await house.decision("boats", .notSelected))
        async let one = house.refusal(first, by: house.officer)
        async let two = house.refusal(second, by: house.officer)
        let refusals = await [one, two].compactMap { $0 }
        #expect(refusals.count == 1 && refusals[0].reason.hasPrefix("“boats” is decided already: "), "\(refusals)")
    }

    @Test("Each decision moves the proposal through the gate that it has come to, and a deferral at the second gate leaves it there")
    func outcomes() async throws {
        let house = try await CommitteeHouse()
        let notes: [(CommitteeDecision.Outcome, ProposalStage)] = [
            (.pipeline, .pipeline), (.deferred, .deferred), (.returned, .returned), (.notSelected, .notSelected),
        ]
        let documents: [(CommitteeDecision.Outcome, ProposalStage)] = [
            (.pipeline, .pipeline), (.deferred, .documentEligible), (.returned, .documentReturned), (.notSelected, .notSelected),
        ]
        for (outcome, _) in notes {
            try await house.proposal("note-\(outcome.rawValue)", stages: [.submitted, .eligible, .assessed])
            try await house.proposal("paper-\(outcome.rawValue)")
        }
        try await house.convene(notes.flatMap { ["note-\($0.0.rawValue)", "paper-\($0.0.rawValue)"] })
        try await house.attend()
        for (outcome, stage) in notes {
            let code = "note-\(outcome.rawValue)"
            try await house.perform(try await house.decision(code, outcome, document: .conceptNote), by: house.officer)
            #expect(try await house.stage(code) == stage)
        }
        for (outcome, stage) in documents {
            let code = "paper-\(outcome.rawValue)"
            try await house.perform(try await house.decision(code, outcome), by: house.officer)
            #expect(try await house.stage(code) == stage)
        }
        // What was deferred comes again, at another meeting.
        try await house.convene(["note-deferred", "paper-deferred"], "summer")
    }

    @Test("An objection stands in the way of a decision, until it is withdrawn")
    func objections() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats")
        try await house.convene(["boats"])
        try await house.attend()
        let objection = AnswerItem(fund: house.fund, meeting: "spring", proposal: "boats", answer: .objects, reason: "They leak")
        try await house.perform(objection, by: house.town.actor)
        let decision = try await house.decision("boats", .pipeline)
        #expect(await house.refusal(decision, by: house.officer)?.reason == "the seat “river-league” objects")
        try await house.perform(
            AnswerItem(fund: house.fund, meeting: "spring", proposal: "boats", answer: .abstains), by: house.town.actor)
        try await house.perform(decision, by: house.officer)
        let parts = try await house.meeting(house.officer)?.items[0].decision?.parts ?? []
        #expect(
            Dictionary(uniqueKeysWithValues: parts.map { ($0.seat, $0.part) }) == [
                "river-league": .abstained, "contributors-1": .disclosed, "agencies-1": .left,
            ])
    }

    @Test("Without a meeting it is decided once the window is closed and nobody objected, and an answer by letter counts")
    func noObjection() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats")
        try await house.proposal("bells")
        let short = OpenNoObjection(
            fund: house.fund, id: "window", title: "By letter", note: "Take them up", days: 4, agenda: ["boats", "bells"])
        #expect(await house.refusal(short, by: house.officer)?.remedy == "leave it open for 5 to 365 days")
        let opening = OpenNoObjection(
            fund: house.fund, id: "window", title: "By letter", note: "Take them up", agenda: ["boats", "bells"])
        // Five working days after Thursday, 1 February 2024: the end of Thursday, 8 February, in Tokyo.
        #expect(try await house.perform(opening, by: house.officer).closesAt == "2024-02-08T14:59:59.999999Z")
        let (boats, bells) = (
            try await house.decision("boats", .pipeline, meeting: "window"), try await house.decision("bells", .pipeline, meeting: "window")
        )
        #expect(await house.refusal(boats, by: house.officer)?.remedy == "record the decision when the window is closed")
        let letter = OnBehalf(
            person: house.town.person, answer: try AttachedDocument(name: "no.txt", content: Array("We object.\n".utf8)), note: "By letter")
        try await house.perform(
            AnswerItem(fund: house.fund, meeting: "window", proposal: "bells", answer: .objects, reason: "They are loud"),
            by: .person(house.officer.id, through: house.officer.passage, onBehalf: letter))
        let clock = house.tried.office.clock
        try clock.set("2024-02-08T15:00:00Z")
        let officer = try await PeopleOnRecord(house.office, now: clock.now).session(of: house.officer.id)
        let late = try await PeopleOnRecord(house.office, now: clock.now).session(of: house.mayor.person)
        let objection = AnswerItem(fund: house.fund, meeting: "window", proposal: "boats", answer: .objects, reason: "Too late")
        #expect(await house.refusal(objection, by: late)?.reason.hasPrefix("the window closed at") == true)
        try await house.perform(boats, by: officer)
        #expect(await house.refusal(bells, by: officer)?.reason == "the seat “river-league” objects")
        #expect(try await house.stage("boats") == .pipeline)
        #expect(try await house.stage("bells") == .documentEligible)
    }

    // MARK: The pipeline

    @Test("An entry of the pipeline says since when it waits; confirming it gives it time, and it expires only after that")
    func aging() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats", stages: [.submitted, .eligible, .assessed, .pipeline])
        let lead = try await house.tried.people.admit(.participatingOrganizationFocalPoint, of: "lead")
        func entry(_ actor: Actor) async throws -> PipelineEntry? {
            try await house.office.pipeline(of: house.fund, seenBy: try await house.visitor(actor), now: house.tried.office.clock.now)?
                .entries.first
        }
        let young = try #require(try await entry(house.officer))
        #expect(young.since.description == "2024-02-01" && young.confirmBy?.description == "2025-02-01")
        #expect(young.expiresAfter?.description == "2026-02-01")
        let clock = house.tried.office.clock
        func session(_ person: String) async throws -> Actor {
            try await PeopleOnRecord(house.office, now: clock.now).session(of: person)
        }
        try clock.set("2025-06-30T09:00:00Z")
        let recosting = Recost(
            fund: house.fund, proposal: "boats", amounts: [.init(organization: "bridge-agency", amount: house.money(6_000_000))],
            note: "Wood is dear")
        try await house.perform(recosting, by: try await session(lead.person))
        try clock.set("2027-06-30T09:00:00Z")
        let officer = try await session(house.officer.id)
        let expiring = ExpirePipeline(fund: house.fund, proposal: "boats", reason: "Too old")
        #expect(await house.refusal(expiring, by: officer)?.reason == "by the Terms “boats” stays until 2027-06-30")
        #expect(try await entry(officer)?.amounts.map(\.organization) == ["bridge-agency"])
        try clock.set("2027-06-30T15:00:00Z")
        try await house.perform(expiring, by: officer)
        #expect(try await house.stage("boats") == .expired)
        #expect(try await entry(officer) == nil)
    }

    @Test("The secretariat asks for the joint programme document of what is in the pipeline, and its writers are told")
    func invitation() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats", stages: [.submitted, .eligible, .assessed, .pipeline])
        let lead = try await house.tried.people.admit(.participatingOrganizationFocalPoint, of: "lead")
        try await house.perform(InviteDocument(fund: house.fund, proposal: "boats", reason: "Money is in sight"), by: house.officer)
        #expect(try await house.stage("boats") == .invited)
        let fund = house.fund
        let told = try await house.tried.office.database.read {
            try $0.rows("SELECT kind FROM notice WHERE person = \(lead.person) AND fund = \(fund)") { try $0.text("kind") }
        }
        #expect(told.contains("document-invited"))
    }

    // MARK: The desk

    @Test("A meeting waits on the desks of its members, and what was not recorded on that of the secretariat")
    func desks() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats")
        func desk(_ actor: Actor) async throws -> Set<DeskItem.Kind> {
            Set(try await house.office.desk(of: try await house.visitor(actor), now: house.tried.office.clock.now).map(\.kind))
        }
        #expect(try await desk(house.officer).contains(.agendaWaits))
        try await house.convene(["boats"])
        #expect(try await desk(house.town.actor).contains(.meetingAhead))
        #expect(try await !desk(house.officer).contains(.agendaWaits))
        let clock = house.tried.office.clock
        try clock.set("2024-02-02T09:00:00Z")
        let officer = try await PeopleOnRecord(house.office, now: clock.now).session(of: house.officer.id)
        #expect(try await desk(officer).contains(.decisionUnrecorded))
    }
}
