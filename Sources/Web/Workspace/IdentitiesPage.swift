internal import OpenIDConnect
internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// The accounts at identity providers by which the visitor signs in.
    func identitiesPage(refusals: [String] = []) async throws -> WorkspacePage {
        let identities = try await office.linkedIdentities(of: visitor.id)
        guard let account = try await office.signInAccount(of: visitor.id, now: now) else { throw Failure.notFound }
        return WorkspacePage(
            title: say("identities.title"), lead: .text(say("identities.lead")), notice: identitiesNotice,
            content: .fragment {
                if !refusals.isEmpty {
                    Form(action: Self.address(.identities), fields: [], buttons: [], refusals: refusals).errorSummary(say)
                }
                identities.map { identity in identityBlock(identity) }
                workspaceBlock(say("identities.more")) {
                    if identities.isEmpty { p { say("identities.none") } }
                    linkForm(account)
                }
            })
    }

    private var identitiesNotice: PageNotice? {
        switch query.first("notice") {
        case "linked": PageNotice(kind: .success, text: .text(say("identities.linked.done")))
        case "unlinked": PageNotice(kind: .success, text: .text(say("identities.unlinked.done")))
        default: nil
        }
    }

    /// Unlinks one.
    func submitIdentities(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        guard let issuer = form.first("issuer"), let subject = form.first("subject") else { throw Failure.formUnreadable }
        let change = ChangeAccess.unlinking(LinkedIdentity(issuer: issuer, subject: subject), from: visitor.id)
        do {
            _ = try await office.perform(change, by: visitor.actor)
        } catch let refusal as Refusal where refusal.kind != .right {
            return .page(try await identitiesPage(refusals: [Self.sentence(refusal)]))
        }
        return .done(Self.address(.identities, query: [("notice", "unlinked")]))
    }

    private func identityBlock(_ identity: LinkedIdentity) -> Markup {
        workspaceBlock(name(of: identity)) {
            factList([
                (say("identities.subject"), code { identity.subject }),
                (
                    say("identities.linked"),
                    .text(identity.linkedAt.map { house.wording.date($0.civilDate(secondsFromGMT: 0)) } ?? "")
                ),
            ])
            div(.class("buttons")) {
                singleButtonForm(
                    FormButton(label: say("identities.unlink", ["name": .text(name(of: identity))]), weight: .danger),
                    action: Self.address(.identities), hidden: [.hidden("issuer", identity.issuer), .hidden("subject", identity.subject)])
            }
        }
    }

    private func name(of identity: LinkedIdentity) -> String {
        guard let provider = house.provider?.identityProvider.provider, provider.issuer == identity.issuer else { return identity.issuer }
        return provider.name
    }

    private func linkForm(_ account: SignInAccount) -> Markup {
        guard let entrance = house.provider else { return p { say("identities.no-provider") } }
        let (button, address) = (
            FormButton(label: say("identities.link", ["name": .text(entrance.name)])), Address(segments: SignInPlace.provider.segments)
        )
        let link = FormField.hidden(ProviderSignIn.linkField, FormField.ticked)
        let password = passwordAgain(account, [:])
        guard !password.isEmpty else { return singleButtonForm(button, action: address, hidden: [link]) }
        return Form(action: address, fields: password + [link], buttons: [button]).markup(say)
    }
}
