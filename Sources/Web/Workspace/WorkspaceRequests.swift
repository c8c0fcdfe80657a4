internal import Credentials
internal import HTML
internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import NIOCore
internal import PooledFund

/// Answers what people who are signed in ask for.
struct WorkspaceRequests: Sendable {
    let house: WorkspaceHouse

    /// Who asks, by the session's cookie; nil if nobody is signed in.
    func visitor(of request: Request, now: Instant) async throws -> SignedInPerson? {
        guard let secret = CookieJar(request.headers[values: .cookie])[SetCookie.name(SessionCookies.session)],
            let session = BearerSecret(secret, kind: .session),
            let visitor = try await house.office.person(withSession: session.digest, now: now)
        else { return nil }
        try await house.office.touchSession(session.digest, seenAt: visitor.seenAt, now: now)
        return visitor
    }

    func answer(_ place: WorkspacePlace, _ query: String, _ request: Request) async throws -> Response {
        let now = house.clock()
        guard let visitor = try await visitor(of: request, now: now) else {
            guard request.method == .get || request.method == .head else { throw Failure(.forbidden, "error.signed-out") }
            // A link that was sent is still good after signing in.
            let secret = place == .address ? try FormBody(parsing: Array(query.utf8)).first("secret") : nil
            let wanted = WorkspaceContext.address(place, query: secret.map { [("secret", $0)] } ?? [])
            return redirect(to: Address(segments: ["sign-in"], query: [(SafeReturnPath.field, wanted.text)]))
        }
        let context = WorkspaceContext(
            house: house, visitor: visitor, place: place, query: try FormBody(parsing: Array(query.utf8)), now: now,
            agent: request.headers[.userAgent] ?? "", seen: SeenCookie(request.headers[values: .cookie]),
            path: request.head.path ?? "/workspace")
        switch request.method {
        case .post:
            try context.requireReader()
            return try await respond(to: try await context.submit(try await form(of: request, in: context)), in: context)
        default:
            if let file = try await context.file() { return Self.response(file) }
            return try await html(try await context.page(), in: context, status: .ok)
        }
    }

    private func form(of request: Request, in context: WorkspaceContext) async throws -> any NamedValues {
        guard context.takesFiles, isMultipart(request) else { return try await request.formBody() }
        // Before the files are read: whoever may not send any has nothing to send.
        try await context.requireSender()
        return try await request.multipartBody(limits: context.fileLimits)
    }

    private func isMultipart(_ request: Request) -> Bool {
        request.headers[.contentType]?.lowercased().hasPrefix("multipart/") ?? false
    }

    private func respond(to answer: WorkspaceAnswer, in context: WorkspaceContext) async throws -> Response {
        switch answer {
        case .done(let address, let seen):
            var response = redirect(to: address)
            if let seen {
                // Not a secret, and read by the public pages too.
                response.headers[values: .setCookie].append(
                    "\(SeenCookie.name)=\(seen.fund):\(seen.sequence); Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax")
            }
            return response
        case .doneSetting(let cookies, let address): return setting(cookies, redirect(to: address))
        case .pageSetting(let cookies, let page): return setting(cookies, try await html(page, in: context, status: .ok))
        case .json(let json):
            let bytes = json.bytes
            let headers: HTTPFields = [
                .contentType: PageFormat.json.contentType, .contentLength: String(bytes.count), .cacheControl: "no-store", .vary: "Cookie",
            ]
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .signedOut:
            let address = Address(segments: SignInPlace.signIn.segments, query: [("notice", "signed-out")])
            return setting([SessionCookies.session, SessionCookies.device].compactMap(SetCookie.forgetting), redirect(to: address))
        case .page(let page, let isRefused):
            return try await html(page, in: context, status: isRefused ? .unprocessableContent : .ok)
        }
    }

    private func html(_ page: WorkspacePage, in context: WorkspaceContext, status: HTTPResponse.Status) async throws -> Response {
        let frame = try await context.frame(names: page.names)
        let bytes = house.layout.document(
            title: page.title, in: frame, at: context.path, lead: page.lead, notice: page.notice, hasScript: context.hasScript
        ) { page.content }
        return Self.response(status, bytes, house.say.language)
    }

    private func setting(_ cookies: [SetCookie], _ response: Response) -> Response {
        var response = response
        for cookie in cookies { response.headers[values: .setCookie].append(cookie.headerValue) }
        return response
    }

    /// A page that no cache keeps.
    static func response(_ status: HTTPResponse.Status, _ bytes: [UInt8], _ language: Language) -> Response {
        let headers: HTTPFields = [
            .contentType: PageFormat.html.contentType, .contentLength: String(bytes.count), .cacheControl: "no-store",
            .contentLanguage: language.code, .vary: SiteLanguages.varying,
        ]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A file that a browser keeps and never shows as a page of this site.
    private static func response(_ file: WorkspaceFile) -> Response {
        let headers: HTTPFields = [
            .contentType: file.contentType, .contentLength: String(file.bytes.count), .cacheControl: "no-store", .vary: "Cookie",
            .contentDisposition: "attachment; filename=\"\(file.name)\"",
        ]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    private func redirect(to address: Address) -> Response {
        Response(status: .seeOther, headers: [.location: address.text, .contentLength: "0", .cacheControl: "no-store"])
    }
}
