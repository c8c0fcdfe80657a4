internal import Credentials
internal import HTML
internal import PooledFund

/// A password that somebody chooses, typed twice.
struct PasswordChoice {
    let say: Catalogue
    /// What is known of the person, which the password must not be made of.
    let context: [String]

    enum Outcome {
        case chosen(Password)
        /// What is wrong, by the field that it is wrong with.
        case wrong([String: String])
    }

    func read(_ form: some NamedValues) -> Outcome {
        let (typed, again) = (form.first("new-password") ?? "", form.first("new-password-again") ?? "")
        do throws(PasswordFault) {
            let password = try Password(choosing: typed, context: context)
            guard typed.utf8.elementsEqual(again.utf8) else { return .wrong(["new-password-again": say("password.differs")]) }
            return .chosen(password)
        } catch {
            return .wrong(["new-password": sentence(error)])
        }
    }

    func fields(errors: [String: String]) -> [FormField] {
        [
            FormField(
                "new-password", label: say("password.new"), help: say("password.help"), kind: .newPassword,
                errors: errors["new-password"].map { [$0] } ?? []),
            FormField(
                "new-password-again", label: say("password.again"), kind: .newPassword,
                errors: errors["new-password-again"].map { [$0] } ?? []),
        ]
    }

    private func sentence(_ fault: PasswordFault) -> String {
        switch fault {
        case .tooShort(let count): say("password.too-short", ["count": .number(count)])
        case .tooLong(let count): say("password.too-long", ["count": .number(count)])
        case .controlCharacter: say("password.control-character")
        case .tooPlain: say("password.too-plain")
        case .wellKnown(let word): say("password.well-known", ["word": .text(word)])
        case .fromContext(let word): say("password.from-context", ["word": .text(word)])
        }
    }
}
