import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("Screening: what is found of the criteria, and what comes of it")
struct ScreeningTests {
    private struct House {
        let tried: TriedHouse
        let officer: Actor
        let lead: PeopleOnRecord.Admitted

        /// A concept note that was written and submitted.
        init() async throws {
            tried = try await TriedHouse()
            officer = try await tried.people.admit(.fundManagementUnitOfficer, of: "officer").actor
            lead = try await tried.people.admit(.participatingOrganizationFocalPoint, of: "lead")
            let office = tried.office.office
            _ = try await office.perform(OpenCall(fund: tried.fund, code: "spring", title: "Spring", summary: "Boats"), by: officer)
            _ = try await office.perform(
                StartProposal(fund: tried.fund, code: "boats", call: "spring", lead: "river-office"), by: lead.actor)
            _ = try await office.perform(
                AddOrganization(fund: tried.fund, proposal: "boats", organization: "bridge-agency"), by: lead.actor)
            try await ProposalWriting(office).write("boats", by: lead.actor)
            _ = try await office.perform(SubmitProposal(fund: tried.fund, proposal: "boats"), by: lead.actor)
        }

        func screen(
            _ outcome: ScreeningOutcome, _ answers: [ScreenProposal.Answer], words: String = "", version: Int = 1,
            proposal: String = "boats"
        ) async throws -> ScreenProposal.Outcome {
            try await tried.office.office.perform(
                ScreenProposal(
                    fund: tried.fund, proposal: proposal, version: version, outcome: outcome, words: words, answers: answers), by: officer
            ).outcome
        }

        func model(_ proposal: String = "boats") async throws -> ScreeningOnDesk? {
            guard case .session(let digest) = officer.passage,
                let visitor = try await tried.office.office.person(withSession: digest, now: tried.office.clock.now)
            else { throw Unexpected("nobody") }
            return try await tried.office.office.screening(of: proposal, seenBy: visitor, in: tried.fund)
        }

        func notices(of person: String) async throws -> [String] {
            try await tried.office.database.read {
                try $0.rows("SELECT kind FROM notice WHERE person = \(person) ORDER BY created_at") { try $0.text("kind") }
            }
        }
    }

    private let floats = ScreenProposal.Answer(criterion: "boats-float", answer: .met, reason: "I looked.")

    private func refusal(_ body: () async throws -> some Any) async -> Refusal? {
        await #expect(throws: Refusal.self) { _ = try await body() }
    }

    @Test("The program answers what it can, an officer the rest with a reason, and the applicants are told")
    func eligible() async throws {
        let house = try await House()
        let before = try #require(try await house.model())
        #expect(before.findings.map(\.answer) == [.met, .met, .met, .met, .open] && before.recorded.isEmpty && before.mayScreen)
        let unanswered = await refusal { try await house.screen(.eligible, []) }
        #expect(unanswered?.reason == "“boats-float” is not answered")
        let silent = await refusal {
            try await house.screen(.eligible, [.init(criterion: "boats-float", answer: .met, reason: "")])
        }
        #expect(silent?.reason == "“boats-float” is answered without a reason")
        let done = try await house.screen(.eligible, [floats], words: "Well done.")
        #expect(done.stage == "eligible" && done.overruledCount == 0)
        let after = try #require(try await house.model())
        #expect(after.recorded.map(\.answer) == [.met, .met, .met, .met, .met] && !after.mayScreen)
        #expect(after.proposal.stage == .eligible && after.proposal.stageReason == "Well done.")
        #expect(try await house.notices(of: house.lead.person).last == "proposal-eligible")
        let twice = await refusal { try await house.screen(.eligible, [floats]) }
        #expect(twice?.reason.contains("not screened") ?? false)
        #expect(try await house.tried.office.verify().isIntact)
    }

    @Test("An officer overrules the program with a reason, and the record says so")
    func overruled() async throws {
        let house = try await House()
        let silent = await refusal {
            try await house.screen(.returned, [floats, .init(criterion: "marker", answer: .notMet, reason: "")], words: "Look again.")
        }
        #expect(silent?.reason == "“marker” is answered without a reason")
        let answers = [floats, .init(criterion: "marker", answer: .notMet, reason: "The text says otherwise.")]
        let kept = await refusal { try await house.screen(.eligible, answers) }
        #expect(kept?.reason.contains("not eligible while criteria are not met: marker") ?? false)
        #expect(try await house.screen(.returned, answers, words: "Look again.").overruledCount == 1)
        let recorded = try #require(try await house.model()?.recorded.first { $0.criterion == "marker" })
        #expect(recorded.isOverruled && recorded.system.answer == .met && recorded.reason == "The text says otherwise.")
        #expect(try await house.notices(of: house.lead.person).last == "proposal-returned")
    }

    @Test("What is not met can be waived; what is ineligible names a criterion, and ends there")
    func waivedAndIneligible() async throws {
        let house = try await House()
        let none = await refusal { try await house.screen(.ineligible, [floats], words: "No.") }
        #expect(none?.reason == "no criterion is answered as not met")
        let wordless = await refusal {
            try await house.screen(.ineligible, [.init(criterion: "boats-float", answer: .notMet, reason: "They sink.")])
        }
        #expect(wordless?.reason.contains("what the applicants are told") ?? false)
        let sinking = try await house.screen(
            .ineligible, [.init(criterion: "boats-float", answer: .notMet, reason: "They sink.")], words: "They sink.")
        #expect(sinking.stage == "ineligible")
        #expect(try await house.notices(of: house.lead.person).last == "proposal-ineligible")

        let other = try await house.tried.proposal(7, stages: [.submitted])
        let waived = ["budget-minimum", "two-winters", "marker"].map {
            ScreenProposal.Answer(criterion: $0, answer: .waived, reason: "The committee said so.")
        }
        #expect(try await house.screen(.eligible, waived + [floats], proposal: other).stage == "eligible")
    }

    @Test("Screening is of the version that was read, and of criteria that there are")
    func bound() async throws {
        let house = try await House()
        let stale = await refusal { try await house.screen(.eligible, [floats], version: 2) }
        #expect(stale?.reason.contains("version 1 is the last") ?? false)
        let unknown = await refusal {
            try await house.screen(.eligible, [.init(criterion: "boat-floats", answer: .met, reason: "x"), floats, floats])
        }
        #expect(unknown?.reason.contains("“boat-floats” is no criterion") ?? false)
        #expect(unknown?.reason.contains("“boats-float” is answered twice") ?? false)
        _ = try await house.screen(.returned, [floats], words: "Say more.")
        _ = try await house.tried.office.office.perform(
            SubmitProposal(fund: house.tried.fund, proposal: "boats"), by: house.lead.actor)
        let older = await refusal { try await house.screen(.eligible, [floats], version: 1) }
        #expect(older?.remedy == "read that one first")
        #expect(try await house.screen(.eligible, [floats], version: 2).stage == "eligible")
    }

    @Test("At the second gate a document is returned or eligible; what its form does not ask for, an officer answers")
    func secondGate() async throws {
        let house = try await House()
        let code = try await house.tried.proposal(
            8, stages: [.submitted, .eligible, .assessed, .pipeline, .invited, .documentSubmitted])
        let model = try #require(try await house.model(code))
        #expect(model.form.document == .jointProgrammeDocument)
        #expect(model.findings.map(\.answer) == [.met, .notMet, .open, .met, .open])
        let answers = [
            floats, ScreenProposal.Answer(criterion: "two-winters", answer: .met, reason: "As in the concept note."),
            ScreenProposal.Answer(criterion: "budget-minimum", answer: .waived, reason: "A small ship."),
        ]
        let ended = await refusal { try await house.screen(.ineligible, answers, words: "No.", proposal: code) }
        #expect(ended?.reason.contains("is returned or eligible") ?? false)
        #expect(try await house.screen(.eligible, answers, proposal: code).stage == "document-eligible")
    }

    @Test("Two officers who screen at once make one screening")
    func atOnce() async throws {
        let house = try await House()
        let other = try await house.tried.people.admit(.fundManagementUnitOfficer, of: "other").actor
        let actions = [ScreeningOutcome.eligible, .returned].map {
            ScreenProposal(fund: "river-towns", proposal: "boats", version: 1, outcome: $0, words: "Words", answers: [floats])
        }
        let office = house.tried.office.office
        let done = await withTaskGroup(of: Bool.self) { group in
            for (action, actor) in zip(actions, [house.officer, other]) {
                group.addTask { (try? await office.perform(action, by: actor)) != nil }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(done == 1)
    }
}
