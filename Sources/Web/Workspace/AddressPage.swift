internal import Credentials
internal import HTML
internal import HTTPTypes
internal import PooledFund

extension WorkspaceContext {
    /// Asks for another address; or, where the link that was sent there is followed, makes it one's own.
    func addressPage(
        _ form: (any NamedValues)? = nil, errors: [String: String] = [:], refusal: String? = nil, other: [String] = []
    ) async throws -> WorkspacePage {
        let waiting = try await office.addressChange(of: visitor.id, now: now)
        if let secret = query.first("secret") { return addressProof(secret, waiting) }
        guard let account = try await office.signInAccount(of: visitor.id, now: now) else { throw Failure.notFound }
        let email = FormField(
            "email", label: say("address.new"), kind: .email(autofill: .email), value: form?.first("email"),
            refusals: refusal.map { [$0] } ?? [])
        return WorkspacePage(
            title: say("address.title"),
            lead: say.markup("address.lead", ["email": bdi { visitor.particulars.email }]),
            notice: waiting.map { waiting in
                PageNotice(
                    kind: .information,
                    text: say.markup(
                        "address.waits",
                        ["email": bdi { waiting.email }, "moment": .text(house.wording.moment(waiting.expiresAt))]))
            },
            content: .fragment {
                Form(
                    action: Self.address(.address), fields: [.hidden("do", "ask"), email] + currentPassword(account, errors),
                    buttons: [FormButton(label: say("address.button"))], errors: other,
                    consequences: [say("address.consequence.link"), say("address.consequence.old")]
                ).markup(say)
                if waiting != nil {
                    Form(
                        action: Self.address(.address), fields: [.hidden("do", "forget")],
                        buttons: [FormButton(label: say("address.forget"), weight: .danger)]
                    ).markup(say)
                }
            })
    }

    /// The current password, of whoever has one.
    func currentPassword(_ account: SignInAccount, _ errors: [String: String]) -> [FormField] {
        guard account.passwordHash != nil else { return [] }
        return [
            FormField(
                "current-password", label: say("settings.current-password"), kind: .currentPassword,
                errors: errors["current-password"].map { [$0] } ?? [])
        ]
    }

    private func addressProof(_ secret: String, _ waiting: AddressChange?) -> WorkspacePage {
        guard let waiting, let link = BearerSecret(secret, kind: .emailLink), link.digest == waiting.digest else {
            return WorkspacePage(
                title: say("address.closed.title"), lead: .text(say("address.closed")),
                content: p { link(.address, say("address.again")) })
        }
        return WorkspacePage(
            title: say("address.proof.title"),
            lead: say.markup(
                "address.proof", ["email": bdi { waiting.email }, "former": bdi { visitor.particulars.email }]),
            content: Form(
                action: Self.address(.address), fields: [.hidden("do", "change"), .hidden("secret", secret)],
                buttons: [FormButton(label: say("address.proof.button"))], consequences: [say("address.consequence.mail")]
            ).markup(say))
    }

    func submitAddress(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        guard case .session(let session) = visitor.passage, visitor.level != .demonstration else {
            throw Failure(.forbidden, "error.not-in-demonstration")
        }
        switch form.first("do") {
        case "ask": return try await askForAddress(form, session)
        case "forget":
            try await office.forgetAddressChange(of: visitor.id)
            return .done(Self.address(.address))
        case "change":
            let link = BearerSecret(form.first("secret") ?? "", kind: .emailLink)?.digest ?? []
            do {
                _ = try await office.perform(ChangeAddress(person: visitor.id, link: link), by: visitor.actor)
            } catch let refusal as Refusal where refusal.kind != .right {
                return .page(
                    WorkspacePage(
                        title: say("address.closed.title"), lead: inEnglish(Self.sentence(refusal), say),
                        content: p { self.link(.address, say("address.again")) }))
            }
            return .done(Self.address(.settings, query: [("notice", "address")]))
        default: throw Failure.formUnreadable
        }
    }

    private func askForAddress(_ form: any NamedValues, _ session: [UInt8]) async throws -> WorkspaceAnswer {
        if let refused = try await refusalOfPassword(form.first("current-password") ?? "") {
            let other = try await lacksPassword() ? [refused] : []
            return .page(try await addressPage(form, errors: ["current-password": refused], other: other))
        }
        let attempt = Throttle.Attempt(account: visitor.id, device: session, address: AddressPrefix(""))
        if case .wait(let seconds) = house.gate.mails.count(attempt, now: now) {
            return .page(try await addressPage(form, other: [say("sign-in.wait.minutes", ["count": .number((seconds + 59) / 60)])]))
        }
        do {
            try await office.askForAddress(form.first("email") ?? "", of: visitor.id, now: now)
        } catch let refusal as Refusal {
            return .page(try await addressPage(form, refusal: Self.sentence(refusal)))
        }
        return .done(Self.address(.address))
    }
}
