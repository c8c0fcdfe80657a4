import HTML
import HTTPTypes
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

/// Every kind of page of the workspace. The compiler asks for a case here when ``WorkspacePlace`` gets one.
enum WorkspacePlaceKind: CaseIterable {
    case desk, settings, password, address, secondFactor, tokens, notices, identities, personalData
    case people, person, organizations, organization, audit, auditFile, attachment, search, actions, action
    case proposals, proposal, section, budget, budgetCSV, budgetXLSX, preview, compare, offline, wordForm, signaturePage, signOff, file
    case calls, call
    case screenings, screening, assessments, assessment
    case committee, meeting, paper, slates, slate, comparison, suggestions, pipeline

    init(_ place: WorkspacePlace) {
        self =
            switch place {
            case .desk: .desk
            case .settings: .settings
            case .password: .password
            case .address: .address
            case .secondFactor: .secondFactor
            case .tokens: .tokens
            case .notices: .notices
            case .identities: .identities
            case .personalData: .personalData
            case .people: .people
            case .person: .person
            case .organizations: .organizations
            case .organization: .organization
            case .audit: .audit
            case .auditFile: .auditFile
            case .attachment: .attachment
            case .search: .search
            case .actions: .actions
            case .action: .action
            case .committee(_, let place):
                switch place {
                case .meetings: .committee
                case .meeting: .meeting
                case .paper: .paper
                case .slates: .slates
                case .slate: .slate
                case .comparison: .comparison
                case .suggestions: .suggestions
                case .pipeline: .pipeline
                }
            case .assessment(_, .screenings): .screenings
            case .assessment(_, .screening): .screening
            case .assessment(_, .assessments): .assessments
            case .assessment(_, .assessment): .assessment
            case .proposals(_, let place): Self(place)
            }
    }

    private init(_ place: ProposalsPlace) {
        self =
            switch place {
            case .list: .proposals
            case .proposal: .proposal
            case .section: .section
            case .budget: .budget
            case .budgetFile(_, .csv): .budgetCSV
            case .budgetFile(_, .xlsx): .budgetXLSX
            case .preview: .preview
            case .compare: .compare
            case .offline: .offline
            case .wordForm: .wordForm
            case .signaturePage: .signaturePage
            case .signOff: .signOff
            case .file: .file
            case .calls: .calls
            case .call: .call
            }
    }

    /// A page of the kind that there is.
    func place(_ fund: String, person: String, document: String) -> WorkspacePlace {
        switch self {
        case .desk: .desk
        case .settings: .settings
        case .password: .password
        case .address: .address
        case .secondFactor: .secondFactor
        case .tokens: .tokens
        case .notices: .notices
        case .identities: .identities
        case .personalData: .personalData
        case .people: .people(fund: fund)
        case .person: .person(fund: fund, person)
        case .organizations: .organizations(fund: fund)
        case .organization: .organization(fund: fund, "river-office")
        case .audit: .audit(fund: fund)
        case .auditFile: .auditFile(fund: fund)
        case .attachment: .attachment(fund: fund, document)
        case .search: .search(fund: fund)
        case .actions: .actions(fund: fund)
        case .action: .action(fund: fund, InvitePerson.name)
        case .committee: .committee(fund: fund, .meetings)
        case .meeting: .committee(fund: fund, .meeting("spring"))
        case .paper: .committee(fund: fund, .paper(meeting: "spring", "a-paper"))
        case .slates: .committee(fund: fund, .slates)
        case .slate: .committee(fund: fund, .slate("even"))
        case .comparison: .committee(fund: fund, .comparison)
        case .suggestions: .committee(fund: fund, .suggestions)
        case .pipeline: .committee(fund: fund, .pipeline)
        case .screenings: .assessment(fund: fund, .screenings)
        case .screening: .assessment(fund: fund, .screening(Self.submitted))
        case .assessments: .assessment(fund: fund, .assessments)
        case .assessment: .assessment(fund: fund, .assessment(Self.eligible))
        default: .proposals(fund: fund, ofProposals)
        }
    }

    private var ofProposals: ProposalsPlace {
        let code = "boats"
        return switch self {
        case .proposal: .proposal(code)
        case .section: .section(code, "crew")
        case .budget: .budget(code)
        case .budgetCSV: .budgetFile(code, .csv)
        case .budgetXLSX: .budgetFile(code, .xlsx)
        case .preview: .preview(code)
        case .compare: .compare(code)
        case .offline: .offline(code)
        case .wordForm: .wordForm(code)
        case .signaturePage: .signaturePage(code)
        case .signOff: .signOff(code)
        case .file: .file(code, "plan")
        case .calls: .calls
        case .call: .call("spring")
        default: .list
        }
    }

    /// Codes of proposals that wait to be screened, and to be assessed.
    static let (submitted, eligible) = ("PROPOSAL", "PROPOSAL-OF-REVIEWER")

    /// What whoever may read it gets. An action's page asks for more than a role in the fund.
    var answers: Set<Int> {
        switch self {
        case .action: [200, 403]
        // Of a proposal that they may not see, and of what is not there, people learn the same.
        case .proposal, .section, .budget, .budgetCSV, .budgetXLSX, .preview, .compare, .offline, .wordForm, .signaturePage, .signOff,
            .file:
            [200, 404]
        default: [200]
        }
    }
}

@Suite("Who sees which page of the workspace")
struct WorkspaceAccessTests {
    private static let fund = WorkspaceSite.fund

    /// A site on which something was recorded on behalf of somebody, and a page of every kind.
    private func pages() async throws -> (site: WorkspaceSite, places: [(kind: WorkspacePlaceKind, place: WorkspacePlace)]) {
        let site = try await WorkspaceSite()
        let (officer, administrator) = (try site.visitor(.fundManagementUnitOfficer), try site.visitor(.administrator))
        let ended = try await site.people.admit(.technicalReviewer, of: "second")
        let passage = try await site.people.session(of: officer.person).passage
        let answer = try AttachedDocument(name: "=letter\r\n\".txt", content: Array("An answer\n".utf8))
        _ = try await site.house.office.perform(
            EndRole(fund: Self.fund, holding: ended.holding, reason: "Moved on"),
            by: .person(
                officer.person, through: passage, onBehalf: OnBehalf(person: administrator.person, answer: answer, note: "By letter")))
        try await write(site)
        try await site.putProposals()
        try await PutProposalOnRecord.perform(try .example(in: Self.fund), in: site.house.office)
        _ = try await site.house.office.perform(
            PutCommitteeOnRecord(fund: Self.fund, proposal: "boats-for-two-banks"), by: .machineOperator)
        let places = WorkspacePlaceKind.allCases.map { kind in
            (kind, kind.place(Self.fund, person: officer.person, document: hexadecimal(answer.digest)))
        }
        return (site, places)
    }

    /// A proposal that is being written, in an open call.
    private func write(_ site: WorkspaceSite) async throws {
        let office = site.house.office
        let officer = try await site.people.session(of: try site.visitor(.fundManagementUnitOfficer).person)
        let lead = try await site.people.session(of: try site.visitor(.participatingOrganizationFocalPoint).person)
        _ = try await office.perform(
            OpenCall(fund: Self.fund, code: "spring", title: "Spring (fictional)", summary: "Boats"), by: officer)
        _ = try await office.perform(StartProposal(fund: Self.fund, code: "boats", call: "spring", lead: "river-office"), by: lead)
        try await ProposalWriting(office).write("boats", by: lead)
    }

    @Test("Documentation/rights.md says who sees which page, as it is tried")
    func documented() throws {
        let rows = WorkspacePlaceKind.allCases.map { kind -> String in
            let place = kind.place("FUND", person: "PERSON", document: String(repeating: "0", count: 64))
            let noDocument = String(repeating: "0", count: 64)
            let ids = [noDocument: "DIGEST", "boats": "CODE", "crew": "SECTION", "plan": "FILE", "spring": "CALL"]
            let path = (["", "workspace"] + place.segments.map { ids[$0] ?? $0 }).joined(separator: "/")
            if kind == .action {
                return "| `/workspace/funds/FUND/actions/ACTION` | whoever may perform the action | the rule of the action |"
            }
            guard let readers = place.readers else { return "| `\(path)` | whoever is signed in, their own | |" }
            let names = readers.roles.map(\.rawValue).sorted().joined(separator: ", ")
            let roles = readers.roles.count == Role.allCases.count ? "every role" : names
            return "| `\(path)` | \(roles) | \(readers.rule) |"
        }
        let head = "| page | who sees it | what others are told |\n|---|---|---|\n"
        try Documented.section("pages", of: "rights.md", is: head + rows.joined(separator: "\n"))
    }

    @Test("every page has an address of its own, and is found under it")
    func roundTrip() async throws {
        for kind in WorkspacePlaceKind.allCases {
            let place = kind.place(Self.fund, person: "0190-a", document: "ab12")
            #expect(WorkspacePlaceKind(place) == kind && WorkspacePlace(segments: place.segments) == place, "\(place)")
            #expect(place.path.first == .desk && place.path.last == place)
        }
        for wrong in [
            ["nothing"], ["funds"], ["funds", "a"], ["funds", "a", "audit.csv", "x"], ["funds", "a", "search", "x"], ["settings", "x"],
        ] {
            #expect(WorkspacePlace(segments: wrong) == nil, "\(wrong)")
        }
    }

    @Test("every page, for nobody and for every role: shown, or refused with the rule named")
    func everyPageByEveryRole() async throws {
        let (site, places) = try await pages()
        for (kind, place) in places {
            let signedOut = try await site.get(place, as: nil)
            #expect(signedOut.status == 303 && signedOut.headers[.location]?.hasPrefix("/sign-in?") == true, "\(place)")
            let sent = try await site.post(place, as: nil)
            #expect(sent.status == 403 && sent.text.contains("You are not signed in"), "\(place)")
            for role in Role.allCases {
                let answer = try await site.get(place, as: try site.visitor(role))
                if let readers = place.readers, !readers.roles.contains(role) {
                    #expect(answer.status == 403 && answer.text.contains(readers.rule), "\(place) as \(role)")
                } else {
                    #expect(kind.answers.contains(answer.status), "\(place) as \(role): \(answer.status)")
                }
                #expect(answer.headers[.cacheControl] == "no-store")
            }
        }
        #expect(site.say.missing.isEmpty, "\(site.say.missing.sorted())")
    }

    @Test("an auditor sends nothing to any page of the fund that would be taken")
    func auditorsWriteNothing() async throws {
        let (site, places) = try await pages()
        let events = try await site.house.eventCount()
        for (_, place) in places where place.fund != nil {
            let answer = try await site.post(
                place, [("email", "guest@example.org"), ("role", "auditor"), ("confirmed", "yes")], as: try site.visitor(.auditor))
            #expect([403, 404, 405, 422].contains(answer.status), "\(place): \(answer.status)")
        }
        #expect(try await site.house.eventCount() == events)
    }

    @Test("whose role ended a second ago sees nothing of the fund any more")
    func endedRole() async throws {
        let (site, places) = try await pages()
        let visitor = try site.visitor(.administrator)
        _ = try await WorkspaceSite.visitor(.administrator, site.people, of: "other-administrator")
        _ = try await site.house.office.perform(
            EndRole(fund: Self.fund, holding: visitor.holding, reason: "Left"), by: try await site.people.session(of: visitor.person))
        try site.house.clock.set("2024-02-01T09:00:01Z")
        for (_, place) in places where place.fund != nil {
            #expect(try await site.get(place, as: visitor).status == 403, "\(place)")
            #expect(try await site.post(place, as: visitor).status == 403, "\(place)")
        }
        #expect(try await site.get(.desk, as: visitor).status == 200)
    }

    @Test("who works in another fund sees nothing of this one, and in their own what their role opens")
    func otherFund() async throws {
        let (site, places) = try await pages()
        try await site.house.load(Folders.migrationMPTF)
        let others = PeopleOnRecord(site.house.office, fund: "migration-mptf", now: site.house.clock.now)
        let visitor = try await WorkspaceSite.visitor(.auditor, others, of: "auditor-elsewhere", organization: "iom")
        for (_, place) in places where place.fund != nil { #expect(try await site.get(place, as: visitor).status == 403, "\(place)") }
        #expect(try await site.get(.audit(fund: "migration-mptf"), as: visitor).status == 200)
    }

    @Test("whoever did not give the second factor that their role asks for is told to")
    func secondFactorFirst() async throws {
        let site = try await WorkspaceSite()
        let visitor = try site.visitor(.administrator)
        try await site.people.write("UPDATE session SET level = 'password'")
        let answer = try await site.get(.people(fund: Self.fund), as: visitor)
        #expect(answer.status == 403 && answer.text.contains("asks for a second factor"))
        // The desk says so too, and where.
        let desk = try await site.get(.desk, as: visitor)
        #expect(desk.status == 200 && desk.text.contains("href=\"/workspace/settings/second-factor\""))
    }
}
