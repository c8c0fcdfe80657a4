internal import Credentials
internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund

extension SignInContext {
    /// A new password, by the link that was asked for.
    func newPasswordPage() async throws -> SignInAnswer {
        switch try await follow(.newPassword) {
        case .closed(let page): .page(page, .gone)
        case .open(_, let account): .page(try await newPassword(account))
        }
    }

    private func newPassword(_ account: SignInAccount, errors: [String: String] = [:], other: [String] = []) async throws -> WorkspacePage {
        let form = Form(
            action: Self.address(.newPassword),
            fields: [.hidden("secret", query.first("secret") ?? "")]
                + (try await choice(account)).fields(errors: errors),
            buttons: [FormButton(label: say("new-password.button"))], errors: other, consequences: [say("new-password.consequence")])
        return WorkspacePage(
            title: say("new-password.title"), lead: say.markup("new-password.lead", ["email": bdi { account.particulars.email }]),
            content: form.markup(say))
    }

    func submitNewPassword(_ form: FormBody) async throws -> SignInAnswer {
        let context = withSecret(of: form)
        switch try await context.follow(.newPassword) {
        case .closed(let page): return .page(page, .gone)
        case .open(let link, let account):
            let password: Password
            switch try await choice(account).read(form) {
            case .wrong(let errors): return .refused(try await context.newPassword(account, errors: errors))
            case .chosen(let chosen): password = chosen
            }
            let hash: PasswordHash
            do {
                hash = try await house.gate.work.hash(of: password, cost: house.gate.cost)
            } catch PasswordWorkFault.tooBusy {
                return tooBusy(try await context.newPassword(account, other: [say("sign-in.busy")]))
            }
            let change = ChangeAccess.choosingPassword(account.id, by: link.digest, passwordHash: hash.text, now: now)
            do {
                _ = try await office.perform(change, by: .person(account.id, through: .invitation(digest: link.digest)))
            } catch is Refusal {
                guard case .closed(let page) = try await context.follow(.newPassword) else { throw Failure.notFound }
                return .page(page, .gone)
            }
            // Who has the mailbox has not yet shown the second factor.
            return .redirect(
                Self.address(.signIn, query: [("notice", "new-password")]).text,
                [SetCookie.forgetting(SessionCookies.session)].compactMap { $0 })
        }
    }
}
