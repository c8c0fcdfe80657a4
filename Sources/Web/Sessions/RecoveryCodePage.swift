internal import Credentials
internal import HTML
internal import Ledger
internal import PooledFund

extension SignInContext {
    /// A recovery code in place of the app's, for whoever lost the telephone.
    func recoveryPage() async throws -> SignInAnswer {
        guard try await accountAwaitingCode() != nil else { return startAgain }
        return .page(recoveryForm())
    }

    private func recoveryForm(_ form: FormBody? = nil, error: String? = nil) -> WorkspacePage {
        let code = FormField(
            "code", label: say("sign-in.recovery"), help: say("sign-in.recovery.help"), kind: .text(),
            errors: error.map { [$0] } ?? [])
        return WorkspacePage(
            title: say("sign-in.recovery.title"), lead: .text(say("sign-in.recovery.lead")),
            content: .fragment {
                Form(
                    action: Self.address(.recoveryCode), fields: [code] + returnFields(form),
                    buttons: [FormButton(label: say("sign-in.code.button"))]
                ).markup(say)
                p(.class("aside")) { link(.secondFactor, say("sign-in.recovery.back"), query: returnQuery(form)) }
                p(.class("aside dim")) { say("sign-in.recovery.none-left") }
            })
    }

    func submitRecoveryCode(_ form: FormBody) async throws -> SignInAnswer {
        guard let (account, awaiting) = try await accountAwaitingCode() else { return startAgain }
        let attempt = attempt(account.id, knowsDevice: account.knowsDevice)
        if case .wait(let seconds) = house.gate.codes.count(attempt, now: now) {
            return tooMany(seconds, recoveryForm(form, error: waitSentence(seconds)))
        }
        guard let code = RecoveryCode(entered: form.first("code") ?? "") else {
            return .refused(recoveryForm(form, error: say("sign-in.recovery.wrong")))
        }
        let (session, cookies) = SessionCookies.opening(account.id, .secondFactor, agent: agent)
        let change = ChangeAccess.usingRecoveryCode(account.id, code.digest, awaiting: awaiting, opening: session, now: now)
        do {
            _ = try await office.perform(change, by: .person(account.id, through: .awaitingCode(digest: awaiting)))
        } catch is Refusal {
            return .refused(recoveryForm(form, error: say("sign-in.recovery.wrong")))
        }
        house.gate.codes.succeed(attempt)
        return try await entering(session, cookies, form)
    }
}
