internal import HTML
internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import Logging
internal import NIOCore
internal import OfficeFiles
internal import PooledFund
internal import Publications

/// Answers requests: log outermost, then headers, then errors, then the routes, so that every answer passes through all of them.
struct Site: HTTPResponder {
    typealias Context = PortalRequestContext

    let office: Office
    let languages: SiteLanguages
    let clock: @Sendable () -> Instant
    private let assets: Assets
    private let layout: Layout
    private let reader: RecordReader
    private let store: PageStore
    /// Pages with a word about their age, kept apart so that they do not drive out those that they are made of.
    private let agedPages: PageStore
    private let house: WorkspaceHouse
    private let actionCalls: ActionCalls
    private let interface: StoredPage
    private let log = Logger(label: "pooledfund.access")

    /// Made pages may take this many bytes of memory.
    private static let storeLimit = 64 * 1024 * 1024
    private static let agedLimit = 16 * 1024 * 1024

    /// - Parameters:
    ///   - say: the language of whoever asks for none, and of all data.
    ///   - others: the other languages that readers may choose.
    init(
        office: Office, say: Catalogue, others: [Catalogue] = [], assets: Assets, isDemonstration: Bool, provider: ProviderEntrance? = nil,
        gate: SignInGate = SignInGate(),
        clock: @escaping @Sendable () -> Instant
    ) {
        self.office = office
        languages = SiteLanguages(say, others)
        self.assets = assets
        self.clock = clock
        layout = Layout(say: say, assets: assets, isDemonstration: isDemonstration, languages: languages.languages)
        reader = RecordReader(office: office, clock: clock)
        store = PageStore(limit: Self.storeLimit)
        agedPages = PageStore(limit: Self.agedLimit)
        house = WorkspaceHouse(
            office: office, records: reader, say: say, layout: layout, clock: clock, isDemonstration: isDemonstration, gate: gate,
            provider: provider)
        interface = StoredPage(contentType: PageFormat.json.contentType, bytes: InterfaceDescription(say: say).json.bytes)
        // Programs read one language, whatever their user's is.
        actionCalls = ActionCalls(house: house, workspace: WorkspaceRequests(house: house))
    }

    /// The language of data, and of whoever asks for none.
    var say: Catalogue { languages.catalogues[0] }

    /// The workspace in a reader's language.
    func workspace(in say: Catalogue) -> WorkspaceRequests { WorkspaceRequests(house: house.speaking(say)) }

    func respond(to request: Request, context: Context) async throws -> Response {
        let started = ContinuousClock.now
        var response = await answer(request, from: context.remoteAddress?.ipAddress)
        SecurityHeaders.add(to: &response.headers, allowsScript: request.uri.path.hasPrefix("/workspace/funds/"))
        // The query may hold what a person typed, so it is not kept; nor is the address of the one who asked.
        log.info(
            "\(request.method.rawValue) \(logged(request.uri.path)) \(response.status.code) \(response.headers[.contentLength] ?? "-") \((ContinuousClock.now - started).milliseconds)"
        )
        return response
    }

    /// Printable ASCII only, and not too much of it: what is logged is read on terminals.
    private func logged(_ path: String) -> String {
        String(decoding: path.utf8.prefix(200).map { (0x21...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }

    /// The answer before the log and the headers that every answer carries.
    ///
    /// - Parameter peer: the address at the other end of the connection.
    func answer(_ request: Request, from peer: String? = nil) async -> Response {
        let isHead = request.method == .head
        do {
            let target = try RequestTarget(request.head.path ?? "/")
            guard target.methods.contains(request.method) else { throw Failure(.methodNotAllowed, "error.method") }
            try RequestOrigin.check(request.head, allowsBearer: target.takesBearer)
            let response = try await route(target, request, from: peer)
            return isHead ? response.createHeadResponse() : response
        } catch {
            let allowed = (try? RequestTarget(request.head.path ?? "/"))?.methods ?? [.get, .head]
            let response = failureResponse(error, request, allowed: allowed)
            return isHead ? response.createHeadResponse() : response
        }
    }

    private func route(_ target: RequestTarget, _ request: Request, from peer: String?) async throws -> Response {
        switch target.route {
        case .root: return root(request)
        case .language: return try await chooseLanguage(request)
        case .live: return plainText("live\n")
        case .ready: return await ready()
        case .asset(let path):
            guard let page = assets.asset(at: path) else { throw Failure.notFound }
            return stored(page, request, cacheControl: "public, max-age=31536000, immutable")
        case .withoutSlash(let path): return redirect(to: path + target.printableQuery, status: .permanentRedirect)
        case .page(let fund, let place, let format): return try await page(fund, place, format, target, request)
        case .publicFile(let fund, let code, let id): return try await publicFile(fund, code, id)
        case .funds: return try await current(fundsList(), request)
        case .interface: return stored(interface, request, cacheControl: "no-cache")
        case .list(let fund, let list): return try await apiList(fund, list, target, request)
        case .workspace(let place):
            return try await workspace(in: languages.catalogue(for: request.headers)).answer(place, target.query, request)
        case .proposals(let fund, let code): return try await actionCalls.proposals(fund, code, target.query, request)
        case .proposalFile(let fund, let code, let id): return try await actionCalls.proposalFile(fund, code, id, request)
        case .meetings(let fund, let id): return try await actionCalls.meetings(fund, id, request)
        case .slates(let fund, let id): return try await actionCalls.slates(fund, id, request)
        case .assessments(let fund): return try await actionCalls.assessments(fund, request)
        case .action(let fund, let name): return try await actionCalls.answer(fund, name, request)
        case .signIn(let place):
            let house = house.speaking(languages.catalogue(for: request.headers))
            return try await SignInRequests(house: house).answer(place, target.query, request, from: peer)
        }
    }

    // MARK: Answers

    private func page(_ fund: String, _ place: Place, _ format: PageFormat, _ target: RequestTarget, _ request: Request) async throws
        -> Response
    {
        let sequence = try await office.publicSequence(of: fund, seen: SeenCookie(request.headers[values: .cookie]))
        let query = try PageQuery(parsing: target.query, allowing: place.parameters + (format == .json ? [.cursor, .limit] : []))
        // Programs that read data do not break with the reader's language.
        let say = format == .html ? languages.catalogue(for: request.headers) : say
        let (reader, layout) = (reader, layout)
        let path = "\(place.segments.joined(separator: "/"))?\(query.normalized)"
        let key = { (language: String) in "\(fund)#\(sequence)#\(format.rawValue)#\(language)#\(path)" }
        return try await made(key(say.language.code), request, orElse: languages.languages.map { key($0.code) }) {
            let context = try await reader.context(
                fund: fund, place: place, query: query, format: format, sequence: sequence, wording: Wording(say))
            return StoredPage(
                contentType: format.contentType, language: format == .html ? say.language.code : nil,
                bytes: try context.render(as: format, layout: layout.speaking(say)), validUntil: context.validUntil)
        }
    }

    private func apiList(_ fund: String, _ list: APIList, _ target: RequestTarget, _ request: Request) async throws -> Response {
        let sequence = try await office.publicSequence(of: fund, seen: SeenCookie(request.headers[values: .cookie]))
        let query = try PageQuery(parsing: target.query, allowing: list.place.parameters + [.cursor, .limit])
        let key = "\(fund)#\(sequence)#api#\(list.rawValue)?\(query.normalized)"
        let (reader, say) = (reader, say)
        return try await made(key, request) {
            let context = try await reader.context(
                fund: fund, place: list.place, query: query, format: .json, sequence: sequence, wording: Wording(say))
            let path = "/api/v1/funds/\(fund)/\(list.rawValue)"
            return StoredPage(
                contentType: PageFormat.json.contentType, bytes: try context.json(list.listing(of: context), path: path),
                validUntil: context.validUntil)
        }
    }

    /// The page under `key`, made if need be; the last that was made if the record cannot be read.
    ///
    /// - Parameter others: the keys of the same page in other languages, any of which is better than none.
    private func made(
        _ key: String, _ request: Request, orElse others: @autoclosure () -> [String] = [],
        _ make: @escaping @Sendable () async throws -> StoredPage
    ) async throws -> Response {
        do {
            return try await current(try await store.page(key, now: clock(), make: make), request)
        } catch is RecordUnavailable {
            guard let page = store.lastMade(key) ?? others().lazy.compactMap(store.lastMade).first else { throw Failure.recordUnavailable }
            return try await aged(page, request)
        }
    }

    /// A page as far as this server knows; while the record does not answer, with a word about its age.
    private func current(_ page: StoredPage, _ request: Request) async throws -> Response {
        office.contact.isLost ? try await aged(page, request) : stored(page, request, cacheControl: "no-cache")
    }

    /// A page that shows what was known when the record last answered, and says so: to people in a sentence, to programs in `Age`.
    private func aged(_ page: StoredPage, _ request: Request) async throws -> Response {
        let contact = office.contact
        var shown = page
        if page.contentType == PageFormat.html.contentType {
            let layout = page.language.flatMap(languages.catalogue).map(layout.speaking) ?? layout
            shown = try await agedPages.page("\(page.plain.entityTag) \(contact.lastConfirmed)", now: clock()) {
                let bytes = layout.adding(layout.notice(of: contact), to: Array(page.plain.bytes.readableBytesView))
                return StoredPage(contentType: page.contentType, language: page.language, bytes: bytes)
            }
        }
        var response = stored(shown, request, cacheControl: "no-cache")
        response.headers[.age] = age(contact)
        return response
    }

    private func age(_ contact: RecordContact) -> String { String(contact.age.components.seconds) }

    private func stored(_ page: StoredPage, _ request: Request, cacheControl: String) -> Response {
        let body = acceptsGzip(request.headers[.acceptEncoding]) ? page.compressed ?? page.plain : page.plain
        let isCompressed = body.entityTag != page.plain.entityTag
        var headers: HTTPFields = [
            .contentType: page.contentType, .eTag: body.entityTag, .cacheControl: cacheControl,
            .vary: page.language == nil ? "Accept-Encoding" : "Accept-Encoding, \(SiteLanguages.varying)",
        ]
        headers[.contentLanguage] = page.language
        if matches(request.headers[.ifNoneMatch], body.entityTag) { return Response(status: .notModified, headers: headers) }
        if isCompressed { headers[.contentEncoding] = "gzip" }
        headers[.contentLength] = String(body.bytes.readableBytes)
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body.bytes))
    }

    /// A file of a proposal that everybody may have as long as the proposal is public: asked anew each time, since consent may be taken back.
    private func publicFile(_ fund: String, _ code: String, _ id: String) async throws -> Response {
        let now = clock()
        let found = try await Office.asking { try await office.publishedFile(id, of: code, in: fund, now: now) }
        guard let (file, content) = found else { throw Failure.notFound }
        var response = response(.ok, file.mediaType, content)
        // A browser keeps it, and never shows it as a page of this site; the name that it was sent under is not trusted for anything.
        let ending = (FileKind(rawValue: file.mediaType) ?? .plainText).nameExtensions[0]
        response.headers[.contentDisposition] = "attachment; filename=\"\(code)-\(file.id).\(ending)\""
        return response
    }

    private func root(_ request: Request) -> Response {
        let (funds, contact) = (office.funds, office.contact)
        if funds.count == 1, let fund = funds.first { return redirect(to: "/funds/\(fund)", status: .seeOther) }
        let say = languages.catalogue(for: request.headers)
        let layout = layout.speaking(say)
        let bytes = layout.document(
            title: say("product.name"), heading: say("funds.title"), lead: .text(say("funds.lead", ["count": .number(funds.count)]))
        ) {
            ul(.class("terms")) { funds.map { fund in li { a(.href(Address(segments: ["funds", fund]))) { reader.name(of: fund) } } } }
        }
        guard contact.isLost else { return html(.ok, bytes, say.language) }
        var response = html(.ok, layout.adding(layout.notice(of: contact), to: bytes), say.language)
        response.headers[.age] = age(contact)
        return response
    }

    private func fundsList() -> StoredPage {
        let items = office.funds.map { fund -> JSON in
            ["id": .string(fund), "page": .string("/funds/\(fund)"), "data": .string("/api/v1/funds/\(fund)/figures")]
        }
        let list: JSON = ["items": .array(items), "next": .null]
        return StoredPage(contentType: PageFormat.json.contentType, bytes: list.bytes)
    }

    private func ready() async -> Response {
        do {
            try await office.checkReadiness()
            return plainText("ready\n")
        } catch {
            var response = plainText("the record does not answer\n", status: .serviceUnavailable)
            response.headers[.retryAfter] = String(Failure.pause)
            return response
        }
    }

    private func plainText(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        response(status, "text/plain; charset=utf-8", Array(text.utf8))
    }

    private func redirect(to path: String, status: HTTPResponse.Status) -> Response {
        Response(status: status, headers: [.location: path, .contentLength: "0", .cacheControl: "no-cache"])
    }

    private func response(_ status: HTTPResponse.Status, _ contentType: String, _ bytes: [UInt8]) -> Response {
        let headers: HTTPFields = [.contentType: contentType, .contentLength: String(bytes.count), .cacheControl: "no-store"]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func html(_ status: HTTPResponse.Status, _ bytes: [UInt8], _ language: Language) -> Response {
        var response = response(status, PageFormat.html.contentType, bytes)
        response.headers[.contentLanguage] = language.code
        response.headers[.vary] = SiteLanguages.varying
        return response
    }

    // MARK: Errors

    private func failureResponse(_ error: any Error, _ request: Request, allowed: Set<HTTPRequest.Method>) -> Response {
        let path = request.uri.path
        let failure: Failure
        if let known = error as? Failure {
            failure = known
        } else if error is RecordUnavailable {
            // Said in the log once, by the office, not at every request.
            failure = .recordUnavailable
        } else if let refusal = error as? Refusal {
            failure = Failure(refusal.status, "error.rule", ["value": "\(refusal)"])
        } else {
            log.error("\(logged(path)): \(error)")
            failure = Failure(.internalServerError, "error.internal")
        }
        let isForPrograms = path.hasPrefix("/api/") || path.hasSuffix(".json")
        let say = isForPrograms ? say : languages.catalogue(for: request.headers)
        let title = say(SentenceKey("error.\(failure.status.code)"))
        var response: Response
        if isForPrograms {
            let problem: JSON = [
                "type": "about:blank", "title": .string(title), "status": .integer(failure.status.code),
                "detail": .string(failure.text(say)),
            ]
            response = self.response(failure.status, "application/problem+json", problem.bytes)
        } else {
            // What a form was sent to need not be a page.
            let here = request.method == .get || request.method == .head ? request.head.path ?? "/" : "/"
            let bytes = layout.speaking(say).document(title: title, heading: title, lead: failure.markup(say), at: here) {
                p { a(.href(Address(path: "/"))) { say("error.back") } }
                p {
                    office.funds.prefix(20).map { fund in
                        Markup.fragment {
                            a(.href(Address(segments: ["funds", fund]))) { reader.name(of: fund) }; " "
                        }
                    }
                }
            }
            response = html(failure.status, bytes, say.language)
        }
        if failure.status == .serviceUnavailable { response.headers[.retryAfter] = String(Failure.pause) }
        if failure.status == .methodNotAllowed { response.headers[.allow] = allowed.map(\.rawValue).sorted().joined(separator: ", ") }
        return response
    }
}

extension Duration {
    /// `1.25 ms`.
    fileprivate var milliseconds: String {
        let (seconds, attoseconds) = components
        let hundredths = seconds * 100_000 + attoseconds / 10_000_000_000_000
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) ms"
    }
}
