internal import Credentials
internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// What is set up, the person's name and address, and the way out everywhere.
    func settingsPage(_ form: (any NamedValues)? = nil, errors: [String: String] = [:], refusals: [String] = []) async throws
        -> WorkspacePage
    {
        guard let account = try await office.signInAccount(of: visitor.id, now: now) else { throw Failure.notFound }
        let tokens = try await office.accessTokens(of: visitor.id).filter { $0.isValid(now: now) }
        return WorkspacePage(
            title: say("settings.title"), lead: .text(say("settings.lead")), notice: settingsNotice,
            content: .fragment {
                choiceOfLanguage(errors)
                workspaceBlock(say("settings.access"), note: .text(say("settings.access.note"))) { accessFacts(account, tokens) }
                workspaceBlock(say("settings.you"), note: .text(say("settings.you.note"))) {
                    factList([
                        (
                            say("sign-in.email"),
                            .fragment {
                                bdi { account.particulars.email }
                                " "
                                link(.address, say("settings.address"))
                            }
                        )
                    ])
                    particularsForm(account, form, errors, refusals).markup(say)
                }
                workspaceBlock(say("settings.more")) {
                    ul(.class("plain")) {
                        li { link(.identities, say("identities.title")) }
                        li { link(.notices, say("settings.notices")) }
                        li { link(.personalData, say("my-data.title")) }
                    }
                }
                workspaceBlock(say("settings.sign-out"), note: .text(say("settings.sign-out.note"))) { signOutForm(tokens) }
            })
    }

    private var settingsNotice: PageNotice? {
        switch query.first("notice") {
        case "language": PageNotice(kind: .success, text: .text(say("settings.language.saved")))
        case "saved": PageNotice(kind: .success, text: .text(say("settings.saved")))
        case "address": PageNotice(kind: .success, text: .text(say("settings.address.changed")))
        case "password": PageNotice(kind: .success, text: .text(say("settings.password.changed")))
        case "second-factor-removed": PageNotice(kind: .success, text: .text(say("settings.second-factor.removed")))
        default: nil
        }
    }

    private func accessFacts(_ account: SignInAccount, _ tokens: [AccessToken]) -> Markup {
        factList([
            (
                say("settings.password.title"),
                .fragment {
                    say(account.passwordHash == nil ? "settings.password.none" : "settings.password.set")
                    " "
                    link(.password, say(account.passwordHash == nil ? "settings.password.choose" : "settings.password.link"))
                }
            ),
            (
                say("settings.second-factor.title"),
                .fragment {
                    account.secondFactor == nil
                        ? say("settings.second-factor.none")
                        : say("settings.second-factor.set", ["count": .number(account.recoveryCodesLeft)])
                    " "
                    link(.secondFactor, say("settings.second-factor.link"))
                }
            ),
            (
                say("tokens.title"),
                .fragment {
                    tokens.isEmpty ? say("tokens.none") : say("settings.tokens.valid", ["count": .number(tokens.count)])
                    " "
                    link(.tokens, say("settings.tokens.link"))
                }
            ),
        ])
    }

    // MARK: Language

    /// Nothing where there is but one.
    private func choiceOfLanguage(_ errors: [String: String]) -> Markup {
        let languages = house.layout.languages
        guard languages.count > 1 else { return .empty }
        let field = FormField(
            LanguageChoice.field, label: say("settings.language.field"),
            kind: .radio(languages.map { Choice($0.code, $0.name, language: $0) }), value: say.language.code,
            errors: errors[LanguageChoice.field].map { [$0] } ?? [])
        return workspaceBlock(say("settings.language"), note: .text(say("settings.language.note"))) {
            Form(
                action: Self.address(.settings), fields: [.hidden("do", "choose-language"), field],
                buttons: [FormButton(label: say("settings.save"))]
            ).markup(say)
        }
    }

    private func chooseLanguage(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        guard let code = form.first(LanguageChoice.field), house.layout.languages.contains(where: { $0.code == code }),
            let cookie = LanguageCookie.choosing(code)
        else { return .page(try await settingsPage(form, errors: [LanguageChoice.field: say("settings.language.missing")])) }
        // The ready accounts of a demonstration are everybody's: there the browser alone keeps what was chosen.
        if visitor.level != .demonstration { try await office.prefer(language: code, of: visitor.id) }
        return .doneSetting([cookie], Self.address(.settings, query: [("notice", "language")]))
    }

    // MARK: Name

    private func particularsForm(
        _ account: SignInAccount, _ form: (any NamedValues)?, _ errors: [String: String], _ refusals: [String]
    ) -> Form {
        let name = FormField(
            "name", label: say("settings.name"), kind: .text(autofill: .name), value: form?.first("name") ?? account.particulars.name,
            errors: errors["name"].map { [$0] } ?? [])
        return Form(
            action: Self.address(.settings), fields: [.hidden("do", "amend"), name],
            buttons: [FormButton(label: say("settings.save"))], refusals: refusals)
    }

    private func signOutForm(_ tokens: [AccessToken]) -> Markup {
        let staying = tokens.count(where: \.outlivesSignOut)
        return Form(
            action: Self.address(.settings), fields: [.hidden("do", "sign-out-everywhere")],
            buttons: [FormButton(label: say("settings.sign-out.button"), weight: .danger)],
            consequences: [say("settings.sign-out.sessions")]
                + (tokens.count > staying ? [say("settings.sign-out.revoked", ["count": .number(tokens.count - staying)])] : [])
                + (staying > 0 ? [say("settings.sign-out.staying", ["count": .number(staying)])] : [])
        ).markup(say)
    }

    func submitSettings(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        switch form.first("do") {
        case "sign-out-everywhere":
            _ = try await office.perform(ChangeAccess.signingOutEverywhere(visitor.id, now: now), by: visitor.actor)
            return .signedOut
        case "choose-language": return try await chooseLanguage(form)
        case "amend": return try await amend(form)
        default: throw Failure.formUnreadable
        }
    }

    private func amend(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        // The ready accounts of a demonstration are found by their addresses.
        guard visitor.level != .demonstration else { throw Failure(.forbidden, "error.not-in-demonstration") }
        do {
            _ = try await office.perform(AmendParticulars(person: visitor.id, personName: form.first("name") ?? ""), by: visitor.actor)
        } catch let refusal as Refusal where refusal.kind != .right {
            return .page(try await settingsPage(form, refusals: [Self.sentence(refusal)]))
        }
        return .done(Self.address(.settings, query: [("notice", "saved")]))
    }

    /// Whether the visitor comes in by a provider alone: there is no field then that a refusal could stand at.
    func lacksPassword() async throws -> Bool { try await office.signInAccount(of: visitor.id, now: now)?.passwordHash == nil }

    /// The current password, where it is asked for again: of whoever has one, unless they have signed in a moment ago.
    func passwordAgain(_ account: SignInAccount, _ errors: [String: String]) -> [FormField] {
        visitor.isFresh(now: now) ? [] : currentPassword(account, errors)
    }

    /// What is wrong with the current password as it was typed, for a change that whoever has signed in a moment ago makes without it.
    func refusalOfPasswordAgain(_ typed: String) async throws -> String? {
        visitor.isFresh(now: now) ? nil : try await refusalOfPassword(typed)
    }

    /// What is wrong with the current password as it was typed; nil if nothing is. Whoever has none, since they come in by a provider, has to have done
    /// so a moment ago.
    func refusalOfPassword(_ typed: String) async throws -> String? {
        guard let account = try await office.signInAccount(of: visitor.id, now: now) else { return nil }
        guard let known = account.passwordHash else { return visitor.isFresh(now: now) ? nil : say("settings.sign-in-again") }
        // Whoever is signed in counts by the session, and takes nothing from others' attempts.
        guard case .session(let session) = visitor.passage else { return say("settings.current-password.wrong") }
        let attempt = Throttle.Attempt(account: visitor.id, device: session, address: AddressPrefix(""))
        if case .wait(let seconds) = house.gate.passwords.count(attempt, now: now) {
            return say("sign-in.wait.minutes", ["count": .number((seconds + 59) / 60)])
        }
        guard let password = Password(entered: typed) else { return say("settings.current-password.wrong") }
        do {
            guard try await house.gate.work.verifies(password, against: try? PasswordHash(parsing: known)) else {
                return say("settings.current-password.wrong")
            }
        } catch PasswordWorkFault.tooBusy {
            return say("sign-in.busy")
        }
        house.gate.passwords.succeed(attempt)
        return nil
    }

    /// A refusal as a sentence of its own: what was wrong, and what to do.
    static func sentence(_ refusal: Refusal) -> String {
        let text = refusal.description
        return text.prefix(1).uppercased() + text.dropFirst() + "."
    }
}
