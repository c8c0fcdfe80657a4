internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// What surrounds every page: head, navigation, breadcrumb, title, lead, the day it speaks of, and the foot.
struct Layout {
    private(set) var say: Catalogue
    let assets: Assets
    /// Said on every page, so that nobody takes a demonstration for the fund's own site.
    let isDemonstration: Bool
    /// Those that readers may choose from.
    var languages: [Language] = []

    /// The same layout in another language.
    func speaking(_ say: Catalogue) -> Layout {
        var layout = self
        layout.say = say
        return layout
    }

    /// A page of a fund.
    func document(_ page: Page, in context: PageContext) -> [UInt8] {
        let fundName = context.terms.identity.shortName
        // A country and a contributor may have one name: the list that they are in tells their titles apart.
        let above = context.place.parent.map { $0 == .overview ? "" : "\(name(of: $0, context)) · " }
        let title = above.map { "\(page.title) · \($0)\(fundName)" } ?? fundName
        return render(title: title) {
            banner(context)
            main(.id("main")) {
                div(.class("title")) {
                    breadcrumb(page, context)
                    h1(.classes([page.heading == nil && page.title.utf8.count > 60 ? "long" : nil])) { page.heading ?? .text(page.title) }
                    if context.firstDay == nil { p(.class("lead")) { page.lead } }
                    asOfLine(page, context)
                    onPaper(context)
                }
                if let first = context.firstDay {
                    p(.class("notice")) { beforeFirstRecord(first, context) }
                } else {
                    page.content
                }
            }
            foot(context)
        }
    }

    /// A page that is of no fund: a choice of funds, or an error.
    ///
    /// - Parameter path: where whoever chooses another language stays.
    func document(title: String, heading: String, lead: Markup, at path: String = "/", @MarkupBuilder content: () -> Markup) -> [UInt8] {
        render(title: title) {
            header(.class("banner")) {
                demonstrationNotice
                div(.class("measure")) { a(.class("fund"), .href(Address(path: "/"))) { say("product.name") } }
            }
            main(.id("main")) {
                div(.class("title")) {
                    h1 { heading }
                    p(.class("lead")) { lead }
                }
                content()
            }
            shortFoot(path)
        }
    }

    /// A page of the workspace, or one with a form: on the way into it, or for somebody who got a link.
    ///
    /// - Parameters:
    ///   - path: where whoever chooses another language stays.
    ///   - notice: what has just happened, or what to know first.
    func document(
        title: String, in frame: WorkspaceFrame, at path: String = "/", lead: Markup = .empty, notice: PageNotice? = nil,
        hasScript: Bool = false, @MarkupBuilder content: () -> Markup
    ) -> [UInt8] {
        render(
            title: "\(title) · \(frame.title)", stylesheets: [assets.stylesheet, assets.workspaceStylesheet],
            script: hasScript ? assets.writingScript : nil
        ) {
            frame.markup(say, above: demonstrationNotice)
            main(.id("main"), .class("workspace")) {
                div(.class("title")) {
                    frame.breadcrumb(to: title, say)
                    h1(.classes([title.utf8.count > 60 ? "long" : nil])) { title }
                    if !lead.isEmpty { p(.class("lead")) { lead } }
                }
                frame.pagesBeside(say)
                notice?.markup()
                content()
            }
            shortFoot(path)
        }
    }

    /// Tells people that the record does not answer, and of when the page is.
    func notice(of contact: RecordContact) -> Markup {
        let time = String(contact.lastConfirmed.description.dropFirst(11).prefix(5))
        let date = Wording(say).date(contact.lastConfirmed.civilDate(secondsFromGMT: 0))
        return p(.class("notice"), .role("status")) { say("contact.lost", ["time": .text(time), "date": .text(date)]) }
    }

    /// A rendered page with a notice at the head of its content.
    func adding(_ notice: Markup, to page: [UInt8]) -> [UInt8] {
        let opening = Array(Self.mainOpening.utf8)
        guard let range = page.firstRange(of: opening) else { return page }
        var output: [UInt8] = []
        output.reserveCapacity(page.count + 512)
        output += page[..<range.upperBound]
        notice.render(into: &output)
        output += page[range.upperBound...]
        return output
    }

    /// How every page opens its content. No text of a record can hold it: there, `<` is escaped.
    private static let mainOpening = "<main id=\"main\">"

    private func render(
        title: String, stylesheets: [Assets.Asset]? = nil, script own: Assets.Asset? = nil, @MarkupBuilder body content: () -> Markup
    ) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(64 * 1024)
        Markup.fragment {
            Markup.doctype
            html(.lang(say.language.code), .dir(say.language.direction)) {
                head {
                    meta(.charset("utf-8"))
                    HTML.title { title }
                    meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                    meta(.name("color-scheme"), .content("light dark"))
                    (stylesheets ?? [assets.stylesheet]).map { link(.rel("stylesheet"), .href($0.address)) }
                    if let own { script(.src(own.address), .defer()) }
                    link(.rel("icon"), .type("image/svg+xml"), .href(assets.icon.address))
                }
                body {
                    a(.class("skip"), .href(Address(fragment: "main"))) { say("skip") }
                    content()
                }
            }
        }.render(into: &output)
        return output
    }

    private func banner(_ context: PageContext) -> Markup {
        header(.class("banner")) {
            demonstrationNotice
            div(.class("measure")) {
                a(.class("fund"), .href(context.address(.overview))) { context.terms.identity.shortName }
                nav(.class("main-navigation"), .aria(.label, say("navigation.label"))) {
                    // Folded on a narrow screen; on a wide one the style sheet shows the list and hides its summary.
                    details(.class("menu")) {
                        summary {
                            say("navigation.menu")
                            if let current = currentMainPage(context) { span(.class("current")) { " · \(current)" } }
                        }
                        ul { Self.mainPages.map { item($0, $1, context) } }
                    }
                }
            }
        }
    }

    /// The page of the navigation that the reader is on or below.
    private func currentMainPage(_ context: PageContext) -> String? {
        var place: Place? = context.place
        while let here = place, here != .overview || context.place == .overview {
            if let key = Self.mainPages.first(where: { $0.0 == here })?.1 { return say(key) }
            place = here.parent
        }
        return nil
    }

    private var demonstrationNotice: Markup {
        isDemonstration ? p(.class("demonstration")) { say("demonstration") } : .empty
    }

    private static let mainPages: [(Place, SentenceKey)] = [
        (.overview, "overview.name"), (.contributors, "contributors.title"), (.programmes, "programmes.title"),
        (.pipeline, "pipeline.title"), (.calls, "calls.title"),
        (.balance, "balance.title"), (.localEngagement, "local-engagement.title"), (.statements, "statements.title"), (.data, "data.title"),
    ]

    private static let otherPages: [(Place, SentenceKey)] = [
        (.thematicAreas, "thematic-areas.title"), (.objectives, "objectives.title"), (.countries, "countries.title"),
        (.organizations, "organizations.title"), (.figures, "figures.title"), (.ledger, "ledger.title"), (.terms, "terms.title"),
        (.documents, "documents.title"), (.brief, "brief-page.title"), (.statistics, "statistics.title"),
        (.decisions, "decisions.title"),
    ]

    private func item(_ place: Place, _ key: SentenceKey, _ context: PageContext) -> Markup {
        li { a([.href(context.address(place))] + (context.place == place ? [.aria(.current, "page")] : [])) { say(key) } }
    }

    private func breadcrumb(_ page: Page, _ context: PageContext) -> Markup {
        guard context.place != .overview else { return .empty }
        var above: [Place] = []
        var place = context.place.parent
        while let next = place {
            above.insert(next, at: 0)
            place = next.parent
        }
        return nav(.class("breadcrumb"), .aria(.label, say("breadcrumb.label"))) {
            ol {
                above.map { place in li { context.link(place, name(of: place, context)) } }
                li { span(.aria(.current, "page")) { page.title } }
            }
        }
    }

    private func name(of place: Place, _ context: PageContext) -> String {
        if place == .overview { return context.terms.identity.shortName }
        let key = (Self.mainPages + Self.otherPages).first { $0.0 == place }?.1
        return key.map { say($0) } ?? ""
    }

    /// The day that the page speaks of, a way to change it, and the data.
    private func asOfLine(_ page: Page, _ context: PageContext) -> Markup {
        div(.class("as-of")) {
            details(.class("day")) {
                summary {
                    say("as-of.label")
                    " "
                    time(.datetime(context.asOf.description)) { context.wording.date(context.asOf) }
                }
                form(.method(.get), .action(Address(segments: ["funds", context.record.fund] + context.place.segments))) {
                    label(.for("as-of")) { say("as-of.label") }
                    context.query.pairs.filter { $0.0 != QueryParameter.asOf.rawValue && $0.0 != QueryParameter.page.rawValue }
                        .map { input(.type("hidden"), .name($0.0), .value($0.1)) }
                    input(.type("date"), .id("as-of"), .name("as-of"), .value(context.asOf.description), .required())
                    button(.type("submit")) { say("as-of.change") }
                }
            }
            // A day beyond what is on record would read as knowledge of that day.
            if context.statistics == nil, context.calls == nil, context.outcomes == nil, let latest = context.record.latestDate,
                latest < context.asOf
            {
                p(.class("latest")) { say("as-of.latest", ["date": .text(context.wording.date(latest))]) }
            }
            if page.hasData {
                p(.class("downloads")) {
                    span { say("data.this") }
                    " "
                    a(.href(context.dataAddress("csv"))) { "CSV" }
                    " "
                    a(.href(context.dataAddress("json"))) { "JSON" }
                }
            }
        }
    }

    /// What a printed page must say of itself: where it is found, and of which day it speaks.
    private func onPaper(_ context: PageContext) -> Markup {
        p(.class("on-paper")) {
            code { context.address(changing: [:]).text }
            " · \(say("as-of.label")) \(context.wording.date(context.asOf))"
        }
    }

    private func beforeFirstRecord(_ earliest: CivilDate, _ context: PageContext) -> Markup {
        say.markup(
            "as-of.before-first",
            [
                "date": .text(context.wording.date(earliest)),
                "link": .markup(a(.href(context.address(changing: [.asOf: earliest.description]))) { say("as-of.go-there") }),
            ])
    }

    private func foot(_ context: PageContext) -> Markup {
        footer(.class("foot")) {
            div(.class("measure")) {
                nav(.aria(.label, say("navigation.more"))) { ul { Self.otherPages.map { item($0, $1, context) } } }
                p {
                    say.markup(
                        "foot.promise",
                        [
                            "ledger": .markup(context.link(.ledger, say("foot.ledger"))),
                            "documents": .markup(context.link(.documents, say("foot.documents"))),
                            "data": .markup(context.link(.data, say("foot.data"))),
                        ])
                }
                p {
                    say("foot.product")
                    " "
                    a(.href(Address(segments: SignInPlace.signIn.segments))) { say("foot.sign-in") }
                }
                choiceOfLanguage(at: context.address(changing: [:]).text)
            }
        }
    }

    private func shortFoot(_ path: String) -> Markup {
        footer(.class("foot")) {
            div(.class("measure")) {
                p { say("foot.product") }
                choiceOfLanguage(at: path)
            }
        }
    }

    private func choiceOfLanguage(at path: String) -> Markup {
        LanguageChoice(languages: languages, current: say.language, path: path).markup(say)
    }
}
