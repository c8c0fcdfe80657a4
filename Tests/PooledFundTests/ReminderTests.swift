import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

/// What the clock alone brings about: the Terms say how many days before, and nobody is reminded of the same twice.
@Suite("Reminders by the clock")
struct ReminderTests {
    /// Of a person, what they were reminded of.
    private func told(_ person: String, _ house: TriedHouse) async throws -> [[String: String]] {
        let kinds: Set<Notice.Kind> = [.assessmentReminder, .signOffReminder, .objectionReminder, .pipelineReminder]
        return try await house.office.database.read {
            try PersonalDataQueries.notices(of: person, in: $0).filter { kinds.contains($0.kind) }.map(\.arguments).reversed()
        }
    }

    @Test("A reviewer is reminded once before the day and once after it, however many servers look at the clock, and however often")
    func reviewers() async throws {
        let house = try await TriedHouse()
        let office = house.office.office
        let code = try await house.proposal(1, stages: [.submitted, .eligible])
        let officer = try await house.people.admit(.fundManagementUnitOfficer, of: "officer")
        let slow = try await house.people.admit(.technicalReviewer, of: "slow")
        let quick = try await house.people.admit(.technicalReviewer, of: "quick")
        _ = try await office.perform(
            AssignReviewer(fund: house.fund, assignments: [slow, quick].map { .init(proposal: code, reviewer: $0.person) }),
            by: officer.actor)
        _ = try await office.perform(
            AssessProposal(fund: house.fund, proposal: code, version: 1, scores: TriedHouse.scores(3, 3, 3)), by: quick.actor)
        let clock = house.office.clock
        let others = try await Office(database: house.office.database, clock: { clock.now })
        func remind() async throws -> Int {
            async let first = office.remind(now: clock.now)
            async let second = others.remind(now: clock.now)
            return try await first + second
        }
        // Due on 15 February, three days before.
        try clock.set("2024-02-11T14:59:59Z")
        #expect(try await remind() == 0)
        try clock.set("2024-02-11T15:00:00Z")
        #expect(try await remind() == 1)
        for day in ["2024-02-12", "2024-02-13", "2024-02-15"] {
            try clock.set("\(day)T03:00:00Z")
            #expect(try await remind() == 0)
        }
        // In Tokyo the day is over.
        try clock.set("2024-02-15T15:00:00Z")
        #expect(try await remind() == 1)
        #expect(try await remind() == 0)
        #expect(try await told(slow.person, house) == Array(repeating: ["proposal": code, "due": "2024-02-15"], count: 2))
        #expect(try await told(quick.person, house).isEmpty)
        let mails = try await house.office.database.read {
            try $0.rows(
                """
                SELECT mailed_notice.mail AS mail FROM mailed_notice JOIN notice ON notice.id = mailed_notice.notice
                WHERE notice.person = \(slow.person) AND notice.kind = 'assessment-reminder'
                """
            ) { try $0.text("mail") }
        }
        #expect(mails.count == 2)
        // Another day is another reminder.
        let again = try await house.people.session(of: officer.person, lasting: 30 * 24 * 60)
        _ = try await office.perform(
            AssignReviewer(
                fund: house.fund, assignments: [.init(proposal: code, reviewer: slow.person)], due: try CivilDate(parsing: "2024-02-18")),
            by: again)
        #expect(try await remind() == 1)
        #expect(try await house.office.verify().isIntact)
    }

    @Test("Whoever has not signed off before the call closes is reminded; whoever has, or is of another country, is not")
    func signatures() async throws {
        let house = try await TriedHouse()
        let office = house.office.office
        let officer = try await house.people.admit(.fundManagementUnitOfficer, of: "officer")
        let lead = try await house.people.admit(.participatingOrganizationFocalPoint, of: "lead")
        let other = try await house.people.admit(.participatingOrganizationFocalPoint, of: "other", organization: "bridge-agency")
        let harbour = try await house.people.admit(.localAuthority, of: "harbour")
        let call = OpenCall(fund: house.fund, code: "spring", title: "Spring", summary: "Boats", closes: "2024-02-29")
        _ = try await office.perform(call, by: officer.actor)
        _ = try await office.perform(
            StartProposal(fund: house.fund, code: "boats", call: "spring", lead: "river-office"), by: lead.actor)
        _ = try await office.perform(
            AddOrganization(fund: house.fund, proposal: "boats", organization: "bridge-agency"), by: lead.actor)
        try await ProposalWriting(office).write("boats", by: lead.actor)
        let digest = try await office.perform(SubmitProposal(fund: house.fund, proposal: "boats"), by: lead.actor).outcome.digest
        let signing = SignOffProposal(
            fund: house.fund, proposal: "boats", party: .organizations, organization: "river-office", digest: digest)
        _ = try await office.perform(signing, by: lead.actor)
        try house.office.clock.set("2024-02-23T03:00:00Z")
        #expect(try await office.remind(now: house.office.clock.now) == 0)
        try house.office.clock.set("2024-02-24T03:00:00Z")
        #expect(try await office.remind(now: house.office.clock.now) == 2)
        #expect(try await told(lead.person, house).isEmpty)
        for person in [other.person, harbour.person] {
            #expect(try await told(person, house) == [["proposal": "boats", "due": "2024-02-29"]])
        }
        try house.office.clock.set("2024-02-29T15:00:00Z")
        #expect(try await office.remind(now: house.office.clock.now) == 0)
    }

    @Test("Seats that have not answered in an open window are reminded, but for whoever has answered or leaves what is proposed")
    func objections() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats")
        try await house.perform(
            OpenNoObjection(fund: house.fund, id: "window", title: "Boats", note: "To approve", agenda: ["boats"]), by: house.officer)
        try await house.perform(
            AnswerItem(fund: house.fund, meeting: "window", proposal: "boats", answer: .agrees), by: house.town.actor)
        // It opens on Thursday, 1 February, and closes five working days later.
        try house.tried.office.clock.set("2024-02-06T03:00:00Z")
        #expect(try await house.office.remind(now: house.tried.office.clock.now) == 0)
        try house.tried.office.clock.set("2024-02-07T03:00:00Z")
        #expect(try await house.office.remind(now: house.tried.office.clock.now) == 2)
        let expected = [["meeting": "window", "due": "2024-02-08"]]
        #expect(try await told(house.contributor.person, house.tried) == expected)
        #expect(try await told(house.mayor.person, house.tried) == expected)
        // The agency takes part in the proposal, and leaves the item.
        for seated in [house.town, house.agency] { #expect(try await told(seated.person, house.tried).isEmpty) }
    }

    @Test(
        "Officers are reminded of an entry that has been in the pipeline as long as the Terms let it; without the rule nobody is of anything"
    )
    func pipeline() async throws {
        let aged = try #require(TriedRight.all.first { $0.name == ExpirePipeline.name })
        for hasRule in [true, false] {
            let house = try await TriedHouse(for: aged)
            if !hasRule {
                let terms = try house.folder.text("terms.yaml")
                let start = try #require(terms.range(of: "reminders:\n")).lowerBound
                let end = try #require(terms.range(of: "assessment:\n  confidence")).lowerBound
                try house.folder.write(String(terms[..<start]) + String(terms[end...]), to: "terms.yaml")
                try await house.office.load(house.folder.url)
            }
            let officer = try await house.people.admit(.fundManagementUnitOfficer, of: "officer")
            let count = try await house.office.office.remind(now: house.office.clock.now)
            let told = try await told(officer.person, house)
            #expect(told.count == count && Set(told).count == count && (count > 0) == hasRule)
            #expect(try await house.office.office.remind(now: house.office.clock.now) == 0)
        }
    }
}
