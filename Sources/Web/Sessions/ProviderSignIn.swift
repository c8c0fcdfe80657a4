internal import Credentials
internal import HTML
internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import Logging
internal import OpenIDConnect
internal import PooledFund

extension SignInContext {
    /// Answers whoever goes to the identity provider, or comes back from there.
    func visitProvider(_ request: Request) async throws -> Response {
        guard let entrance = house.provider else { throw Failure.notFound }
        let visitor = try await sessionDigest.asyncFlatMap { try await office.person(withSession: $0, now: now) }
        let signIn = ProviderSignIn(context: self, entrance: entrance, visitor: visitor)
        return request.method == .post ? try await signIn.leave(try await request.formBody()) : try await signIn.takeBack()
    }
}

/// Sends people to the identity provider and takes them in when they come back.
struct ProviderSignIn: Sendable {
    let context: SignInContext
    let entrance: ProviderEntrance
    /// Who is signed in already.
    let visitor: SignedInPerson?

    private var house: WorkspaceHouse { context.house }
    private var now: Instant { context.now }

    private static let log = Logger(label: "pooledfund.provider")

    /// The field of the form that links an account instead of signing in.
    static let linkField = "link"

    // MARK: Away

    /// Sends the browser to the provider.
    ///
    /// - Parameter form: with the page to return to; with ``linkField`` where the visitor links an account.
    func leave(_ form: FormBody) async throws -> Response {
        let isLinking = form.first(Self.linkField) != nil
        if isLinking, let refused = try await refusalOfLinking(form) { return refused }
        // The browser keeps a secret of which the state is the digest: whoever reads the address, or the record, has not got the secret.
        let secret = BearerSecret(.openIDState)
        let expected = ExpectedReturn(
            issuer: entrance.identityProvider.provider.issuer, nonce: BearerSecret(.openIDState).text,
            verifier: BearerSecret(.openIDState).text, returnPath: SafeReturnPath(form.first(SafeReturnPath.field))?.text ?? "",
            linkingPerson: isLinking ? visitor?.id : nil)
        let address: String
        do {
            address = try await entrance.identityProvider.address(
                for: ProviderVisit(state: Self.state(secret.digest), nonce: expected.nonce, verifier: expected.verifier),
                returnAddress: entrance.returnAddress, now: now)
        } catch {
            return page(of: error)
        }
        // Anybody can be sent away: by where they come from, not without end.
        let attempt = Throttle.Attempt(account: "provider", device: nil, address: context.address)
        if case .wait = house.gate.visits.count(attempt, now: now) { throw Failure(.tooManyRequests, "error.too-many-visits") }
        guard let away = Address(address) else { return page(of: .unusableDescription("its address for people cannot be linked to")) }
        try await house.office.expect(expected, secret.digest, now: now)
        var response = onwards(to: away)
        set(Self.cookie(secret.text, maximumAge: Int(ExpectedReturn.patience)), in: &response)
        return response
    }

    /// Whoever finds a browser open links no account of theirs to another's.
    private func refusalOfLinking(_ form: FormBody) async throws -> Response? {
        guard let visitor else { throw Failure(.forbidden, "error.signed-out") }
        let page = WorkspaceContext(house: house, visitor: visitor, place: .identities, query: FormBody([]), now: now)
        guard let reason = try await page.refusalOfPasswordAgain(form.first("current-password") ?? "") else { return nil }
        return linkRefused(.text(reason))
    }

    private func linkRefused(_ reason: Markup) -> Response {
        page(.unprocessableContent, title: house.say("provider.link.refused"), lead: reason) {
            p { a(.href(WorkspaceContext.address(.identities))) { house.say("identities.title") } }
        }
    }

    /// A page that goes on to the provider by itself.
    ///
    /// Not a redirect: browsers hold the `form-action` of our policy against every address that a form's answer redirects to, those of the
    /// provider's own further redirects too, which nobody here can know.
    private func onwards(to address: Address) -> Response {
        let title = house.say("provider.leaving.title", ["name": .text(entrance.name)])
        var response = page(.ok, title: title, lead: .text(house.say("provider.leaving.lead"))) {
            p { a(.class("button button-primary"), .href(address)) { house.say("provider.leaving.go", ["name": .text(entrance.name)]) } }
        }
        if let refresh = HTTPField.Name("Refresh") { response.headers[refresh] = "0; url=\(address.text)" }
        return response
    }

    /// What comes back in the address: the digest in hexadecimal digits.
    private static func state(_ digest: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
    }

    // MARK: Back

    /// Takes in whoever comes back.
    func takeBack() async throws -> Response {
        var response = try await answer(context.query)
        set(SetCookie.forgetting(ProviderEntrance.cookie), in: &response)
        return response
    }

    private func answer(_ query: FormBody) async throws -> Response {
        guard let text = context.cookies[SetCookie.name(ProviderEntrance.cookie)],
            let secret = BearerSecret(text, kind: .openIDState), query.first("state") == Self.state(secret.digest),
            let expected = try await house.office.takeReturn(secret.digest, now: now),
            expected.issuer == entrance.identityProvider.provider.issuer
        else { return startAgain(.badRequest, house.say("provider.fault.visit", ["name": .text(entrance.name)])) }
        if let error = query.first("error") { return refused(error) }
        guard let code = query.first("code"), code.utf8.count <= Self.codeLimit else {
            return startAgain(.badRequest, house.say("provider.fault.visit", ["name": .text(entrance.name)]))
        }
        let identity: ProviderIdentity
        do {
            identity = try await entrance.identityProvider.identity(
                code: code, issuer: query.first("iss"),
                for: ProviderVisit(state: "", nonce: expected.nonce, verifier: expected.verifier), returnAddress: entrance.returnAddress,
                now: now)
        } catch {
            return page(of: error)
        }
        let linked = LinkedIdentity(issuer: identity.issuer, subject: identity.subject)
        if let person = expected.linkingPerson { return try await link(linked, to: person) }
        return try await admit(linked, identity.verifiedEmail, returnPath: expected.returnPath)
    }

    /// Longer codes than any provider's, in bytes.
    private static let codeLimit = 8_192

    private func link(_ identity: LinkedIdentity, to person: String) async throws -> Response {
        // Whoever signed in as another meanwhile links nothing to either.
        guard let visitor, visitor.id == person else { throw Failure(.forbidden, "error.signed-out") }
        do {
            _ = try await house.office.perform(ChangeAccess.linking(identity, to: person, now: now), by: visitor.actor)
        } catch let refusal as Refusal where refusal.kind != .right {
            return linkRefused(inEnglish(refusal.sentence, house.say))
        }
        return redirect(to: WorkspaceContext.address(.identities, query: [("notice", "linked")]).text)
    }

    private func admit(_ identity: LinkedIdentity, _ verifiedEmail: String?, returnPath: String) async throws -> Response {
        switch try await house.office.arrival(of: identity, verifiedEmail: verifiedEmail) {
        case .known(let person): return try await open(person, returnPath)
        case .invited(let person):
            guard try await join(person, by: identity) else {
                return startAgain(.conflict, house.say("provider.joined-meanwhile"))
            }
            return try await open(person, returnPath)
        case .notLinked: return notLinked()
        case .stranger: return try await uninvited(hasAddress: verifiedEmail != nil)
        }
    }

    /// The provider's word stands for the link of the invitation, so it acts by one: made here, sent to nobody, and used at once.
    private func join(_ person: String, by identity: LinkedIdentity) async throws -> Bool {
        let link = BearerSecret(.invitation)
        try await house.office.makeEntryLink(link.digest, to: person, for: .join, now: now)
        do {
            let action = ChangeAccess.joining(person, by: identity, now: now)
            _ = try await house.office.perform(action, by: .person(person, through: .invitation(digest: link.digest)))
            return true
        } catch is Refusal {
            return false
        }
    }

    /// - Parameter returnPath: empty for the desk.
    private func open(_ person: String, _ returnPath: String) async throws -> Response {
        guard let account = try await house.office.signInAccount(of: person, now: now) else { return try await uninvited(hasAddress: true) }
        // Whoever set a second factor up gives its code here too: a provider's word is worth a password, no more.
        let stage: SessionStage = account.secondFactor == nil ? .password : .awaitingCode
        let (session, cookies) = SessionCookies.opening(person, stage, agent: context.agent)
        try await house.office.open(session, replacing: context.sessionDigest, device: context.deviceDigest, now: now)
        let goal = SafeReturnPath(returnPath).map { [NamedValue(name: SafeReturnPath.field, value: $0.text)] } ?? []
        let form = FormBody(goal)
        let next =
            stage == .awaitingCode
            ? SignInContext.address(.secondFactor, query: context.returnQuery(form)).text
            : try await context.destination(of: session, form)
        var response = redirect(to: next)
        for cookie in try await cookies + context.languageCookies(of: session) { set(cookie, in: &response) }
        return response
    }

    // MARK: Pages

    private func refused(_ error: String) -> Response {
        let key: SentenceKey = error == "access_denied" ? "provider.fault.denied" : "provider.fault.unwilling"
        // Only printable ASCII, and not too much of it: what is logged is read on terminals.
        let shown = String(decoding: error.utf8.prefix(60).map { (0x20...0x7E).contains($0) ? $0 : 0x3F }, as: UTF8.self)
        Self.log.info("the identity provider sent somebody back with the error “\(shown)”")
        return startAgain(.forbidden, house.say(key, ["name": .text(entrance.name)]))
    }

    private func page(of fault: ProviderFault) -> Response {
        Self.log.warning("\(fault)")
        let name = Argument.text(entrance.name)
        switch fault {
        case .tooSlow: return startAgain(.gatewayTimeout, house.say("provider.fault.slow", ["name": name]))
        case .unreachable: return startAgain(.badGateway, house.say("provider.fault.unreachable", ["name": name]))
        case .unusableDescription, .clientRefused: return startAgain(.badGateway, house.say("provider.fault.settings", ["name": name]))
        case .codeRefused: return startAgain(.badRequest, house.say("provider.fault.code", ["name": name]))
        case .clocksDiffer(let minutes):
            return startAgain(.badGateway, house.say("provider.fault.clocks", ["name": name, "count": .number(minutes)]))
        case .unusableAnswer, .tokenRefused: return startAgain(.badGateway, house.say("provider.fault.token", ["name": name]))
        }
    }

    /// Nobody was signed in; says why, and offers both ways to try again.
    private func startAgain(_ status: HTTPResponse.Status, _ reason: String) -> Response {
        page(status, title: house.say("provider.failed.title"), lead: .text(reason)) { waysIn }
    }

    private func notLinked() -> Response {
        page(
            .forbidden, title: house.say("provider.not-linked.title"),
            lead: .text(house.say("provider.not-linked.lead", ["name": .text(entrance.name)]))
        ) { p { a(.class("button button-primary"), .href(Self.signInAddress)) { house.say("provider.sign-in-page") } } }
    }

    /// - Parameter hasAddress: whether the provider vouches for an address.
    private func uninvited(hasAddress: Bool) async throws -> Response {
        var contacts: [(fund: String, name: String, email: String)] = []
        for fund in house.office.funds.prefix(20) {
            guard let recorded = try await house.office.recordedFund(fund) else { continue }
            contacts.append((recorded.name, recorded.contact.name, recorded.contact.email))
        }
        let lead: SentenceKey = hasAddress ? "provider.uninvited.lead" : "provider.uninvited.no-address"
        return page(
            .forbidden, title: house.say("provider.uninvited.title"), lead: .text(house.say(lead, ["name": .text(entrance.name)]))
        ) {
            if !contacts.isEmpty {
                p { house.say("provider.uninvited.ask") }
                ul {
                    contacts.map { contact in
                        li {
                            "\(contact.fund): \(contact.name), "
                            if let address = Address("mailto:\(contact.email)") {
                                a(.href(address)) { contact.email }
                            } else {
                                contact.email
                            }
                        }
                    }
                }
            }
            p { a(.href(Self.signInAddress)) { house.say("provider.sign-in-page") } }
        }
    }

    private var waysIn: Markup {
        .fragment {
            singleButtonForm(
                FormButton(label: house.say("sign-in.provider", ["name": .text(entrance.name)])),
                action: SignInContext.address(.provider))
            p { a(.href(Self.signInAddress)) { house.say("provider.sign-in-page") } }
        }
    }

    private static let signInAddress = Address(segments: SignInPlace.signIn.segments)

    private func page(
        _ status: HTTPResponse.Status, title: String, lead: Markup, @MarkupBuilder content: () -> Markup
    ) -> Response {
        let frame = WorkspaceFrame(title: house.say("product.name"), home: Address(path: "/"), signedIn: nil, sections: [])
        return WorkspaceRequests.response(
            status, house.layout.document(title: title, in: frame, at: Self.signInAddress.text, lead: lead, content: content),
            house.say.language)
    }

    private func redirect(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .contentLength: "0", .cacheControl: "no-store"])
    }

    private static func cookie(_ value: String, maximumAge: Int) -> SetCookie? {
        SetCookie(ProviderEntrance.cookie, value: value, maximumAge: maximumAge)
    }

    private func set(_ cookie: SetCookie?, in response: inout Response) {
        if let cookie { response.headers[values: .setCookie].append(cookie.headerValue) }
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncFlatMap<Result>(_ transform: (Wrapped) async throws -> Result?) async rethrows -> Result? {
        guard let wrapped = self else { return nil }
        return try await transform(wrapped)
    }
}
