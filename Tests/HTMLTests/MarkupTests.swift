// Imported on purpose: the C library has functions called `link`, `time` and `select`, which must not get in the way of a page's author.
import Foundation
import HTML
import Testing

@Suite("Markup is built as it reads")
struct MarkupTests {
    @Test("elements nest, with attributes in their order")
    func nesting() {
        let markup = section(.class("lead"), .id("x")) {
            h2 { "Contributors" }
            p {
                "By "
                a(.href(Address(path: "/all"))) { "all" }
                br()
            }
        }
        #expect(
            markup.rendered()
                == #"<section class="lead" id="x"><h2>Contributors</h2><p>By <a href="/all">all</a><br></p></section>"#)
    }

    @Test("optionals, conditions and loops")
    func control() {
        func list(_ items: [String], note: String?, isLong: Bool, last: Markup?) -> Markup {
            ul {
                for item in items {
                    li { item }
                }
                if isLong { li { "long" } } else { li { "short" } }
                if let note { li { note } }
                note
                last
                [li(), li()]
            }
        }
        #expect(
            list(["a", "<"], note: "n", isLong: true, last: hr()).rendered()
                == "<ul><li>a</li><li>&lt;</li><li>long</li><li>n</li>n<hr><li></li><li></li></ul>")
        #expect(list([], note: nil, isLong: false, last: nil).rendered() == "<ul><li>short</li><li></li><li></li></ul>")
    }

    @Test("an array of attributes, boolean attributes and those left out")
    func attributes() {
        var attributes: [Attribute] = [.name("q"), .checked(), .selected(false)]
        attributes.append(.required())
        #expect(input(attributes).rendered() == #"<input name="q" checked required>"#)
        #expect(div([.classes([nil, "a", "b"])]).rendered() == #"<div class="a b"></div>"#)
        #expect(div(.classes([nil])).rendered() == "<div></div>")
        #expect(
            th(.scope(.col), .colspan(2), .aria(.sort, "ascending")).rendered()
                == #"<th scope="col" colspan="2" aria-sort="ascending"></th>"#)
        #expect(span(.translate(false), .dir(.rightToLeft)).rendered() == #"<span translate="no" dir="rtl"></span>"#)
        #expect(div(.data("row on=\"", "1")).rendered() == #"<div data-rowon="1"></div>"#)
    }

    @Test("numbers in drawings are short and never something else than a number")
    func geometry() {
        #expect(rect(.x(1), .y(-0.25), .width(12.34), .height(.nan)).rendered() == #"<rect x="1" y="-0.3" width="12.3" height="0"></rect>"#)
        #expect(path(.fill(pattern: "a) url(x")).rendered() == ##"<path fill="url(#a--url-x)"></path>"##)
    }

    @Test("names shared with the C library mean the elements")
    func namesOfC() {
        let page = Markup.fragment {
            link(.rel("stylesheet"), .href(Address(path: "/style.css")))
            time(.datetime("2024-01-31")) { "31 January" }
            select(.name("s")) { option(.value("1"), .selected()) { "1" } }
        }
        #expect(
            page.rendered()
                == #"<link rel="stylesheet" href="/style.css"><time datetime="2024-01-31">31 January</time><select name="s"><option value="1" selected>1</option></select>"#
        )
    }

    @Test("only a literal is taken for markup")
    func trusted() {
        #expect(
            Markup.fragment {
                Markup.trusted("<b>"); "<b>"
            }.rendered() == "<b>&lt;b&gt;")
    }

    @Test("emptiness can be asked for")
    func emptiness() {
        #expect(Markup.empty.isEmpty && Markup.text("").isEmpty && Markup.sequence([.empty]).isEmpty && Markup.trusted("").isEmpty)
        #expect(!p().isEmpty && !Markup.text("x").isEmpty && !br().isEmpty)
    }
}
