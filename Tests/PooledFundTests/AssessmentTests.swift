import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

/// What the secretariat and its reviewers go through with what was submitted, on the engine that the tests run on.
@Suite("Assessment, from the assignment to the final score")
struct AssessmentTests {
    struct House {
        let tried: TriedHouse
        let officer: Actor
        let first: PeopleOnRecord.Admitted
        let second: PeopleOnRecord.Admitted
        let proposal: String

        init(stages: [ProposalStage] = [.submitted, .eligible], altering alter: (FolderCopy) throws -> Void = { _ in }) async throws {
            tried = try await TriedHouse()
            try alter(tried.folder)
            _ = try await tried.office.load(tried.folder.url)
            officer = try await tried.people.admit(.fundManagementUnitOfficer, of: "officer").actor
            first = try await tried.people.admit(.technicalReviewer, of: "first")
            second = try await tried.people.admit(.technicalReviewer, of: "second")
            proposal = try await tried.proposal(1, stages: stages)
        }

        var office: Office { tried.office.office }
        var fund: String { tried.fund }

        @discardableResult
        func perform<A: Action>(_ action: A, by actor: Actor) async throws -> A.Outcome {
            try await office.perform(action, by: actor).outcome
        }

        func assign(_ reviewers: PeopleOnRecord.Admitted...) async throws {
            try await perform(
                AssignReviewer(fund: fund, assignments: reviewers.map { .init(proposal: proposal, reviewer: $0.person) }), by: officer)
        }

        func assess(_ scores: [GivenScore], version: Int = 1, by reviewer: PeopleOnRecord.Admitted) async throws -> AssessProposal.Outcome {
            try await perform(AssessProposal(fund: fund, proposal: proposal, version: version, scores: scores), by: reviewer.actor)
        }

        func conclude(_ moderated: [ConcludeAssessment.Moderated] = [], reason: String = "") async throws -> ConcludeAssessment.Outcome {
            try await perform(
                ConcludeAssessment(fund: fund, proposal: proposal, version: 1, moderated: moderated, reason: reason), by: officer)
        }

        func visitor(_ actor: Actor) async throws -> SignedInPerson {
            guard case .session(let digest) = actor.passage,
                let visitor = try await office.person(withSession: digest, now: tried.office.clock.now)
            else { throw Unexpected("nobody") }
            return visitor
        }

        func model(_ actor: Actor) async throws -> AssessmentOnDesk? {
            try await office.assessment(of: proposal, seenBy: try await visitor(actor), in: fund)
        }

        func desk(_ actor: Actor) async throws -> [DeskItem.Kind] {
            try await office.desk(of: try await visitor(actor), now: tried.office.clock.now).map(\.kind)
        }

        func stage() async throws -> ProposalStage? {
            let (code, fund) = (proposal, fund)
            return try await tried.office.database.read { try ProposalQueries.proposal(code, of: fund, in: $0)?.stage }
        }
    }

    private func refusal(_ body: () async throws -> some Any) async -> Refusal? {
        await #expect(throws: Refusal.self) { _ = try await body() }
    }

    // MARK: The way

    @Test("Two reviewers score apart from each other, and the final score is what a pencil gives")
    func journey() async throws {
        let house = try await House()
        #expect(try await house.desk(house.officer).contains(.reviewersMissing))
        try await house.assign(house.first, house.second)
        #expect(try await house.desk(house.first.actor) == [.assessmentDue])
        #expect(try await house.desk(house.officer).contains(.assessmentAwaited))

        // 3 × 3 + 2 × 4 + 1 × 2 = 19 of 24; 3 × 2 + 2 × 3 + 1 × 3 = 15 of 24.
        #expect(try await house.assess(TriedHouse.scores(3, 4, 2), by: house.first).hundredths == 7_917)
        #expect(try await house.desk(house.first.actor).isEmpty)
        let early = await refusal { try await house.conclude() }
        #expect(early?.reason.hasPrefix("1 of 2 assessments") ?? false)
        #expect(try await house.assess(TriedHouse.scores(2, 3, 3), by: house.second).hundredths == 6_250)
        #expect(try await house.desk(house.officer).contains(.conclusionWaits))

        let seen = try #require(try await house.model(house.officer))
        #expect(seen.readings.map(\.total) == [7_917, 6_250] && seen.spread == 1_667 && !seen.asksForModeration)
        // 3 × 5 + 2 × 7 + 1 × 5 = 34 of 48, which is 70.8333… %.
        let concluded = try await house.conclude()
        #expect(concluded.hundredths == 7_083 && concluded.isAboveThreshold == true && concluded.stage == "assessed")
        #expect(try await house.stage() == .assessed)
        let scores = try await house.tried.office.database.read { try AssessmentQueries.finalScores(of: "river-towns", in: $0) }
        #expect(
            scores[house.proposal]
                == FinalScore(
                    proposal: house.proposal, document: .conceptNote, version: 1, hundredths: 7_083, isAboveThreshold: true))
        let model = try #require(try await house.model(house.first.actor))
        #expect(model.conclusion?.sheet.lines.map(\.sum) == [5, 7, 5] && model.conclusion?.sheet.lines.map(\.readers) == [2, 2, 2])
        // The Terms show the reviewers' names to the secretariat alone.
        #expect(model.readings.map(\.reviewer) == [house.first.person, nil] && model.names.isEmpty)
        #expect(try await house.tried.office.verify().isIntact)
        let twice = await refusal { try await house.conclude() }
        #expect(twice?.reason.contains("assessed") ?? false)
    }

    @Test("A reviewer sees no other's work before the conclusion, and nothing at all of what is not theirs")
    func apart() async throws {
        let house = try await House()
        try await house.assign(house.first, house.second)
        _ = try await house.assess(TriedHouse.scores(3, 4, 2), by: house.first)
        let mine = try #require(try await house.model(house.second.actor))
        #expect(mine.readings.isEmpty && mine.sheet == nil && mine.spread == 0 && mine.names.isEmpty && mine.assignments.isEmpty)
        let stranger = try await house.tried.people.admit(.technicalReviewer, of: "third")
        let others = [stranger.actor, try await house.tried.people.admit(.participatingOrganizationFocalPoint, of: "lead").actor]
        for other in others { #expect(try await house.model(other) == nil) }
        // What is not there is refused in the same words as what is somebody else's.
        var refusals: [String] = []
        for proposal in [house.proposal, "nowhere"] {
            let action = AssessProposal(fund: house.fund, proposal: proposal, version: 1, scores: TriedHouse.scores(1, 1, 1))
            refusals.append(await refusal { try await house.perform(action, by: stranger.actor) }?.reason ?? "")
        }
        #expect(Set(refusals).count == 1 && refusals[0].contains("to whom a proposal is assigned"))
    }

    @Test("A reviewer reads what was submitted while it is theirs, not before and not after")
    func sight() async throws {
        let house = try await House()
        func sight() async throws -> ProposalSight? {
            let visitor = try await house.visitor(house.first.actor)
            let model = try await house.office.proposal(
                house.proposal, seenBy: visitor, in: house.fund, now: house.tried.office.clock.now)
            let list = try await house.office.proposals(seenBy: visitor, in: house.fund, now: house.tried.office.clock.now) ?? []
            #expect(list.first { $0.id == house.proposal }?.sight == model?.sight)
            return model?.sight
        }
        #expect(try await sight() == nil)
        try await house.assign(house.first)
        #expect(try await sight() == .submitted)
        try await house.perform(
            WithdrawAssignment(fund: house.fund, proposal: house.proposal, reviewer: house.first.person, reason: "Too much to do"),
            by: house.officer)
        #expect(try await sight() == nil)
        #expect(try await house.desk(house.first.actor).isEmpty)
    }

    // MARK: Conflicts

    @Test("Nobody assesses for their own organization, their own country, or where they declared an interest")
    func conflicts() async throws {
        let house = try await House()
        let own = try await house.tried.people.admit(.technicalReviewer, of: "own", organization: "bridge-agency")
        let country = try await house.tried.people.admit(.technicalReviewer, of: "country", organization: "ministry-water")
        try await house.perform(
            DeclareExpertise(
                fund: house.fund,
                expertise: ReviewerExpertise(
                    areas: [1], regions: ["nile"], languages: ["fr"], organizations: ["river-office"], countries: [])),
            by: house.first.actor)
        try await house.perform(
            DeclareExpertise(
                fund: house.fund,
                expertise: ReviewerExpertise(areas: [], regions: [], languages: [], organizations: [], countries: ["XAB"])),
            by: house.second.actor)
        let board = try #require(
            try await house.office.assessmentBoard(
                seenBy: try await house.visitor(house.officer), in: house.fund, now: house.tried.office.clock.now))
        let kinds: [(PeopleOnRecord.Admitted, ReviewerConflict.Kind)] = [
            (own, .ownOrganization), (country, .ownCountry), (house.first, .declaredOrganization), (house.second, .declaredCountry),
        ]
        for (reviewer, kind) in kinds {
            #expect(board.rows.first?.candidate(reviewer.person)?.conflict?.kind == kind)
            let refused = await refusal { try await house.assign(reviewer) }
            #expect(refused?.reason.contains("does not assess") ?? false, "\(kind)")
        }
        // All that is wrong is said at once, and nobody is assigned.
        let free = try await house.tried.people.admit(.technicalReviewer, of: "free")
        let both = await refusal { try await house.assign(free, own, country) }
        #expect(both?.reason.components(separatedBy: "; ").count == 2)
        #expect(try await house.desk(free.actor).isEmpty)
        let officer = try await house.tried.people.admit(.contributor, of: "donor")
        let stranger = await refusal { try await house.assign(officer) }
        #expect(stranger?.reason.contains("no technical reviewer") ?? false)
    }

    @Test("A fund whose Terms name no conflict of countries lets them assess")
    func termsDecide() async throws {
        let house = try await House { folder in
            try folder.write(
                try folder.text("terms.yaml").replacing(
                    "conflicts: [own-organization, own-country]", with: "conflicts: [own-organization]"),
                to: "terms.yaml")
        }
        let country = try await house.tried.people.admit(.technicalReviewer, of: "country", organization: "ministry-water")
        try await house.assign(country)
        #expect(try await house.desk(country.actor) == [.assessmentDue])
    }

    @Test("Whoever steps back sees nothing any more, is replaced, and is not asked again")
    func steppingBack() async throws {
        let house = try await House()
        try await house.assign(house.first, house.second)
        _ = try await house.assess(TriedHouse.scores(4, 4, 4), by: house.first)
        try await house.perform(
            DeclareConflict(fund: house.fund, proposal: house.proposal, reason: "My brother rows."), by: house.first.actor)
        #expect(try await house.model(house.first.actor) == nil)
        #expect(try await house.desk(house.officer).contains(.reviewersMissing))
        let seen = try #require(try await house.model(house.officer))
        #expect(seen.readings.isEmpty && seen.assignments.contains { $0.state == .steppedBack && $0.reason == "My brother rows." })
        let again = await refusal { try await house.assign(house.first) }
        #expect(again?.reason.contains("stepped back") ?? false)
        let third = try await house.tried.people.admit(.technicalReviewer, of: "third")
        try await house.assign(third)
        _ = try await house.assess(TriedHouse.scores(2, 2, 2), by: house.second)
        _ = try await house.assess(TriedHouse.scores(2, 2, 2), by: third)
        // What was sealed before the stepping back does not count: 50 %, below the threshold of 55.
        let concluded = try await house.conclude()
        #expect(concluded.hundredths == 5_000 && concluded.isAboveThreshold == false)
    }

    @Test("Reviewers are proposed by what they know, then by what they have to do")
    func proposed() async throws {
        let house = try await House()
        let third = try await house.tried.people.admit(.technicalReviewer, of: "third")
        try await house.perform(
            DeclareExpertise(
                fund: house.fund,
                expertise: ReviewerExpertise(areas: [1], regions: [], languages: ["en"], organizations: [], countries: [])), by: third.actor
        )
        let other = try await house.tried.proposal(2, stages: [.submitted, .eligible])
        try await house.perform(
            AssignReviewer(fund: house.fund, assignments: [.init(proposal: other, reviewer: house.first.person)]), by: house.officer)
        let board = try #require(
            try await house.office.assessmentBoard(
                seenBy: try await house.visitor(house.officer), in: house.fund, now: house.tried.office.clock.now))
        let row = try #require(board.rows.first { $0.id == house.proposal })
        #expect(row.candidates.map(\.person) == [third.person, house.second.person, house.first.person])
        #expect(row.candidates.filter(\.isProposed).map(\.person) == [third.person, house.second.person])
    }

    // MARK: Moderation and corrections

    @Test("Where reviewers lie too far apart, only moderated scores with a reason conclude")
    func moderation() async throws {
        let house = try await House()
        try await house.assign(house.first, house.second)
        _ = try await house.assess(TriedHouse.scores(4, 4, 4), by: house.first)
        // 3 × 1 + 2 × 2 + 1 × 1 = 8 of 24.
        _ = try await house.assess(TriedHouse.scores(1, 2, 1), by: house.second)
        #expect(try await house.desk(house.officer).contains(.moderationWaits))
        let refused = await refusal { try await house.conclude() }
        #expect(refused?.reason.contains("66.67 percentage points apart") ?? false)
        let partly = await refusal { try await house.conclude([.init(criterion: "crew", score: 3)], reason: "We talked.") }
        #expect(partly?.reason.contains("seaworthy, harbour") ?? false)
        let moderated = [("seaworthy", 2), ("crew", 3), ("harbour", 2)].map { ConcludeAssessment.Moderated(criterion: $0, score: $1) }
        let silent = await refusal { try await house.conclude(moderated) }
        #expect(silent?.reason.contains("the reason") ?? false)
        let beyond = await refusal { try await house.conclude([.init(criterion: "crew", score: 5)], reason: "We talked.") }
        #expect(beyond?.reason.contains("not on the scale") ?? false)
        // 14 of 24.
        #expect(try await house.conclude(moderated, reason: "We talked.").hundredths == 5_833)
        let model = try #require(try await house.model(house.officer))
        #expect(model.conclusion?.isModerated == true && model.conclusion?.spread == 6_667 && model.conclusion?.reason == "We talked.")
    }

    @Test("A correction stands beside what it corrects, and counts; the same again leaves nothing")
    func correction() async throws {
        let house = try await House()
        try await house.assign(house.first, house.second)
        _ = try await house.assess(TriedHouse.scores(4, 4, 4), by: house.first)
        _ = try await house.assess(TriedHouse.scores(3, 4, 2), by: house.first)
        let events = try await house.tried.office.eventCount()
        _ = try await house.assess(TriedHouse.scores(3, 4, 2), by: house.first)
        #expect(try await house.tried.office.eventCount() == events)
        let reading = try #require(try await house.model(house.officer)?.readings.first)
        #expect(reading.total == 7_917 && reading.assessment.corrected == 1)
        _ = try await house.assess(TriedHouse.scores(3, 4, 2), by: house.second)
        _ = try await house.conclude()
        let late = await refusal { try await house.assess(TriedHouse.scores(1, 1, 1), by: house.first) }
        #expect(late?.reason.contains("not assessed") ?? false)
    }

    @Test("An assessment is of the version that was read, whole, and on the scale")
    func bound() async throws {
        let house = try await House()
        try await house.assign(house.first)
        let other = await refusal { try await house.assess(TriedHouse.scores(1, 1, 1), version: 2, by: house.first) }
        #expect(other?.reason.contains("version 1 is the last") ?? false)
        let beyond = await refusal { try await house.assess(TriedHouse.scores(5, 1, 1), by: house.first) }
        #expect(beyond?.remedy == "give a whole number from 0 to 4")
        let partly = await refusal { try await house.assess([GivenScore(criterion: "crew", score: 1, justification: "")], by: house.first) }
        #expect(partly?.reason == "“seaworthy” has no score; “crew” is scored without a reason; “harbour” has no score")
        let unknown = await refusal {
            try await house.assess([GivenScore(criterion: "crow", score: 1, justification: "x")], by: house.first)
        }
        #expect(unknown?.remedy?.contains("crew") ?? false)
    }

    @Test("What is being written stays, leaves no event, and two windows of one reviewer lose nothing")
    func drafts() async throws {
        let house = try await House()
        try await house.assign(house.first)
        let events = try await house.tried.office.eventCount()
        func save(_ text: String, revision: Int) async throws -> SaveAssessment.Outcome {
            try await house.perform(
                SaveAssessment(
                    fund: house.fund, proposal: house.proposal, revision: revision,
                    scores: [GivenScore(criterion: "crew", score: nil, justification: text)]), by: house.first.actor)
        }
        #expect(try await save("They row.", revision: 0).revision == 1)
        #expect(try await save("They row well.", revision: 1).isSaved)
        let other = try await save("They do not row.", revision: 1)
        #expect(other == SaveAssessment.Outcome(revision: 2, isSaved: false, differing: ["crew"]))
        let model = try #require(try await house.model(house.first.actor))
        #expect(model.own?.draft?.scores["crew"]?.justification == "They row well.")
        #expect(try await house.tried.office.eventCount() == events)
        _ = try await house.assess(TriedHouse.scores(1, 2, 3), by: house.first)
        #expect(try await house.model(house.first.actor)?.own?.draft == nil)
    }

    @Test("Two officers who conclude at once make one final score")
    func atOnce() async throws {
        let house = try await House()
        let other = try await house.tried.people.admit(.fundManagementUnitOfficer, of: "other").actor
        try await house.assign(house.first, house.second)
        for reviewer in [house.first, house.second] { _ = try await house.assess(TriedHouse.scores(3, 3, 3), by: reviewer) }
        let action = ConcludeAssessment(fund: house.fund, proposal: house.proposal, version: 1)
        let done = await withTaskGroup(of: Bool.self) { group in
            for actor in [house.officer, other] {
                group.addTask { (try? await house.office.perform(action, by: actor)) != nil }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(done == 1)
    }

    @Test("A reviewer who steps back while they are given the proposal, or score it, is on one side of it in the end")
    func stepsBackAtOnce() async throws {
        let house = try await House()
        try await house.assign(house.first)
        let assign = AssignReviewer(fund: house.fund, assignments: [.init(proposal: house.proposal, reviewer: house.first.person)])
        let leave = DeclareConflict(fund: house.fund, proposal: house.proposal, reason: "A test")
        let assess = AssessProposal(fund: house.fund, proposal: house.proposal, version: 1, scores: TriedHouse.scores(3, 3, 3))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await house.office.perform(assign, by: house.officer) }
            group.addTask { _ = try? await house.office.perform(leave, by: house.first.actor) }
            group.addTask { _ = try? await house.office.perform(assess, by: house.first.actor) }
        }
        // Whatever came first: who has stepped back is not asked again, and what they scored does not count.
        _ = try? await house.office.perform(leave, by: house.first.actor)
        #expect(await refusal { try await house.perform(assign, by: house.officer) } != nil)
        #expect(try await house.model(house.first.actor) == nil)
        #expect(await refusal { try await house.conclude() } != nil)
        #expect(try await house.tried.office.verify().isIntact)
    }

    // MARK: Reminders

    @Test("Reminders go to whose assessment is due soon and not there, once a day")
    func reminders() async throws {
        let house = try await House()
        try await house.assign(house.first, house.second)
        func remind() async throws -> Int {
            let officer = try await house.tried.people.session(of: house.officer.id, lasting: 24 * 60)
            return try await house.perform(RemindReviewers(fund: house.fund), by: officer).remindedCount
        }
        #expect(try await remind() == 0)
        _ = try await house.assess(TriedHouse.scores(3, 3, 3), by: house.second)
        // Due on 15 February; three days before.
        try house.tried.office.clock.set("2024-02-12T03:00:00Z")
        #expect(try await remind() == 1)
        #expect(try await remind() == 0)
        try house.tried.office.clock.set("2024-02-13T03:00:00Z")
        #expect(try await remind() == 1)
    }

    // MARK: The second gate

    private static let secondGate: [ProposalStage] = [
        .submitted, .eligible, .assessed, .pipeline, .invited, .documentSubmitted, .documentEligible,
    ]

    @Test("A joint programme document is not scored, unless the Terms say so")
    func secondDocument() async throws {
        let house = try await House(stages: Self.secondGate)
        let refused = await refusal { try await house.assign(house.first) }
        #expect(refused?.reason.contains("do not have a joint-programme-document scored") ?? false)
        let concluded = await refusal { try await house.conclude() }
        #expect(concluded?.reason.contains("waits for the committee as it is") ?? false)
        #expect(try await !house.desk(house.officer).contains(.conclusionWaits))

        let scored = try await House(stages: Self.secondGate) { folder in
            try folder.write(
                try folder.text("terms.yaml").replacing(
                    "documents: [concept-note]", with: "documents: [concept-note, joint-programme-document]"), to: "terms.yaml")
        }
        try await scored.assign(scored.first, scored.second)
        for reviewer in [scored.first, scored.second] { _ = try await scored.assess(TriedHouse.scores(4, 4, 4), by: reviewer) }
        #expect(try await scored.conclude().hundredths == 10_000)
        #expect(try await scored.stage() == .documentEligible)
        #expect(try await scored.desk(scored.officer).contains(.conclusionWaits) == false)
        let twice = await refusal { try await scored.conclude() }
        #expect(twice?.reason.contains("was concluded") ?? false)
    }

    @Test("A fund without a rubric takes what is eligible on without a score")
    func noRubric() async throws {
        let house = try await House { folder in
            let terms = try folder.text("terms.yaml")
            try folder.write(String(terms.prefix(upTo: try #require(terms.range(of: "\nassessment:")).lowerBound)) + "\n", to: "terms.yaml")
        }
        #expect(try await house.desk(house.officer).contains(.conclusionWaits))
        let concluded = try await house.conclude()
        #expect(concluded.stage == "assessed" && concluded.hundredths == nil)
    }

    @Test("An interest that comes after the assignment keeps a reviewer from assessing, and what they sealed before from counting")
    func laterInterest() async throws {
        let house = try await House()
        try await house.assign(house.first, house.second)
        _ = try await house.assess(TriedHouse.scores(3, 4, 2), by: house.first)
        _ = try await house.assess(TriedHouse.scores(2, 3, 3), by: house.second)
        let (code, fund) = (house.proposal, house.fund)
        let lead = try #require(
            try await house.tried.office.database.read { try ProposalQueries.proposal(code, of: fund, in: $0)?.lead })
        let interest = ReviewerExpertise(areas: [], regions: [], languages: [], organizations: [lead], countries: [])
        #expect(try await house.perform(DeclareExpertise(fund: fund, expertise: interest), by: house.first.actor).conflictCount == 1)
        let again = await refusal { try await house.assess(TriedHouse.scores(4, 4, 4), by: house.first) }
        #expect(again?.kind == .right && again?.remedy == "step back from it")
        let early = await refusal { try await house.conclude() }
        #expect(early?.reason.hasPrefix("the assessment by \(house.first.person) does not count") ?? false)
    }
}
