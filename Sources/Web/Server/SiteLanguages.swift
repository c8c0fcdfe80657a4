internal import HTML
internal import HTTPTypes

/// The languages of a site, and which of them a reader gets: the one that they chose, else the one that their browser asks for, else the first.
struct SiteLanguages: Sendable {
    /// The first is the language of data too, whoever asks for it.
    let catalogues: [Catalogue]
    private let codes: [String]

    init(_ first: Catalogue, _ others: [Catalogue] = []) {
        catalogues = [first] + others.filter { $0.language.code != first.language.code }
        codes = catalogues.map(\.language.code)
    }

    var languages: [Language] { catalogues.map(\.language) }

    /// The sentences in the language of this code; nil if there are none.
    func catalogue(_ code: String) -> Catalogue? { catalogues.first { $0.language.code == code } }

    /// The sentences for whoever sent these headers.
    func catalogue(for headers: HTTPFields) -> Catalogue {
        guard catalogues.count > 1 else { return catalogues[0] }
        let cookies = headers[values: .cookie]
        if !cookies.isEmpty, let code = CookieJar(cookies)[SetCookie.name(LanguageCookie.name)], let chosen = catalogue(code) {
            return chosen
        }
        guard let asked = headers[.acceptLanguage] else { return catalogues[0] }
        return AcceptedLanguages(asked).best(of: codes).flatMap(catalogue) ?? catalogues[0]
    }

    /// What an answer in one of several languages depends on, besides what else it depends on.
    static let varying = "Accept-Language, Cookie"
}

/// The cookie that keeps the language that was chosen in a browser.
enum LanguageCookie {
    /// Without the prefix.
    static let name = "language"
    /// A year, in seconds.
    private static let age = 365 * 86_400

    static func choosing(_ language: String) -> SetCookie? { SetCookie(name, value: language, maximumAge: age) }
}
