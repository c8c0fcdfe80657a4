import Foundation
import HTTPTypes
import Ledger
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

/// A proposal from the call to the signatures by the JSON interface alone.
@Suite("Proposals by the JSON interface")
struct ProposalCallTests {
    private struct Programs {
        let site: ActionSite
        var tokens: [String: String] = [:]

        init() async throws {
            site = try await ActionSite()
            for (name, role, organization) in [
                ("officer", Role.fundManagementUnitOfficer, "river-office"), ("lead", .participatingOrganizationFocalPoint, "river-office"),
                ("other", .participatingOrganizationFocalPoint, "bridge-agency"), ("writer", .contributorToText, "bridge-agency"),
                ("harbour", .localAuthority, "example-city"), ("reviewer", .technicalReviewer, "hydro-school"),
                ("contributor", .contributor, "lakeland"),
            ] {
                tokens[name] = try await site.token(
                    of: try await site.people.admit(role, of: name, organization: organization).person)
            }
        }

        func call(_ action: String, _ members: [String: Any], by name: String) async throws -> [String: Any] {
            let body = String(decoding: try JSONSerialization.data(withJSONObject: members), as: UTF8.self)
            let answer = try await site.call(action, body, token: tokens[name], key: UUID().uuidString)
            guard answer.status == 200, let object = try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any] else {
                throw Unexpected("\(action): \(answer.status) \(answer.text)")
            }
            return object["outcome"] as? [String: Any] ?? [:]
        }

        func get(_ path: String, by name: String) async throws -> (status: Int, object: [String: Any], text: String) {
            let answer = try await site.ask(
                .get, "/api/v1/funds/river-towns/\(path)", [.authorization: "Bearer \(tokens[name] ?? "")"], "")
            let object = try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any]
            return (answer.status, object ?? [:], answer.text)
        }
    }

    @Test("Two organizations write, submit and sign; each reads what concerns them, and nobody else anything")
    func journey() async throws {
        let programs = try await Programs()
        _ = try await programs.call(
            "open-call", ["code": "spring", "title": "Spring", "summary": "Boats\nand more", "closes": "2024-02-29"], by: "officer")
        _ = try await programs.call("start-proposal", ["code": "boats", "call": "spring", "lead": "river-office"], by: "lead")
        _ = try await programs.call("add-organization", ["proposal": "boats", "organization": "bridge-agency"], by: "lead")
        let asked = try await programs.call("ask-question", ["call": "spring", "question": "How many?"], by: "writer")
        _ = try await programs.call("answer-question", ["question": asked["question"] ?? "", "answer": "Two."], by: "officer")
        let boat: [String: Any] = [
            "title": "Secretboats (fictional)", "area": "1", "aims": ["1", "2"], "banks": ["XAA", "XAB"], "winters": "24",
            "story": "ماء 水 вода",
        ]
        let crew: [String: Any] = ["gender": "3", "harbours": [["town": "Example City (fictional)", "berths": "7"]]]
        for (section, answers) in [("boat", boat), ("crew", crew)] {
            let saved = try await programs.call(
                "save-section",
                ["proposal": "boats", "document": "concept-note", "section": section, "revision": 0, "answers": answers], by: "writer")
            #expect(saved["is_saved"] as? Bool == true, "\(saved)")
        }
        let read = try await programs.call(
            "read-budget",
            [
                "proposal": "boats", "document": "concept-note", "revision": 0,
                "sheet": "organization,category,year 1,year 2\nriver-office,1,1000000,\nbridge-agency,2,x,333333\n",
            ], by: "other")
        #expect(read["cell_count"] as? Int == 2, "\(read)")
        let attached = try await programs.call(
            "attach-document",
            [
                "proposal": "boats", "document": "concept-note", "field": "plan",
                "file": ["name": "plan.pdf", "content": Data("%PDF-1.7 plan".utf8).base64EncodedString()],
            ], by: "lead")

        let own = try await programs.get("proposals/boats", by: "writer")
        #expect(own.status == 200 && own.text.contains("ماء 水 вода") && own.text.contains(#""problems":[]"#), "\(own.text)")
        for name in ["reviewer", "contributor", "harbour"] {
            let answer = try await programs.get("proposals/boats", by: name)
            #expect(answer.status == 404 && !answer.text.contains("Secretboats"), "\(name): \(answer.status) \(answer.text)")
            #expect(try await programs.get("proposals", by: name).text.contains("boats") == false, "\(name)")
        }
        let path = "/api/v1/funds/river-towns/proposals/boats/files/\(attached["attachment"] as? String ?? "")"
        for (name, status) in [("writer", 200), ("officer", 404), ("reviewer", 404)] {
            let file = try await programs.site.ask(.get, path, [.authorization: "Bearer \(programs.tokens[name] ?? "")"], "")
            #expect(file.status == status && file.text.hasPrefix("%PDF") == (status == 200), "\(name)")
            #expect(status != 200 || file.headers[.contentDisposition]?.hasPrefix("attachment;") ?? false)
        }
        let listed = try await programs.get("proposals/boats", by: "officer")
        #expect(listed.status == 200 && !listed.text.contains("Secretboats") && !listed.text.contains("plan.pdf"), "\(listed.text)")

        let submitted = try await programs.call("submit-proposal", ["proposal": "boats"], by: "lead")
        let digest = submitted["digest"] as? String ?? ""
        #expect(digest.utf8.count == 64 && submitted["version"] as? Int == 1)
        for (name, party, organization) in [
            ("lead", "organizations", "river-office"), ("other", "organizations", "bridge-agency"),
            ("harbour", "local-authorities", "example-city"),
        ] {
            _ = try await programs.call(
                "sign-off-proposal", ["proposal": "boats", "party": party, "organization": organization, "digest": digest], by: name)
        }
        let seen = try await programs.get("proposals/boats", by: "officer")
        #expect(seen.text.contains("Secretboats") && seen.text.contains(digest) && seen.text.contains("plan.pdf"))
        #expect(try await programs.get("proposals/boats?document=joint-programme-document", by: "officer").status == 200)
        #expect(try await programs.get("proposals/boats?document=poem", by: "officer").status == 400)
        #expect(try await programs.get("proposals/none", by: "officer").status == 404)
        #expect(try await programs.site.ask(.get, "/api/v1/funds/river-towns/proposals", [:], "").status == 401)
        _ = try await programs.call("return-proposal", ["proposal": "boats", "reason": "More water."], by: "officer")
        _ = try await programs.call("withdraw-proposal", ["proposal": "boats", "reason": "No more boats."], by: "lead")
        #expect(try await programs.get("proposals", by: "lead").text.contains(#""stage":"withdrawn""#))
        #expect(try await programs.site.office.verify().isIntact)
    }
}
