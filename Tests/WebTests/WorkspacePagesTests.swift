import Foundation
import HTML
import HTTPTypes
import Ledger
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("What the pages of the workspace show")
struct WorkspacePagesTests {
    private static let fund = WorkspaceSite.fund

    private func address(_ place: WorkspacePlace, _ query: [(String, String)]) -> Address { WorkspaceContext.address(place, query: query) }

    @Test("addresses are shown to whom the Terms say, and to nobody else")
    func addresses() async throws {
        let site = try await WorkspaceSite()
        let visible = try #require(try await site.house.office.terms(ofFund: Self.fund)).people.addressesVisibleTo
        for role in Role.allCases {
            let reviewer = try site.visitor(.technicalReviewer).person
            let address = "holder-of-technical-reviewer@example.org"
            for place in [
                WorkspacePlace.people(fund: Self.fund), .person(fund: Self.fund, reviewer), .organization(fund: Self.fund, "hydro-school"),
            ] {
                let text = try await site.get(place, as: try site.visitor(role)).text
                #expect(text.contains(address) == visible.contains(role), "\(place) as \(role)")
            }
        }
    }

    @Test("the list of people is narrowed by name, role, organization and state, and refuses what it cannot read")
    func filters() async throws {
        let site = try await WorkspaceSite()
        let administrator = try site.visitor(.administrator)
        func rows(_ query: [(String, String)]) async throws -> Int {
            let text = try await site.get(address(.people(fund: Self.fund), query), as: administrator).text
            return text.components(separatedBy: "<th scope=\"row\"").count - 1
        }
        #expect(try await rows([]) == Role.allCases.count)
        #expect(try await rows([("role", "auditor")]) == 1)
        #expect(try await rows([("name", "HOLDER auditor")]) == 1)
        #expect(try await rows([("organization", "hydro-school")]) == 1)
        #expect(try await rows([("state", "ended")]) == 0)
        #expect(try await rows([("state", "invited")]) == Role.allCases.count)
        for wrong in [("role", "king"), ("state", "x"), ("page", "0"), ("name", String(repeating: "a", count: 201))] {
            #expect(try await site.get(address(.people(fund: Self.fund), [wrong]), as: administrator).status == 400, "\(wrong)")
        }
        #expect(try await site.get(address(.people(fund: Self.fund), [("page", "2")]), as: administrator).status == 404)
    }

    @Test("a page offers only what its reader's role may do")
    func offers() async throws {
        let site = try await WorkspaceSite()
        let reviewer = try site.visitor(.technicalReviewer)
        func page(as role: Role) async throws -> String {
            try await site.get(.person(fund: Self.fund, reviewer.person), as: try site.visitor(role)).text
        }
        let end = "/actions/end-role?holding=\(reviewer.holding)"
        for role in [Role.administrator, .fundManagementUnitOfficer, .technicalReviewer] {
            #expect(try await page(as: role).contains(end), "\(role)")
        }
        for role in [Role.auditor, .administrativeAgent, .participatingOrganizationFocalPoint, .steeringCommitteeMember] {
            #expect(try await !page(as: role).contains(end), "\(role)")
        }
        #expect(try await !page(as: .auditor).contains("/actions/"))
        #expect(try await page(as: .administrator).contains("/actions/invite-person?email=holder-of-technical-reviewer"))
    }

    @Test("an erased person is shown by the end of the opaque id alone, and their history stays")
    func erased() async throws {
        let site = try await WorkspaceSite()
        let (administrator, reviewer) = (try site.visitor(.administrator), try site.visitor(.technicalReviewer))
        let actor = try await site.people.session(of: administrator.person)
        _ = try await site.house.office.perform(EndRole(fund: Self.fund, holding: reviewer.holding, reason: "Moved on"), by: actor)
        try site.house.clock.set("2024-02-01T09:00:01Z")
        let page = try await site.get(.person(fund: Self.fund, reviewer.person), as: administrator)
        #expect(page.text.contains("/actions/erase-person?person=\(reviewer.person)"))
        _ = try await site.house.office.perform(ErasePerson(fund: Self.fund, person: reviewer.person, reason: "Asked for it"), by: actor)
        let text = try await site.get(.person(fund: Self.fund, reviewer.person), as: administrator).text
        #expect(text.contains("Erased person \(reviewer.person.suffix(6))") && !text.contains("technical-reviewer@"))
        #expect(text.contains("Person erased") && text.contains("Role ended") && !text.contains("/actions/erase-person"))
    }

    @Test("roles in another fund are shown to whoever holds one there, and to nobody else")
    func otherFunds() async throws {
        let site = try await WorkspaceSite()
        try await site.house.load(Folders.migrationMPTF)
        let others = PeopleOnRecord(site.house.office, fund: "migration-mptf", now: site.house.clock.now)
        let reviewer = try site.visitor(.technicalReviewer)
        _ = try await others.admit(.technicalReviewer, organization: "iom")
        let officer = try site.visitor(.fundManagementUnitOfficer)
        let elsewhere = "/workspace/funds/migration-mptf/people"
        #expect(try await !site.get(.person(fund: Self.fund, reviewer.person), as: officer).text.contains(elsewhere))
        _ = try await others.admit(.fundManagementUnitOfficer, organization: "iom")
        let text = try await site.get(.person(fund: Self.fund, reviewer.person), as: officer).text
        #expect(text.contains("\(elsewhere)/\(reviewer.person)"))
        // And there is a way from fund to fund.
        #expect(text.contains("<nav class=\"funds\""))
    }

    @Test("every party is listed once, contributors too, with what is withheld from the public left out")
    func parties() async throws {
        let site = try await WorkspaceSite()
        let text = try await site.get(.organizations(fund: Self.fund), as: try site.visitor(.auditor)).text
        for id in ["river-office", "hydro-school", "naher", "silent-partner"] {
            #expect(text.contains("/workspace/funds/river-towns/organizations/\(id)\""), "\(id)")
        }
        #expect(text.components(separatedBy: "/organizations/pump-works\"").count == 2 && !text.contains("zzsecret-office"))
        let secret = WorkspacePlace.organization(fund: Self.fund, "zzsecret-office")
        #expect(try await site.get(secret, as: try site.visitor(.administrator)).status == 404)
        let town = try await site.get(.organization(fund: Self.fund, "example-city"), as: try site.visitor(.auditor)).text
        #expect(
            town.contains("/funds/river-towns/programmes/three-rivers-warning")
                && town.contains("/funds/river-towns/contributors/example-city"))
    }

    @Test("a notice is read by a form of the desk, and only by its own person's")
    func notices() async throws {
        let site = try await WorkspaceSite()
        let (reviewer, auditor) = (try site.visitor(.technicalReviewer), try site.visitor(.auditor))
        let notice = try #require(try await site.house.office.notices(of: reviewer.person, limit: 1).first)
        #expect(try await site.get(.desk, as: reviewer).text.contains("value=\"\(notice.id)\""))
        let foreign = try await site.post(.desk, [("notice", notice.id)], as: auditor)
        #expect(foreign.status == 303)
        #expect(try await site.get(.desk, as: reviewer).text.contains("value=\"\(notice.id)\""))
        let answer = try await site.post(.desk, [("notice", notice.id)], as: reviewer)
        #expect(answer.status == 303 && answer.headers[.location] == "/workspace#notices")
        #expect(try await !site.get(.desk, as: reviewer).text.contains("value=\"\(notice.id)\""))
        for form in [[], [("notice", "'; DROP")], [("notice", "")]] as [[(String, String)]] {
            #expect(try await site.post(.desk, form, as: reviewer).status == 400, "\(form)")
        }
    }

    @Test("an answer is kept rather than shown, under a name that nobody sent, and a file of the trail is safe in a spreadsheet")
    func files() async throws {
        let site = try await WorkspaceSite()
        let (officer, administrator) = (try site.visitor(.fundManagementUnitOfficer), try site.visitor(.administrator))
        let passage = try await site.people.session(of: officer.person).passage
        let answer = try AttachedDocument(name: "evil\".html", content: Array("Yes. <script>alert(1)</script>\n".utf8))
        _ = try await site.house.office.perform(
            EndRole(fund: Self.fund, holding: try site.visitor(.technicalReviewer).holding, reason: "Moved on"),
            by: .person(officer.person, through: passage, onBehalf: OnBehalf(person: administrator.person, answer: answer, note: "")))
        let digest = hexadecimal(answer.digest)
        let auditor = try site.visitor(.auditor)
        let trail = try await site.get(.audit(fund: Self.fund), as: auditor).text
        #expect(trail.contains("/workspace/funds/river-towns/audit/\(digest)") && trail.contains("--expect"))
        let file = try await site.get(.attachment(fund: Self.fund, digest), as: auditor)
        #expect(file.headers[.contentType] == "text/plain; charset=utf-8")
        #expect(file.headers[.contentDisposition] == "attachment; filename=\"answer-\(digest.prefix(12)).txt\"")
        for wrong in ["00", String(repeating: "0", count: 64), digest + "0"] {
            #expect(try await site.get(.attachment(fund: Self.fund, wrong), as: auditor).status == 404, "\(wrong)")
        }
        let csv = try await site.get(.auditFile(fund: Self.fund), as: auditor)
        #expect(csv.headers[.contentType] == "text/csv; charset=utf-8" && csv.text.hasPrefix("chain,sequence,recorded_at,"))
        #expect(Int64(csv.text.split(separator: "\r\n").count - 1) == (try await site.house.eventCount()))
        let narrowed = try await site.get(address(.auditFile(fund: Self.fund), [("action", "load-fund")]), as: auditor).text
        #expect(narrowed.split(separator: "\r\n").count == 2)
    }

    @Test("the trail refuses filters and places that it cannot read, and finds what they name")
    func trail() async throws {
        let site = try await WorkspaceSite()
        let auditor = try site.visitor(.auditor)
        func get(_ query: [(String, String)]) async throws -> WorkspaceSite.Answer {
            try await site.get(address(.audit(fund: Self.fund), query), as: auditor)
        }
        for wrong in [("before", "x"), ("from", "yesterday"), ("to", "2024-02-30"), ("subject", String(repeating: "a", count: 201))] {
            #expect(try await get([wrong]).status == 400, "\(wrong)")
        }
        #expect(try await get([("subject", "market-boats")]).text.components(separatedBy: "class=\"event-head\"").count == 2)
        #expect(try await get([("from", "2024-02-02")]).text.contains("No event is on record for this."))
        #expect(try await get([("from", "2024-02-01"), ("to", "2024-02-01T23:59")]).text.contains("Fund folder loaded"))
    }

    @Test("a search finds what its reader may see, and what somebody types is text")
    func search() async throws {
        let site = try await WorkspaceSite()
        let reviewer = try site.visitor(.technicalReviewer)
        func find(_ text: String) async throws -> String {
            try await site.get(address(.search(fund: Self.fund), [("q", text)]), as: reviewer).text
        }
        #expect(try await find("BRIDGES rivers").contains("/funds/river-towns/programmes/two-rivers-bridges"))
        #expect(try await find("cote").contains("/workspace/funds/river-towns/organizations/cote-d-eau"))
        #expect(try await find("holder auditor").contains("/workspace/funds/river-towns/people/\(try site.visitor(.auditor).person)"))
        #expect(try await !find("audit").contains("href=\"/workspace/funds/river-towns/audit\">Audit trail</a></li>"))
        #expect(try await find("zzwithheld").contains("Nothing that you may see holds"))
        #expect(try await !find("<script>alert(1)</script>").contains("<script>"))
        let long = try await site.get(address(.search(fund: Self.fund), [("q", String(repeating: "a", count: 201))]), as: reviewer)
        #expect(long.status == 400)
    }

    @Test("the section that a page is in is marked, and the way back is shown")
    func navigation() async throws {
        let site = try await WorkspaceSite()
        let auditor = try site.visitor(.auditor)
        let text = try await site.get(.person(fund: Self.fund, auditor.person), as: auditor).text
        let current = "aria-current=\"page\">"
        #expect(text.contains("<a href=\"/workspace/funds/river-towns/people\" \(current)People</a>"))
        #expect(text.components(separatedBy: current).count == 3)
        #expect(text.contains("<nav class=\"breadcrumb\""))
        let desk = try await site.get(.desk, as: auditor).text
        #expect(desk.contains("<a href=\"/workspace\" \(current)My desk</a>") && !desk.contains("<nav class=\"breadcrumb\""))
        #expect(desk.contains("/workspace/funds/river-towns/audit\"") && !desk.contains("<nav class=\"funds\""))
    }
}
