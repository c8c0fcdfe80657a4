internal import HTML
internal import HTTPTypes
internal import Hummingbird
internal import PooledFund

/// The choice of a language at the foot of every page.
struct LanguageChoice {
    /// Of the form.
    static let address = Address(segments: ["language"])
    static let field = "language"

    let languages: [Language]
    /// The page's own.
    let current: Language
    /// Where the reader stays.
    let path: String

    /// Each language by its own name; nothing where there is but one.
    func markup(_ say: Catalogue) -> Markup {
        guard languages.count > 1 else { return .empty }
        return form(.class("languages"), .method(.post), .action(Self.address), .aria(.labelledby, "languages-label")) {
            SafeReturnPath(path)?.hiddenField ?? .empty
            p(.id("languages-label")) { say("foot.language") }
            ul {
                languages.map { language in
                    li {
                        language.code == current.code
                            ? span(.lang(language.code), .aria(.current, "true")) { language.name }
                            : button(.type("submit"), .name(Self.field), .value(language.code), .lang(language.code)) { language.name }
                    }
                }
            }
        }
    }
}

extension Site {
    /// Keeps the language that a reader chose: in the browser, and with the person who is signed in there.
    ///
    /// - Throws: 400 for a language that there is not.
    func chooseLanguage(_ request: Request) async throws -> Response {
        let form = try await request.formBody(limits: .init(bytes: 4_096, fields: 10))
        guard let code = form.first(LanguageChoice.field), languages.catalogue(code) != nil, let cookie = LanguageCookie.choosing(code)
        else { throw Failure.formUnreadable }
        // Whatever keeps the record from answering keeps nobody from reading on in the language of their choice.
        if let visitor = try? await workspace(in: say).visitor(of: request, now: clock()), visitor.level != .demonstration {
            try? await office.prefer(language: code, of: visitor.id)
        }
        let path = SafeReturnPath(form.first(SafeReturnPath.field))?.text ?? "/"
        return Response(
            status: .seeOther,
            headers: [.location: path, .contentLength: "0", .cacheControl: "no-store", .setCookie: cookie.headerValue])
    }
}
