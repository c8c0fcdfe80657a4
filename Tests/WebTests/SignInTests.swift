import Credentials
import HTTPTypes
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("Coming in")
struct SignInTests {
    private static let session = "__Host-session"

    // MARK: Invitations

    @Test("whoever is invited sees to what, chooses a password, and is in")
    func invitation() async throws {
        let site = try await VisitedSite()
        let (_, _, link) = try await site.invite("reviewer")
        let browser = VisitingBrowser(site)
        let page = try await browser.get(link)
        #expect(page.status == 200)
        for text in ["Technical reviewer", "League of River Towns (fictional)", "reviewer@example.org", "works once"] {
            #expect(page.text.contains(text), "\(text)")
        }
        let answer = try await browser.join(link)
        #expect(answer.status == 303 && answer.location == "/workspace")
        #expect(try await browser.isSignedIn)
        let events = try await site.test.database.read {
            let person = try #require(try Self.person("reviewer", $0))
            return try PersonalDataQueries.changes(of: person, in: $0)
        }
        #expect(events.map(\.name) == ["joined"])
        #expect(try await site.test.verify().findings.isEmpty)
    }

    private static func person(_ name: String, _ transaction: any ReadTransaction) throws -> String? {
        try PeopleQueries.particulars(email: "\(name)@example.org", in: transaction)?.id
    }

    @Test("an invitation that was used lets nobody in, whoever it was forwarded to, and says whom to ask")
    func usedTwice() async throws {
        let site = try await VisitedSite()
        let (person, _, link) = try await site.invite("reviewer")
        let second = try await site.link(.join, to: person)
        #expect(try await VisitingBrowser(site).join(link).status == 303)
        for used in [link, second] {
            let other = VisitingBrowser(site)
            #expect(try await other.get(used).status == 410)
            let answer = try await other.join(used)
            #expect(answer.status == 410 && answer.text.contains("already") && answer.text.contains("ask whoever invited you"))
            #expect(try await !other.isSignedIn)
        }
    }

    @Test("an invitation that is too old, or cut off, or for something else, says so and lets nobody in")
    func closedLinks() async throws {
        let site = try await VisitedSite()
        let (person, _, link) = try await site.invite("reviewer")
        let password = try await site.link(.newPassword, to: person)
        let browser = VisitingBrowser(site)
        let misused = "/invitation?" + (password.split(separator: "?").last ?? "")
        for path in [String(link.dropLast()), "/invitation", misused] {
            let answer = try await browser.get(path)
            #expect(answer.status == 410 && answer.text.contains("leads nowhere"))
        }
        try site.test.clock.set("2024-02-16T09:00:00Z")
        let answer = try await browser.join(link)
        #expect(answer.status == 410 && answer.text.contains("no longer good"))
        #expect(try await !browser.isSignedIn)
    }

    @Test("a password that is easily guessed, or typed differently the second time, is refused, and the link stays good")
    func weakPassword() async throws {
        let site = try await VisitedSite()
        let (_, _, link) = try await site.invite("reviewer")
        let secret = String(try #require(link.split(separator: "=").last))
        let browser = VisitingBrowser(site)
        for (first, second) in [("short", "short"), ("password1234", "password1234"), (VisitingBrowser.password, "another")] {
            let answer = try await browser.post("/invitation", ["secret": secret, "new-password": first, "new-password-again": second])
            #expect(answer.status == 422)
            #expect(!answer.text.contains(VisitingBrowser.password))
        }
        #expect(try await browser.join(link).status == 303)
    }

    // MARK: Passwords

    @Test("a wrong password and an account that there is not get the same answer")
    func unknownAccount() async throws {
        let site = try await VisitedSite()
        _ = try await site.joined("reviewer")
        let wrong = try await VisitingBrowser(site, from: "198.51.100.1").signIn("reviewer", password: "not this one at all")
        let unknown = try await VisitingBrowser(site, from: "198.51.100.2").signIn("nobody", password: "not this one at all")
        #expect(wrong.status == 422 && unknown.status == 422)
        #expect(wrong.text.replacing("reviewer@", with: "nobody@") == unknown.text)
        let sent = try await VisitingBrowser(site).post("/sign-in/forgotten", ["email": "reviewer@example.org"])
        let notSent = try await VisitingBrowser(site).post("/sign-in/forgotten", ["email": "nobody@example.org"])
        #expect(sent.status == 200 && sent.text == notSent.text)
        let notices = try await site.test.database.read {
            try $0.first("SELECT COUNT(*) AS count FROM notice WHERE kind = 'new-password'")?.integer("count")
        }
        #expect(notices == 1)
    }

    @Test("a hundred thousand guesses from a thousand addresses keep nobody else out, nor the owner on a browser that is known")
    func guesses() async throws {
        let site = try await VisitedSite()
        let (_, _, owner) = try await site.joined("owner")
        _ = try await site.joined("other")
        _ = try await owner.post("/sign-out", [:])
        // The first goes through the page, so that what is counted here is what the page counts.
        #expect(try await VisitingBrowser(site, from: "203.0.113.1").signIn("owner", password: "a guess at it").status == 422)
        for guess in 0..<100_000 {
            let address = AddressPrefix("203.0.\(guess % 4).\(guess % 250)")
            let attempt = Throttle.Attempt(account: "owner@example.org", device: nil, address: address)
            _ = site.gate.passwords.count(attempt, now: site.now)
        }
        let attacker = try await VisitingBrowser(site, from: "203.0.113.1").signIn("owner")
        #expect(attacker.status == 429)
        #expect(attacker.headers[.retryAfter].flatMap { Int($0) }.map { (1...900).contains($0) } ?? false)
        #expect(attacker.text.contains("too many attempts"))
        #expect(try await VisitingBrowser(site).signIn("other").status == 303)
        #expect(try await owner.signIn("owner").status == 303)
        #expect(try await owner.isSignedIn)
    }

    @Test("where a proxy on the machine says where a request comes from, that counts; what anybody else says does not")
    func addresses() {
        #expect(ClientAddress.prefix(peer: "127.0.0.1", forwardedFor: ["10.9.9.9, 192.0.2.7"]) == AddressPrefix("192.0.2.7"))
        #expect(ClientAddress.prefix(peer: "::1", forwardedFor: ["10.9.9.9", "192.0.2.7"]) == AddressPrefix("192.0.2.7"))
        #expect(ClientAddress.prefix(peer: "192.0.2.1", forwardedFor: ["192.0.2.7"]) == AddressPrefix("192.0.2.1"))
        #expect(ClientAddress.prefix(peer: "127.0.0.1", forwardedFor: []) == AddressPrefix("127.0.0.1"))
    }

    @Test("whoever sends browsers to the provider without end waits, and keeps nobody at another address waiting")
    func providerVisits() throws {
        let (gate, now) = (SignInGate(), try Instant(parsing: "2024-02-01T09:00:00Z"))
        func visit(from address: String, at instant: Instant) -> Bool {
            gate.visits.count(.init(account: "provider", device: nil, address: AddressPrefix(address)), now: instant) == .allowed
        }
        #expect((0..<200).count { _ in visit(from: "192.0.2.1", at: now) } == 60)
        #expect(visit(from: "192.0.2.2", at: now))
        #expect(visit(from: "192.0.2.1", at: try Instant(parsing: "2024-02-01T09:15:00Z")))
    }

    @Test("a forgotten password is replaced by the link, once, and whoever was signed in by the old one no longer is")
    func newPassword() async throws {
        let site = try await VisitedSite()
        let (person, _, old) = try await site.joined("reviewer")
        let link = try await site.link(.newPassword, to: person)
        let secret = String(try #require(link.split(separator: "=").last))
        let browser = VisitingBrowser(site)
        #expect(try await browser.get(link).status == 200)
        let chosen = "seven herons by the weir"
        let form = ["secret": secret, "new-password": chosen, "new-password-again": chosen]
        #expect(try await browser.post("/new-password", form).location == "/sign-in?notice=new-password")
        #expect(try await browser.post("/new-password", form).status == 410)
        #expect(try await !old.isSignedIn)
        #expect(try await browser.signIn("reviewer").status == 422)
        #expect(try await browser.signIn("reviewer", password: chosen).status == 303)
        #expect(try await browser.isSignedIn)
    }

    // MARK: Sessions

    @Test("an id that a visitor brings is never made a session, and each sign-in gets another")
    func fixation() async throws {
        let site = try await VisitedSite()
        let (_, _, browser) = try await site.joined("reviewer")
        let first = try #require(browser.cookies[Self.session])
        _ = try await browser.post("/sign-out", [:])
        #expect(browser.cookies[Self.session] == nil)
        let planted = BearerSecret(.session).text
        browser.cookies[Self.session] = planted
        #expect(try await browser.signIn("reviewer").status == 303)
        let second = try #require(browser.cookies[Self.session])
        #expect(second != planted && second != first)
        let attacker = VisitingBrowser(site)
        for secret in [planted, first] {
            attacker.cookies = [Self.session: secret]
            #expect(try await !attacker.isSignedIn)
        }
    }

    @Test(
        "a cookie that was stolen is worth nothing once its owner signed out everywhere, changed the password, or twelve hours have passed")
    func stolen() async throws {
        let site = try await VisitedSite()
        let (_, _, owner) = try await site.joined("reviewer")
        let thief = VisitingBrowser(site)
        func steal() async throws {
            thief.cookies = [Self.session: try #require(owner.cookies[Self.session])]
            #expect(try await thief.isSignedIn)
        }
        try await steal()
        #expect(try await owner.post("/workspace/settings", ["do": "sign-out-everywhere"]).status == 303)
        #expect(try await !thief.isSignedIn)
        #expect(try await !owner.isSignedIn)

        _ = try await owner.signIn("reviewer")
        try await steal()
        let chosen = "seven herons by the weir"
        let form = ["current-password": VisitingBrowser.password, "new-password": chosen, "new-password-again": chosen]
        #expect(try await thief.post("/workspace/settings/password", form.merging(["current-password": "a guess"]) { $1 }).status == 422)
        #expect(try await owner.post("/workspace/settings/password", form).status == 303)
        #expect(try await !thief.isSignedIn)
        #expect(try await owner.isSignedIn)

        try await steal()
        for hour in ["10", "13", "16", "19", "20"] {
            try site.setTime("\(hour):30")
            #expect(try await thief.isSignedIn)
        }
        try site.setTime("21:01")
        #expect(try await !thief.isSignedIn)
    }

    @Test("a session in which nothing happens ends after eight hours")
    func idle() async throws {
        let site = try await VisitedSite()
        let (_, _, browser) = try await site.joined("reviewer")
        try site.setTime("17:01")
        #expect(try await !browser.isSignedIn)
        let answer = try await browser.get("/workspace/settings/tokens")
        #expect(
            answer.location == "/sign-in?return-to=/workspace/settings/tokens"
                || answer.location.hasPrefix("/sign-in?return-to=%2Fworkspace"))
    }

    @Test("signing in leads to the page that was asked for, and never to another site")
    func returning() async throws {
        let site = try await VisitedSite()
        let (_, _, browser) = try await site.joined("reviewer")
        func destination(_ path: String) async throws -> String {
            try await browser.post(
                "/sign-in", ["email": "reviewer@example.org", "password": VisitingBrowser.password, "return-to": path]
            ).location
        }
        #expect(try await destination("/workspace/settings/tokens") == "/workspace/settings/tokens")
        #expect(try await destination("//evil.example/") == "/workspace")
        #expect(try await destination("https://evil.example/") == "/workspace")
    }

    @Test(
        "a form that was sent from another site is refused, and nothing changes",
        arguments: ["/sign-in", "/sign-in/forgotten", "/invitation", "/new-password", "/sign-out", "/workspace/settings"])
    func otherSite(path: String) async throws {
        let site = try await VisitedSite()
        let (_, _, browser) = try await site.joined("reviewer")
        for origin in ["cross-site", "same-site"] {
            #expect(try await browser.post(path, ["do": "sign-out-everywhere"], site: origin).status == 403)
        }
        #expect(try await browser.isSignedIn)
    }

    // MARK: The second factor

    @Test("a role that asks for a second factor counts for nothing before there is one, and its holder is led to it")
    func required() async throws {
        let site = try await VisitedSite()
        let (_, _, link) = try await site.invite("administrator", .administrator, "river-office")
        let browser = VisitingBrowser(site)
        #expect(try await browser.join(link).location == "/workspace/settings/second-factor")
        #expect(try await browser.get("/workspace/funds/river-towns/audit").status == 403)
        let before = browser.cookies[Self.session]
        _ = try await browser.setUpSecondFactor()
        #expect(browser.cookies[Self.session] != before, "the session is another once more is proved")
        #expect(try await browser.get("/workspace/funds/river-towns/audit").status != 403)
        #expect(try await browser.post("/workspace/settings/second-factor", ["do": "remove", "code": "000000"]).status == 403)
    }

    @Test("the password alone does not sign in whoever has a second factor; the code does, once")
    func codes() async throws {
        let site = try await VisitedSite()
        let (_, _, browser) = try await site.joined("reviewer")
        let (code, _) = try await browser.setUpSecondFactor()
        try site.setTime("09:05")
        func typed(_ shift: Int64 = 0) -> String { code.code(atStep: TimeBasedCode.step(at: site.now) + shift) }
        #expect(try await browser.signIn("reviewer").location == "/sign-in/second-factor")
        #expect(try await !browser.isSignedIn)
        #expect(try await browser.post("/workspace/settings", ["do": "sign-out-everywhere"]).status == 403)
        #expect(try await browser.post("/sign-in/second-factor", ["code": "12345"]).status == 422)
        #expect(try await browser.post("/sign-in/second-factor", ["code": typed()]).location == "/workspace")
        #expect(try await browser.isSignedIn)

        let onlooker = VisitingBrowser(site)
        #expect(try await onlooker.signIn("reviewer").location == "/sign-in/second-factor")
        let replayed = try await onlooker.post("/sign-in/second-factor", ["code": typed()])
        #expect(replayed.status == 422 && replayed.text.contains("used already"))
        #expect(try await onlooker.post("/sign-in/second-factor", ["code": typed(-1)]).status == 422)
        #expect(try await !onlooker.isSignedIn)
        #expect(try await onlooker.post("/sign-in/second-factor", ["code": typed(1)]).status == 303)
    }

    @Test("a telephone whose clock is five minutes off is refused with a sentence that says so")
    func clockOff() async throws {
        let site = try await VisitedSite()
        let (_, _, browser) = try await site.joined("reviewer")
        let (code, _) = try await browser.setUpSecondFactor()
        try site.setTime("09:30")
        _ = try await browser.signIn("reviewer")
        let step = TimeBasedCode.step(at: site.now)
        let behind = try await browser.post("/sign-in/second-factor", ["code": code.code(atStep: step - 10)])
        #expect(behind.status == 422 && behind.text.contains("5 minutes ago") && behind.text.contains("clock of your telephone is behind"))
        let ahead = try await browser.post("/sign-in/second-factor", ["code": code.code(atStep: step + 10)])
        #expect(ahead.status == 422 && ahead.text.contains("clock of your telephone is wrong"))
        #expect(try await !browser.isSignedIn)
    }

    @Test("codes are guessed at five times, and then a while not at all")
    func guessedCodes() async throws {
        let site = try await VisitedSite()
        let (_, _, browser) = try await site.joined("reviewer")
        let (code, _) = try await browser.setUpSecondFactor()
        try site.setTime("09:05")
        let stranger = VisitingBrowser(site)
        _ = try await stranger.signIn("reviewer")
        let right = code.code(atStep: TimeBasedCode.step(at: site.now))
        for _ in 0..<5 { #expect(try await stranger.post("/sign-in/second-factor", ["code": "12345"]).status == 422) }
        #expect(try await stranger.post("/sign-in/second-factor", ["code": right]).status == 429)
        #expect(try await !stranger.isSignedIn)
    }

    @Test("a recovery code signs in once in place of the app, and the record says that one was used")
    func recovery() async throws {
        let site = try await VisitedSite()
        let (person, _, browser) = try await site.joined("reviewer")
        let (_, codes) = try await browser.setUpSecondFactor()
        let other = VisitingBrowser(site)
        _ = try await other.signIn("reviewer")
        #expect(try await other.post("/sign-in/recovery-code", ["code": "0000-0000-0000-0000"]).status == 422)
        #expect(try await other.post("/sign-in/recovery-code", ["code": codes[0]]).location == "/workspace")
        #expect(try await other.isSignedIn)
        let third = VisitingBrowser(site)
        _ = try await third.signIn("reviewer")
        #expect(try await third.post("/sign-in/recovery-code", ["code": codes[0]]).status == 422)
        #expect(try await third.post("/sign-in/recovery-code", ["code": codes[1].lowercased()]).status == 303)
        let changes = try await site.test.database.read { try PersonalDataQueries.changes(of: person, in: $0) }.map(\.name)
        #expect(changes == ["recovery-code-used", "recovery-code-used", "second-factor-set", "joined"])
        let told = try await site.office.personalData(of: person)?.notices.filter { $0.kind == .accessChanged }.count
        #expect(told == 4)
        #expect(try await site.test.verify().findings.isEmpty)
    }

    @Test("nobody who gave the password alone goes through the door, but for using a recovery code")
    func awaiting() async throws {
        let site = try await VisitedSite()
        let (person, _, browser) = try await site.joined("reviewer")
        _ = try await browser.setUpSecondFactor()
        let other = VisitingBrowser(site)
        _ = try await other.signIn("reviewer")
        let secret = try #require(other.cookies[Self.session].flatMap { BearerSecret($0, kind: .session) })
        let amend = AmendParticulars(person: person, personName: "Another")
        for passage in [Actor.Passage.session(digest: secret.digest), .awaitingCode(digest: secret.digest)] {
            await #expect(throws: Refusal.self) { try await site.office.perform(amend, by: .person(person, through: passage)) }
        }
    }
}
