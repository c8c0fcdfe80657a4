import Foundation
import HTML
import HTTPTypes
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("The pages of screening and assessment")
struct AssessmentPageTests {
    private static let fund = WorkspaceSite.fund
    private let submitted = WorkspacePlaceKind.submitted
    private let eligible = WorkspacePlaceKind.eligible

    private func site() async throws -> WorkspaceSite {
        let site = try await WorkspaceSite()
        try await site.putProposals()
        return site
    }

    private func place(_ place: AssessmentPlace) -> WorkspacePlace { .assessment(fund: Self.fund, place) }

    /// The key that makes a form count once.
    private func key(_ text: String) throws -> (String, String) {
        let start = try #require(text.range(of: "name=\"key\" value=\""))
        return ("key", String(text[start.upperBound...].prefix { $0 != "\"" }))
    }

    @Test("An officer screens beside the text: what is missing is said with all that was typed, then it is done once")
    func screening() async throws {
        let site = try await site()
        let officer = try site.visitor(.fundManagementUnitOfficer)
        let list = try await site.get(place(.screenings), as: officer)
        #expect(list.text.contains("One proposal waits") && list.text.contains("/screening/\(submitted)"))
        let page = try await site.get(place(.screening(submitted)), as: officer)
        #expect(page.text.contains("The boats float") && page.text.contains("The program cannot answer this."))
        #expect(page.text.contains("What was submitted: version 1"))
        var form = [try key(page.text), ("version", "1"), ("outcome", "returned"), ("words", "Say more of the water.")]
        let missing = try await site.post(place(.screening(submitted)), form, as: officer)
        #expect(missing.status == 422 && missing.text.contains("“boats-float” is not answered"))
        #expect(missing.text.contains("Say more of the water.</textarea>"))
        form[0] = try key(missing.text)
        form += [("criteria.5.criterion", "boats-float"), ("criteria.5.answer", "met"), ("criteria.5.reason", "They do.")]
        let events = try await site.house.eventCount()
        for _ in 0..<2 {
            let done = try await site.post(place(.screening(submitted)), form, as: officer)
            #expect(done.status == 303 && done.headers[.location]?.hasSuffix("/screening?done=screen-proposal") == true)
        }
        #expect(try await site.house.eventCount() == events + 1)
        let after = try await site.get(place(.screening(submitted)), as: officer)
        #expect(after.text.contains("They do.") && after.text.contains("Say more of the water."))
        #expect(!after.text.contains("Record the screening"))
        #expect(site.say.missing.isEmpty, "\(site.say.missing.sorted())")
    }

    @Test("A reviewer saves, is told of another window, seals, and does not find what others wrote; nor does who guesses the address")
    func scoring() async throws {
        let site = try await site()
        let reviewer = try site.visitor(.technicalReviewer)
        let officer = try site.visitor(.fundManagementUnitOfficer)
        let other = try await WorkspaceSite.visitor(.technicalReviewer, site.people, of: "other-reviewer")
        let page = try await site.get(place(.assessment(eligible)), as: reviewer)
        #expect(page.status == 200 && page.text.contains("Would it come back from the far bank?"))
        let (hidden, nowhere) = (
            try await site.get(place(.assessment(eligible)), as: other), try await site.get(place(.assessment("nowhere")), as: other)
        )
        #expect(hidden.status == 404 && nowhere.status == 404)
        #expect(hidden.text.replacing(eligible, with: "X") == nowhere.text.replacing("nowhere", with: "X"))
        #expect(try await site.post(place(.assessment(eligible)), [("do", "seal")], as: other).status == 404)

        func scores(_ score: String, _ why: String) -> [(String, String)] {
            ["seaworthy", "crew", "harbour"].enumerated().flatMap { index, id in
                [
                    ("scores.\(index + 1).criterion", id), ("scores.\(index + 1).score", score),
                    ("scores.\(index + 1).justification", why),
                ]
            }
        }
        let draft = [try key(page.text), ("do", "save"), ("version", "1"), ("revision", "0")] + scores("", "They row — بسبب الماء")
        #expect(try await site.post(place(.assessment(eligible)), draft, as: reviewer).status == 303)
        let read = try await site.get(place(.assessment(eligible)), as: reviewer)
        #expect(read.text.contains("They row — بسبب الماء</textarea>"))
        let stale = [try key(read.text), ("do", "save"), ("version", "1"), ("revision", "0")] + scores("2", "Another window")
        let told = try await site.post(place(.assessment(eligible)), stale, as: reviewer)
        #expect(told.status == 422 && told.text.contains("saved from another window") && told.text.contains("Another window</textarea>"))
        let partly = [try key(told.text), ("do", "seal"), ("version", "1"), ("revision", "1")] + scores("9", "They row")
        let refused = try await site.post(place(.assessment(eligible)), partly, as: reviewer)
        #expect(refused.status == 422 && refused.text.contains("not on the scale"))
        let sealed = [try key(refused.text), ("do", "seal"), ("version", "1"), ("revision", "1")] + scores("3", "They row")
        #expect(try await site.post(place(.assessment(eligible)), sealed, as: reviewer).status == 303)

        let seen = try await site.get(place(.assessment(eligible)), as: officer)
        #expect(seen.text.contains("They row") && seen.text.contains("75.00"))
        #expect(seen.text.contains("/actions/withdraw-assignment?proposal=\(eligible)"))
        let mine = try await site.get(place(.assessments), as: reviewer)
        #expect(mine.text.contains("sealed") && mine.text.contains("Expertise and interests"))
        #expect(site.say.missing.isEmpty, "\(site.say.missing.sorted())")
    }

    @Test("An officer assigns many at once by ticking, concludes with the arithmetic shown, and everything is told in words")
    func assigning() async throws {
        let site = try await site()
        let officer = try site.visitor(.fundManagementUnitOfficer)
        let second = try await WorkspaceSite.visitor(.technicalReviewer, site.people, of: "second-reviewer")
        let barred = try await WorkspaceSite.visitor(.technicalReviewer, site.people, of: "barred", organization: "bridge-agency")
        let board = try await site.get(
            WorkspaceContext.address(place(.assessments), query: [("propose", "yes")]), as: officer)
        #expect(board.text.contains("Not to be chosen: Holder (barred)"))
        #expect(board.text.contains("value=\"\(second.person)\" checked"))
        let form = [try key(board.text), ("do", "assign"), ("pairs.\(eligible)", second.person)]
        #expect(try await site.post(place(.assessments), form, as: officer).status == 303)
        let against = try await site.post(
            place(.assessments), [try key(board.text), ("do", "assign"), ("pairs.\(eligible)", barred.person)], as: officer)
        // The form was sent before, with other values.
        #expect(against.status == 422)
        let again = try await site.post(
            place(.assessments), [try key(against.text), ("do", "assign"), ("pairs.\(eligible)", barred.person)], as: officer)
        #expect(again.status == 422 && again.text.contains("takes part"))

        for visitor in [try site.visitor(.technicalReviewer), second] {
            let scores = [
                GivenScore(criterion: "seaworthy", score: 3, justification: "a"),
                GivenScore(criterion: "crew", score: 2, justification: "b"),
            ]
            let assessment = AssessProposal(
                fund: Self.fund, proposal: eligible, version: 1,
                scores: scores + [GivenScore(criterion: "harbour", score: 1, justification: "c")])
            _ = try await site.house.office.perform(assessment, by: try await site.people.session(of: visitor.person))
        }
        let page = try await site.get(place(.assessment(eligible)), as: officer)
        // 3 × 6 + 2 × 4 + 1 × 2 = 28 of 48.
        #expect(page.text.contains("= 28 ÷ 48 = 58.33"))
        let conclusion = [try key(page.text), ("do", "conclude"), ("version", "1")]
        #expect(try await site.post(place(.assessment(eligible)), conclusion, as: officer).status == 303)
        let reminder = try await site.post(place(.assessments), [("key", "k"), ("do", "remind")], as: officer)
        #expect(reminder.headers[.location]?.hasSuffix("reminded=0") == true)
        for role in [Role.fundManagementUnitOfficer, .auditor, .technicalReviewer] {
            let final = try await site.get(place(.assessment(eligible)), as: try site.visitor(role))
            #expect(final.text.contains("Final score") && final.text.contains("55 %, reached"), "\(role)")
            #expect(final.text.contains("Holder (second-reviewer)") == (role != .technicalReviewer), "\(role)")
            _ = try await site.get(place(.assessments), as: try site.visitor(role))
            _ = try await site.get(.desk, as: try site.visitor(role))
        }
        #expect(site.say.missing.isEmpty, "\(site.say.missing.sorted())")
    }

    @Test("A reviewer declares what they know by ticking, and reads it again")
    func expertise() async throws {
        let site = try await site()
        let reviewer = try site.visitor(.technicalReviewer)
        let page = try await site.get(place(.assessments), as: reviewer)
        let form = [
            try key(page.text), ("do", "expertise"), ("areas", "1"), ("areas", "3"), ("regions", "nile"), ("languages", "fr, en"),
            ("countries", "XAX"),
        ]
        let wrong = try await site.post(place(.assessments), form, as: reviewer)
        #expect(wrong.status == 422 && wrong.text.contains("has no country “XAX”"))
        #expect(wrong.text.contains("value=\"3\" checked"))
        let right = [try key(wrong.text)] + Array(form.dropFirst().dropLast()) + [("countries", "KHM")]
        #expect(try await site.post(place(.assessments), right, as: reviewer).status == 303)
        let after = try await site.get(place(.assessments), as: reviewer)
        #expect(
            after.text.contains("value=\"fr, en\"") && after.text.contains("value=\"KHM\"") && after.text.contains("value=\"1\" checked"))
    }
}
