internal import Credentials
internal import HTML
internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import NIOCore
internal import PooledFund

/// Answers what people ask for on their way into the workspace, and out of it.
struct SignInRequests: Sendable {
    let house: WorkspaceHouse

    /// - Parameter peer: the address at the other end of the connection.
    func answer(_ place: SignInPlace, _ query: String, _ request: Request, from peer: String?) async throws -> Response {
        let context = SignInContext(
            house: house, place: place, query: try FormBody(parsing: Array(query.utf8)),
            cookies: CookieJar(request.headers[values: .cookie]),
            agent: request.headers[.userAgent] ?? "", address: ClientAddress.prefix(of: request, peer: peer), now: house.clock())
        if place == .provider || place == .providerReturn { return try await context.visitProvider(request) }
        let answer = try await request.method == .post ? context.submit(try await request.formBody()) : context.page()
        return response(to: answer, at: request.head.path ?? "/sign-in")
    }

    /// - Parameter path: as it was asked for.
    private func response(to answer: SignInAnswer, at path: String) -> Response {
        var response: Response
        switch answer.content {
        case .redirect(let path):
            response = Response(status: .seeOther, headers: [.location: path, .contentLength: "0", .cacheControl: "no-store"])
        case .page(let page, let status):
            let frame = WorkspaceFrame(title: house.say("product.name"), home: Address(path: "/"), signedIn: nil, sections: [])
            let bytes = house.layout.document(title: page.title, in: frame, at: path, lead: page.lead, notice: page.notice) {
                page.content
            }
            response = WorkspaceRequests.response(status, bytes, house.say.language)
        }
        for cookie in answer.cookies { response.headers[values: .setCookie].append(cookie.headerValue) }
        if let seconds = answer.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }
}

extension SignInContext {
    func page() async throws -> SignInAnswer {
        switch place {
        case .signIn: .page(try await signInPage())
        case .secondFactor: try await codePage()
        case .recoveryCode: try await recoveryPage()
        case .forgotten: .page(forgottenPage())
        case .invitation: try await invitationPage()
        case .newPassword: try await newPasswordPage()
        case .demonstration, .provider, .providerReturn, .signOut: throw Failure.notFound
        }
    }

    func submit(_ form: FormBody) async throws -> SignInAnswer {
        switch place {
        case .signIn: try await submitPassword(form)
        case .secondFactor: try await submitCode(form)
        case .recoveryCode: try await submitRecoveryCode(form)
        case .forgotten: try await submitForgotten(form)
        case .invitation: try await submitInvitation(form)
        case .newPassword: try await submitNewPassword(form)
        case .demonstration: try await submitDemonstration(form)
        case .signOut: try await submitSignOut()
        case .provider, .providerReturn: throw Failure.notFound
        }
    }
}
