import Credentials
import Foundation
import HTML
import Ledger
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

/// Who reads what of the committee and of assessments by the JSON interface: what the pages give them, and no more.
@Suite("Meetings, selections and assessments by the JSON interface")
struct CommitteeCallTests {
    private struct Programs {
        let site: WorkspaceSite
        let fund = WorkspaceSite.fund

        func act<A: Action>(_ action: A, as role: Role) async throws -> A.Outcome {
            try await act(action, by: try site.visitor(role).person)
        }

        func act<A: Action>(_ action: A, by person: String) async throws -> A.Outcome {
            try await site.house.office.perform(action, by: try await site.people.session(of: person)).outcome
        }

        func get(_ path: String, as visitor: WorkspaceSite.Visitor?) async throws -> (status: Int, text: String, object: [String: Any]) {
            let answer = try await site.get(Address(path: "/api/v1/funds/\(fund)/\(path)", query: []), as: visitor)
            let object = try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any]
            return (answer.status, answer.text, object ?? [:])
        }

        func seated(_ seat: String, _ organization: String) async throws -> WorkspaceSite.Visitor {
            let invitation = InvitePerson(
                fund: fund, email: "\(seat)@example.org", personName: "Holder of \(seat)", role: .steeringCommitteeMember,
                organization: organization, seat: seat)
            let person = try await site.house.office.perform(invitation, by: .machineOperator).outcome.person
            let secret = BearerSecret(.session)
            _ = try await site.people.session(of: person, digest: secret.digest)
            return WorkspaceSite.Visitor(person: person, holding: "", cookie: "\(SetCookie.name("session"))=\(secret.text)")
        }
    }

    @Test("Whoever leaves an item reads nothing that was said, answered, scored or decided of it, in no selection either")
    func committee() async throws {
        let programs = Programs(site: try await WorkspaceSite())
        let fund = programs.fund
        let yen = try Currency(code: "JPY", minorUnits: 0)
        for (code, organization) in [("boats", "bridge-agency"), ("bells", "river-office")] {
            let facts = ProposalFacts(
                title: "Proposal \(code)", thematicArea: 1, objectives: [1], countries: ["XAA"], regions: ["danube"],
                localAuthorities: [], durationMonths: 12,
                amounts: [.init(organization: organization, amount: Money(minorUnits: 1_000_000, currency: yen))])
            try await PutProposalOnRecord.perform(
                PutProposalOnRecord(
                    code: code, organizations: [organization], facts: facts, stages: [.submitted, .eligible, .assessed]),
                in: programs.site.house.office)
        }
        let officer = Role.fundManagementUnitOfficer
        let agency = try await programs.seated("agencies-1", "bridge-agency")
        let mayor = try await programs.seated("mayor", "example-city")
        let meeting = ConveneMeeting(
            fund: fund, id: "spring", title: "Spring", heldOn: try CivilDate(parsing: "2024-02-01"), place: "River House",
            agenda: ["boats", "bells"])
        _ = try await programs.act(meeting, as: officer)
        let paper = try AttachedDocument(name: "paper.txt", content: Array("A paper\n".utf8))
        _ = try await programs.act(
            AttachPaper(fund: fund, meeting: "spring", proposal: "boats", title: "Zzpaper", file: paper), as: officer)
        for code in ["boats", "bells"] {
            _ = try await programs.act(
                CommentItem(fund: fund, meeting: "spring", proposal: code, remark: "Zzcomment-\(code)"), by: mayor.person)
            _ = try await programs.act(
                AnswerItem(fund: fund, meeting: "spring", proposal: code, answer: .abstains, reason: "Zzanswer-\(code)"), by: mayor.person)
        }
        _ = try await programs.act(
            SaveSlate(fund: fund, id: "ours", title: "Ours", entries: [.init(proposal: "boats"), .init(proposal: "bells")]),
            by: mayor.person)
        _ = try await programs.act(
            RecordAttendance(fund: fund, meeting: "spring", seats: [.init("agencies-1", .member), .init("mayor", .member)]), as: officer)
        _ = try await programs.act(
            AttachPaper(fund: fund, meeting: "spring", title: "Agenda", file: paper), as: officer)

        let seen = try await programs.get("meetings/spring", as: mayor)
        #expect(seen.status == 200, "\(seen.text)")
        for word in ["Zzcomment-boats", "Zzcomment-bells", "Zzanswer-boats", "Zzpaper", "Agenda"] {
            #expect(seen.text.contains(word), "\(word)")
        }
        let left = try await programs.get("meetings/spring", as: agency)
        #expect(left.status == 200 && left.text.contains("Zzcomment-bells") && left.text.contains("Agenda"), "\(left.text)")
        for word in ["Zzcomment-boats", "Zzanswer-boats", "Zzpaper"] { #expect(!left.text.contains(word), "\(word)") }
        let items = try #require(left.object["items"] as? [[String: Any]])
        #expect(items.map { $0["isLeft"] as? Bool } == [true, false])
        #expect(try await programs.get("meetings", as: agency).text.contains(#""itemCount":2"#))

        // The same sums as on the page: without what the reader leaves.
        let all = try await programs.get("slates/ours", as: mayor)
        #expect(all.text.contains(#""total":{"amount":"2000000","currency":"JPY"}"#) && all.text.contains("boats"), "\(all.text)")
        let page = try await programs.site.get(.committee(fund: fund, .slate("ours")), as: mayor)
        #expect(page.text.contains("2,000,000"))
        let part = try await programs.get("slates/ours", as: agency)
        #expect(part.text.contains(#""total":{"amount":"1000000","currency":"JPY"}"#) && !part.text.contains("boats"), "\(part.text)")
        #expect(part.object["leftOut"] as? Int == 1)
        #expect(try await !programs.get("slates", as: agency).text.contains("boats"))

        let reviewer = try programs.site.visitor(.technicalReviewer)
        for path in ["meetings", "meetings/spring", "slates", "slates/ours"] {
            #expect(try await programs.get(path, as: reviewer).status == 404, "\(path)")
            #expect(try await programs.get(path, as: nil).status == 401, "\(path)")
        }
        #expect(try await programs.get("meetings/autumn", as: mayor).status == 404)
        #expect(try await programs.get("slates/theirs", as: mayor).status == 404)
    }

    @Test("A reviewer reads their own assessments, those of another not before the conclusion; the secretariat reads all")
    func assessments() async throws {
        let programs = Programs(site: try await WorkspaceSite())
        try await programs.site.putProposals()
        let (fund, code) = (programs.fund, WorkspacePlaceKind.eligible)
        let first = try programs.site.visitor(.technicalReviewer)
        let second = try await WorkspaceSite.visitor(.technicalReviewer, programs.site.people, of: "second")
        _ = try await programs.act(
            AssignReviewer(fund: fund, assignments: [.init(proposal: code, reviewer: second.person)]), as: .fundManagementUnitOfficer)
        for (person, word) in [(first.person, "Zzfirst"), (second.person, "Zzsecond")] {
            let scores = ["seaworthy", "crew", "harbour"].map { GivenScore(criterion: $0, score: 3, justification: word) }
            _ = try await programs.act(AssessProposal(fund: fund, proposal: code, version: 1, scores: scores), by: person)
        }
        let officer = try programs.site.visitor(.fundManagementUnitOfficer)
        let all = try await programs.get("assessments", as: officer)
        #expect(all.status == 200 && all.text.contains("Zzfirst") && all.text.contains("Zzsecond"), "\(all.text)")
        let own = try await programs.get("assessments", as: first)
        #expect(own.status == 200 && own.text.contains("Zzfirst") && !own.text.contains("Zzsecond"), "\(own.text)")
        #expect(!own.text.contains(second.person))
        let other = try await WorkspaceSite.visitor(.technicalReviewer, programs.site.people, of: "third")
        #expect(try await programs.get("assessments", as: other).text.contains(#""assessments":[]"#))
        for role in [Role.steeringCommitteeMember, .participatingOrganizationFocalPoint] {
            #expect(try await programs.get("assessments", as: try programs.site.visitor(role)).status == 404, "\(role)")
        }
        _ = try await programs.act(ConcludeAssessment(fund: fund, proposal: code, version: 1), as: .fundManagementUnitOfficer)
        // By the Terms names are for the secretariat.
        let later = try await programs.get("assessments", as: first)
        #expect(later.text.contains("Zzsecond") && !later.text.contains(second.person), "\(later.text)")
    }
}
