internal import Credentials
internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension SignInContext {
    /// Address and password; in a demonstration the ready accounts.
    func signInPage(_ form: FormBody? = nil, errors: [String] = [], fieldErrors: [String: String] = [:]) async throws -> WorkspacePage {
        let email = FormField(
            "email", label: say("sign-in.email"), kind: .email(autofill: .username), value: form?.first("email"),
            errors: fieldErrors["email"].map { [$0] } ?? [])
        let password = FormField(
            "password", label: say("sign-in.password"), kind: .currentPassword, errors: fieldErrors["password"].map { [$0] } ?? [])
        let signIn = Form(
            action: Self.address(.signIn), fields: [email, password] + returnFields(form),
            buttons: [FormButton(label: say("sign-in.button"))],
            errors: errors)
        let accounts = house.isDemonstration ? try await office.demonstrationAccounts() : []
        return WorkspacePage(
            title: say("sign-in.title"), lead: .text(say("sign-in.lead")), notice: signInNotice,
            content: .fragment {
                demonstrationAccounts(accounts)
                signIn.markup(say)
                providerEntry
                p(.class("aside")) { link(.forgotten, say("sign-in.forgotten.link")) }
                p(.class("aside dim")) { say("sign-in.no-account") }
            })
    }

    private var signInNotice: PageNotice? {
        switch query.first("notice") {
        case "signed-out": PageNotice(kind: .success, text: .text(say("sign-in.signed-out")))
        case "new-password": PageNotice(kind: .success, text: .text(say("sign-in.new-password-set")))
        default: nil
        }
    }

    /// The way in through the identity provider, if the house has one.
    private var providerEntry: Markup {
        guard let provider = house.provider else { return .empty }
        let button = FormButton(label: say("sign-in.provider", ["name": .text(provider.name)]), weight: .secondary)
        return div(.class("aside")) { singleButtonForm(button, action: Self.address(.provider), hidden: returnFields()) }
    }

    private func demonstrationAccounts(_ accounts: [DemonstrationAccount]) -> Markup {
        guard !accounts.isEmpty else { return .empty }
        // Who tries the program looks for each role, and learns why one is not there.
        let held = Set(accounts.map(\.role))
        let missing = Role.allCases.filter { !held.contains($0) }.map(house.wording.role)
        return workspaceBlock(say("sign-in.demonstration.title"), note: .text(say("sign-in.demonstration.note"))) {
            ul(.class("demonstration-accounts")) {
                accounts.map { account in
                    li {
                        singleButtonForm(
                            FormButton(label: account.name, weight: .secondary), action: Self.address(.demonstration),
                            hidden: [.hidden("account", account.id)] + returnFields())
                    }
                }
            }
            if !missing.isEmpty {
                p(.class("note")) { say("sign-in.demonstration.missing", ["roles": .text(house.wording.list(missing))]) }
            }
        }
    }

    // MARK: The password

    func submitPassword(_ form: FormBody) async throws -> SignInAnswer {
        let (email, password) = (form.first("email") ?? "", form.first("password") ?? "")
        var missing: [String: String] = [:]
        if email.isEmpty || email.utf8.count > Self.addressLimit { missing["email"] = say("sign-in.email.missing") }
        if password.isEmpty { missing["password"] = say("sign-in.password.missing") }
        guard missing.isEmpty else { return .refused(try await signInPage(form, fieldErrors: missing)) }

        let account = try await office.signInAccount(email: email, device: deviceDigest, now: now)
        // An account that there is not is counted like one that there is.
        let attempt = attempt(email.lowercased(), knowsDevice: account?.knowsDevice ?? false)
        if case .wait(let seconds) = house.gate.passwords.count(attempt, now: now) {
            return tooMany(seconds, try await signInPage(form, errors: [waitSentence(seconds)]))
        }
        let isRight: Bool
        do {
            isRight = try await isPassword(password, of: account)
        } catch PasswordWorkFault.tooBusy {
            // No secret was looked at.
            if !(account?.knowsDevice ?? false) { house.gate.passwords.succeed(attempt) }
            return tooBusy(try await signInPage(form, errors: [say("sign-in.busy")]))
        }
        guard isRight, let account else {
            return .refused(try await signInPage(form, errors: [say("sign-in.wrong")]))
        }
        house.gate.passwords.succeed(attempt)
        let answer = try await passwordGiven(account, form)
        try await renewHash(of: password, account)
        return answer
    }

    /// Keeps the same password under a hash of today's cost.
    private func renewHash(of typed: String, _ account: SignInAccount) async throws {
        guard let known = account.passwordHash, let hash = try? PasswordHash(parsing: known), hash.needsRehash(for: house.gate.cost),
            let password = Password(entered: typed),
            let renewed = try? await house.gate.work.hash(of: password, cost: house.gate.cost)
        else { return }
        try await office.renewPasswordHash(known, by: renewed.text, of: account.id)
    }

    /// No address is longer (RFC 5321, section 4.5.3.1).
    private static let addressLimit = 320

    /// Takes as long whether there is such an account or not.
    private func isPassword(_ typed: String, of account: SignInAccount?) async throws -> Bool {
        guard let password = Password(entered: typed) else { return false }
        let known = account?.passwordHash
        let hash = known.flatMap { try? PasswordHash(parsing: $0) }
        let work = account?.knowsDevice ?? false ? house.gate.knownWork : house.gate.work
        guard try await work.verifies(password, against: hash) else { return false }
        return true
    }

    private func passwordGiven(_ account: SignInAccount, _ form: FormBody) async throws -> SignInAnswer {
        let stage: SessionStage = account.secondFactor == nil ? .password : .awaitingCode
        let (session, cookies) = SessionCookies.opening(account.id, stage, agent: agent)
        try await office.open(session, replacing: sessionDigest, device: deviceDigest, provedAgainst: account, now: now)
        if stage == .awaitingCode { return .redirect(Self.address(.secondFactor, query: returnQuery(form)).text, cookies) }
        return try await entering(session, cookies, form)
    }

    // MARK: Not now

    func tooMany(_ seconds: Int, _ page: WorkspacePage) -> SignInAnswer {
        var answer = SignInAnswer.page(page, .tooManyRequests)
        answer.retryAfter = seconds
        return answer
    }

    func waitSentence(_ seconds: Int) -> String {
        seconds < 90
            ? say("sign-in.wait.seconds", ["count": .number(seconds)])
            : say("sign-in.wait.minutes", ["count": .number((seconds + 59) / 60)])
    }

    func tooBusy(_ page: WorkspacePage) -> SignInAnswer {
        var answer = SignInAnswer.page(page, .serviceUnavailable)
        answer.retryAfter = Failure.pause
        return answer
    }
}
