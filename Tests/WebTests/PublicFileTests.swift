import Foundation
import HTML
import HTTPTypes
import Ledger
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("Files of proposals that everybody may have")
struct PublicFileTests {
    /// A fund without a rubric, whose form asks for a file for everybody and for one that is for those who read the proposal.
    private static func folder() throws -> FolderCopy {
        let folder = try FolderCopy()
        let terms = try folder.text("terms.yaml")
        let plan = "          - {id: plan, label: Drawing of the boat, kind: file, category: drawing, public: true, required: false}\n"
        let ledger = "          - {id: ledger, label: Household book, kind: file, category: accounts, required: false}\n"
        let unscored = String(terms.prefix(upTo: try #require(terms.range(of: "\nassessment:")).lowerBound)) + "\n"
        try folder.write(unscored.replacing(plan, with: plan + ledger), to: "terms.yaml")
        return folder
    }

    private struct House {
        let site: WorkspaceSite
        var attachments: [String: String] = [:]

        func act<A: Action>(_ action: A, as role: Role) async throws -> A.Outcome {
            let actor = try await site.people.session(of: try site.visitor(role).person)
            return try await site.house.office.perform(action, by: actor).outcome
        }

        func file(_ field: String) async throws -> WorkspaceSite.Answer {
            let address = Address(segments: ["funds", WorkspaceSite.fund, "files", "boats", attachments[field] ?? ""])
            return try await site.get(address, as: nil)
        }

        func sheet() async throws -> WorkspaceSite.Answer {
            try await site.get(Address(segments: ["funds", WorkspaceSite.fund, "decisions", "spring", "boats"]), as: nil)
        }
    }

    @Test("The public file of what is published is there for everybody, the private one beside it is not, and with the consent it is gone")
    func publicFiles() async throws {
        let folder = try Self.folder()
        var house = House(site: try await WorkspaceSite(folder.url))
        let fund = WorkspaceSite.fund
        let (officer, lead) = (Role.fundManagementUnitOfficer, Role.participatingOrganizationFocalPoint)
        _ = try await house.act(OpenCall(fund: fund, code: "spring", title: "Spring", summary: "Boats"), as: officer)
        _ = try await house.act(StartProposal(fund: fund, code: "boats", call: "spring", lead: "river-office"), as: lead)
        _ = try await house.act(AddOrganization(fund: fund, proposal: "boats", organization: "bridge-agency"), as: lead)
        let writer = try await house.site.people.session(of: try house.site.visitor(lead).person)
        try await ProposalWriting(house.site.house.office).write("boats", by: writer)
        let contents = ["plan": "%PDF-1.7 Zzplan", "ledger": "%PDF-1.7 Zzledger"]
        for (field, content) in contents {
            let file = try AttachedDocument(name: "Zz<\(field)>.pdf", content: Array(content.utf8))
            let attaching = AttachDocument(fund: fund, proposal: "boats", document: .conceptNote, field: field, file: file)
            house.attachments[field] = try await house.act(attaching, as: lead).attachment
        }
        let digest = try await house.act(SubmitProposal(fund: fund, proposal: "boats"), as: lead).digest
        let screening = ScreenProposal(
            fund: fund, proposal: "boats", version: 1, outcome: .eligible, words: "",
            answers: [.init(criterion: "boats-float", answer: .met, reason: "They do.")])
        _ = try await house.act(screening, as: officer)
        _ = try await house.act(ConcludeAssessment(fund: fund, proposal: "boats", version: 1), as: officer)
        #expect(try await house.file("plan").status == 404)

        _ = try await house.site.house.office.perform(
            InvitePerson(
                fund: fund, email: "mayor@example.org", personName: "Mayor", role: .steeringCommitteeMember, organization: "example-city",
                seat: "mayor"), by: .machineOperator)
        let meeting = ConveneMeeting(
            fund: fund, id: "spring", title: "Spring", heldOn: try CivilDate(parsing: "2024-02-01"), place: "River House",
            agenda: ["boats"])
        _ = try await house.act(meeting, as: officer)
        _ = try await house.act(
            RecordAttendance(fund: fund, meeting: "spring", seats: [.init("river-league", .member), .init("mayor", .member)]), as: officer)
        let decision = RecordDecision(
            fund: fund, meeting: "spring", proposal: "boats", digest: digest, outcome: .pipeline, rationale: "A reason")
        _ = try await house.act(decision, as: officer)
        #expect(try await house.file("plan").status == 404)

        _ = try await house.act(ConsentToPublish(fund: fund, proposal: "boats"), as: lead)
        let plan = try await house.file("plan")
        #expect(plan.status == 200 && plan.text == contents["plan"])
        #expect(plan.headers[.contentType] == "application/pdf" && plan.headers[.cacheControl] == "no-store")
        #expect(plan.headers[.contentDisposition] == "attachment; filename=\"boats-\(house.attachments["plan"] ?? "").pdf\"")
        #expect(try await house.file("ledger").status == 404)
        let sheet = try await house.sheet()
        let sha256 = hexadecimal(try AttachedDocument(name: "", content: Array((contents["plan"] ?? "").utf8)).digest)
        #expect(sheet.status == 200 && sheet.text.contains(sha256) && sheet.text.contains("Drawing of the boat"))
        #expect(!sheet.text.contains("Household book") && !sheet.text.contains("Zz"))
        let list = try await house.site.get(Address(segments: ["funds", fund, "decisions.json"]), as: nil).text
        #expect(list.contains(house.attachments["plan"] ?? "–") && !list.contains(house.attachments["ledger"] ?? ""))
        #expect(house.site.say.missing.isEmpty, "\(house.site.say.missing.sorted())")

        _ = try await house.act(ConsentToPublish(fund: fund, proposal: "boats", isTakenBack: true), as: lead)
        #expect(try await house.file("plan").status == 404)
        #expect(try await house.sheet().status == 404)
    }
}
