import Foundation
import HTML
import HTTPTypes
import Ledger
import Publications
import SQL
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("Pages of the committee, and what the public gets of them")
struct CommitteePagesTests {
    private static let fund = WorkspaceSite.fund

    private func site() async throws -> WorkspaceSite {
        let site = try await WorkspaceSite()
        let office = site.house.office
        let yen = try Currency(code: "JPY", minorUnits: 0)
        for code in ["boats", "bells"] {
            let facts = ProposalFacts(
                title: "Proposal \(code)", thematicArea: 1, objectives: [1], countries: ["XAA"], regions: ["danube"],
                localAuthorities: ["Example City (fictional)"], durationMonths: 12,
                amounts: [.init(organization: "bridge-agency", amount: Money(minorUnits: 1_000_000, currency: yen))])
            let stages: [ProposalStage] = [
                .submitted, .eligible, .assessed, .pipeline, .invited, .documentSubmitted, .documentEligible,
            ]
            try await PutProposalOnRecord.perform(
                PutProposalOnRecord(code: code, organizations: ["bridge-agency"], facts: facts, stages: stages), in: office)
        }
        return site
    }

    private func act(_ site: WorkspaceSite, _ action: some Action, as role: Role) async throws {
        _ = try await site.house.office.perform(action, by: try await site.people.session(of: try site.visitor(role).person))
    }

    @Test("A meeting goes through its pages: convened, attended, commented, decided; and only the outcome is public")
    func meeting() async throws {
        let site = try await site()
        let (officer, member) = (try site.visitor(.fundManagementUnitOfficer), try site.visitor(.steeringCommitteeMember))
        let convening = WorkspacePlace.action(fund: Self.fund, ConveneMeeting.name)
        let convened = try await site.post(
            convening,
            [
                ("code", "spring"), ("title", "Spring"), ("held_on", "2024-02-01"), ("venue", "River House"),
                ("agenda.1.proposal", "boats"),
                ("agenda.2.proposal", "bells"), ("key", "a-key-of-its-own"), ("step", "perform"),
            ], as: officer)
        #expect(convened.status == 303, "\(convened.text.prefix(4_000))")
        #expect(convened.headers[.location]?.hasPrefix("/workspace/funds/river-towns/committee/meetings/spring") == true)
        let page = WorkspacePlace.committee(fund: Self.fund, .meeting("spring"))
        let shown = try await site.get(page, as: member)
        #expect(shown.status == 200 && shown.text.contains("Proposal boats") && !shown.text.contains("Record the decision"))
        let said = try await site.post(
            .action(fund: Self.fund, CommentItem.name),
            [("meeting", "spring"), ("proposal", "boats"), ("remark", "Zzdeliberation"), ("key", "another-key"), ("step", "perform")],
            as: member)
        #expect(said.status == 303, "\(said.text.prefix(2_000))")
        #expect(try await site.get(page, as: officer).text.contains("Zzdeliberation"))
        #expect(try await site.get(page, as: officer).text.contains("Record the decision"))

        let mayor = InvitePerson(
            fund: Self.fund, email: "mayor@example.org", personName: "Mayor", role: .steeringCommitteeMember, organization: "example-city",
            seat: "mayor")
        _ = try await site.house.office.perform(mayor, by: .machineOperator)
        try await act(
            site, RecordAttendance(fund: Self.fund, meeting: "spring", seats: [.init("river-league", .member), .init("mayor", .member)]),
            as: .fundManagementUnitOfficer)
        let yen = try Currency(code: "JPY", minorUnits: 0)
        try await act(
            site,
            StateCash(
                fund: Self.fund, asOf: try CivilDate(parsing: "2024-01-31"),
                amounts: .init(deposits: Money(minorUnits: 5_000_000, currency: yen)),
                document: try AttachedDocument(name: "cash.txt", content: Array("Cash\n".utf8))), as: .administrativeAgent)
        let version = try await site.house.database.read {
            try ProposalQueries.latestVersion(of: "boats", .jointProgrammeDocument, in: Self.fund, yen, in: $0)
        }
        let digest = hexadecimal(version?.contentDigest ?? [])
        try await act(
            site,
            RecordDecision(
                fund: Self.fund, meeting: "spring", proposal: "boats", digest: digest, outcome: .approved,
                amounts: [.init(organization: "bridge-agency", amount: Money(minorUnits: 900_000, currency: yen))],
                conditions: [.init(condition: "Zzcondition", owner: "Zzowner")], rationale: "Zzrationale"), as: .fundManagementUnitOfficer)
        try await act(
            site,
            RecordDecision(
                fund: Self.fund, meeting: "spring", proposal: "bells", digest: digest, outcome: .notSelected, rationale: "Zzrationale"),
            as: .fundManagementUnitOfficer)
        let decided = try await site.get(page, as: member).text
        #expect(decided.contains("Zzrationale") && decided.contains("Zzcondition"))

        for path in [
            "/funds/river-towns/decisions", "/funds/river-towns/decisions.csv", "/funds/river-towns/decisions.json",
            "/funds/river-towns/decisions/spring/boats", "/funds/river-towns/pipeline/booklet",
        ] {
            let answer = try await site.get(Address(path: path, query: []), as: nil)
            #expect(answer.status == 200, "\(path): \(answer.status)")
            #expect(!answer.text.contains("Zz") && !answer.text.contains("bells"), "\(path)")
            if path.contains("decisions") { #expect(answer.text.contains("Proposal boats"), "\(path)") }
        }
        let sheet = try await site.get(Address(path: "/funds/river-towns/decisions/spring/boats", query: []), as: nil).text
        #expect(sheet.contains(digest) && sheet.contains("JPY\u{A0}900,000"))
        // As of today, not of the latest day that the folder knows of.
        #expect(sheet.contains("<time datetime=\"2024-02-01\">"))
        #expect(try await site.get(Address(path: "/funds/river-towns/decisions/spring/bells", query: []), as: nil).status == 404)
        #expect(site.say.missing.isEmpty, "\(site.say.missing.sorted())")
    }

    @Test("Every page of the committee is there without anything on record, and with a selection")
    func pages() async throws {
        let site = try await site()
        let officer = try site.visitor(.fundManagementUnitOfficer)
        for place in [CommitteePlace.meetings, .slates, .comparison, .pipeline] {
            #expect(try await site.get(.committee(fund: Self.fund, place), as: officer).status == 200, "\(place)")
        }
        for (code, proposal) in [("one", "boats"), ("two", "bells")] {
            let saved = try await site.post(
                .action(fund: Self.fund, SaveSlate.name),
                [
                    ("code", code), ("title", "Selection \(code)"), ("entries.2.proposal", proposal), ("key", "key-\(code)"),
                    ("step", "perform"),
                ],
                as: officer)
            #expect(
                saved.headers[.location]?.hasPrefix("/workspace/funds/river-towns/committee/slates/\(code)") == true,
                "\(saved.text.prefix(3_000))")
        }
        let slate = try await site.get(.committee(fund: Self.fund, .slate("one")), as: officer)
        #expect(slate.status == 200 && slate.text.contains("JPY\u{A0}1,000,000"))
        let compared = try await site.get(
            Address(path: "/workspace/funds/river-towns/committee/slates/compare", query: [("left", "one"), ("right", "two")]), as: officer)
        #expect(compared.status == 200 && compared.text.contains("Selection two"))
        let wrong = try await site.get(
            Address(path: "/workspace/funds/river-towns/committee/slates/compare", query: [("left", "three")]), as: officer)
        #expect(wrong.status == 404)
        #expect(try await site.get(.committee(fund: Self.fund, .meeting("nothing")), as: officer).status == 404)
        #expect(try await site.get(.committee(fund: Self.fund, .slate("nothing")), as: officer).status == 404)
        #expect(site.say.missing.isEmpty, "\(site.say.missing.sorted())")
    }
}
