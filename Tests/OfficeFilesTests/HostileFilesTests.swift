import OfficeFiles
import Testing

/// Damage of every kind ends in an error or in an answer, never in a crash: the test itself is what would not end.
@Suite("Damaged and hostile files")
struct HostileFilesTests {
    /// The same numbers every time.
    private struct Chance {
        var state: UInt64

        mutating func next(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
    }

    private func flipped(_ bytes: [UInt8], _ chance: inout Chance) -> [UInt8] {
        var damaged = bytes
        for _ in 0...chance.next(below: 4) { damaged[chance.next(below: damaged.count)] ^= UInt8(1 << chance.next(below: 8)) }
        return damaged
    }

    @Test("A workbook and a form with flipped bits are read, or refused with a reason, a thousand times")
    func flippedBits() throws {
        var chance = Chance(state: 2026)
        let form = SampleForm.form()
        let document = try form.docx()
        let book = try OfficePrograms.makeWorkbook("varied")
        var refused = 0
        for _ in 0..<500 {
            do { _ = try form.read(flipped(document, &chance)) } catch { refused += 1 }
            do { _ = try Workbook.read(flipped(book, &chance)) } catch { refused += 1 }
        }
        #expect(refused > 500)
    }

    @Test("So are they where the damage is in the XML and the archive is sound")
    func flippedXML() throws {
        var chance = Chance(state: 1945)
        let form = SampleForm.form()
        for (bytes, isForm) in [(try form.docx(), true), (try OfficePrograms.makeWorkbook("varied"), false)] {
            let archive = try ZipArchive(bytes)
            let parts = try archive.names.map { ($0, try archive.read($0)) }
            for _ in 0..<300 {
                var damaged = ZipWriter()
                let victim = chance.next(below: parts.count)
                for (index, part) in parts.enumerated() {
                    damaged.add(part.0, index == victim && !part.1.isEmpty ? flipped(part.1, &chance) : part.1)
                }
                let rewritten = try damaged.archive()
                if isForm { _ = try? form.read(rewritten) } else { _ = try? Workbook.read(rewritten) }
                _ = try? FileKind.of(rewritten)
            }
        }
    }

    @Test("Files cut off anywhere are refused")
    func cutOff() throws {
        let form = SampleForm.form()
        let document = try form.docx()
        for count in stride(from: 0, to: document.count - 1, by: 97) {
            #expect(throws: OfficeFileFault.self) { try form.read(Array(document.prefix(count))) }
        }
    }

    @Test(
        "Billions of laughs, files of the machine and other servers are refused in every part",
        arguments: [
            "<!DOCTYPE a [<!ENTITY l0 'lol'><!ENTITY l1 '&l0;&l0;&l0;'>]>", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
        ])
    func documentTypes(declaration: String) throws {
        let form = SampleForm.form()
        let archive = try ZipArchive(form.docx())
        let parts = try archive.names.map { ($0, try archive.read($0)) }
        for victim in ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "docProps/custom.xml"] {
            var hostile = ZipWriter()
            for (name, content) in parts {
                guard name == victim, let end = content.firstIndex(of: UInt8(ascii: "\n")) else {
                    hostile.add(name, content)
                    continue
                }
                hostile.add(name, content[...end] + Array(declaration.utf8) + content[(end + 1)...])
            }
            let bytes = try hostile.archive()
            #expect(throws: OfficeFileFault(.documentType, at: [.part(victim)])) { try form.read(bytes) }
        }
    }

    @Test("Elements within each other a hundred thousand deep are refused")
    func deep() throws {
        let levels = 100_000
        let word = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
        let document = "<w:document \(word)>" + String(repeating: "<w:sdt>", count: levels) + String(repeating: "</w:sdt>", count: levels)
        let bytes = try MadePackage.package(
            "word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            parts: ["word/document.xml": document + "</w:document>"])
        #expect(throws: OfficeFileFault(.tooMuch(.depth, limit: 250), at: [.part("word/document.xml")])) {
            try SampleForm.form().read(bytes)
        }
        let sheet = "<worksheet>" + String(repeating: "<x>", count: levels)
        #expect(throws: OfficeFileFault.self) { try Workbook.read(MadePackage.workbook(sheet: sheet)) }
    }

    @Test("A sheet that is a bomb is refused while it is read")
    func bombedSheet() throws {
        let rows = String(repeating: "<row><c><v>1</v></c></row>", count: 400_000)
        let bytes = try MadePackage.workbook(sheet: "<worksheet><sheetData>\(rows)</sheetData></worksheet>")
        let fault = #expect(throws: OfficeFileFault.self) { try Workbook.read(bytes) }
        #expect([.tooMuch(.ratio, limit: 200), .tooMuch(.rows, limit: 20_000)].contains(fault?.problem))
    }

    @Test("A link to a part outside of the archive, or to one that is not there, is followed nowhere")
    func strayRelationships() throws {
        for target in ["../../etc/passwd", "/../x", "http://127.0.0.1:9/x", "missing.xml"] {
            var archive = ZipWriter()
            let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            archive.add(
                "[Content_Types].xml",
                Array(
                    """
                    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="\(type)"/></Types>
                    """.utf8))
            archive.add(
                "_rels/.rels",
                Array(
                    """
                    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a"
                    Type="x/officeDocument" Target="\(target)"/></Relationships>
                    """.utf8))
            let bytes = try archive.archive()
            #expect(throws: OfficeFileFault.self) { try Workbook.read(bytes) }
            #expect(throws: UnrecognizedFile.self) { try FileKind.of(bytes) }
        }
    }
}
