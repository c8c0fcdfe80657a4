import HTML
import HTTPTypes
import Ledger
import SQL
import Synchronization
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("Pages of calls and proposals")
struct ProposalPagesTests {
    private static let fund = WorkspaceSite.fund

    private final class Heard: Sendable {
        private let statements = Mutex<[String]>([])

        func add(_ statement: Statement) { statements.withLock { $0.append(statement.text) } }

        func take() -> [String] {
            statements.withLock { all in
                defer { all = [] }
                return all
            }
        }
    }

    @Test("A list takes as many queries however many proposals there are, and reads nothing of what was submitted but its headlines")
    func boundedQueries() async throws {
        let heard = Heard()
        let house = try await TestOffice(wrapping: { OverheardDatabase($0) { heard.add($0) } })
        try await house.load(Folders.riverTowns)
        let people = PeopleOnRecord(house.office, now: house.clock.now)
        for role in [Role.participatingOrganizationFocalPoint, .fundManagementUnitOfficer, .residentCoordinator] {
            let admitted = try await people.admit(role)
            guard case .session(let digest) = admitted.actor.passage else { throw Unexpected("no session") }
            var counts: [Int] = []
            for numbers in [1...2, 3...70] {
                try await put(numbers, house.office, role.rawValue)
                let visitor = try #require(try await house.office.person(withSession: digest, now: house.clock.now))
                // What the house does by itself is heard too, now and then: the fewest of several are the list's own.
                var fewest = Int.max
                for _ in 1...5 {
                    _ = heard.take()
                    let listing = try #require(
                        try await house.office.proposalListing(
                            seenBy: visitor, in: Self.fund, ProposalFilter(), by: .budget, from: 0, limit: 60, now: house.clock.now))
                    let statements = heard.take()
                    #expect(!statements.contains { $0.contains("content") }, "\(role): \(statements)")
                    #expect(listing.rows.count == min(60, listing.foundCount))
                    fewest = min(fewest, statements.count)
                }
                counts.append(fewest)
            }
            #expect(Set(counts).count == 1 && (counts.first ?? 0) <= 10, "\(role): \(counts)")
        }
    }

    /// Proposals of which every second was submitted.
    private func put(_ numbers: ClosedRange<Int>, _ office: Office, _ prefix: String) async throws {
        for number in numbers {
            let example = try PutProposalOnRecord.example(in: Self.fund)
            let proposal = PutProposalOnRecord(
                code: "\(prefix)-\(number)", organizations: example.organizations, facts: example.facts,
                stages: number.isMultiple(of: 2) ? [.submitted] : [])
            try await PutProposalOnRecord.perform(proposal, in: office)
        }
    }

    @Test("A list is searched, narrowed, sorted and read page by page")
    func list() async throws {
        let site = try await WorkspaceSite()
        try await put(1...70, site.house.office, "boats")
        let officer = try site.visitor(.fundManagementUnitOfficer)
        func ask(_ query: [(String, String)]) async throws -> WorkspaceSite.Answer {
            try await site.get(WorkspaceContext.address(.proposals(fund: Self.fund, .list), query: query), as: officer)
        }
        let first = try await ask([])
        #expect(first.status == 200 && first.text.contains("boats-1<") && first.text.contains("page=2"), "\(first.text.prefix(400))")
        #expect(try await ask([("page", "2")]).status == 200)
        #expect(try await ask([("page", "3")]).status == 404)
        let submitted = try await ask([("stage", "submitted"), ("words", "two BANKS"), ("sort", "budget")])
        #expect(submitted.text.contains("35 proposals") && !submitted.text.contains("page=2"))
        #expect(try await ask([("words", "nothing-of-the-kind")]).text.contains("No proposal is found"))
        #expect(try await ask([("area", "2")]).text.contains("No proposal is found"))
        #expect(try await ask([("organization", "bridge-agency"), ("region", "upper")]).status == 200)
        for (name, value) in [("stage", "lost"), ("sort", "beauty"), ("page", "0"), ("area", "x")] {
            #expect(try await ask([(name, value)]).status == 400, "\(name)")
        }
        // What was not submitted has no title for the secretariat.
        #expect(try await ask([("stage", "drafting")]).text.contains("Boats for two banks") == false)
        #expect(site.say.missing.isEmpty, "\(site.say.missing)")
    }

    @Test("Everybody reads a call until it closes, to the second, and the answers; what waits for one is the secretariat's")
    func publicCalls() async throws {
        let site = try await WorkspaceSite()
        let office = site.house.office
        let officer = try await site.people.session(of: try site.visitor(.fundManagementUnitOfficer).person)
        let lead = try await site.people.session(of: try site.visitor(.participatingOrganizationFocalPoint).person)
        let page = Address(segments: ["funds", Self.fund, "calls"])
        #expect(try await site.get(page, as: nil).text.contains("There is no call on record"))
        _ = try await office.perform(
            OpenCall(fund: Self.fund, code: "spring", title: "Spring (fictional)", summary: "Boats", closes: "2024-02-01T23:00"),
            by: officer)
        try site.house.clock.set("2024-02-01T09:00:01Z")
        let open = try await site.get(page, as: nil)
        #expect(open.text.contains("Spring (fictional)") && open.text.contains("It closes today."), "a new call is shown at once")
        for question in ["How many?", "How large?"] {
            _ = try await office.perform(AskQuestion(fund: Self.fund, call: "spring", question: question), by: lead)
        }
        let asked = try await office.callQuestions(of: Self.fund)
        _ = try await office.perform(AnswerQuestion(fund: Self.fund, question: asked[0].id, answer: "Two."), by: officer)
        let one = try await site.get(Address(segments: ["funds", Self.fund, "calls", "spring"]), as: nil)
        #expect(one.status == 200 && one.text.contains("How many?") && one.text.contains("Two.") && !one.text.contains("How large?"))
        #expect(one.text.contains("Colour of the hull") && one.text.contains("20 words at most."), "what the form asks for")
        let waiting = WorkspacePlace.proposals(fund: Self.fund, .call("spring"))
        #expect(try await site.get(waiting, as: try site.visitor(.fundManagementUnitOfficer)).text.contains("How large?"))
        #expect(try await !site.get(waiting, as: try site.visitor(.participatingOrganizationFocalPoint)).text.contains("How large?"))
        let data = try await site.get(Address(path: "/api/v1/funds/\(Self.fund)/calls"), as: nil)
        #expect(data.status == 200 && data.text.contains(#""state":"open""#) && data.text.contains(#""code":"spring""#), "\(data.text)")

        let call = try #require(try await office.calls(of: Self.fund)?.first)
        let closes = try #require(call.closesAt)
        try site.house.clock.set(closes.description)
        #expect(try await site.get(page, as: nil).text.contains(">Open<"))
        try site.house.clock.set(Instant(microsecondsSince1970: closes.microsecondsSince1970 + 1_000_000).description)
        #expect(try await site.get(page, as: nil).text.contains(">Closed<"), "no page outlives the end of a call")
        let earlier = try await site.get(Address(path: "/funds/\(Self.fund)/calls", query: [("as-of", "2024-01-01")]), as: nil)
        #expect(!earlier.text.contains("Spring (fictional)"), "of a day before it was opened")
    }

    @Test("A section saved by who has read an older one stays beside, and its writer is shown both")
    func staleSave() async throws {
        let site = try await WorkspaceSite()
        let office = site.house.office
        let officer = try await site.people.session(of: try site.visitor(.fundManagementUnitOfficer).person)
        let (one, other) = (try site.visitor(.participatingOrganizationFocalPoint), try site.visitor(.contributorToText))
        let lead = try await site.people.session(of: one.person)
        _ = try await office.perform(OpenCall(fund: Self.fund, code: "spring", title: "Spring", summary: "Boats"), by: officer)
        _ = try await office.perform(StartProposal(fund: Self.fund, code: "boats", call: "spring", lead: "river-office"), by: lead)
        let section = WorkspacePlace.proposals(fund: Self.fund, .section("boats", "boat"))
        let saved = try await site.post(section, [("revision", "0"), ("a.title", "The one's"), ("a.banks", "XAA")], as: one)
        #expect(saved.status == 303 && saved.headers[.location]?.hasSuffix("done=saved") ?? false, "\(saved.text)")
        let stale = try await site.post(section, [("step", "autosave"), ("revision", "0"), ("a.title", "The other's")], as: other)
        #expect(stale.text.contains(#""saved":false"#) && stale.text.contains(#""differing":true"#), "\(stale.text)")
        let both = try await site.get(section, as: other)
        #expect(both.text.contains("The one&#39;s") || both.text.contains("The one's"), "\(both.text)")
        #expect(both.text.contains("name=\"take.title\""))
        let merged = try await site.post(
            section, [("step", "merge"), ("revision", "1"), ("take.title", "mine"), ("take.banks", "saved")], as: other)
        #expect(merged.status == 303 && merged.headers[.location]?.hasSuffix("done=settled") ?? false, "\(merged.text)")
        let now = try await site.get(section, as: one)
        #expect(now.text.contains("value=\"The other") && now.text.contains("name=\"revision\" value=\"2\""))
        // Nobody else writes, and a proposal that is not for them is none.
        #expect(
            try await site.post(section, [("revision", "2"), ("a.title", "x")], as: try site.visitor(.technicalReviewer)).status == 404)
        #expect(
            try await site.post(section, [("revision", "2"), ("a.title", "x")], as: try site.visitor(.fundManagementUnitOfficer)).status
                == 403)
        #expect(site.say.missing.isEmpty, "\(site.say.missing)")
    }

    @Test("The script runs on pages where people write and nowhere else")
    func scriptPolicy() async throws {
        let site = try await WorkspaceSite()
        let page = try await site.get(.desk, as: try site.visitor(.administrator))
        #expect(!page.text.contains("<script"))
        #expect(try Assets().writingScript.page.contentType.hasPrefix("text/javascript"))
        var headers = HTTPFields()
        SecurityHeaders.add(to: &headers)
        #expect(headers[.contentSecurityPolicy]?.contains("script-src") == false)
        SecurityHeaders.add(to: &headers, allowsScript: true)
        #expect(headers[.contentSecurityPolicy]?.hasSuffix("; script-src 'self'; connect-src 'self'") ?? false)
    }
}
