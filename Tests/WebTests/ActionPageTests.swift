import SQL
import HTTPTypes
import Foundation
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("Actions by a form")
struct ActionPageTests {
    private static let actions = "/workspace/funds/river-towns/actions"
    private static let gift = [
        ("contributions.1.external_id", "gift-1"), ("contributions.1.contributor", "lakeland"), ("contributions.1.amount", "1200"),
        ("contributions.1.effective_on", "2024-01-31"), ("contributions.1.source", "charter"), ("contributions.1.memo", "A <gift>"),
    ]

    @Test("Everybody sees the actions that their role may perform, and no others")
    func list() async throws {
        let site = try await ActionSite()
        for role in Role.allCases {
            let cookie = try await site.cookie(of: role)
            let page = try await site.get(Self.actions, cookie: cookie)
            #expect(page.status == 200)
            for action in RequestedActions.all {
                let path = "\(Self.actions)/\(action.name)"
                let may =
                    action.right.isOnes || action.right.roles.contains(role)
                    || action.isRecordedOnBehalf && role == .fundManagementUnitOfficer
                #expect(page.text.contains("href=\"\(path)\"") == may, "\(role) \(action.name)")
                let form = try await site.get(path, cookie: cookie)
                #expect(form.status == (may ? 200 : 403), "\(role) \(action.name)")
                if !may { #expect(form.text.contains(action.right.rule), "\(role) \(action.name)") }
            }
            #expect(try await site.get("\(Self.actions)/nothing", cookie: cookie).status == 404)
        }
    }

    @Test("A posting is shown with its balances before it is done, is done once however often it is sent, and leads on")
    func post() async throws {
        let site = try await ActionSite()
        let cookie = try await site.cookie(of: .administrativeAgent)
        let path = "\(Self.actions)/post-entries"
        let form = try await site.get("\(path)?contributions.1.memo=from+the+address", cookie: cookie)
        #expect(form.text.contains("value=\"from the address\"") && form.text.contains("Lakeland (fictional)"))
        let key = try #require(form.hidden.first { $0.0 == "key" })

        let before = try await site.office.eventCount()
        let preview = try await site.send(Self.gift + [key, ("step", "preview")], to: path, cookie: cookie)
        #expect(preview.status == 200)
        let said = preview.text.replacing("\u{A0}", with: " ").replacing("&nbsp;", with: " ")
        for text in ["JPY 1,200", "JPY 70,984,566", "JPY 70,985,766", "One entry is posted"] { #expect(said.contains(text), "\(text)") }
        #expect(try await site.office.eventCount() == before)
        #expect(preview.hidden.contains { $0 == ("contributions.1.memo", "A <gift>") } && preview.hidden.contains { $0 == key })

        for _ in 0..<2 {
            let done = try await site.send(preview.hidden + [("step", "perform")], to: path, cookie: cookie)
            #expect(done.status == 303)
            #expect(done.headers[.location] == "\(Self.actions)?done=post-entries&event=3")
            #expect(done.headers[values: .setCookie].contains { $0.contains("pooledfund-seen=river-towns:3") })
        }
        #expect(try await site.office.eventCount() == before + 1)
        #expect(try await site.get("\(Self.actions)?done=post-entries&event=3", cookie: cookie).text.contains("event 3"))

        // Going back and changing it is another request: it is not done in the place of the first.
        let changed = preview.hidden.map { $0.0 == "contributions.1.amount" ? ($0.0, "1300") : $0 }
        let again = try await site.send(changed + [("step", "perform")], to: path, cookie: cookie)
        #expect(again.status == 422 && again.text.contains("This form was sent before"))
        #expect(again.hidden.first { $0.0 == "key" }?.1 != key.1)
        #expect(try await site.office.eventCount() == before + 1)
    }

    @Test("What is wrong is said at its field and on top, and everything that was typed is kept")
    func wrong() async throws {
        let site = try await ActionSite()
        let cookie = try await site.cookie(of: .administrativeAgent)
        let path = "\(Self.actions)/post-entries"
        let typed = [("contributions.2.external_id", "gift-2"), ("contributions.2.amount", "<b>much</b>"), ("step", "preview")]
        let answer = try await site.send(typed, to: path, cookie: cookie)
        #expect(answer.status == 422)
        #expect(answer.text.contains("href=\"#field-contributions.2.amount\"") && answer.text.contains("value=\"&lt;b&gt;much&lt;/b&gt;\""))
        #expect(answer.text.contains("value=\"gift-2\"") && !answer.text.contains("<b>much"))
        // What the record refuses stands on top.
        let unknown = Self.gift.map { $0.0.hasSuffix("external_id") ? ($0.0, "brief-lakeland") : $0 }
        let refused = try await site.send(unknown + [("step", "preview")], to: path, cookie: cookie)
        #expect(refused.status == 422 && refused.text.contains("class=\"error-summary\"") && refused.text.contains("A &lt;gift&gt;"))
        let more = try await site.send(Self.gift + [("rows", "1"), ("step", "more")], to: path, cookie: cookie)
        #expect(more.status == 200 && more.text.contains("name=\"contributions.2.amount\"") && more.text.contains("value=\"gift-1\""))
        #expect(try await site.office.eventCount() == 3)
    }

    @Test("A right that ended between the form and its sending is none, and the rule is named")
    func ended() async throws {
        let site = try await ActionSite()
        let cookie = try await site.cookie(of: .administrativeAgent)
        let path = "\(Self.actions)/post-entries"
        #expect(try await site.send(Self.gift + [("step", "preview")], to: path, cookie: cookie).status == 200)
        let holder = try #require(try await site.office.office.holders(in: "river-towns", now: site.office.clock.now).first)
        _ = try await site.office.office.perform(
            EndRole(fund: "river-towns", holding: holder.holding.id, reason: "A test"), by: .machineOperator)
        try site.office.clock.set("2024-02-01T09:00:01Z")
        let answer = try await site.send(Self.gift + [("key", "a-key"), ("step", "perform")], to: path, cookie: cookie)
        #expect(answer.status == 403)
        #expect(answer.text.contains("Only the Administrative Agent posts to the ledger."))
    }

    @Test("A form from another site changes nothing")
    func otherSite() async throws {
        let site = try await ActionSite()
        let cookie = try await site.cookie(of: .administrativeAgent)
        let body = Self.gift.map { "\($0.0)=\($0.1)" }.joined(separator: "&") + "&step=perform&key=a"
        let answer = try await site.ask(
            .post, "\(Self.actions)/post-entries",
            [.cookie: cookie, .contentType: "application/x-www-form-urlencoded", .origin: "https://evil.example"], body)
        #expect(answer.status == 403)
        #expect(try await site.office.eventCount() == 3)
    }

    @Test("A folder is chosen once: what it changes is shown, and what was shown is loaded")
    func load() async throws {
        let site = try await ActionSite()
        let cookie = try await site.cookie(of: .administrator)
        let folder = try FolderCopy()
        try folder.append("new-town,New Town (fictional),,local-authority,,,charter", to: "records/organizations.csv")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path).filter { $0.contains(".") }.map {
            (field: "files", name: "river-towns/\($0)", content: try folder.text($0))
        }
        let path = "\(Self.actions)/load-fund"
        let preview = try await site.send([("key", "a-key"), ("step", "preview")], files: files, to: path, cookie: cookie)
        #expect(preview.status == 200 && preview.text.contains("Records added: 1. Records changed: 0."))
        #expect(preview.text.contains("enctype=\"multipart/form-data\""))
        #expect(try await site.office.eventCount() == 3)
        let done = try await site.send(preview.hidden + [("step", "perform")], files: [], to: path, cookie: cookie)
        #expect(done.status == 303)
        #expect(try await site.office.record("river-towns")?.organization("new-town") != nil)
        let none = try await site.send([("step", "preview")], files: [("files", "other/terms.yaml", "")], to: path, cookie: cookie)
        #expect(none.status == 422 && none.text.contains("choose the folder called “river-towns”"))
    }

    @Test("An officer of the secretariat records an answer by letter; others have no such fields")
    func onBehalf() async throws {
        let site = try await ActionSite()
        let administrator = try await site.people.admit(.administrator)
        let officer = try await site.cookie(of: .fundManagementUnitOfficer)
        let other = try await site.cookie(of: .administrator, named: "other")
        let path = "\(Self.actions)/invite-person"
        #expect(try await site.get(path, cookie: officer).text.contains("name=\"on_behalf_of.person\""))
        #expect(try await !site.get(path, cookie: other).text.contains("on_behalf_of"))
        let fields = [
            ("email", "reviewer@example.org"), ("name", "Reviewer"), ("role", "technical-reviewer"), ("organization", "river-office"),
            ("on_behalf_of.person", administrator.person),
            ("on_behalf_of.note", "By letter"), ("key", "a-key"),
        ]
        let without = try await site.send(fields + [("step", "preview")], to: path, cookie: officer)
        #expect(without.status == 422 && without.text.contains("href=\"#field-on_behalf_of.document\""))
        let letter = [(field: "on_behalf_of.document", name: "letter.txt", content: "Yes.\n")]
        let preview = try await site.send(fields + [("step", "preview")], files: letter, to: path, cookie: officer)
        #expect(preview.status == 200 && preview.text.contains("It is recorded on behalf of Holder (holder-of-administrator)"))
        let done = try await site.send(preview.hidden + [("step", "perform")], files: [], to: path, cookie: officer)
        #expect(done.status == 303)
        let recorded = try await site.office.database.read {
            try $0.rows("SELECT person FROM recorded_on_behalf") { try $0.text("person") }
        }
        #expect(recorded == [administrator.person])
    }

    @Test("What ends or erases says whom it concerns before it is done")
    func people() async throws {
        let site = try await ActionSite()
        let cookie = try await site.cookie(of: .administrator)
        let gone = try await site.people.admit(.localAuthority, of: "mayor")
        func preview(_ action: String, _ fields: [(String, String)]) async throws -> String {
            let answer = try await site.send(fields + [("step", "preview")], to: "\(Self.actions)/\(action)", cookie: cookie)
            #expect(answer.status == 200)
            return answer.text
        }
        let ending = try await preview("end-role", [("holding", gone.holding), ("reason", "Elections")])
        #expect(ending.contains("Holder (mayor), Local authority, Example City (fictional)"))
        _ = try await site.office.office.perform(
            EndRole(fund: "river-towns", holding: gone.holding, reason: "Elections"), by: .machineOperator)
        let erasing = try await preview("erase-person", [("person", gone.person), ("reason", "Asked for it")])
        #expect(erasing.contains("The name and address of Holder (mayor) are erased") && erasing.contains("button-danger"))
        let event = try await preview("erase-event-body", [("event", "1"), ("reason", "A place")])
        #expect(event.contains("What event 1 says is erased"))
        let registering = try await preview(
            "register-organization", [("id", "quay"), ("name", "Quay & Co."), ("kind", "academia"), ("source", "charter")])
        #expect(registering.contains("Quay &amp; Co. is put on record as quay."))
    }
}
