import SQL
import Ledger
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("Actions by the JSON interface")
struct ActionCallTests {
    private static let gift =
        #"{"contributions": [{"external_id": "gift-1", "contributor": "lakeland", "amount": "1200", "effective_on": "2024-01-31", "source": "charter"}]}"#

    @Test("A program with a token posts once, and gets the same answer again")
    func post() async throws {
        let site = try await ActionSite()
        let agent = try await site.people.admit(.administrativeAgent).person
        let token = try await site.token(of: agent)
        let first = try await site.call("post-entries", Self.gift, token: token)
        #expect(first.status == 200 && first.headers[.contentType] == "application/json")
        #expect(first.text.hasPrefix(#"{"action":"post-entries","outcome":{"entries":1},"event":{"sequence":3,"hash":""#))
        #expect(first.text.hasSuffix("\"},\"repeated\":false}\n"))
        let again = try await site.call("post-entries", Self.gift, token: token)
        #expect(again.status == 200 && again.text == first.text.replacing("\"repeated\":false", with: "\"repeated\":true"))
        let other = try await site.call("post-entries", Self.gift.replacing("1200", with: "1300"), token: token)
        #expect(other.status == 409 && other.headers[.contentType] == "application/problem+json")
        // Another action under the key is another request, though its body is the same.
        #expect(try await site.call("reverse-entry", Self.gift, token: token).status != 200)
        #expect(try await site.office.eventCount() == 4)
        let used = try await site.office.database.read { try $0.first("SELECT used_at FROM access_token")?.optionalInteger("used_at") }
        #expect(used == site.office.clock.now.microsecondsSince1970)
        #expect(try await site.office.verify().isIntact)
    }

    @Test("Without a valid token nothing is done, and the answer says what is wrong")
    func tokens() async throws {
        let site = try await ActionSite()
        let agent = try await site.people.admit(.administrativeAgent).person
        let readOnly = try await site.token(of: agent, scope: "read")
        let elsewhere = try await site.token(of: agent, fund: "another-fund")
        let valid = try await site.token(of: agent)
        for (token, status) in [
            ("pf_", 401), ("pf_" + String(repeating: "A", count: 43), 401), (elsewhere, 401), (readOnly, 403), (valid + "A", 401),
            (valid.uppercased(), 401),
        ] {
            let answer = try await site.call("post-entries", Self.gift, token: token)
            #expect(answer.status == status, "\(token)")
            #expect((answer.headers[.wwwAuthenticate] != nil) == (status == 401))
            #expect(answer.headers[.contentType] == "application/problem+json" && !answer.text.contains(token))
        }
        // Without a token the request does not even say where it comes from.
        #expect(try await site.call("post-entries", Self.gift, token: nil).status == 403)
        let anonymous = try await site.ask(
            .post, "/api/v1/funds/river-towns/actions/post-entries",
            [.contentType: "application/json", .origin: "http://localhost"], Self.gift)
        #expect(anonymous.status == 401)
        let get = try await site.ask(.get, "/api/v1/funds/river-towns/actions/post-entries", [.authorization: "Bearer \(valid)"], "")
        #expect(get.status == 405 && get.headers[.allow] == "POST")
        #expect(try await site.office.eventCount() == 3)
    }

    @Test("A person whose role ended a second ago acts no longer, and the rule is named")
    func endedRole() async throws {
        let site = try await ActionSite()
        let agent = try await site.people.admit(.administrativeAgent)
        let token = try await site.token(of: agent.person)
        _ = try await site.office.office.perform(
            EndRole(fund: "river-towns", holding: agent.holding, reason: "A test"), by: .machineOperator)
        try site.office.clock.set("2024-02-01T09:00:01Z")
        let answer = try await site.call("post-entries", Self.gift, token: token)
        #expect(answer.status == 403 && answer.text.contains("Only the Administrative Agent posts to the ledger."))
    }

    @Test("Whoever has no right to send something is told so before a byte of it is read")
    func unread() async throws {
        let site = try await ActionSite()
        try await PutProposalOnRecord.perform(try .example(in: "river-towns"), in: site.office.office)
        let reviewer = try await site.people.admit(.technicalReviewer).person
        let token = try await site.token(of: reviewer)
        let cookie = try await site.cookie(of: .fundManagementUnitOfficer)
        let json: HTTPFields = [.authorization: "Bearer \(token)", .contentType: "application/json", .contentLength: "20000000"]
        let files: HTTPFields = [
            .cookie: cookie, .contentType: "multipart/form-data; boundary=x", .origin: "http://localhost", .contentLength: "20000000",
        ]
        var keyed = json
        keyed[try #require(HTTPField.Name("Idempotency-Key"))] = "key"
        let proposals = "/workspace/funds/river-towns/proposals"
        for (path, headers, status) in [
            ("/api/v1/funds/river-towns/actions/post-entries", keyed, 403),
            ("/workspace/funds/river-towns/actions/post-entries", files, 403),
            ("\(proposals)/boats-for-two-banks/sections/boat", files, 403), ("\(proposals)/boats-for-two-banks/budget", files, 403),
            ("\(proposals)/no-boats/sections/boat", files, 404),
        ] {
            let (answer, wasRead) = try await site.offer(path, headers)
            #expect(answer == status && !wasRead, "\(path): \(answer)")
        }
        // Whoever may is read.
        let agent = try await site.token(of: try await site.people.admit(.administrativeAgent).person)
        keyed[.authorization] = "Bearer \(agent)"
        #expect(try await site.offer("/api/v1/funds/river-towns/actions/post-entries", keyed).wasRead)
    }

    @Test("A page of this site may ask with the session's cookie; another site may not")
    func cookie() async throws {
        let site = try await ActionSite()
        let cookie = try await site.cookie(of: .administrativeAgent)
        let path = "/api/v1/funds/river-towns/actions/post-entries"
        func ask(_ origin: String) async throws -> Int {
            var headers: HTTPFields = [.contentType: "application/json", .cookie: cookie, .origin: origin]
            headers[try #require(HTTPField.Name("Idempotency-Key"))] = "key"
            return try await site.ask(.post, path, headers, Self.gift).status
        }
        #expect(try await ask("https://evil.example") == 403)
        #expect(try await site.office.eventCount() == 3)
        #expect(try await ask("http://localhost") == 200)
    }

    @Test("What cannot be read, and what there is not, is refused with what to do")
    func unreadable() async throws {
        let site = try await ActionSite()
        let token = try await site.token(of: try await site.people.admit(.administrativeAgent).person)
        for body in ["", "[]", "{", "null", "\"x\"", "{\"a\":" + String(repeating: "[", count: 50)] {
            #expect(try await site.call("post-entries", body, token: token).status == 400, "\(body)")
        }
        for key in [nil, "", String(repeating: "k", count: 101)] {
            #expect(try await site.call("post-entries", Self.gift, token: token, key: key).status == 400)
        }
        #expect(try await site.call("post-entries", fund: "nowhere", Self.gift, token: token).status == 404)
        let unknown = try await site.call("post-entry", Self.gift, token: token)
        #expect(unknown.status == 404 && unknown.text.contains("post-entries"))
        let form = try await site.ask(
            .post, "/api/v1/funds/river-towns/actions/post-entries",
            [.authorization: "Bearer \(token)", .contentType: "application/x-www-form-urlencoded"], "a=b")
        #expect(form.status == 415)
        let wrong = try await site.call(
            "post-entries", Self.gift.replacing("1200", with: "-1").replacing("source", with: "sauce"), token: token)
        #expect(wrong.status == 422)
        #expect(wrong.text.contains(#""field":"contributions.1.amount""#) && wrong.text.contains(#""field":"contributions.1.sauce""#))
        let refused = try await site.call("post-entries", Self.gift.replacing("lakeland", with: "lakelan"), token: token)
        #expect(refused.status == 422 && refused.text.contains("did you mean “lakeland”?"))
        #expect(try await site.office.eventCount() == 3)
    }

    @Test("A fund's folder is loaded, and an answer by letter recorded")
    func folderAndLetter() async throws {
        let site = try await ActionSite()
        let administrator = try await site.people.admit(.administrator)
        let folder = try FolderCopy()
        try folder.append("new-town,New Town (fictional),,local-authority,,,charter", to: "records/organizations.csv")
        let files = Dictionary(
            uniqueKeysWithValues: try FileManager.default.subpathsOfDirectory(atPath: folder.url.path).filter { $0.contains(".") }.map {
                ($0, try folder.text($0))
            })
        let body = String(decoding: try JSONEncoder().encode(["files": files]), as: UTF8.self)
        let loaded = try await site.call("load-fund", body, token: try await site.token(of: administrator.person))
        #expect(loaded.status == 200 && loaded.text.contains(#""outcome":{"added":1,"changed":0}"#), "\(loaded.text)")

        let officer = try await site.people.admit(.fundManagementUnitOfficer).person
        let letter = Data("Yes.\n".utf8).base64EncodedString()
        let invitation = """
            {"email": "reviewer@example.org", "name": "Reviewer", "role": "technical-reviewer", "organization": "river-office",
             "on_behalf_of": {"person": "\(administrator.person)", "note": "By letter",
             "document": {"name": "letter.txt", "content": "\(letter)"}}}
            """
        let token = try await site.token(of: officer)
        #expect(try await site.call("invite-person", invitation, token: token).status == 200)
        let broken = try await site.call("invite-person", invitation.replacing(letter, with: "%%"), token: token, key: "other")
        #expect(broken.status == 422 && broken.text.contains("on_behalf_of.document"))
        let halfSaid = #"{"email": "a@example.org", "role": "local-authority", "organization": "river-office", "on_behalf_of": "somebody"}"#
        let unclear = try await site.call("invite-person", halfSaid, token: token, key: "third")
        #expect(unclear.status == 422 && unclear.text.contains("on_behalf_of.person"))
    }
}
