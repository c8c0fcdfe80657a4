import Foundation
import HTML
import Publications
import TestSupport
import Testing

@testable import Web

@Suite("A form says what it asks for, and what is wrong")
struct FormMarkupTests {
    private let say: Catalogue
    private let sample: SampleForm

    init() throws {
        say = try Sentences.catalogue()
        sample = SampleForm(say: say)
    }

    private func text(isWrong: Bool) -> String { sample.form(isWrong: isWrong).markup(say).rendered() }

    @Test("every field has a label that leads to it, and every description that it names is there")
    func tied() throws {
        for isWrong in [false, true] {
            let html = text(isWrong: isWrong)
            let ids = values(of: "id", in: html)
            #expect(Set(ids).count == ids.count, "an id stands twice")
            for label in values(of: "for", in: html) { #expect(ids.contains(label), "\(label)") }
            for list in values(of: "aria-describedby", in: html) {
                for id in list.split(separator: " ") { #expect(ids.contains(String(id)), "\(id)") }
            }
            for link in values(of: "href", in: html) where link.hasPrefix("#") {
                #expect(ids.contains(String(link.dropFirst())), "\(link)")
            }
        }
    }

    @Test("whether a field must be filled, and how much it takes, is said in words")
    func words() {
        let html = text(isWrong: false)
        #expect(html.contains(">Start date <span class=\"requirement\">optional</span></label>"))
        #expect(html.contains(">Summary <span class=\"requirement\">required</span></label>"))
        #expect(html.contains("At most 1,500 characters.") && !html.contains("maxlength"))
    }

    @Test("a form without errors speaks of none")
    func right() {
        let html = text(isWrong: false)
        for word in ["role=\"alert\"", "aria-invalid", "field-wrong", "Error:"] { #expect(!html.contains(word), "\(word)") }
    }

    @Test("what is wrong is said on top, with links, and at each field")
    func wrong() {
        let html = text(isWrong: true)
        #expect(html.contains("<div class=\"error-summary\" role=\"alert\" aria-labelledby=\"error-summary-title\">"))
        #expect(html.contains("tabindex=\"-1\" autofocus>7 things have to be put right</h2>"))
        #expect(html.contains("<li>Somebody else has saved this form since you opened it.</li>"))
        #expect(html.contains("<li><a href=\"#field-amount\">Write the amount in digits, for example 1200000.</a></li>"))
        #expect(html.contains("id=\"field-amount-error\"><strong>Error:</strong> Write the amount in digits"))
        #expect(html.contains("aria-describedby=\"field-amount-help field-amount-error field-amount-currency\" aria-invalid=\"true\">"))
    }

    @Test("what was typed is kept and escaped, but for passwords, codes and files")
    func kept() {
        let typed = FormBody([
            NamedValue(name: "title", value: "<b>\"new\"</b>"), NamedValue(name: "objectives", value: "21"),
            NamedValue(name: "password", value: "secret"),
        ])
        let fields = sample.form(isWrong: false).fields.map { $0.filled(from: typed) }
        let html = Form(action: Address(path: "/x"), fields: fields, buttons: []).markup(say).rendered()
        #expect(html.contains("value=\"&lt;b&gt;&quot;new&quot;&lt;/b&gt;\""))
        #expect(html.contains("value=\"21\" checked") && !html.contains("value=\"2\" checked"))
        #expect(!html.contains("secret") && !text(isWrong: true).contains("never shown") && !text(isWrong: true).contains("123456"))
        #expect(!text(isWrong: false).contains("<script>"))
        // The parser drops the first line feed of a text: the second is the one that was typed.
        #expect(text(isWrong: false).contains(">\n\nFirst line &amp; second</textarea>"))
    }

    @Test("browsers are told what they may fill in, and which keyboard suits")
    func filling() {
        let html = text(isWrong: false)
        for word in ["current-password", "new-password", "one-time-code", "email", "off"] {
            #expect(html.contains("autocomplete=\"\(word)\""), "\(word)")
        }
        #expect(html.contains("inputmode=\"numeric\"") && html.contains("inputmode=\"decimal\""))
    }

    @Test("a form with files is sent as one, any other is not")
    func encoding() {
        #expect(text(isWrong: false).contains("enctype=\"multipart/form-data\""))
        let html = Form(action: Address(path: "/x"), fields: [FormField("a", label: "A", kind: .text())], buttons: []).markup(say)
            .rendered()
        #expect(html.contains("method=\"post\" action=\"/x\" enctype=\"application/x-www-form-urlencoded\" novalidate"))
    }

    @Test("a page of the workspace says who is signed in, lets them out by a form, and loads its own style sheet")
    func frame() throws {
        let html = String(decoding: try sample.page(.empty, title: "Application"), as: UTF8.self)
        #expect(html.contains("Signed in as <a href=\"/account\"><bdi>Programme Officer, Lead Agency</bdi></a>"))
        #expect(html.contains("method=\"post\" action=\"/sign-out\"") && html.contains("aria-current=\"page\">Applications</a>"))
        let assets = try Assets()
        #expect(html.contains(assets.workspaceStylesheet.address.text) && html.contains(assets.stylesheet.address.text))
        #expect(assets.asset(at: assets.workspaceStylesheet.address.text)?.contentType == "text/css; charset=utf-8")
    }

    @Test("a page that is only read does not load the style sheet of the workspace")
    func publicPages() async throws {
        let html = try await TestSite().text(.overview)
        #expect(!html.contains("/assets/workspace-"))
    }

    @Test("the desk says when there is nothing, and until when each thing waits")
    func desk() throws {
        let wording = Wording(say)
        #expect(Desk(groups: []).markup(wording).rendered().contains("Nothing waits for you."))
        let html = try sample.desk().markup(wording).rendered()
        #expect(html.contains("<time datetime=\"2026-03-10\">by 10 March 2026</time><span class=\"note\">two days late</span>"))
    }

    @Test("no English is left in a form in another language, and nothing is asked of the catalogue that it does not have")
    func translated() throws {
        let pseudo = try Sentences.catalogue().pseudoTranslated()
        let form = sample.form(isWrong: true)
        let html = form.markup(pseudo).rendered()
        for sentence in ["required", "optional", "At most", "put right", "Error:", "Choose one", "What this will do"] {
            #expect(!html.contains(">\(sentence)"), "\(sentence)")
        }
        _ = try SampleForm(say: say).page(form.markup(say), title: "x")
        _ = try sample.desk().markup(Wording(say))
        for key in [
            "408", "413", "415", "form-unreadable", "form-too-many", "body-too-large", "file-too-large", "body-too-slow", "media-type",
            "other-origin",
        ] {
            #expect(say.contains("error.\(key)"), "\(key)")
        }
        #expect(pseudo.missing.isEmpty && say.missing.isEmpty)
    }

    /// Writes the pages to the folder that `POOLEDFUND_SAMPLE_PAGES` names, to look at them in a browser.
    @Test("sample pages are made", .enabled(if: ProcessInfo.processInfo.environment["POOLEDFUND_SAMPLE_PAGES"] != nil))
    func samples() throws {
        let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["POOLEDFUND_SAMPLE_PAGES"] ?? "")
        let signIn = Form(
            action: Address(path: "/sign-in"),
            fields: [
                FormField("email", label: "E-mail", kind: .email(autofill: .username)),
                FormField("password", label: "Password", kind: .currentPassword),
            ], buttons: [FormButton(label: "Sign in")])
        let pages: [(String, [UInt8])] = [
            (
                "form",
                try sample.page(
                    sample.form(isWrong: false).markup(say), title: "Concept note",
                    notice: PageNotice(kind: .success, text: .text("The draft was saved at 14:20 UTC.")))
            ),
            ("wrong", try sample.page(sample.form(isWrong: true).markup(say), title: "Concept note")),
            (
                "desk",
                try sample.page(
                    try sample.desk().markup(Wording(say)), title: "Waits for me",
                    notice: PageNotice(kind: .warning, text: .text("Your second factor is not set up.")))
            ),
            ("sign-in", try sample.page(signIn.markup(say), title: "Sign in", isSignedIn: false)),
        ]
        for (name, bytes) in pages { try Data(bytes).write(to: folder.appendingPathComponent("\(name).html")) }
    }

    private func values(of attribute: String, in html: String) -> [String] {
        html.components(separatedBy: " \(attribute)=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }
}
