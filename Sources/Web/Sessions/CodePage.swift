internal import Credentials
internal import HTML
internal import Ledger
internal import PooledFund

extension SignInContext {
    /// The code of the authenticator app, after the password.
    func codePage() async throws -> SignInAnswer {
        guard try await accountAwaitingCode() != nil else { return startAgain }
        return .page(codeForm())
    }

    /// To the password, for whoever has not given it, or waited too long.
    var startAgain: SignInAnswer { .redirect(Self.address(.signIn, query: returnQuery()).text) }

    private func codeForm(_ form: FormBody? = nil, error: String? = nil) -> WorkspacePage {
        let code = FormField(
            "code", label: say("sign-in.code"), help: say("sign-in.code.help"), kind: .oneTimeCode, errors: error.map { [$0] } ?? [])
        return WorkspacePage(
            title: say("sign-in.code.title"), lead: .text(say("sign-in.code.lead")),
            content: .fragment {
                Form(
                    action: Self.address(.secondFactor), fields: [code] + returnFields(form),
                    buttons: [FormButton(label: say("sign-in.code.button"))]
                ).markup(say)
                p(.class("aside")) { link(.recoveryCode, say("sign-in.recovery.link"), query: returnQuery(form)) }
            })
    }

    func submitCode(_ form: FormBody) async throws -> SignInAnswer {
        guard let (account, awaiting) = try await accountAwaitingCode(), let factor = account.secondFactor,
            let codes = TimeBasedCode(secret: factor.secret)
        else { return startAgain }
        let typed = form.first("code") ?? ""
        guard !typed.isEmpty else { return .refused(codeForm(form, error: say("sign-in.code.missing"))) }
        let attempt = attempt(account.id, knowsDevice: account.knowsDevice)
        if case .wait(let seconds) = house.gate.codes.count(attempt, now: now) {
            return tooMany(seconds, codeForm(form, error: waitSentence(seconds)))
        }
        guard let step = codes.accepts(typed, at: now, lastStep: factor.lastStep) else {
            return .refused(codeForm(form, error: CodeRefusal(typed, of: codes, at: now).sentence(say)))
        }
        let (session, cookies) = SessionCookies.opening(account.id, .secondFactor, agent: agent)
        guard try await office.takeCode(atStep: step, awaiting: awaiting, opening: session, device: deviceDigest, now: now) else {
            // Taken at the same moment, by whoever saw it.
            return .refused(codeForm(form, error: say("sign-in.code.used")))
        }
        house.gate.codes.succeed(attempt)
        return try await entering(session, cookies, form)
    }
}
