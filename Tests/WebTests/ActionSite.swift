import SQL
import Credentials
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Publications
import Synchronization
import TestSupport

@testable import PooledFund
@testable import Web

/// A whole site with a made-up fund, people of it, and what lets them in.
struct ActionSite: Sendable {
    let office: TestOffice
    let people: PeopleOnRecord
    private let site: Site

    init() async throws {
        office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        let clock = office.clock
        people = PeopleOnRecord(office.office, now: clock.now)
        site = Site(
            office: office.office, say: try Sentences.catalogue(), assets: try Assets(), isDemonstration: false, clock: { clock.now })
    }

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String
    }

    /// Somebody's cookie.
    func cookie(of role: Role, named name: String? = nil) async throws -> String {
        let person = try await people.admit(role, of: name)
        let secret = BearerSecret(.session)
        guard case .session(let digest) = person.actor.passage else { throw Unexpected("no session") }
        try await people.write("UPDATE session SET digest = \(secret.digest) WHERE digest = \(digest)")
        return "__Host-session=\(secret.text)"
    }

    /// Somebody's token.
    func token(of person: String, scope: String = "act", fund: String = "") async throws -> String {
        let secret = BearerSecret(.personalAccessToken)
        _ = try await people.token(of: person, scope: scope, fund: fund, digest: secret.digest)
        return secret.text
    }

    func get(_ path: String, cookie: String) async throws -> Answer { try await ask(.get, path, [.cookie: cookie], "") }

    /// Sends a form as a browser does from a page of this site.
    func send(_ fields: [(String, String)], to path: String, cookie: String) async throws -> Answer {
        let body = fields.map { name, value in "\(encoded(name))=\(encoded(value))" }.joined(separator: "&")
        return try await ask(
            .post, path, [.cookie: cookie, .contentType: "application/x-www-form-urlencoded", .origin: "http://localhost"], body)
    }

    /// The same with files.
    func send(_ fields: [(String, String)], files: [(field: String, name: String, content: String)], to path: String, cookie: String)
        async throws -> Answer
    {
        var body = ""
        for (name, value) in fields { body += "--x\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n" }
        for file in files {
            body += "--x\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n\r\n\(file.content)\r\n"
        }
        return try await ask(
            .post, path, [.cookie: cookie, .contentType: "multipart/form-data; boundary=x", .origin: "http://localhost"], body + "--x--\r\n"
        )
    }

    /// Asks for an action as a program does.
    func call(_ action: String, fund: String = "river-towns", _ body: String, token: String?, key: String? = "key") async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let token { headers[.authorization] = "Bearer \(token)" }
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        return try await ask(.post, "/api/v1/funds/\(fund)/actions/\(action)", headers, body)
    }

    func ask(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: String) async throws -> Answer {
        let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        let response = await site.answer(Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body))))
        let collected = CollectedAnswer()
        try await response.body.write(collected)
        return Answer(status: response.status.code, headers: response.headers, text: String(buffer: collected.bytes))
    }

    /// Offers a body that says whether it is read.
    func offer(_ path: String, _ headers: HTTPFields) async throws -> (status: Int, wasRead: Bool) {
        let wasRead = Mutex(false)
        let body = AsyncStream<ByteBuffer> {
            wasRead.withLock { $0 = true }
            return nil
        }
        let head = HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        let response = await site.answer(Request(head: head, body: RequestBody(asyncSequence: body)))
        return (response.status.code, wasRead.withLock { $0 })
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

private final class CollectedAnswer: ResponseBodyWriter {
    private(set) var bytes = ByteBuffer()

    func write(_ buffer: ByteBuffer) async throws { bytes.writeImmutableBuffer(buffer) }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension ActionSite.Answer {
    /// The hidden fields of the page's form, with their values.
    var hidden: [(String, String)] {
        text.components(separatedBy: "<input type=\"hidden\" name=\"").dropFirst().compactMap { part in
            guard let name = part.range(of: "\" value=\""), let end = part[name.upperBound...].range(of: "\"") else { return nil }
            return (Self.plain(String(part[..<name.lowerBound])), Self.plain(String(part[name.upperBound..<end.lowerBound])))
        }
    }

    private static func plain(_ text: String) -> String {
        var text = text
        for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.replacingOccurrences(of: entity, with: character)
        }
        return text
    }
}
