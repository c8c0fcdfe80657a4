import Foundation
import HTML
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("What somebody judged and said, for themselves")
struct PersonalJudgementTests {
    private func act<A: Action>(_ site: WorkspaceSite, _ action: A, as role: Role) async throws -> A.Outcome {
        let actor = try await site.people.session(of: try site.visitor(role).person)
        return try await site.house.office.perform(action, by: actor).outcome
    }

    private func file(_ site: WorkspaceSite, _ role: Role) async throws -> String {
        let address = WorkspaceContext.address(.personalData, query: [("format", "json")])
        return try await site.get(address, as: try site.visitor(role)).text
    }

    @Test("A reviewer's assessments, drafts, expertise and conflicts are in their data, and nobody else's")
    func reviewer() async throws {
        let site = try await WorkspaceSite()
        try await site.putProposals()
        let (fund, code) = (WorkspaceSite.fund, WorkspacePlaceKind.eligible)
        let expertise = ReviewerExpertise(areas: [2], regions: ["nile"], languages: ["fr"], organizations: [], countries: ["KHM"])
        _ = try await act(site, DeclareExpertise(fund: fund, expertise: expertise), as: .technicalReviewer)
        let scores = [("seaworthy", "Zzsealed"), ("crew", "Rows"), ("harbour", "Deep")].map {
            GivenScore(criterion: $0.0, score: 3, justification: $0.1)
        }
        _ = try await act(site, AssessProposal(fund: fund, proposal: code, version: 1, scores: scores), as: .technicalReviewer)
        let draft = SaveAssessment(
            fund: fund, proposal: code, revision: 0, scores: [GivenScore(criterion: "crew", score: nil, justification: "Zzdraft")],
            remark: "Zzremark")
        _ = try await act(site, draft, as: .technicalReviewer)
        let own = try await file(site, .technicalReviewer)
        for word in ["Zzsealed", "Zzdraft", "Zzremark", #""areas":[2]"#, "KHM"] { #expect(own.contains(word), "\(word)") }
        #expect(try await site.get(.personalData, as: try site.visitor(.technicalReviewer)).text.contains("Zzremark"))
        // Stepping back takes the draft away, and nothing that was sealed.
        _ = try await act(site, DeclareConflict(fund: fund, proposal: code, reason: "Zzcousin"), as: .technicalReviewer)
        let later = try await file(site, .technicalReviewer)
        for word in ["Zzsealed", "Zzcousin", #""kind":"stepped-back""#] { #expect(later.contains(word), "\(word)") }
        let page = try await site.get(.personalData, as: try site.visitor(.technicalReviewer))
        #expect(page.status == 200 && page.text.contains("Zzcousin"))
        #expect(try await !file(site, .fundManagementUnitOfficer).contains("Zz"))
        #expect(site.say.missing.isEmpty, "\(site.say.missing.sorted())")
    }

    @Test("A member's comments, answers and declared interests are in their data, and nobody else's")
    func member() async throws {
        let site = try await WorkspaceSite()
        let fund = WorkspaceSite.fund
        let facts = try PutProposalOnRecord.example(in: fund).facts
        try await PutProposalOnRecord.perform(
            PutProposalOnRecord(code: "boats", organizations: ["bridge-agency"], facts: facts, stages: [.submitted, .eligible, .assessed]),
            in: site.house.office)
        let meeting = ConveneMeeting(
            fund: fund, id: "spring", title: "Spring", heldOn: try CivilDate(parsing: "2024-02-01"), place: "River House",
            agenda: ["boats"])
        _ = try await act(site, meeting, as: .fundManagementUnitOfficer)
        let member = Role.steeringCommitteeMember
        _ = try await act(site, CommentItem(fund: fund, meeting: "spring", proposal: "boats", remark: "Zzcomment"), as: member)
        _ = try await act(
            site, AnswerItem(fund: fund, meeting: "spring", proposal: "boats", answer: .objects, reason: "Zzobjection"), as: member)
        _ = try await act(site, DeclareInterest(fund: fund, proposal: "boats", statement: "Zzinterest"), as: member)
        let own = try await file(site, member)
        for word in ["Zzcomment", "Zzobjection", "Zzinterest", #""answer":"objects""#] { #expect(own.contains(word), "\(word)") }
        #expect(try await site.get(.personalData, as: try site.visitor(member)).text.contains("Zzobjection"))
        #expect(try await !file(site, .fundManagementUnitOfficer).contains("Zz"))
    }

    @Test("Erasing a person takes their drafts of assessments and spares the committee's papers, whoever had sent the same file")
    func erasure() async throws {
        let site = try await WorkspaceSite()
        try await site.putProposals()
        let (fund, office) = (WorkspaceSite.fund, site.house.office)
        let reviewer = try site.visitor(.technicalReviewer)
        let draft = SaveAssessment(
            fund: fund, proposal: WorkspacePlaceKind.eligible, revision: 0,
            scores: [GivenScore(criterion: "crew", score: 2, justification: "Rows")])
        _ = try await act(site, draft, as: .technicalReviewer)
        let letter = try AttachedDocument(name: "letter.txt", content: Array("I leave, and what I think stands here.\n".utf8))
        let meeting = ConveneMeeting(
            fund: fund, id: "spring", title: "Spring", heldOn: try CivilDate(parsing: "2024-02-01"), place: "River House")
        _ = try await act(site, meeting, as: .fundManagementUnitOfficer)
        _ = try await act(site, AttachPaper(fund: fund, meeting: "spring", title: "A letter", file: letter), as: .fundManagementUnitOfficer)
        let officer = try await site.people.session(of: try site.visitor(.fundManagementUnitOfficer).person)
        let onBehalf = OnBehalf(person: reviewer.person, answer: letter, note: "")
        _ = try await office.perform(
            EndRole(fund: fund, holding: reviewer.holding, reason: "Moved on"),
            by: .person(officer.id, through: officer.passage, onBehalf: onBehalf))
        func drafts() async throws -> Int64? {
            try await site.house.database.read {
                try $0.first("SELECT COUNT(*) AS count FROM assessment_draft WHERE reviewer = \(reviewer.person)")?.integer("count")
            }
        }
        #expect(try await drafts() == 1)
        _ = try await act(site, ErasePerson(fund: fund, person: reviewer.person, reason: "Asked for it"), as: .administrator)
        #expect(try await drafts() == 0)
        let kept = try await site.house.database.read { try DocumentQueries.content(letter.digest, in: $0) }
        #expect(kept == letter.content)
        #expect(try await site.house.verify().isIntact)
    }
}
