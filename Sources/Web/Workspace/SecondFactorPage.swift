internal import Credentials
internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund

extension WorkspaceContext {
    /// Sets up the second factor; for whoever has one, makes new recovery codes, and removes it where no role asks for it.
    func secondFactorPage() async throws -> WorkspacePage {
        guard let account = try await office.signInAccount(of: visitor.id, now: now) else { throw Failure.notFound }
        guard account.secondFactor != nil, query.first("do") != "replace" else { return setUpPage(TimeBasedCode(), account) }
        return haveSecondFactorPage(account)
    }

    // MARK: Setting up

    /// - Parameters:
    ///   - code: with the secret that is shown, which the form brings back: nothing is kept before it is confirmed.
    ///   - errors: by field; without a field, of the form.
    private func setUpPage(_ code: TimeBasedCode, _ account: SignInAccount, errors: [String: String] = [:]) -> WorkspacePage {
        let issuer = say("product.name")
        let address = code.address(account: visitor.particulars.email, issuer: issuer)
        let typed = FormField(
            "code", label: say("sign-in.code"), help: say("second-factor.code.help"), kind: .oneTimeCode,
            errors: errors["code"].map { [$0] } ?? [])
        let secret = Self.hexadecimal(code.secret)
        return WorkspacePage(
            title: say("settings.second-factor.title"),
            lead: .text(say(visitor.lacksSecondFactor ? "second-factor.lead.required" : "second-factor.lead")),
            content: .fragment {
                workspaceBlock(say("second-factor.step.app"), note: .text(say("second-factor.step.app.note"))) {
                    QRCode(address)?.markup(label: say("second-factor.qr")) ?? .empty
                    p { say("second-factor.by-hand") }
                    p(.class("secret")) { HTML.code { code.groupedSecret } }
                }
                workspaceBlock(say("second-factor.step.code"), note: .text(say("second-factor.step.code.note"))) {
                    Form(
                        action: Self.address(.secondFactor),
                        fields: [.hidden("do", "set-up"), .hidden("secret", secret)] + passwordAgain(account, errors) + [typed],
                        buttons: [FormButton(label: say("second-factor.button"))], errors: errors[""].map { [$0] } ?? []
                    ).markup(say)
                }
            })
    }

    private func setUp(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        guard case .session(let current) = visitor.passage, visitor.level != .demonstration else {
            throw Failure(.forbidden, "error.not-in-demonstration")
        }
        guard let code = Self.bytes(form.first("secret") ?? "").flatMap(TimeBasedCode.init(secret:)) else { throw Failure.formUnreadable }
        guard let account = try await office.signInAccount(of: visitor.id, now: now) else { throw Failure.notFound }
        if let refused = try await refusalOfPasswordAgain(form.first("current-password") ?? "") {
            return .page(setUpPage(code, account, errors: [account.passwordHash == nil ? "" : "current-password": refused]))
        }
        let typed = form.first("code") ?? ""
        guard let step = code.accepts(typed, at: now, lastStep: nil) else {
            return .page(setUpPage(code, account, errors: ["code": CodeRefusal(typed, of: code, at: now).sentence(say)]))
        }
        let recovery = RecoveryCode.ten()
        let (session, cookies) = SessionCookies.opening(visitor.id, .secondFactor, agent: agent, knowsDevice: false)
        let change = ChangeAccess.settingSecondFactor(
            visitor.id, SecondFactor(secret: code.secret, lastStep: step), recoveryCodes: recovery.map(\.digest), from: current,
            opening: session, now: now)
        _ = try await office.perform(change, by: visitor.actor)
        return .pageSetting(cookies, recoveryPage(recovery, "second-factor.set-up"))
    }

    /// The codes, this once.
    private func recoveryPage(_ codes: [RecoveryCode], _ notice: SentenceKey) -> WorkspacePage {
        WorkspacePage(
            title: say("recovery.title"), lead: .text(say("recovery.lead")), notice: PageNotice(kind: .success, text: .text(say(notice))),
            content: workspaceBlock(say("recovery.codes"), note: .text(say("recovery.note"))) {
                ol(.class("recovery-codes")) { codes.map { one in li { HTML.code { one.text } } } }
                p { buttonLink(say("recovery.done"), to: Self.address(.desk), weight: .primary) }
            })
    }

    // MARK: Having one

    private func haveSecondFactorPage(_ account: SignInAccount, error: String? = nil) -> WorkspacePage {
        let isRequired = isSecondFactorRequired
        return WorkspacePage(
            title: say("settings.second-factor.title"),
            lead: .text(say("settings.second-factor.set", ["count": .number(account.recoveryCodesLeft)])),
            content: .fragment {
                workspaceBlock(say("recovery.title"), note: .text(say("second-factor.renew.note"))) {
                    singleButtonForm(
                        FormButton(label: say("second-factor.renew"), weight: .secondary), action: Self.address(.secondFactor),
                        hidden: [.hidden("do", "recovery-codes")])
                }
                workspaceBlock(say("second-factor.replace.title"), note: .text(say("second-factor.replace.note"))) {
                    p {
                        buttonLink(say("second-factor.replace"), to: Self.address(.secondFactor, query: [("do", "replace")]))
                    }
                }
                workspaceBlock(
                    say("second-factor.remove.title"),
                    note: .text(say(isRequired ? "second-factor.remove.required" : "second-factor.remove.note"))
                ) {
                    isRequired ? p { say("second-factor.remove.lost") } : removalForm(error).markup(say)
                }
            })
    }

    private func removalForm(_ error: String?) -> Form {
        Form(
            action: Self.address(.secondFactor),
            fields: [
                .hidden("do", "remove"),
                FormField(
                    "code", label: say("sign-in.code"), help: say("sign-in.code.help"), kind: .oneTimeCode,
                    errors: error.map { [$0] } ?? []),
            ], buttons: [FormButton(label: say("second-factor.remove"), weight: .danger)])
    }

    /// Whether a role that the person holds asks for it, in any fund.
    private var isSecondFactorRequired: Bool {
        visitor.holdings.contains { (visitor.rules[$0.fund] ?? .strictest).secondFactor.contains($0.role) }
    }

    func submitSecondFactor(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        guard case .session(let current) = visitor.passage else { throw Failure.notFound }
        switch form.first("do") {
        case "set-up": return try await setUp(form)
        case "recovery-codes":
            guard try await office.signInAccount(of: visitor.id, now: now)?.secondFactor != nil else { throw Failure.formUnreadable }
            let codes = RecoveryCode.ten()
            let change = ChangeAccess.makingRecoveryCodes(visitor.id, codes.map(\.digest), from: current, now: now)
            _ = try await office.perform(change, by: visitor.actor)
            return .page(recoveryPage(codes, "recovery.replaced"), isRefused: false)
        case "remove": return try await remove(form, current)
        default: throw Failure.formUnreadable
        }
    }

    private func remove(_ form: any NamedValues, _ current: [UInt8]) async throws -> WorkspaceAnswer {
        guard !isSecondFactorRequired else { throw Failure(.forbidden, "error.second-factor-required") }
        guard let account = try await office.signInAccount(of: visitor.id, now: now), let factor = account.secondFactor,
            let code = TimeBasedCode(secret: factor.secret)
        else { throw Failure.formUnreadable }
        let typed = form.first("code") ?? ""
        let attempt = Throttle.Attempt(account: visitor.id, device: current, address: AddressPrefix(""))
        if case .wait(let seconds) = house.gate.codes.count(attempt, now: now) {
            return .page(haveSecondFactorPage(account, error: say("sign-in.wait.minutes", ["count": .number((seconds + 59) / 60)])))
        }
        guard code.accepts(typed, at: now, lastStep: factor.lastStep) != nil else {
            return .page(haveSecondFactorPage(account, error: CodeRefusal(typed, of: code, at: now).sentence(say)))
        }
        house.gate.codes.succeed(attempt)
        _ = try await office.perform(ChangeAccess.removingSecondFactor(visitor.id, from: current, now: now), by: visitor.actor)
        return .done(Self.address(.settings, query: [("notice", "second-factor-removed")]))
    }

    // MARK: The secret in the form

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count == 2 * TimeBasedCode.secretByteCount else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = hexadecimalDigit(digits[index]), let low = hexadecimalDigit(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }
}
