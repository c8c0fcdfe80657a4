import Testing

@testable import PooledFund

@Suite("Texts with figures")
struct TextTemplateTests {
    @Test("Paragraphs are separated by empty lines, and their lines run on")
    func paragraphs() {
        let template = TextTemplate(parsing: "One\ntwo.\n\n  \nThree.\n")
        #expect(template.blocks == [.paragraph([.text("One two.")]), .paragraph([.text("Three.")])])
        #expect(TextTemplate(parsing: "").blocks.isEmpty)
    }

    @Test("A block with `- ` is a list, whose items may run on")
    func lists() {
        let template = TextTemplate(parsing: "- one\n- two\n  and more\n\nEnd.")
        #expect(template.blocks == [.list([[.text("one")], [.text("two and more")]]), .paragraph([.text("End.")])])
    }

    @Test("Figures and statements are named in braces, and what is neither is kept as unknown")
    func figures() {
        let template = TextTemplate(parsing: "{contributors} gave {contributionsMobilized}, {stated:mobilized} {it says}. {")
        #expect(
            template.parts == [
                .figure(.contributors), .text(" gave "), .figure(.contributionsMobilized), .text(", "), .stated("mobilized"), .text(" "),
                .unknown("it says"), .text(". {"),
            ])
    }

    @Test("The line ends of Windows make the same text")
    func windows() {
        let text = "One\ntwo.\n\n- {contributors}\n- b\n"
        #expect(TextTemplate(parsing: text.replacing("\n", with: "\r\n")) == TextTemplate(parsing: text))
    }

    @Test("A brace with a combining mark behind it is still a brace")
    func combiningMarks() {
        #expect(TextTemplate(parsing: "{contributors}\u{301}").parts.first == .figure(.contributors))
        #expect(TextTemplate(parsing: "{\u{301}contributors}").parts == [.unknown("\u{301}contributors")])
    }
}
