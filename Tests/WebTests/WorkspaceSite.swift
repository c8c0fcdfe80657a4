import Credentials
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Publications
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

/// A whole site over a made-up fund in which somebody holds each role, signed in with a browser each.
struct WorkspaceSite: Sendable {
    let house: TestOffice
    let say: Catalogue
    let people: PeopleOnRecord
    let site: Site
    /// By role.
    let visitors: [Role: Visitor]

    static let fund = "river-towns"

    /// Somebody with a browser.
    struct Visitor: Sendable {
        let person: String
        let holding: String
        let cookie: String
    }

    init(say: Catalogue? = nil) async throws {
        let say = try say ?? Sentences.catalogue()
        self.say = say
        let house = try await TestOffice()
        self.house = house
        try await house.load(Folders.riverTowns)
        people = PeopleOnRecord(house.office, now: house.clock.now)
        let clock = house.clock
        site = Site(office: house.office, say: say, assets: try Assets(), isDemonstration: false, clock: { clock.now })
        var visitors: [Role: Visitor] = [:]
        for role in Role.allCases { visitors[role] = try await Self.visitor(role, people) }
        self.visitors = visitors
    }

    /// A proposal that waits to be screened, and one that the reviewer among the visitors is to assess.
    func putProposals() async throws {
        let facts = try PutProposalOnRecord.example(in: Self.fund).facts
        for (code, stages) in [
            (WorkspacePlaceKind.submitted, [ProposalStage.submitted]), (WorkspacePlaceKind.eligible, [.submitted, .eligible]),
        ] {
            let put = PutProposalOnRecord(code: code, organizations: ["river-office", "bridge-agency"], facts: facts, stages: stages)
            try await PutProposalOnRecord.perform(put, in: house.office)
        }
        let officer = try await people.session(of: try visitor(.fundManagementUnitOfficer).person)
        let pair = AssignReviewer.Pair(proposal: WorkspacePlaceKind.eligible, reviewer: try visitor(.technicalReviewer).person)
        _ = try await house.office.perform(AssignReviewer(fund: Self.fund, assignments: [pair]), by: officer)
    }

    func visitor(_ role: Role) throws -> Visitor { try #require(visitors[role]) }

    static func visitor(
        _ role: Role, _ people: PeopleOnRecord, of name: String? = nil, organization: String? = nil
    ) async throws -> Visitor {
        let admitted = try await people.admit(role, of: name, organization: organization)
        let secret = BearerSecret(.session)
        _ = try await people.session(of: admitted.person, digest: secret.digest)
        return Visitor(person: admitted.person, holding: admitted.holding, cookie: "\(SetCookie.name("session"))=\(secret.text)")
    }

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String
    }

    func get(_ address: Address, as visitor: Visitor?) async throws -> Answer { try await ask(.get, address, as: visitor) }

    func get(_ place: WorkspacePlace, as visitor: Visitor?) async throws -> Answer {
        try await get(WorkspaceContext.address(place), as: visitor)
    }

    /// Sends a form as a page of this site would.
    func post(_ place: WorkspacePlace, _ form: [(String, String)] = [], as visitor: Visitor?) async throws -> Answer {
        try await ask(.post, WorkspaceContext.address(place), as: visitor, form: form)
    }

    private func ask(
        _ method: HTTPRequest.Method, _ address: Address, as visitor: Visitor?, form: [(String, String)] = []
    ) async throws -> Answer {
        var headers = HTTPFields()
        if let visitor { headers[.cookie] = visitor.cookie }
        var body = ByteBuffer()
        if method == .post {
            headers[.origin] = "https://localhost"
            headers[.contentType] = FormBody.mediaType
            body = ByteBuffer(string: String(Address(segments: [], query: form).text.drop { $0 != "?" }.dropFirst()))
            headers[.contentLength] = String(body.readableBytes)
        }
        let head = HTTPRequest(method: method, scheme: "https", authority: "localhost", path: address.text, headerFields: headers)
        let response = await site.answer(Request(head: head, body: RequestBody(buffer: body)))
        let collected = CollectedAnswer()
        try await response.body.write(collected)
        return Answer(status: response.status.code, headers: response.headers, text: String(buffer: collected.bytes))
    }
}

private final class CollectedAnswer: ResponseBodyWriter {
    private(set) var bytes = ByteBuffer()

    func write(_ buffer: ByteBuffer) async throws { bytes.writeImmutableBuffer(buffer) }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
