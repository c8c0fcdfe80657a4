import OfficeFiles
import Testing

@Suite("Forms that go out and come back")
struct WordFormTests {
    private typealias Change = OfficePrograms.Change
    private let form = SampleForm.form()

    @Test("python-docx finds the title, headings as headings, header rows, a control for each question, the version at the foot")
    func pythonDocx() throws {
        let document = try OfficePrograms.readDocument(form.docx())
        #expect(document.title == "Concept note <draft>")
        #expect(document.language == "en")
        #expect(document.created.hasPrefix("2026-03-01T00:00:00"))
        #expect(document.paragraphs.first == ["Title", "Concept note <draft>"])
        #expect(document.paragraphs.contains(["Heading 1", "Who you are"]))
        #expect(document.paragraphs.contains(["Heading 2", "What you want"]))
        #expect(document.paragraphs.contains(["Help text", "As registered"]))
        #expect(document.paragraphs.contains(["Signature line", "Signature of the head of office"]))
        #expect(document.paragraphs.contains { $0[1] == "This is what we ask.\nOn two lines, with a\ttab. \(SampleForm.scripts)" })
        #expect(document.header == "Concept note <draft>")
        #expect(document.footer.hasPrefix("Version 3, sha256 1a2b3c\t"))
        #expect(document.headerRows == [true])
        #expect(document.rows == [4])
        #expect(
            document.controls.map(\.tag) == ["name", "story", "agree", "start", "end", "truth"]
                + (1...3).flatMap { row in ["what", "when", "sure"].map { "output.\(row).\($0)" } })
        #expect(document.controls.first?.name == "Name")
        #expect(document.controls.first?.text == "Write here")
        #expect(document.controls.last?.name == "Sure (3)")
    }

    @Test("A form that comes back as it went has the answers that were in it, and no others", arguments: [false, true])
    func untouched(isRightToLeft: Bool) throws {
        let form = SampleForm.form(language: isRightToLeft ? "ar" : "en", isRightToLeft: isRightToLeft)
        let read = try form.read(form.docx())
        #expect(read.version == "Version 3, sha256 1a2b3c")
        #expect(read.observations.isEmpty)
        #expect(Set(read.answers.keys) == ["story", "end", "truth"])
        #expect(text(read.answers["story"])?.utf8.elementsEqual("one\n two\tthree  \n\(SampleForm.scripts)".utf8) == true)
        #expect(read.answers["end"] == .date("2026-12-31"))
        #expect(read.answers["truth"] == .checked(false))
        #expect(
            read.rows["output"] == [
                ["what": .text("a well"), "sure": .checked(true)], ["sure": .checked(false)], ["sure": .checked(false)],
            ])
    }

    @Test("The same form gives the same bytes")
    func sameBytes() throws {
        let first = try form.docx()
        #expect(try form.docx() == first)
    }

    @Test("Answers of every kind are read by their tags, in the scripts of all six languages, byte for byte")
    func filled() throws {
        let read = try form.read(
            OfficePrograms.fill(
                form.docx(),
                [
                    .write("name", SampleForm.scripts), .write("story", "a\nb\n\nc"), .write("agree", "لاحقًا"),
                    .write("start", "2026-02-28"),
                    Change(tag: "truth", do: "check"), .write("output.2.what", "a road"), .write("output.2.when", "2027-01-01"),
                ]))
        #expect(read.observations.isEmpty)
        #expect(text(read.answers["name"])?.utf8.elementsEqual(SampleForm.scripts.utf8) == true)
        #expect(read.answers["story"] == .text("a\nb\n\nc"))
        #expect(read.answers["agree"] == .choice("later"))
        #expect(read.answers["start"] == .date("2026-02-28"))
        #expect(read.answers["truth"] == .checked(true))
        #expect(read.rows["output"]?[1] == ["what": .text("a road"), "when": .date("2027-01-01"), "sure": .checked(false)])
    }

    @Test("Rich runs, tabs, breaks, symbols and special hyphens become plain text")
    func runs() throws {
        let rich = """
            <w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">bold </w:t></w:r><w:r><w:t>plain</w:t><w:tab/><w:t>x</w:t><w:cr/><w:t>y</w:t>
            <w:noBreakHyphen/><w:softHyphen/><w:sym w:font="Arial" w:char="2192"/></w:r><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>
            <w:r><w:fldChar w:fldCharType="begin"/><w:instrText> DATE </w:instrText></w:r><w:r><w:t>z</w:t></w:r>
            """
        let read = try form.read(OfficePrograms.fill(form.docx(), [.write("story", xml: rich)]))
        #expect(read.answers["story"] == .text("bold plain\tx\ny\u{2011}\u{AD}→linkz"))
        #expect(read.observations.isEmpty)
    }

    @Test("Insertions that nobody accepted are taken, deletions left out, and both are told")
    func trackedChanges() throws {
        let tracked = """
            <w:r><w:t>keep </w:t></w:r><w:del w:id="1"><w:r><w:delText>gone </w:delText><w:t>gone too </w:t></w:r></w:del>
            <w:ins w:id="2"><w:r><w:t>new</w:t></w:r></w:ins><w:moveFrom w:id="3"><w:r><w:t>away</w:t></w:r></w:moveFrom>
            <w:moveTo w:id="4"><w:r><w:t> here</w:t></w:r></w:moveTo>
            """
        let read = try form.read(OfficePrograms.fill(form.docx(), [.write("name", xml: tracked)]))
        #expect(read.answers["name"] == .text("keep new here"))
        #expect(read.observations == [.init(tag: "name", kind: .trackedChanges)])
    }

    @Test("Paragraphs are lines, and one whose end was deleted goes on in the next")
    func paragraphs() throws {
        let xml = """
            <w:p><w:r><w:t>one</w:t></w:r></w:p><w:p/><w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>two </w:t></w:r></w:p>
            <w:p><w:r><w:t>three</w:t></w:r></w:p>
            """
        let read = try form.read(OfficePrograms.fill(form.docx(), [.write("story", xml: xml)]))
        #expect(read.answers["story"] == .text("one\n\ntwo three"))
    }

    @Test("A prompt that still shows is no answer, nor is one that a program forgot to mark, nor blanks")
    func prompts() throws {
        var prompt = Change.write("name", "some other prompt")
        prompt.keepsPrompt = true
        let read = try form.read(
            OfficePrograms.fill(
                form.docx(), [prompt, .write("story", " \n\t"), .write("agree", "Choose one"), .write("start", "Choose a day")]))
        #expect(Set(read.answers.keys) == ["end", "truth"])
        #expect(read.observations.isEmpty)
    }

    @Test("Questions that are gone, there twice, moved or unknown are told")
    func structure() throws {
        let read = try form.read(
            OfficePrograms.fill(
                form.docx(),
                [
                    .write("name", "A"), Change(tag: "name", do: "duplicate"), Change(tag: "agree", do: "remove"),
                    Change(tag: "start", do: "move-to-end"), Change(tag: "output.3.what", do: "retag", xml: "other"),
                ]))
        #expect(read.answers["name"] == .text("A"))
        #expect(
            Set(read.observations) == [
                .init(tag: "name", kind: .duplicated(isContradictory: false)), .init(tag: "agree", kind: .missing),
                .init(tag: "start", kind: .moved), .init(tag: "output.3.what", kind: .missing), .init(tag: "other", kind: .unknown),
            ])
    }

    @Test("Two copies of a question that say different things are told as such; the first counts")
    func contradiction() throws {
        let once = try OfficePrograms.fill(form.docx(), [.write("name", "A"), Change(tag: "name", do: "duplicate"), .write("name", "B")])
        let read = try form.read(once)
        #expect(read.answers["name"] == .text("B"))
        #expect(read.observations == [.init(tag: "name", kind: .duplicated(isContradictory: true))])
    }

    @Test("A row of a table that was deleted takes its questions with it")
    func deletedRow() throws {
        let read = try form.read(OfficePrograms.fill(form.docx(), [Change(tag: "output.1.what", do: "delete-row")]))
        #expect(read.observations.map(\.tag) == ["output.1.what", "output.1.when", "output.1.sure"])
        #expect(read.observations.allSatisfy { $0.kind == .missing })
        #expect(read.rows["output"]?[0] == [:])
    }

    @Test("What does not fit its question is taken as it stands, and told")
    func misfits() throws {
        let read = try form.read(
            OfficePrograms.fill(
                form.docx(),
                [
                    .write("name", "two\nlines"), .write("agree", "Perhaps"), .write("start", "soon"), .write("end", "31.12.2026"),
                    .write("output.1.when", "2026-05-05"), Change(tag: "output.1.when", do: "keep-date", xml: "2026-05-06T00:00:00Z"),
                    .write("output.1.what", xml: "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"),
                ]))
        #expect(read.answers["agree"] == .text("Perhaps"))
        #expect(read.answers["start"] == .text("soon"))
        #expect(read.answers["end"] == .date("2026-12-31"))
        #expect(read.rows["output"]?[0]["when"] == .date("2026-05-05"))
        #expect(
            Set(read.observations) == [
                .init(tag: "name", kind: .severalLines), .init(tag: "agree", kind: .notAChoice), .init(tag: "start", kind: .notADate),
                .init(tag: "output.1.when", kind: .contradictoryDate(kept: "2026-05-06")), .init(tag: "output.1.what", kind: .hiddenText),
            ])
    }

    @Test("What no form may have is refused, with the field")
    func notWritable() throws {
        typealias Field = WordForm.Field
        let wrong: [Field] = [
            Field(tag: "", label: "L", kind: .line), Field(tag: "a.b", label: "L", kind: .line),
            Field(tag: String(repeating: "t", count: 41), label: "L", kind: .line), Field(tag: "t", label: "", kind: .line),
            Field(tag: "t", label: "a\u{1}", kind: .line), Field(tag: "t", label: "L", kind: .choice([])),
            Field(tag: "t", label: "L", kind: .choice([SampleForm.choices[0], SampleForm.choices[0]])),
            Field(tag: "t", label: "L", kind: .line, value: .checked(true)),
            Field(tag: "t", label: "L", kind: .date, value: .date("2026-02-29")),
            Field(tag: "t", label: "L", kind: .choice(SampleForm.choices), value: .choice("maybe")),
            Field(tag: "t", label: "L", kind: .line, value: .text("\u{FFFF}")),
        ]
        for field in wrong {
            var form = form
            form.blocks = [.field(field)]
            let fault = #expect(throws: OfficeFileFault.self) { try form.docx() }
            #expect(fault?.place == [.field(field.tag)])
        }
        var twice = form
        twice.blocks += [.field(Field(tag: "name", label: "L", kind: .line))]
        #expect(throws: OfficeFileFault(.duplicate("the tag"), at: [.field("name")])) { try twice.docx() }
    }

    @Test("An answer beyond the limit, and more controls than a form can have, are refused")
    func limits() throws {
        let long = try OfficePrograms.fill(form.docx(), [.write("story", String(repeating: "x", count: 300_000))])
        #expect(throws: OfficeFileFault.self) { try form.read(long) }
        #expect(throws: OfficeFileFault.self) { try form.read(form.docx(), limits: WordFormAnswers.Limits(controls: 3)) }
    }

    @Test("A workbook is no form")
    func workbook() throws {
        let book = try MadePackage.workbook(sheet: "<worksheet/>")
        #expect(throws: OfficeFileFault(.wrongKind(expected: "a DOCX document"))) { try form.read(book) }
    }

    private func text(_ answer: WordForm.Answer?) -> String? {
        if case .text(let text) = answer { text } else { nil }
    }
}
