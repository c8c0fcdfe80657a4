import Credentials
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Publications
import SQL
import Synchronization
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

/// A site with people, asked as browsers ask: requests with cookies, without a network in between.
struct VisitedSite: Sendable {
    let test: TestOffice
    let gate: SignInGate
    let site: Site
    static let fund = "river-towns"

    init(isDemonstration: Bool = false, others: [Catalogue] = []) async throws {
        test = try await TestOffice()
        try await test.load(Folders.riverTowns)
        var gate = SignInGate()
        // The cost of a real hash is tested where it is made.
        gate.cost = try #require(ScryptCost(logarithmOfRounds: 10, blockSize: 8, parallelism: 1))
        self.gate = gate
        let clock = test.clock
        site = Site(
            office: test.office, say: try Sentences.catalogue(), others: others, assets: try Assets(), isDemonstration: isDemonstration,
            gate: gate, clock: { clock.now })
    }

    var office: Office { test.office }
    var now: Instant { test.clock.now }

    /// Invites somebody, and makes the link that the mail would hold.
    func invite(_ name: String, _ role: Role = .technicalReviewer, _ organization: String = "league") async throws -> (
        person: String, holding: String, link: String
    ) {
        let action = InvitePerson(
            fund: Self.fund, email: "\(name)@example.org", personName: "Test: \(name)", role: role, organization: organization)
        let outcome = try await office.perform(action, by: .machineOperator).outcome
        return (outcome.person, outcome.holding, try await link(.join, to: outcome.person))
    }

    func link(_ purpose: EntryLink.Purpose, to person: String) async throws -> String {
        let secret = BearerSecret(purpose == .join ? .invitation : .emailLink)
        try await office.makeEntryLink(secret.digest, to: person, for: purpose, now: now)
        return "/\(purpose == .join ? "invitation" : "new-password")?secret=\(secret.text)"
    }

    /// Somebody who joined, and the browser in which they are signed in.
    func joined(_ name: String, _ role: Role = .technicalReviewer, _ organization: String = "league") async throws -> (
        person: String, holding: String, browser: VisitingBrowser
    ) {
        let (person, holding, link) = try await invite(name, role, organization)
        let browser = VisitingBrowser(self)
        let answer = try await browser.join(link)
        try #require(answer.status == 303, "\(answer.text)")
        return (person, holding, browser)
    }

    /// - Parameter event: the sign of the clock's new minute: `10:05`.
    func setTime(_ time: String) throws { try test.clock.set("2024-02-01T\(time):00Z") }
}

/// A browser: keeps the cookies that it is given, and says where its forms come from.
final class VisitingBrowser: Sendable {
    private let visited: VisitedSite
    private let address: String
    private let jar = Mutex<[String: String]>([:])

    static let password = "copper lantern over the marsh"

    init(_ visited: VisitedSite, from address: String = "192.0.2.1") {
        self.visited = visited
        self.address = address
    }

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String

        var location: String { headers[.location] ?? "" }
    }

    var cookies: [String: String] {
        get { jar.withLock { $0 } }
        set { jar.withLock { $0 = newValue } }
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Answer { try await send(.get, path, nil, headers) }

    func post(_ path: String, _ form: [String: String], site: String = "same-origin") async throws -> Answer {
        let pairs = form.sorted { $0.key < $1.key }.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }
        let fetchSite = try #require(HTTPField.Name("Sec-Fetch-Site"))
        return try await send(
            .post, path, pairs.joined(separator: "&"), [.contentType: "application/x-www-form-urlencoded", fetchSite: site])
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ body: String?, _ extra: HTTPFields) async throws -> Answer {
        var headers = extra
        let sent = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
        if !sent.isEmpty { headers[.cookie] = sent }
        headers[.userAgent] = "A test"
        let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body ?? "")))
        let response = await visited.site.answer(request, from: address)
        for cookie in response.headers[values: .setCookie] { keep(cookie) }
        let collected = AnsweredBody()
        try await response.body.write(collected)
        return Answer(status: response.status.code, headers: response.headers, text: String(buffer: collected.bytes))
    }

    private func keep(_ cookie: String) {
        let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return }
        cookies[String(pair[0])] = cookie.contains("Max-Age=0") ? nil : String(pair[1])
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    // MARK: What people do

    func join(_ link: String) async throws -> Answer {
        let secret = String(try #require(link.split(separator: "=").last))
        return try await post(
            "/invitation", ["secret": secret, "new-password": Self.password, "new-password-again": Self.password])
    }

    func signIn(_ name: String, password: String = VisitingBrowser.password) async throws -> Answer {
        try await post("/sign-in", ["email": "\(name)@example.org", "password": password])
    }

    /// Sets a second factor up, at the time of the clock.
    ///
    /// - Returns: its codes, and the recovery codes.
    func setUpSecondFactor() async throws -> (code: TimeBasedCode, recovery: [String]) {
        let page = try await get("/workspace/settings/second-factor").text
        let marker = "name=\"secret\" value=\""
        let range = try #require(page.range(of: marker))
        let secret = page[range.upperBound...].prefix { $0 != "\"" }
        let bytes = stride(from: 0, to: 40, by: 2).compactMap { index in
            UInt8(secret.dropFirst(index).prefix(2), radix: 16)
        }
        let code = try #require(TimeBasedCode(secret: bytes))
        let typed = code.code(atStep: TimeBasedCode.step(at: visited.now))
        let answer = try await post("/workspace/settings/second-factor", ["do": "set-up", "secret": String(secret), "code": typed])
        #expect(answer.status == 200)
        let recovery = answer.text.split(separator: "<code>").dropFirst().map { String($0.prefix { $0 != "<" }) }
        #expect(recovery.count == 10)
        return (code, recovery)
    }

    var isSignedIn: Bool {
        get async throws { try await get("/workspace").status == 200 }
    }
}

private final class AnsweredBody: ResponseBodyWriter {
    private(set) var bytes = ByteBuffer()

    func write(_ buffer: ByteBuffer) async throws { bytes.writeImmutableBuffer(buffer) }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
