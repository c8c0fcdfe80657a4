internal import Foundation
internal import HTML
internal import PooledFund

extension Brief {
    /// The brief as an HTML file that stands by itself, set for A4: its style is within it and it loads nothing.
    public func document() -> [UInt8] {
        let identity = record.terms.identity
        return PrintedDocument(
            title: title, kind: say("brief.kind"), heading: identity.knownAs, headline: identity.headline,
            asOf: say("brief.as-of", ["date": .text(date)]),
            running: say("brief.running", ["fund": .text(identity.shortName), "date": .text(date)]),
            say: say
        ).bytes { content(figure: { .text($1) }) }
    }
}

/// An HTML file that stands by itself, set for A4: its style is within it and it loads nothing.
struct PrintedDocument {
    let title: String
    /// What it is one of, above the heading.
    let kind: String
    /// Nil for the title.
    var heading: String?
    var headline = ""
    /// Of which day it speaks.
    let asOf: String
    /// At the foot of every page.
    let running: String
    let say: Catalogue

    func bytes(@MarkupBuilder _ content: () -> Markup) -> [UInt8] {
        let language = say.language
        let page = Markup.fragment {
            Markup.doctype
            html(.lang(language.code), .dir(language.direction)) {
                head {
                    meta(.charset("utf-8"))
                    meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                    HTML.title { self.title }
                    Self.placeOfStyle
                }
                body {
                    main {
                        header(.class("brief-head")) {
                            p(.class("brief-kind")) { kind }
                            h1 { bdi { heading ?? title } }
                            if !headline.isEmpty { p(.class("brief-headline")) { bdi { headline } } }
                            p(.class("brief-as-of")) { asOf }
                        }
                        content()
                    }
                }
            }
        }
        var bytes: [UInt8] = []
        page.render(into: &bytes)
        return Self.inserting(style, into: bytes)
    }

    /// An empty element, which only this file writes: text is escaped, so it is found nowhere else.
    private static let placeOfStyle = Markup.trusted("<style></style>")

    private static func inserting(_ style: String, into page: [UInt8]) -> [UInt8] {
        let tag = Array("<style>".utf8)
        guard let start = page.indices.first(where: { page[$0...].starts(with: tag) }) else { return page }
        return Array(page[..<(start + tag.count)]) + Array(style.utf8) + Array(page[(start + tag.count)...])
    }

    private var style: String {
        let file = Sentences.resources.appendingPathComponent("print.css")
        let sheet = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        let number = say("brief.page", ["page": .text("\u{1}"), "pages": .text("\u{2}")])
        return sheet + "@page{@bottom-left{content:\(Self.cssContent(running))}@bottom-right{content:\(Self.cssContent(number))}}"
    }

    /// A text as the value of `content`, U+0001 for the page's number and U+0002 for the number of pages.
    ///
    /// All but ASCII letters and digits is written as an escape (CSS Syntax 3, 4.3.7), so nothing in a name can end the string or the element.
    private static func cssContent(_ text: String) -> String {
        var content = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{1}": content += "\" counter(page) \""
            case "\u{2}": content += "\" counter(pages) \""
            case "a"..."z", "A"..."Z", "0"..."9": content.unicodeScalars.append(scalar)
            default: content += "\\" + String(scalar.value, radix: 16) + " "
            }
        }
        return content + "\""
    }
}
