import Testing

@testable import HTML

@Suite("What a person types stays text")
struct EscapingTests {
    /// Every ASCII character alone, and with what makes one `Character` of it or turns it around.
    static let cases: [String] = {
        let companions = ["", "\u{301}", "\u{200D}", "\u{200F}", "\u{FE0F}", "\n", "\r"]
        var cases: [String] = []
        for value in UInt8.min...0x7F {
            let scalar = String(UnicodeScalar(value))
            for companion in companions {
                cases += [scalar + companion, companion + scalar, "x" + scalar + companion + "y"]
            }
        }
        return cases + [
            "\"\u{301} onmouseover=alert(1) x=\"", "</textarea></title></div><script>alert(1)</script>", "&lt;", "&amp;lt;", "&#39;", "]]>",
            "<!--", "-->", "日本語 <b>", "👨‍👩‍👧‍👦&", "\n\n",
            text(0x80, 0x9F, 0xA0, 0xBF, 0xC0), text(0xFDCF, 0xFDD0, 0xFDEF, 0xFDF0, 0xFFFD, 0xFFFE, 0xFFFF),
            text(0x1FFFD, 0x1FFFF, 0x1F600, 0x10FFFE, 0x10FFFD),
            String(repeating: "é<", count: 500),
        ]
    }()

    private static func text(_ values: UInt32...) -> String {
        String(String.UnicodeScalarView(values.compactMap(UnicodeScalar.init)))
    }

    /// What a parser should read: line ends as line feeds, and U+FFFD for what HTML forbids. Written scalar by scalar, unlike the code.
    static func expected(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var isAfterCarriageReturn = false
        for scalar in text.unicodeScalars {
            defer { isAfterCarriageReturn = scalar == "\r" }
            switch scalar.value {
            case 0x0A where isAfterCarriageReturn: break
            case 0x0D: scalars.append("\n")
            case 0x09, 0x0A: scalars.append(scalar)
            case 0x00...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: scalars.append("\u{FFFD}")
            case let value where value & 0xFFFE == 0xFFFE: scalars.append("\u{FFFD}")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    @Test("every ASCII character, whatever follows it, is read back by an HTML parser as it was given")
    func roundTrip() throws {
        let page = Markup.fragment {
            Markup.doctype
            html(.lang("en")) {
                head { title { "\"\u{301}</title>" } }
                body {
                    for text in Self.cases {
                        div(.title(text), .value(text)) { text }
                        textarea(.aria(.label, text)) { text }
                        pre(.data("x", text)) { text }
                    }
                }
            }
        }
        var bytes: [UInt8] = []
        page.render(into: &bytes)
        let elements = try RealParser.elements(of: bytes)
        #expect(elements.map(\.name).prefix(4) == ["html", "head", "title", "body"])
        #expect(elements[2].text.unicodeScalars.elementsEqual("\"\u{301}</title>".unicodeScalars))
        let parsed = Array(elements.dropFirst(4))
        try #require(parsed.count == Self.cases.count * 3, "an element was added or lost")
        for (index, text) in Self.cases.enumerated() {
            let expected = Array(Self.expected(text).unicodeScalars)
            let (block, area, preformatted) = (parsed[index * 3], parsed[index * 3 + 1], parsed[index * 3 + 2])
            #expect(
                block.attributes.count == 2 && area.attributes.count == 1 && preformatted.attributes.count == 1, "\(text.debugDescription)")
            for read in [
                block.text, block.attributes["title"], block.attributes["value"], area.text, area.attributes["aria-label"],
                preformatted.text,
                preformatted.attributes["data-x"],
            ] {
                #expect(Array((read ?? "none").unicodeScalars) == expected, "\(text.debugDescription)")
            }
        }
    }

    @Test("a quotation mark joined to a combining mark is escaped")
    func combiningMark() {
        #expect(Markup.text("\"\u{301}").rendered() == "&quot;\u{301}")
        #expect(div(.title("'\u{301}")).rendered() == "<div title=\"&#39;\u{301}\"></div>")
    }

    @Test("a string that is not stored as UTF-8 in one piece is escaped as well")
    func substrings() {
        let text = String("abc<def>&".dropFirst(2))
        #expect(Markup.text(text).rendered() == "c&lt;def&gt;&amp;")
    }
}
