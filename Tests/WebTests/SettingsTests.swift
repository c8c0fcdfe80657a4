import Credentials
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

@Suite("One's own settings")
struct SettingsTests {
    private static let tokens = "/workspace/settings/tokens"

    private func issue(_ browser: VisitingBrowser, _ name: String, outlives: Bool = false) async throws -> BearerSecret {
        var form = ["do": "issue", "name": name, "scope": "act", "fund": "all", "days": "30"]
        if outlives { form["outlives"] = "yes" }
        let answer = try await browser.post(Self.tokens, form)
        #expect(answer.status == 200)
        let range = try #require(answer.text.range(of: "id=\"token-secret\">"))
        let text = String(answer.text[range.upperBound...].prefix { $0 != "<" })
        return try #require(BearerSecret(text, kind: .personalAccessToken))
    }

    @Test("a token lets its owner's program in until it is revoked; its secret is shown once and kept nowhere")
    func token() async throws {
        let site = try await VisitedSite()
        let (_, _, browser) = try await site.joined("reviewer")
        let secret = try await issue(browser, "Nightly export")
        let list = try await browser.get(Self.tokens).text
        #expect(list.contains("Nightly export") && !list.contains(secret.text))
        let person = try await site.office.person(withToken: secret.digest, fund: VisitedSite.fund, now: site.now)
        #expect(person?.roles(in: VisitedSite.fund) == [.technicalReviewer])
        let owner = try #require(person?.id)
        let id = try #require(try await site.office.accessTokens(of: owner).first?.id)
        #expect(try await browser.post(Self.tokens, ["do": "revoke", "token": id]).status == 303)
        #expect(try await site.office.person(withToken: secret.digest, fund: VisitedSite.fund, now: site.now) == nil)
        #expect(try await browser.post(Self.tokens, ["do": "revoke", "token": id]).status == 422)
    }

    @Test("a token without a name, for a fund of others or for ever is not issued, and what was typed is kept")
    func refusedToken() async throws {
        let site = try await VisitedSite()
        let (person, _, browser) = try await site.joined("reviewer")
        let good = ["do": "issue", "name": "Nightly export", "scope": "act", "fund": "all", "days": "30"]
        for wrong in [["name": ""], ["name": "a\nb"], ["scope": "everything"], ["fund": "elsewhere"], ["days": "9999"]] {
            let answer = try await browser.post(Self.tokens, good.merging(wrong) { $1 })
            #expect(answer.status == 422)
        }
        #expect(try await site.office.accessTokens(of: person).isEmpty)
    }

    @Test("a second factor is set up a moment after signing in, or with the password: not by whoever finds the browser open later")
    func secondFactorLater() async throws {
        let site = try await VisitedSite()
        let (person, _, browser) = try await site.joined("reviewer")
        let path = "/workspace/settings/second-factor"
        #expect(try await !browser.get(path).text.contains("current-password"))
        try site.setTime("09:16")
        #expect(try await browser.get(path).text.contains("current-password"))
        let code = TimeBasedCode()
        let form = [
            "do": "set-up", "secret": code.secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(),
            "code": code.code(atStep: TimeBasedCode.step(at: site.now)),
        ]
        for typed in [nil, "", "something else that nobody guesses"] {
            let answer = try await browser.post(path, typed.map { form.merging(["current-password": $0]) { $1 } } ?? form)
            #expect(answer.status == 422 && answer.text.contains("This is not your current password."))
        }
        #expect(try await site.office.signInAccount(of: person, now: site.now)?.secondFactor == nil)
        let done = try await browser.post(path, form.merging(["current-password": VisitingBrowser.password]) { $1 })
        #expect(done.status == 200)
        #expect(try await site.office.signInAccount(of: person, now: site.now)?.secondFactor != nil)
    }

    @Test("who comes in by a provider alone changes how they get in a moment after signing in, and later not")
    func withoutPassword() async throws {
        let site = try await VisitedSite()
        let (person, _, browser) = try await site.joined("reviewer")
        let now = site.now.microsecondsSince1970
        try await site.office.database.write { transaction in
            try transaction.execute("DELETE FROM credential WHERE person = \(person)")
            try transaction.execute(
                """
                INSERT INTO linked_identity (issuer, subject, person, linked_at)
                VALUES ('https://id.example.org', 'one', \(person), \(now))
                """)
        }
        let password = ["new-password": "another lantern over the marsh", "new-password-again": "another lantern over the marsh"]
        let code = TimeBasedCode()
        let secret = code.secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let factor = ["do": "set-up", "secret": secret, "code": "000000"]
        try site.setTime("09:16")
        for (path, form) in [
            ("password", password), ("second-factor", factor), ("address", ["do": "ask", "email": "moved@example.org"]),
        ] {
            let answer = try await browser.post("/workspace/settings/\(path)", form)
            #expect(answer.status == 422 && answer.text.contains("sign in again with your identity provider"), "\(path): \(answer.status)")
        }
        try await site.office.database.write { try $0.execute("UPDATE session SET created_at = \(site.now.microsecondsSince1970)") }
        #expect(try await browser.post("/workspace/settings/password", password).status == 303)
    }

    @Test("signing out everywhere ends every session, and the tokens that were not chosen to outlive it")
    func everywhere() async throws {
        let site = try await VisitedSite()
        let (_, _, browser) = try await site.joined("reviewer")
        let elsewhere = VisitingBrowser(site)
        _ = try await elsewhere.signIn("reviewer")
        let (ending, staying) = (try await issue(browser, "Ends"), try await issue(browser, "Stays", outlives: true))
        #expect(try await browser.post("/workspace/settings", ["do": "sign-out-everywhere"]).status == 303)
        for visitor in [browser, elsewhere] { #expect(try await !visitor.isSignedIn) }
        #expect(try await site.office.person(withToken: ending.digest, fund: VisitedSite.fund, now: site.now) == nil)
        #expect(try await site.office.person(withToken: staying.digest, fund: VisitedSite.fund, now: site.now) != nil)
    }

    @Test("a token whose owner's role ended a second ago does nothing in that role")
    func endedRole() async throws {
        let site = try await VisitedSite()
        let (person, _, browser) = try await site.joined("officer", .fundManagementUnitOfficer, "river-office")
        _ = try await browser.setUpSecondFactor()
        let secret = try await issue(browser, "Registers")
        let token = try #require(try await site.office.accessTokens(of: person).first)
        let actor = Actor.person(person, through: .token(id: token.id))
        func register(_ id: String) -> RegisterOrganization {
            RegisterOrganization(
                fund: VisitedSite.fund, id: id, organizationName: "A partner (fictional)", shortName: "", kind: .civilSociety, country: nil,
                source: "charter")
        }
        _ = try await site.office.perform(register("one"), by: actor)
        let holding = try #require(try await site.office.holdings(of: person, now: site.now).first)
        let end = EndRole(fund: VisitedSite.fund, holding: holding.id, reason: "Moved on")
        _ = try await site.office.perform(end, by: .machineOperator)
        try site.test.clock.set("2024-02-01T09:00:01Z")
        let refusal = await #expect(throws: Refusal.self) { try await site.office.perform(register("two"), by: actor) }
        #expect(refusal?.kind == .right)
        let visitor = try await site.office.person(withToken: secret.digest, fund: VisitedSite.fund, now: site.now)
        #expect(visitor?.roles(in: VisitedSite.fund).isEmpty ?? true)
    }

    @Test("a name is changed by its owner, an address is not: nothing shows that another one is theirs")
    func name() async throws {
        let site = try await VisitedSite()
        let (person, _, browser) = try await site.joined("reviewer")
        let form = ["do": "amend", "name": "Another name", "email": "moved@example.org"]
        #expect(try await browser.post("/workspace/settings", form).status == 303)
        let kept = try #require(try await site.office.personalData(of: person)).particulars
        #expect(kept.name == "Another name" && kept.email.hasPrefix("reviewer@"))
        for wrong in ["", "Two\nlines", String(repeating: "x", count: 201)] {
            #expect(try await browser.post("/workspace/settings", form.merging(["name": wrong]) { $1 }).status == 422)
        }
    }

    @Test("what is kept of somebody is theirs to see and to take along, without a secret in it")
    func data() async throws {
        let site = try await VisitedSite()
        let (_, _, browser) = try await site.joined("reviewer")
        let (code, recovery) = try await browser.setUpSecondFactor()
        let secret = try await issue(browser, "Nightly export")
        let page = try await browser.get("/workspace/settings/my-data")
        #expect(page.status == 200 && page.text.contains("Test: reviewer") && page.text.contains("Nightly export"))
        let file = try await browser.get("/workspace/settings/my-data?format=json")
        #expect(file.headers[.contentType] == "application/json")
        let root = try #require(try JSONSerialization.jsonObject(with: Data(file.text.utf8)) as? [String: Any])
        #expect((root["tokens"] as? [Any])?.count == 1 && (root["roles"] as? [Any])?.count == 1)
        #expect((root["sessions"] as? [Any])?.isEmpty == false)
        let session = try #require(browser.cookies["__Host-session"])
        for kept in [secret.text, session, code.groupedSecret, recovery[0], VisitingBrowser.password, "scrypt"] {
            #expect(!file.text.contains(kept) && !page.text.contains(kept))
        }
    }

    @Test("every role, and every change of how somebody gets in, has words")
    func words() throws {
        let say = try Sentences.catalogue()
        for role in Role.allCases { #expect(say.contains("role.\(role.rawValue)")) }
        for change in AccessChange.allCases { #expect(say.contains("access-change.\(change.rawValue)")) }
    }

    @Test("traces that are older than the Terms allow are deleted, and nothing that is still good")
    func retention() async throws {
        let site = try await VisitedSite()
        let (person, _, browser) = try await site.joined("reviewer")
        _ = try await issue(browser, "Nightly export")
        func counts() async throws -> [Int64] {
            try await site.test.database.read { transaction in
                try ["session", "known_device", "invitation", "access_token"].map { table in
                    try transaction.first("SELECT COUNT(*) AS count FROM \(name: table) WHERE person = \(person)")?.integer("count") ?? 0
                }
            }
        }
        let before = try await counts()
        #expect(before == [1, 1, 1, 1])
        try await site.office.deleteOldTraces(now: try Instant(parsing: "2024-02-20T09:00:00Z"))
        #expect(try await counts() == before)
        try await site.office.deleteOldTraces(now: try Instant(parsing: "2024-04-20T09:00:00Z"))
        #expect(try await counts() == [0, 0, 0, 0])
        #expect(try await site.test.verify().findings.isEmpty)
    }
}

@Suite("A demonstration")
struct DemonstrationTests {
    private static let names = Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0, "Demonstration: \($0.rawValue)") })

    private func open(_ site: VisitedSite) async throws {
        try await site.office.requireMark(isDemonstration: true)
        _ = try await site.office.perform(OpenDemonstration(fund: VisitedSite.fund, names: Self.names), by: .machineOperator)
    }

    @Test("the sign-in page says for which roles there is no account")
    func missingAccounts() async throws {
        let site = try await VisitedSite(isDemonstration: true)
        try await site.office.requireMark(isDemonstration: true)
        _ = try await site.office.perform(OpenDemonstration(fund: VisitedSite.fund, names: Self.names), by: .machineOperator)
        let emails = ["contributor", "auditor"].map { "\($0)@\(OpenDemonstration.domain)" }
        for email in emails {
            try await site.office.database.write { try $0.execute("DELETE FROM person_particulars WHERE email = \(email)") }
        }
        let page = try await VisitingBrowser(site).get("/sign-in").text
        let note = try #require(page.range(of: "Without an account"))
        let named = page[note.lowerBound...].prefix { $0 != "<" }
        #expect(named.contains("Contributor") && named.contains("uditor") && !named.contains("dministrator"), "\(named)")
    }

    @Test("it has a ready account for every role that the fund can fill, each with the rights of the role")
    func accounts() async throws {
        let site = try await VisitedSite(isDemonstration: true)
        try await open(site)
        let again = try await site.office.perform(OpenDemonstration(fund: VisitedSite.fund, names: Self.names), by: .machineOperator)
        #expect(again.event == nil, "opened twice, it records nothing more")
        let page = try await VisitingBrowser(site).get("/sign-in").text
        let accounts = try await site.office.demonstrationAccounts()
        #expect(accounts.count == Role.allCases.count)
        for account in accounts {
            #expect(page.contains(account.name))
            let browser = VisitingBrowser(site)
            #expect(try await browser.post("/sign-in/demonstration", ["account": account.id]).location == "/workspace")
            let digest = try #require(browser.cookies["__Host-session"].flatMap { BearerSecret($0, kind: .session)?.digest })
            let visitor = try #require(try await site.office.person(withSession: digest, now: site.now))
            #expect(visitor.level == .demonstration && !visitor.lacksSecondFactor)
            #expect(visitor.roles(in: VisitedSite.fund).map { "Demonstration: \($0.rawValue)" } == [account.name])
        }
        #expect(try await site.test.verify().findings.isEmpty)
    }

    @Test("a server that is none neither shows nor takes its accounts")
    func none() async throws {
        let site = try await VisitedSite()
        try await open(site)
        let browser = VisitingBrowser(site)
        #expect(try await !browser.get("/sign-in").text.contains("Demonstration"))
        let account = try #require(try await site.office.demonstrationAccounts().first)
        #expect(try await browser.post("/sign-in/demonstration", ["account": account.id]).status == 404)
        #expect(try await !browser.isSignedIn)
    }

    @Test("nobody who is no ready account is gone in with")
    func onlyReady() async throws {
        let site = try await VisitedSite(isDemonstration: true)
        try await open(site)
        let (person, _, _) = try await site.invite("reviewer")
        #expect(try await VisitingBrowser(site).post("/sign-in/demonstration", ["account": person]).status == 404)
    }

    @Test("a record with people is never made one, and one is never served as a fund's own")
    func marks() async throws {
        let real = try await VisitedSite()
        try await real.office.requireMark(isDemonstration: false)
        _ = try await real.invite("reviewer")
        await #expect(throws: Refusal.self) { try await real.office.requireMark(isDemonstration: true) }
        let shown = try await VisitedSite(isDemonstration: true)
        try await open(shown)
        try await shown.office.requireMark(isDemonstration: true)
        await #expect(throws: Refusal.self) { try await shown.office.requireMark(isDemonstration: false) }
    }
}
