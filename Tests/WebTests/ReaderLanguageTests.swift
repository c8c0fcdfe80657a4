import Foundation
import HTML
import HTTPTypes
import Publications
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("Pages in the reader's language")
struct ReaderLanguageTests {
    private static let overview = "/funds/river-towns"
    private static let cookie = SetCookie.name(LanguageCookie.name)

    @Test(
        "the language that a browser wants most of those that there are is found, whatever else it sends",
        arguments: [
            (nil, nil), ("", nil), ("fr", "fr"), ("FR", "fr"), ("fr-CA", "fr"), ("de, es;q=0.7, fr;q=0.8", "fr"), ("es,fr", "es"),
            ("fr;q=0.5, es;q=0.5", "fr"), ("de", nil), ("*", "en"), ("en;q=0, *", "fr"), ("fr;q=0, *;q=0.1", "en"), ("fr;q=0", nil),
            ("fr-CH;q=0, fr;q=0.2", "fr"), ("fr ; q=0.2 , es\t;q=0.3", "es"), ("fr;Q=1.000", "fr"), ("zh-Hant-TW, es-x-lazy", "es"),
            // What cannot be read says nothing, and what stands beside it is read.
            ("fr;q=2, es;q=0.1", "es"), ("fr;q=0.1234, es;q=0.1", "es"), ("fr;q=, es", "es"), ("fr;level=1, es;q=0.1", "es"),
            ("fr;q=-1, es;q=0.1", "es"), ("français, es;q=0.1", "es"), ("french-frenchest, es;q=0.1", "es"), (";;;,,,=,q", nil),
            ("fr;q=0.5;q=0.6, es;q=0.1", "es"), (String(repeating: "de,", count: 2_000) + "fr", nil),
        ] as [(String?, String?)])
    func negotiated(header: String?, expected: String?) {
        #expect(AcceptedLanguages(header).best(of: ["en", "fr", "es"]) == expected)
    }

    @Test("a page is in the language that the browser asks for, says so, and is another page to caches; English is for all others")
    func asked() async throws {
        let others = try Sentences.otherCatalogues()
        let site = try await VisitedSite(others: others)
        let browser = VisitingBrowser(site)
        let english = try await browser.get(Self.overview)
        var tags = [try #require(english.headers[.eTag])]
        #expect(english.text.contains("<html lang=\"en\"") && english.headers[.contentLanguage] == "en")
        for say in others {
            let code = say.language.code
            let page = try await browser.get(Self.overview, [.acceptLanguage: "\(code)-XX, en;q=0.5"])
            #expect(page.text.contains("<html lang=\"\(code)\"") && page.headers[.contentLanguage] == code)
            #expect(page.text.contains(say("foot.product").prefix(30)))
            #expect(page.headers[.vary] == "Accept-Encoding, Accept-Language, Cookie")
            let tag = try #require(page.headers[.eTag])
            tags.append(tag)
            let again = try await browser.get(Self.overview, [.acceptLanguage: code, .ifNoneMatch: tag])
            #expect(again.status == 304 && again.headers[.contentLanguage] == code)
            // What is the same in one language is not in another.
            #expect(try await browser.get(Self.overview, [.ifNoneMatch: tag]).status == 200)
        }
        #expect(Set(tags).count == others.count + 1)
        #expect(try await browser.get(Self.overview, [.acceptLanguage: "tlh"]).headers[.eTag] == tags[0])
        #expect(others.allSatisfy { $0.missing.isEmpty }, "\(others.map { $0.missing.sorted() })")
    }

    @Test("data stays in English for every reader, its errors too")
    func data() async throws {
        let browser = VisitingBrowser(try await VisitedSite(others: try Sentences.otherCatalogues()))
        let wish: HTTPFields = [.acceptLanguage: "fr"]
        for path in [
            "\(Self.overview)/contributors.csv", "\(Self.overview)/contributors.json", "\(Self.overview)/balance.json",
            "\(Self.overview)/statements.csv", "/api/v1/funds/river-towns/figures", "/api/v1/funds/nowhere/figures",
            "\(Self.overview)/nothing.json", "/api/v1/funds",
        ] {
            let (plain, wished) = (try await browser.get(path), try await browser.get(path, wish))
            #expect(plain.text == wished.text && plain.headers[.eTag] == wished.headers[.eTag], "\(path)")
            #expect(wished.headers[.contentLanguage] == nil, "\(path)")
        }
    }

    @Test("errors, the list of funds, the way in and the workspace are in the reader's language")
    func everywhere() async throws {
        let say = try Sentences.catalogue(.french)
        let site = try await VisitedSite(others: [say])
        let (_, _, browser) = try await site.joined("reviewer")
        let wish: HTTPFields = [.acceptLanguage: "fr"]
        for (path, status) in [
            ("/funds/nowhere", 404), ("/funds/river-towns/programmes?page=99", 404), ("/language", 405), ("/sign-in", 200),
            ("/sign-in/forgotten", 200), ("/workspace", 200), ("/workspace/settings", 200),
        ] {
            let page = try await browser.get(path, wish)
            #expect(page.status == status && page.text.contains("<html lang=\"fr\""), "\(path)")
            #expect(page.headers[.contentLanguage] == "fr" && page.headers[.vary] == SiteLanguages.varying, "\(path)")
        }
        #expect(say.missing.isEmpty, "\(say.missing)")
    }

    @Test("what is chosen at the foot of a page is kept in the browser, comes before what it asks for, and leads back to the page")
    func chosen() async throws {
        let browser = VisitingBrowser(try await VisitedSite(others: try Sentences.otherCatalogues()))
        let page = try await browser.get("\(Self.overview)/programmes?status=operational").text
        #expect(page.contains("name=\"return-to\" value=\"/funds/river-towns/programmes?status=operational\""))
        let answer = try await browser.post("/language", ["language": "es", "return-to": "/funds/river-towns/programmes"])
        #expect(answer.status == 303 && answer.location == "/funds/river-towns/programmes")
        #expect(answer.headers[.setCookie]?.contains("Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax") == true)
        #expect(try await browser.get(Self.overview, [.acceptLanguage: "fr"]).headers[.contentLanguage] == "es")
        browser.cookies[Self.cookie] = "tlh"
        #expect(try await browser.get(Self.overview, [.acceptLanguage: "fr"]).headers[.contentLanguage] == "fr")
    }

    @Test("a choice leads nowhere else, and comes from no other site, of no language that there is not")
    func safe() async throws {
        let browser = VisitingBrowser(try await VisitedSite(others: try Sentences.otherCatalogues()))
        for path in ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", ""] {
            #expect(try await browser.post("/language", ["language": "fr", "return-to": path]).location == "/", "\(path)")
        }
        browser.cookies = [:]
        #expect(try await browser.post("/language", ["language": "fr"], site: "cross-site").status == 403)
        #expect(try await browser.post("/language", ["language": "tlh"]).status == 400)
        #expect(try await browser.post("/language", [:]).status == 400)
        #expect(browser.cookies.isEmpty)
    }

    @Test("what somebody chose in the settings, or at the foot while signed in, holds in the next browser and for mails")
    func settings() async throws {
        let site = try await VisitedSite(others: try Sentences.otherCatalogues())
        let (person, _, browser) = try await site.joined("reviewer")
        #expect(try await site.office.noticePreference(of: person) == nil)
        let answer = try await browser.post("/workspace/settings", ["do": "choose-language", "language": "fr"])
        #expect(answer.status == 303 && answer.location == "/workspace/settings?notice=language")
        #expect(try await browser.get("/workspace/settings?notice=language").text.contains("<html lang=\"fr\""))
        #expect(try await site.office.noticePreference(of: person) == NoticePreference(delivery: .atOnce, language: "fr"))

        let other = VisitingBrowser(site, from: "198.51.100.7")
        #expect(try await other.get("/sign-in").headers[.contentLanguage] == "en")
        #expect(try await other.signIn("reviewer").status == 303)
        #expect(try await other.get("/workspace").headers[.contentLanguage] == "fr")
        #expect(try await other.get(Self.overview).headers[.contentLanguage] == "fr")

        _ = try await other.post("/workspace/settings/notices", ["delivery": "digest"])
        _ = try await other.post("/language", ["language": "es", "return-to": "/workspace"])
        #expect(try await site.office.noticePreference(of: person) == NoticePreference(delivery: .digest, language: "es"))
        _ = try await other.post("/sign-out", [:])
        #expect(try await other.get("/sign-in").headers[.contentLanguage] == "es")
        #expect(try await browser.post("/workspace/settings", ["do": "choose-language", "language": "tlh"]).status == 422)
    }

    @Test("what the rules of the house say is marked as English on a page of another language, and only there")
    func refusals() async throws {
        let site = try await VisitedSite(others: [try Sentences.catalogue(.french)])
        let (_, _, browser) = try await site.joined("reviewer")
        let form = ["do": "amend", "name": ""]
        #expect(try await !browser.post("/workspace/settings", form).text.contains("lang=\"en\">The"))
        browser.cookies[Self.cookie] = "fr"
        let refused = try await browser.post("/workspace/settings", form)
        #expect(refused.status == 422 && refused.text.contains("<li><span lang=\"en\">"), "\(refused.text)")
        let forbidden = try await browser.get("/workspace/funds/river-towns/actions/invite-person")
        #expect(forbidden.status == 403 && forbidden.text.contains("<span lang=\"en\">"), "\(forbidden.text)")
    }

    @Test("every page of the portal is there in every language, with every sentence")
    func portal() async throws {
        for say in try Sentences.otherCatalogues() {
            let site = try await TestSite(say: say)
            for (place, query) in try await site.everyPlace() {
                #expect(try await site.text(place, query).contains("<html lang=\"\(say.language.code)\""))
            }
            #expect(say.missing.isEmpty, "\(say.missing.sorted())")
        }
    }
}
