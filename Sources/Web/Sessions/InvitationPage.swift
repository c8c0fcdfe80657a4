internal import Credentials
internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension SignInContext {
    /// What somebody is invited to, and the password with which they join.
    func invitationPage() async throws -> SignInAnswer {
        switch try await follow(.join) {
        case .closed(let page): .page(page, .gone)
        case .open(let link, let account): .page(try await invitation(link, account))
        }
    }

    private func invitation(_ link: EntryLink, _ account: SignInAccount, errors: [String: String] = [:], other: [String] = []) async throws
        -> WorkspacePage
    {
        let holdings = try await office.holdings(of: link.person, now: now)
        var invited: [Markup] = []
        for holding in holdings { invited.append(try await item(holding)) }
        let form = Form(
            action: Self.address(.invitation),
            fields: [.hidden("secret", query.first("secret") ?? "")]
                + (try await choice(account)).fields(errors: errors),
            buttons: [FormButton(label: say("invitation.button"))], errors: other)
        return WorkspacePage(
            title: say("invitation.title"),
            lead: say.markup("invitation.lead", ["name": bdi { account.particulars.name }, "email": bdi { account.particulars.email }]),
            content: .fragment {
                workspaceBlock(say("invitation.roles"), note: .text(say("invitation.once"))) {
                    invited.isEmpty ? p { say("invitation.no-roles") } : ul(.class("plain")) { invited.map { role in li { role } } }
                }
                form.markup(say)
            })
    }

    private func item(_ holding: RoleHolding) async throws -> Markup {
        let party = try await house.partyName(holding)
        let fund = try await house.fundName(holding.fund)
        return say.markup(
            "invitation.role",
            ["role": strong { house.wording.role(holding.role) }, "fund": bdi { fund }, "organization": bdi { party }])
    }

    /// The password is not to be made of what everybody knows of the person.
    func choice(_ account: SignInAccount) async throws -> PasswordChoice {
        var names: [String] = []
        for fund in office.funds.prefix(5) { names.append(try await house.fundName(fund)) }
        return PasswordChoice(say: say, context: [account.particulars.email, account.particulars.name, say("product.name")] + names)
    }

    func submitInvitation(_ form: FormBody) async throws -> SignInAnswer {
        // The page is made anew from the form's secret.
        let context = withSecret(of: form)
        switch try await context.follow(.join) {
        case .closed(let page): return .page(page, .gone)
        case .open(let link, let account):
            let password: Password
            switch try await choice(account).read(form) {
            case .wrong(let errors): return .refused(try await context.invitation(link, account, errors: errors))
            case .chosen(let chosen): password = chosen
            }
            let hash: PasswordHash
            do {
                hash = try await house.gate.work.hash(of: password, cost: house.gate.cost)
            } catch PasswordWorkFault.tooBusy {
                return tooBusy(try await context.invitation(link, account, other: [say("sign-in.busy")]))
            }
            let (session, cookies) = SessionCookies.opening(account.id, .password, agent: agent)
            let joining = ChangeAccess.joining(account.id, by: link.digest, passwordHash: hash.text, opening: session, now: now)
            do {
                _ = try await office.perform(joining, by: .person(account.id, through: .invitation(digest: link.digest)))
            } catch is Refusal {
                // Followed at the same moment elsewhere.
                guard case .closed(let page) = try await context.follow(.join) else { throw Failure.notFound }
                return .page(page, .gone)
            }
            if let old = sessionDigest { try await office.endSession(old) }
            return try await entering(session, cookies)
        }
    }

    /// The same with the secret in the place where a followed link has it.
    func withSecret(of form: FormBody) -> SignInContext {
        SignInContext(
            house: house, place: place, query: FormBody([NamedValue(name: "secret", value: form.first("secret") ?? "")]), cookies: cookies,
            agent: agent, address: address, now: now)
    }
}
