internal import Credentials
internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

/// What a page on the way into the workspace is made of.
struct SignInContext: Sendable {
    let house: WorkspaceHouse
    let place: SignInPlace
    let query: FormBody
    let cookies: CookieJar
    /// What the browser calls itself.
    let agent: String
    /// Where the request comes from.
    let address: AddressPrefix
    let now: Instant

    var say: Catalogue { house.say }
    var office: Office { house.office }

    static func address(_ place: SignInPlace, query: [(String, String)] = []) -> Address {
        Address(segments: place.segments, query: query)
    }

    func link(_ place: SignInPlace, _ text: String, query: [(String, String)] = []) -> Markup {
        a(.href(Self.address(place, query: query))) { text }
    }

    /// The digest of the session's secret that the browser brings, signed in or not.
    var sessionDigest: [UInt8]? {
        cookies[SetCookie.name(SessionCookies.session)].flatMap { BearerSecret($0, kind: .session)?.digest }
    }

    /// The digest of the secret by which the browser may be known.
    var deviceDigest: [UInt8]? {
        cookies[SetCookie.name(SessionCookies.device)].flatMap { BearerSecret($0, kind: .device)?.digest }
    }

    /// Whoever gave the password in this browser and is to give a code.
    func accountAwaitingCode() async throws -> (account: SignInAccount, session: [UInt8])? {
        guard let session = sessionDigest, let person = try await office.personAwaitingCode(session, now: now),
            let account = try await office.signInAccount(of: person, device: deviceDigest, now: now)
        else { return nil }
        return (account, session)
    }

    /// An attempt at a secret of an account.
    func attempt(_ account: String, knowsDevice: Bool) -> Throttle.Attempt {
        Throttle.Attempt(account: account, device: knowsDevice ? deviceDigest : nil, address: address)
    }

    // MARK: Where to go afterwards

    func returnPath(_ form: (any NamedValues)? = nil) -> SafeReturnPath? {
        SafeReturnPath(form?.first(SafeReturnPath.field) ?? query.first(SafeReturnPath.field))
    }

    func returnQuery(_ form: (any NamedValues)? = nil) -> [(String, String)] {
        returnPath(form).map { [(SafeReturnPath.field, $0.text)] } ?? []
    }

    func returnFields(_ form: (any NamedValues)? = nil) -> [FormField] {
        returnPath(form).map { [.hidden(SafeReturnPath.field, $0.text)] } ?? []
    }

    /// Lets in whoever has just signed in.
    func entering(_ session: NewSession, _ cookies: [SetCookie], _ form: (any NamedValues)? = nil) async throws -> SignInAnswer {
        .redirect(try await destination(of: session, form), cookies + (try await languageCookies(of: session)))
    }

    /// What brings the language that somebody chose in another browser to this one.
    func languageCookies(of session: NewSession) async throws -> [SetCookie] {
        // Whoever owes a code is nobody yet, and the ready accounts of a demonstration are everybody's.
        guard ![.awaitingCode, .demonstration].contains(session.stage),
            let chosen = try await office.noticePreference(of: session.person)?.language,
            house.layout.languages.contains(where: { $0.code == chosen })
        else { return [] }
        return LanguageCookie.choosing(chosen).map { [$0] } ?? []
    }

    /// Where somebody goes who has just signed in: to what they asked for, or first to a second factor if a role asks for one that they
    /// have not.
    func destination(of session: NewSession, _ form: (any NamedValues)? = nil) async throws -> String {
        let visitor = try await office.person(withSession: session.digest, now: now)
        if visitor?.lacksSecondFactor ?? false { return WorkspaceContext.address(.secondFactor).text }
        return returnPath(form)?.text ?? WorkspaceContext.address(.desk).text
    }
}

/// What somebody gets on the way in.
struct SignInAnswer: Sendable {
    enum Content: Sendable {
        case page(WorkspacePage, HTTPResponse.Status)
        /// On to another page of this site.
        case redirect(String)
    }

    let content: Content
    var cookies: [SetCookie] = []
    /// After how many seconds it may be tried again.
    var retryAfter: Int?

    static func page(_ page: WorkspacePage, _ status: HTTPResponse.Status = .ok) -> SignInAnswer {
        SignInAnswer(content: .page(page, status))
    }
    static func refused(_ page: WorkspacePage) -> SignInAnswer { .page(page, .unprocessableContent) }
    static func redirect(_ path: String, _ cookies: [SetCookie] = []) -> SignInAnswer {
        SignInAnswer(content: .redirect(path), cookies: cookies)
    }
}
