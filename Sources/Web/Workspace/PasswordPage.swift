internal import Credentials
internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund

extension WorkspaceContext {
    /// Changes the password, for whoever knows the one of now.
    func passwordPage(errors: [String: String] = [:], other: [String] = []) async throws -> WorkspacePage {
        guard let account = try await office.signInAccount(of: visitor.id, now: now) else { throw Failure.notFound }
        return WorkspacePage(
            title: say("settings.password.title"), lead: .text(say("settings.password.lead")),
            content: Form(
                action: Self.address(.password), fields: currentPassword(account, errors) + passwordChoice.fields(errors: errors),
                buttons: [FormButton(label: say("settings.password.button"))], errors: other,
                consequences: [say("settings.password.consequence")]
            ).markup(say))
    }

    private var passwordChoice: PasswordChoice {
        PasswordChoice(say: say, context: [visitor.particulars.email, visitor.particulars.name, say("product.name")] + visitor.funds)
    }

    func submitPassword(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        guard case .session = visitor.passage, visitor.level != .demonstration else {
            throw Failure(.forbidden, "error.not-in-demonstration")
        }
        if let refused = try await refusalOfPassword(form.first("current-password") ?? "") {
            return .page(try await passwordPage(errors: ["current-password": refused], other: try await lacksPassword() ? [refused] : []))
        }
        let chosen: Password
        switch passwordChoice.read(form) {
        case .wrong(let errors): return .page(try await passwordPage(errors: errors))
        case .chosen(let password): chosen = password
        }
        let hash: PasswordHash
        do {
            hash = try await house.gate.work.hash(of: chosen, cost: house.gate.cost)
        } catch PasswordWorkFault.tooBusy {
            return .page(try await passwordPage(other: [say("sign-in.busy")]))
        }
        let (session, cookies) = SessionCookies.opening(visitor.id, visitor.level.stage, agent: agent, knowsDevice: false)
        let change = ChangeAccess.changingPassword(visitor.id, passwordHash: hash.text, opening: session, now: now)
        _ = try await office.perform(change, by: visitor.actor)
        return .doneSetting(cookies, Self.address(.settings, query: [("notice", "password")]))
    }
}

extension PassageLevel {
    /// A session that replaces another proves the same.
    var stage: SessionStage {
        switch self {
        case .password: .password
        case .secondFactor: .secondFactor
        case .demonstration: .demonstration
        }
    }
}
