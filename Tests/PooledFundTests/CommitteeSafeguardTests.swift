import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

/// What must hold of the committee when somebody tries.
@Suite("Safeguards of the committee")
struct CommitteeSafeguardTests {
    private func slates(_ house: CommitteeHouse, _ actor: Actor) async throws -> (views: [SlateView], candidates: [SlateView.Entry]) {
        let visitor = try await house.visitor(actor)
        let slates = try #require(try await house.office.slates(of: house.fund, seenBy: visitor, now: house.tried.office.clock.now))
        return (slates.slates, slates.candidates)
    }

    @Test("Whoever leaves an item sees nothing of it in a selection, in no sum either, and neither selects nor proposes it")
    func leftInSelections() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats")
        try await house.proposal("bells", organizations: ["river-office"], countries: ["XAB"], amount: 3_000_000)
        try await house.convene(["boats", "bells"])
        func saving(_ id: String, _ codes: String...) -> SaveSlate {
            SaveSlate(fund: house.fund, id: id, title: "Ours", entries: codes.map { .init(proposal: $0) })
        }
        try await house.perform(saving("ours", "boats", "bells"), by: house.town.actor)

        let others = try await slates(house, house.town.actor)
        #expect(others.views.map(\.total) == [house.money(8_000_000)] && others.candidates.map(\.id) == ["bells", "boats"])
        let left = try await slates(house, house.agency.actor)
        let view = try #require(left.views.first)
        #expect(view.entries.map(\.id) == ["bells"] && view.slate.proposals == ["bells"] && view.leftOut == 1)
        #expect(view.total == house.money(3_000_000) && view.after.total == house.money(3_000_000))
        #expect(left.candidates.map(\.id) == ["bells"])

        #expect(await house.refusal(saving("mine", "boats"), by: house.agency.actor)?.kind == .right)
        let proposing = ProposeSlate(fund: house.fund, meeting: "spring", slate: "ours")
        #expect(await house.refusal(proposing, by: house.agency.actor)?.kind == .right)
        try await house.perform(saving("mine", "bells"), by: house.agency.actor)
        try await house.perform(proposing, by: house.officer)
    }

    @Test("What was approved since a selection was saved counts once: as approved, and not in the selection as well")
    func approvedSince() async throws {
        let house = try await CommitteeHouse()
        for code in ["boats", "bells"] { try await house.proposal(code) }
        try await house.perform(try await house.cash(20_000_000), by: house.agent)
        try await house.convene(["boats", "bells"])
        try await house.attend()
        let entries = ["boats", "bells"].map { SaveSlate.Entry(proposal: $0) }
        try await house.perform(SaveSlate(fund: house.fund, id: "ours", title: "Ours", entries: entries), by: house.town.actor)
        try await house.perform(try await house.decision("boats", .approved, amount: 4_000_000), by: house.officer)
        let view = try #require(try await slates(house, house.town.actor).views.first)
        #expect(view.entries.map(\.id) == ["bells"] && view.approvedSince == 1)
        #expect(view.total == house.money(5_000_000) && view.before.total == house.money(4_000_000))
        #expect(view.after.total == house.money(9_000_000) && view.remaining == house.money(11_000_000))
    }

    @Test("What the Terms have scored is not taken up before its assessment is concluded; it may be put off, returned or not selected")
    func unassessed() async throws {
        let house = try await CommitteeHouse()
        let folder = house.tried.folder
        try folder.write(
            try folder.text("terms.yaml").replacing(
                "documents: [concept-note]", with: "documents: [concept-note, joint-programme-document]"), to: "terms.yaml")
        try await house.tried.office.load(folder.url)
        for code in ["boats", "bells", "banks"] { try await house.proposal(code) }
        try await house.perform(try await house.cash(20_000_000), by: house.agent)
        try await house.convene(["boats", "bells", "banks"])
        try await house.attend()
        for (outcome, amount): (CommitteeDecision.Outcome, Int64?) in [(.approved, 4_000_000), (.pipeline, nil)] {
            let refused = await house.refusal(try await house.decision("boats", outcome, amount: amount), by: house.officer)
            #expect(
                refused?.reason
                    == "the Terms have a joint-programme-document scored, and the assessment of version 1 of “boats” is not concluded")
        }
        try await house.perform(try await house.decision("bells", .notSelected), by: house.officer)
        let returned = try await house.decision("banks", .returned)
        func returning(_ outcome: CommitteeDecision.Outcome) -> RecordDecision {
            RecordDecision(
                fund: house.fund, meeting: "spring", proposal: "banks", digest: returned.digest, outcome: outcome, rationale: "A reason",
                told: "Say more.", revisionDue: "2024-02-20")
        }
        let deferred = await house.refusal(returning(.deferred), by: house.officer)
        #expect(deferred?.reason == "only what is returned is due again")
        try await house.perform(returning(.returned), by: house.officer)
        let fund = house.fund
        let due = try await house.tried.office.database.read { try ProposalQueries.proposal("banks", of: fund, in: $0)?.revisionDue }
        // The end of the day in Tokyo.
        #expect(due?.at.description == "2024-02-20T14:59:59.999999Z")

        for number in 1...2 {
            let reviewer = try await house.tried.people.admit(.technicalReviewer, of: "reviewer-\(number)")
            try await house.perform(
                AssignReviewer(fund: fund, assignments: [.init(proposal: "boats", reviewer: reviewer.person)]), by: house.officer)
            try await house.perform(
                AssessProposal(fund: fund, proposal: "boats", version: 1, scores: TriedHouse.scores(4, 4, 4)), by: reviewer.actor)
        }
        try await house.perform(ConcludeAssessment(fund: fund, proposal: "boats", version: 1), by: house.officer)
        try await house.perform(try await house.decision("boats", .approved, amount: 4_000_000), by: house.officer)
    }

    @Test("A selection of amounts beyond all measure ends nothing: the page of selections stands, for everybody")
    func amountsBeyondMeasure() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("old", area: 2, regions: ["nile"], amount: 4_000_000)
        try await house.proposal("boats", area: 1, regions: ["danube"])
        try await house.perform(try await house.cash(20_000_000), by: house.agent)
        try await house.convene(["old", "boats"])
        try await house.attend()
        try await house.perform(try await house.decision("old", .approved, amount: 4_000_000), by: house.officer)
        let saving = SaveSlate(
            fund: house.fund, id: "vast", title: "Vast",
            entries: [.init(proposal: "boats", organization: "river-office", amount: house.money(.max))])
        try await house.perform(saving, by: house.town.actor)
        let view = try #require(try await slates(house, house.mayor.actor).views.first)
        #expect(view.after.total == house.money(.max))
        #expect(EnteredAmount("9223372036854775807", house.yen) == .unreadable)
        #expect(EnteredAmount("100000000000000", house.yen) == .amount(house.money(100_000_000_000_000)))
    }

    @Test("A selection is not called like a page", arguments: ["compare", "suggestions"])
    func namesOfPages(id: String) async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats")
        try await house.convene(["boats"])
        let saving = SaveSlate(fund: house.fund, id: id, title: "Ours", entries: [.init(proposal: "boats")])
        #expect(await house.refusal(saving, by: house.town.actor)?.reason == "a selection cannot be called “\(id)”")
    }

    @Test("A costing counts until something is submitted that says itself what it costs")
    func olderCosting() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats", amount: 5_000_000, stages: [.submitted, .eligible, .assessed, .pipeline])
        let lead = try await house.tried.people.admit(.participatingOrganizationFocalPoint, of: "lead").actor
        let amounts = [ProposalFacts.Amount(organization: "river-office", amount: house.money(6_000_000))]
        try await house.perform(Recost(fund: house.fund, proposal: "boats", amounts: amounts, note: "Wood is dear"), by: lead)
        #expect(try await slates(house, house.officer).candidates.map(\.amount) == [house.money(6_000_000)])
        try await house.perform(
            SubmitAnew(fund: house.fund, proposal: "boats", document: .jointProgrammeDocument, amount: house.money(7_000_000)),
            by: .machineOperator)
        #expect(try await slates(house, house.officer).candidates.map(\.amount) == [house.money(7_000_000)])
    }

    @Test("What is submitted of the pipeline, and who takes part, is public at once: the pages that were kept are not shown again")
    func publicAtOnce() {
        #expect([SubmitProposal.hasPublicEffect, WithdrawProposal.hasPublicEffect] == [true, true])
        #expect([AddOrganization.hasPublicEffect, RemoveOrganization.hasPublicEffect] == [true, true])
    }

    @Test("The score of a version is none of the version that came after it")
    func olderScore() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats", stages: [.submitted, .eligible, .assessed])
        try await house.perform(
            SubmitAnew(fund: house.fund, proposal: "boats", document: .conceptNote, amount: house.money(1), scored: 7_000),
            by: .machineOperator)
        let fund = house.fund
        func scores() async throws -> [String: Int] {
            try await house.tried.office.database.read { try AssessmentQueries.finalScores(of: fund, in: $0) }.mapValues(\.hundredths)
        }
        #expect(try await scores() == ["boats": 7_000])
        try await house.perform(
            SubmitAnew(fund: house.fund, proposal: "boats", document: .conceptNote, amount: house.money(1)), by: .machineOperator)
        #expect(try await scores().isEmpty)
    }

    @Test("Where the member leaves an item, the alternate who does not speaks for the seat: an objection stands")
    func alternateObjects() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats", organizations: ["river-office"], countries: ["XAB"])
        let invitation = InvitePerson(
            fund: house.fund, email: "alternate@example.org", personName: "Alternate", role: .steeringCommitteeAlternate,
            organization: "ministry-water", seat: "contributors-1")
        let person = try await house.perform(invitation, by: .machineOperator).person
        let alternate = try await house.tried.people.session(of: person)
        try await house.perform(
            OpenNoObjection(fund: house.fund, id: "window", title: "Boats", note: "To take it up", agenda: ["boats"]), by: house.officer)
        let declaring = DeclareInterest(fund: house.fund, proposal: "boats", statement: "A boat of my own")
        #expect(try await house.perform(declaring, by: house.contributor.actor).consequence == "leave")
        try await house.perform(
            AnswerItem(fund: house.fund, meeting: "window", proposal: "boats", answer: .objects, reason: "Too deep"), by: alternate)
        let clock = house.tried.office.clock
        try clock.set("2024-02-20T12:00:00Z")
        // Sessions end while the window is open.
        let officer = try await PeopleOnRecord(house.office, now: clock.now).session(of: house.officer.id)
        let decision = try await house.decision("boats", .pipeline, meeting: "window", document: .jointProgrammeDocument)
        #expect(await house.refusal(decision, by: officer)?.reason == "the seat “contributors-1” objects")
    }

    @Test(
        "A text that would be read backwards, or holds a control character, is refused", arguments: ["a\u{202E}b", "a\u{85}b", "a\u{9B}b"])
    func hiddenControls(text: String) {
        #expect(throws: Refusal.self) { try requireText(text, "the title", limit: 100) }
    }

    @Test("Of decisions taken at once by two officers no more is approved than the cash there is, and a proposal is decided on once")
    func decidedAtOnce() async throws {
        let house = try await CommitteeHouse()
        let other = try await house.tried.people.admit(.fundManagementUnitOfficer, of: "other-officer").actor
        let codes = ["boats", "bells", "lamps", "ropes"]
        for code in codes { try await house.proposal(code) }
        try await house.convene(codes)
        try await house.attend()
        try await house.perform(try await house.cash(9_000_000), by: house.agent)
        var decisions: [RecordDecision] = []
        for code in codes { decisions.append(try await house.decision(code, .approved, amount: 4_000_000)) }
        // Each is recorded by both officers; there is cash for two.
        let done = await withTaskGroup(of: Bool.self) { group in
            for decision in decisions {
                for officer in [house.officer, other] { group.addTask { await house.refusal(decision, by: officer) == nil } }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(done == 2)
        #expect(try await house.position()?.available == house.money(1_000_000))
        var approved = 0
        for code in codes where try await house.stage(code) == .approved { approved += 1 }
        #expect(approved == 2)
        #expect(try await house.tried.office.verify().isIntact)
    }
}

/// Puts another version of a proposal on record, with a final score where one is given.
private struct SubmitAnew: Action {
    static let name = "submit-anew"
    static let hasPublicEffect = false
    static let right = Right(operators: true, rule: "Only tests submit so.")

    let fund: String
    let proposal: String
    let document: ProposalDocument
    let amount: Money
    var scored: Int64?

    func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    func perform(in recording: Recording) throws {
        let facts = ProposalFacts(
            title: "Boats", thematicArea: 1, objectives: [1], countries: ["XAB"], regions: ["danube"], localAuthorities: [],
            durationMonths: 24, amounts: [.init(organization: "river-office", amount: amount)])
        let number = try recording.seal("{}", facts, of: proposal, document)
        guard let scored else { return }
        let key: [Value] = [.text(proposal), .text(document.rawValue), .integer(Int64(number))]
        try recording.insert(into: .finalScore, key + [.integer(scored), .integer(60), .integer(0), .integer(0), .text("")])
    }
}
