internal import Credentials
internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// The person's access tokens: those that there are, and a form for another.
    func tokensPage(_ form: (any NamedValues)? = nil, errors: [String: String] = [:], refusals: [String] = []) async throws -> WorkspacePage
    {
        let tokens = try await office.accessTokens(of: visitor.id)
        var funds: [Choice] = []
        for fund in visitor.funds { funds.append(Choice(fund, try await house.fundName(fund))) }
        let issue = issueForm(funds, form, errors, refusals)
        return WorkspacePage(
            title: say("tokens.title"), lead: .text(say("tokens.lead")), notice: tokensNotice,
            content: .fragment {
                workspaceBlock(say("tokens.yours"), note: .text(say("tokens.yours.note"))) {
                    tokens.isEmpty ? p { say("tokens.none") } : ul(.class("tokens")) { tokens.map { token in li { item(token) } } }
                }
                workspaceBlock(say("tokens.issue.title"), note: .text(say("tokens.issue.note"))) { issue.markup(say) }
            })
    }

    private var tokensNotice: PageNotice? {
        query.first("notice") == "revoked" ? PageNotice(kind: .success, text: .text(say("tokens.revoked"))) : nil
    }

    private func item(_ token: AccessToken) -> Markup {
        let wording = house.wording
        let isValid = token.isValid(now: now)
        return .fragment {
            h3 { bdi { token.name } }
            factList([
                (say("tokens.scope"), .text(say(token.scope == .act ? "tokens.scope.act" : "tokens.scope.read"))),
                (say("tokens.fund"), .text(token.fund ?? say("tokens.fund.all"))),
                (say("tokens.issued"), .text(wording.moment(token.createdAt))),
                (say("tokens.used"), .text(token.usedAt.map(wording.moment) ?? say("tokens.used.never"))),
                (say("tokens.ends"), .text(ending(token))),
                (
                    say("settings.sign-out"),
                    isValid ? .text(say(token.outlivesSignOut ? "tokens.outlives" : "tokens.ends-with-it")) : .empty
                ),
            ])
            if isValid {
                singleButtonForm(
                    FormButton(label: say("tokens.revoke", ["name": .text(token.name)]), weight: .secondary),
                    action: Self.address(.tokens), hidden: [.hidden("do", "revoke"), .hidden("token", token.id)])
            }
        }
    }

    private func ending(_ token: AccessToken) -> String {
        let wording = house.wording
        if let revokedAt = token.revokedAt { return say("tokens.ended.revoked", ["date": .text(wording.moment(revokedAt))]) }
        return token.isValid(now: now)
            ? wording.moment(token.expiresAt) : say("tokens.ended.expired", ["date": .text(wording.moment(token.expiresAt))])
    }

    // MARK: Issuing

    private static let days = [30, 90, 180, 365]

    private func issueForm(_ funds: [Choice], _ form: (any NamedValues)?, _ errors: [String: String], _ refusals: [String]) -> Form {
        func typed(_ field: FormField, standing: String) -> FormField {
            var field = field
            field.values = form.map { $0.all(field.name) } ?? [standing]
            field.errors = errors[field.name].map { [$0] } ?? []
            return field
        }
        let fields = [
            typed(
                FormField("name", label: say("tokens.name"), help: say("tokens.name.help"), kind: .text(), limit: AccessToken.nameLimit),
                standing: ""),
            typed(
                FormField(
                    "scope", label: say("tokens.scope"),
                    kind: .radio([
                        Choice("read", say("tokens.scope.read"), help: say("tokens.scope.read.help")),
                        Choice("act", say("tokens.scope.act"), help: say("tokens.scope.act.help")),
                    ])), standing: "read"),
            typed(
                FormField("fund", label: say("tokens.fund"), kind: .radio([Choice("all", say("tokens.fund.all"))] + funds)), standing: "all"
            ),
            typed(
                FormField(
                    "days", label: say("tokens.lasts"),
                    kind: .radio(Self.days.map { Choice(String($0), say("tokens.days", ["count": .number($0)])) })), standing: "90"),
            typed(
                FormField("outlives", label: say("tokens.outlives.box"), help: say("tokens.outlives.help"), kind: .box, isRequired: false),
                standing: ""),
        ]
        return Form(
            action: Self.address(.tokens), fields: [.hidden("do", "issue")] + fields, buttons: [FormButton(label: say("tokens.issue"))],
            refusals: refusals)
    }

    func submitTokens(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        guard case .session(let session) = visitor.passage else { throw Failure.notFound }
        switch form.first("do") {
        case "revoke":
            let change = ChangeAccess.revoking(token: form.first("token") ?? "", of: visitor.id, now: now)
            do {
                _ = try await office.perform(change, by: visitor.actor)
            } catch let refusal as Refusal where refusal.kind != .right {
                return .page(try await tokensPage(refusals: [Self.sentence(refusal)]))
            }
            return .done(Self.address(.tokens, query: [("notice", "revoked")]))
        case "issue": return try await issue(form, session)
        default: throw Failure.formUnreadable
        }
    }

    private func issue(_ form: any NamedValues, _ session: [UInt8]) async throws -> WorkspaceAnswer {
        let name = form.first("name") ?? ""
        let fund = form.first("fund") ?? ""
        var errors: [String: String] = [:]
        let isPlain = name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        if !(1...AccessToken.nameLimit).contains(name.utf8.count) || !isPlain { errors["name"] = say("tokens.name.missing") }
        if fund != "all", !visitor.funds.contains(fund) { errors["fund"] = say("tokens.choose") }
        let scope = AccessToken.Scope(rawValue: form.first("scope") ?? "")
        if scope == nil { errors["scope"] = say("tokens.choose") }
        let days = form.first("days").flatMap { Int($0) }.flatMap { Self.days.contains($0) ? $0 : nil }
        if days == nil { errors["days"] = say("tokens.choose") }
        guard errors.isEmpty, let scope, let days else { return .page(try await tokensPage(form, errors: errors)) }
        let secret = BearerSecret(.personalAccessToken)
        let expiresAt = try Instant(microsecondsSince1970: now.microsecondsSince1970 + Int64(days) * 86_400_000_000)
        let token = NewAccessToken(
            digest: secret.digest, name: name, scope: scope, fund: fund == "all" ? nil : fund, expiresAt: expiresAt,
            outlivesSignOut: form.first("outlives") == FormField.ticked, now: now)
        do {
            _ = try await office.perform(ChangeAccess.issuing(token, to: visitor.id, from: session, now: now), by: visitor.actor)
        } catch let refusal as Refusal where refusal.kind != .right {
            return .page(try await tokensPage(form, refusals: [Self.sentence(refusal)]))
        }
        return .page(issuedPage(token, secret), isRefused: false)
    }

    /// The secret, this once.
    private func issuedPage(_ token: NewAccessToken, _ secret: BearerSecret) -> WorkspacePage {
        WorkspacePage(
            title: say("tokens.issued.title"), lead: .text(say("tokens.issued.lead", ["name": .text(token.name)])),
            content: workspaceBlock(say("tokens.secret"), note: .text(say("tokens.secret.note"))) {
                p(.class("secret")) { code(.id("token-secret")) { secret.text } }
                p { say("tokens.secret.use") }
                p { code { "Authorization: Bearer …" } }
                p { link(.tokens, say("tokens.back")) }
            })
    }
}
