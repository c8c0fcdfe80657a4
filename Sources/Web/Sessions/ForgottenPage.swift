internal import Credentials
internal import HTML
internal import Ledger
internal import PooledFund

extension SignInContext {
    /// Asks where to send a link to a new password.
    func forgottenPage(_ form: FormBody? = nil, error: String? = nil) -> WorkspacePage {
        let email = FormField(
            "email", label: say("sign-in.email"), kind: .email(autofill: .username), value: form?.first("email"),
            errors: error.map { [$0] } ?? [])
        return WorkspacePage(
            title: say("sign-in.forgotten.title"), lead: .text(say("sign-in.forgotten.lead")),
            content: .fragment {
                Form(action: Self.address(.forgotten), fields: [email], buttons: [FormButton(label: say("sign-in.forgotten.button"))])
                    .markup(say)
                p(.class("aside")) { link(.signIn, say("sign-in.back")) }
            })
    }

    func submitForgotten(_ form: FormBody) async throws -> SignInAnswer {
        let email = form.first("email") ?? ""
        guard email.utf8.contains(UInt8(ascii: "@")), email.utf8.count <= 320 else {
            return .refused(forgottenPage(form, error: say("sign-in.email.missing")))
        }
        if case .wait(let seconds) = house.gate.mails.count(attempt(email.lowercased(), knowsDevice: false), now: now) {
            return tooMany(seconds, forgottenPage(form, error: waitSentence(seconds)))
        }
        // For an address that nobody has there is less to do: the answer waits for both alike.
        async let pause: Void = Task.sleep(for: Self.answerTime)
        try await office.sendNewPasswordLink(to: email, now: now)
        try await pause
        return .page(
            WorkspacePage(
                title: say("sign-in.forgotten.sent.title"), lead: .text(say("sign-in.forgotten.sent")),
                content: p(.class("aside")) { link(.signIn, say("sign-in.back")) }))
    }

    /// Longer than the writing of a notice takes.
    private static let answerTime = Duration.milliseconds(300)
}
