import HTML
import Testing

@Suite("The catalogue of sentences")
struct CatalogueTests {
    static let yaml = """
        nav.home: Overview
        contributors.lead:
          one: "{count} contributor has put in {amount}."
          other: "{count} contributors have put in {amount}."
        trace: "See {link} & more."
        braces: "{{not}} {a}"
        answer: yes
        """

    private func english() throws -> Catalogue {
        try Catalogue(yaml: Self.yaml, language: .english)
    }

    @Test("a sentence takes its arguments, and its form by count")
    func sentences() throws {
        let say = try english()
        #expect(say("nav.home") == "Overview")
        #expect(say("contributors.lead", ["count": .number(1), "amount": .text("2")]) == "1 contributor has put in 2.")
        #expect(say("contributors.lead", ["count": .number(2200), "amount": "a"]) == "2,200 contributors have put in a.")
        #expect(say("contributors.lead", ["count": 0, "amount": "a"]) == "0 contributors have put in a.")
        #expect(say("braces", ["a": "x"]) == "{not} x")
        #expect(say("answer") == "yes")
        #expect(say.missing.isEmpty)
    }

    @Test("markup goes into a sentence whose own text is escaped")
    func markup() throws {
        let say = try english()
        let how = a(.href(Address(path: "/how"))) { "how" }
        let expected = #"See <a href="/how">how</a> &amp; more."#
        #expect(say.markup("trace", ["link": how]).rendered() == expected)
        #expect(say.markup("trace", ["link": .markup(how)]).rendered() == expected)
        #expect(say.markup("trace", ["link": .text("<b>")]).rendered() == "See &lt;b&gt; &amp; more.")
        #expect(
            say.markup("contributors.lead", ["count": .number(1), "amount": .markup(strong { "2" })]).rendered()
                == "1 contributor has put in <strong>2</strong>.")
        #expect(say.markup("nav.home").rendered() == "Overview")
    }

    @Test("what is missing shows, is noted, and stops nothing")
    func missing() throws {
        let say = try english()
        let copy = say
        #expect(copy("no.such") == "⟨no.such⟩")
        #expect(say("trace") == "See ⟨link⟩ & more.")
        #expect(say.markup("trace").rendered() == "See ⟨link⟩ &amp; more.")
        #expect(say("contributors.lead", ["amount": "a"]) == "⟨count⟩ contributors have put in a.")
        #expect(say("trace", ["link": .markup(br())]) == "See ⟨link⟩ & more.")
        #expect(say.missing == ["no.such", "trace{link}", "contributors.lead{count}"])
        #expect(try english().missing.isEmpty)
    }

    @Test("tests can compare keys and placeholders")
    func contents() throws {
        let say = try english()
        #expect(say.keys == ["nav.home", "contributors.lead", "trace", "braces", "answer"])
        #expect(say.placeholders(of: "contributors.lead") == ["count", "amount"])
        #expect(say.placeholders(of: "braces") == ["a"])
        #expect(say.hasPlural("contributors.lead") && !say.hasPlural("trace"))
        #expect(say.contains("trace") && !say.contains("no.such"))
    }

    @Test("the pseudo-translation leaves no ASCII letter but in placeholders, months included")
    func pseudoTranslation() throws {
        let say = try english().pseudoTranslated()
        func asciiLetters(_ text: String) -> String {
            String(text.unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic })
        }
        let text = say("contributors.lead", ["count": .number(3), "amount": .text("DATA")])
        #expect(asciiLetters(text) == "DATA" && text.hasPrefix("3 "))
        #expect(asciiLetters(say("nav.home")).isEmpty && say("nav.home").unicodeScalars.count == 8)
        #expect(say.keys == (try english().keys) && say.placeholders(of: "trace") == ["link"])
        for month in 1...12 {
            #expect(asciiLetters(say.language.date(year: 2024, month: month, day: 1)).isEmpty)
        }
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        let other = try Catalogue(yaml: "all: \(alphabet)", language: .spanish).pseudoTranslated()
        #expect(other("all").unicodeScalars.allSatisfy { !$0.isASCII } && Set(other("all").unicodeScalars).count == 52)
        #expect(asciiLetters(other.language.date(year: 2024, month: 1, day: 31)).isEmpty)
    }

    @Test(
        "a file that is not a catalogue is refused with the reason",
        arguments: [
            ("- a", CatalogueError.notAMapping), ("", .notAMapping), ("a: [b]", .notASentence(key: "a")),
            ("a: {one: x}", .notASentence(key: "a")),
            ("a: {other: x, some: y}", .notASentence(key: "a")), ("a: 'x {b'", .malformedPlaceholder(key: "a", sentence: "x {b")),
            ("a: 'x } b'", .malformedPlaceholder(key: "a", sentence: "x } b")),
            ("a: 'x {} b'", .malformedPlaceholder(key: "a", sentence: "x {} b")),
        ])
    func refusals(yaml: String, error: CatalogueError) {
        #expect(throws: error) { try Catalogue(yaml: yaml, language: .english) }
    }

    @Test("a key given twice is refused")
    func duplicates() {
        #expect(throws: CatalogueError.self) { try Catalogue(yaml: "a: x\na: y", language: .english) }
    }

    @Test("each language has its plural forms")
    func plurals() throws {
        let yaml = "n: {zero: zero, one: one, two: two, few: few, many: many, other: other}"
        func forms(_ rule: PluralRule) throws -> [String] {
            var language = Language.english
            language.pluralRule = rule
            let say = try Catalogue(yaml: yaml, language: language)
            return [0, 1, 2, 5, 11, 100, -1].map { say("n", ["count": .number($0)]) }
        }
        #expect(try forms(.oneIsOne) == ["other", "one", "other", "other", "other", "other", "one"])
        #expect(try forms(.zeroAndOneAreOne) == ["one", "one", "other", "other", "other", "other", "one"])
        #expect(try forms(.arabic) == ["zero", "one", "two", "few", "many", "other", "one"])
        #expect(try forms(.none) == Array(repeating: "other", count: 7))
    }
}
