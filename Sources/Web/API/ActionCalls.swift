internal import Credentials
internal import HTML
internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import NIOCore
internal import PooledFund

/// Answers programs that ask for an action: `POST /api/v1/funds/{fund}/actions/{action}`.
struct ActionCalls: Sendable {
    let house: WorkspaceHouse
    let workspace: WorkspaceRequests

    /// A folder of a fund has to fit.
    private static let bodyLimit = 34 * 1024 * 1024
    private static let keyField = HTTPField.Name("Idempotency-Key")

    func answer(_ fund: String, _ name: String, _ request: Request) async throws -> Response {
        do {
            return try await perform(fund, name, request)
        } catch let problem as Problem {
            return response(to: problem)
        }
    }

    private func perform(_ fund: String, _ name: String, _ request: Request) async throws -> Response {
        let asker = try await person(asking: request, fund)
        guard let currency = try await available({ try await house.office.currency(of: fund) }) else {
            throw Problem(.notFound, house.say("action.problem.no-fund", ["fund": .text(fund)]))
        }
        guard let action = RequestedActions.named(name) else {
            let names = RequestedActions.all.map { $0.name }.joined(separator: ", ")
            throw Problem(.notFound, house.say("action.problem.no-action", ["action": .text(name), "names": .text(names)]))
        }
        try requireReader(asker, of: .action(fund: fund, name), in: fund)
        let sent = try await self.body(of: request, name)
        guard case .object(let members) = InputValue(json: sent.body) else {
            throw Problem(.badRequest, house.say("action.problem.unreadable"))
        }
        let input = ActionInput(json: members, currency: currency)
        let answer = try await answer(to: action, of: asker, in: fund, input, sent.keyed)
        let event: JSON =
            answer.event.map { ["sequence": .integer(Int($0.sequence)), "hash": .string(hexadecimal($0.hash))] } ?? .null
        return response(
            .ok, "application/json",
            [
                "action": .string(name), "outcome": JSON(answer.outcome), "event": event, "repeated": .boolean(answer.isRepeated),
            ])
    }

    /// Before anything large is read: whoever may not ask for the action has nothing to send.
    private func requireReader(_ asker: SignedInPerson, of place: WorkspacePlace, in fund: String) throws(Problem) {
        guard let readers = place.readers, asker.roles(in: fund).isDisjoint(with: readers.roles) else { return }
        let isUnproved = asker.holdings.contains { $0.fund == fund && readers.roles.contains($0.role) }
        throw Problem(.forbidden, isUnproved ? house.say("error.second-factor-first") : readers.rule)
    }

    private func answer(
        to action: any RequestedAction.Type, of asker: SignedInPerson, in fund: String, _ input: ActionInput, _ keyed: KeyedRequest
    ) async throws -> RequestAnswer {
        try await asking {
            let actor = asker.actor.acting(for: try input.answeredOtherwise())
            return try await available { try await house.office.perform(action, in: fund, input, by: actor, answering: keyed) }
        }
    }

    // MARK: What is asked, and by whom

    /// - Parameter isReading: whether a token that may only read is enough.
    func person(asking request: Request, _ fund: String, isReading: Bool = false) async throws -> SignedInPerson {
        let now = house.clock()
        guard let authorization = request.headers[.authorization] else {
            guard let visitor = try await available({ try await workspace.visitor(of: request, now: now) }) else {
                throw unauthorized(said: "action.problem.no-token")
            }
            return visitor
        }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, HeaderParameters.lowercased(parts[0].utf8) == "bearer",
            let secret = BearerSecret(String(parts[1]), kind: .personalAccessToken),
            let person = try await available({ try await house.office.person(withToken: secret.digest, fund: fund, now: now) })
        else { throw unauthorized(said: "action.problem.invalid-token") }
        if case .token(let id) = person.passage { try await available { try await house.office.touchToken(id, now: now) } }
        guard isReading || !person.isReadOnly else { throw Problem(.forbidden, house.say("action.problem.read-only")) }
        return person
    }

    private func unauthorized(said key: SentenceKey) -> Problem {
        Problem(.unauthorized, house.say(key), headers: [.wwwAuthenticate: "Bearer realm=\"pooledfund\""])
    }

    private func body(of request: Request, _ name: String) async throws -> (body: [UInt8], keyed: KeyedRequest) {
        guard let type = HeaderParameters((request.headers[.contentType] ?? "").utf8, quoting: .backslash),
            type.value == "application/json",
            type["charset"].map({ HeaderParameters.lowercased($0) == "utf-8" }) ?? true
        else { throw Problem(.unsupportedMediaType, house.say("action.problem.media-type")) }
        guard let key = Self.keyField.flatMap({ request.headers[$0] }), KeyedRequest(key: key, body: []) != nil else {
            throw Problem(.badRequest, house.say("action.problem.no-key", ["count": .number(KeyedRequest.keyLimit)]))
        }
        let body = try await request.bodyBytes(limit: Self.bodyLimit, within: .seconds(600))
        // Another action under the same key is another request.
        guard let keyed = KeyedRequest(key: key, body: Array("\(name)\n".utf8) + body) else { throw Failure.formUnreadable }
        return (body, keyed)
    }

    // MARK: What is answered

    /// Why there is no answer, as RFC 9457 writes it.
    struct Problem: Error {
        let status: HTTPResponse.Status
        let detail: String
        var faults: [FieldFault] = []
        var headers: HTTPFields = [:]

        init(_ status: HTTPResponse.Status, _ detail: String, faults: [FieldFault] = [], headers: HTTPFields = [:]) {
            self.status = status
            self.detail = detail
            self.faults = faults
            self.headers = headers
        }
    }

    private func asking<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let faults as FieldFaults {
            let detail = house.say("action.problem.fields", ["count": .number(faults.faults.count)])
            throw Problem(.unprocessableContent, detail, faults: faults.faults)
        } catch let refusal as Refusal {
            throw Problem(refusal.status, refusal.sentence)
        }
    }

    func available<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await Office.asking(body)
        } catch is OutcomeUnknown {
            throw Problem(.serviceUnavailable, house.say("action.problem.unknown"))
        }
    }

    func response(to problem: Problem) -> Response {
        let title = house.say(SentenceKey("action.problem.\(problem.status.code)"))
        var members: [JSON.Member] = [
            .init(name: "type", value: "about:blank"), .init(name: "title", value: .string(title)),
            .init(name: "status", value: .integer(problem.status.code)), .init(name: "detail", value: .string(problem.detail)),
        ]
        if !problem.faults.isEmpty {
            members.append(
                .init(
                    name: "errors",
                    value: .array(
                        problem.faults.map {
                            ["field": .string($0.field), "problem": .string($0.problem), "remedy": .string($0.remedy)]
                        })))
        }
        var response = response(problem.status, "application/problem+json", .object(members))
        for field in problem.headers { response.headers[field.name] = field.value }
        if problem.status == .serviceUnavailable { response.headers[.retryAfter] = String(Failure.pause) }
        return response
    }

    func response(_ status: HTTPResponse.Status, _ contentType: String, _ json: JSON) -> Response {
        let bytes = json.bytes
        let headers: HTTPFields = [.contentType: contentType, .contentLength: String(bytes.count), .cacheControl: "no-store"]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension JSON {
    /// What an action answers.
    init(_ value: InputValue) {
        self =
            switch value {
            case .text(let text): .string(text)
            case .integer(let integer): .integer(Int(integer))
            case .list(let items): .array(items.map { JSON($0.value) })
            case .object(let members):
                .object(members.sorted { $0.key < $1.key }.map { Member(name: $0.key, value: JSON($0.value)) })
            case .other("true"): .boolean(true)
            case .other("false"): .boolean(false)
            case .other, .bytes: .null
            }
    }
}
