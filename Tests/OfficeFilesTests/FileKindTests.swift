import OfficeFiles
import Testing

@Suite("What kind of file it is")
struct FileKindTests {
    private func reason(_ bytes: [UInt8], named name: String? = nil) -> UnrecognizedFile.Reason? {
        do {
            _ = try FileKind.of(bytes, named: name)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test("The kinds that may come in are known by their content")
    func known() throws {
        #expect(try FileKind.of(Array("%PDF-1.7\n%\u{E2}".utf8)) == .pdf)
        #expect(try FileKind.of([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]) == .png)
        #expect(try FileKind.of([0xFF, 0xD8, 0xFF, 0xE0, 0, 16]) == .jpeg)
        #expect(try FileKind.of(SampleForm.form().docx(), named: "x.pdf") == .wordDocument)
        #expect(try FileKind.of(OfficePrograms.makeWorkbook("varied")) == .workbook)
        #expect(try FileKind.of(Array("From: a@example.org\r\nDate: today\r\n\r\nHello".utf8)) == .message)
        #expect(try FileKind.of(Array("name,amount\n\"a, b\",1\nc,2\n".utf8)) == .csv)
        #expect(try FileKind.of(Array("name;amount\r\na;1\r\n".utf8)) == .csv)
        #expect(try FileKind.of(Array("العَرَبِيَّةُ\n1 < 2, as we know\n".utf8)) == .plainText)
        #expect(try FileKind.of(Array("<as they say>".utf8)) == .plainText)
    }

    @Test(
        "A page is no text, whatever it is called",
        arguments: [
            "<!DOCTYPE html><p>", " \n<HTML lang='en'>", "\u{FEFF}<script>alert(1)</script>", "<?xml version='1.0'?><html xmlns='…'/>",
            "<!-- x --><p>",
        ])
    func html(page: String) {
        #expect(reason(Array(page.utf8)) == .html)
        let fault = #expect(throws: UnrecognizedFile.self) { try FileKind.of(Array(page.utf8), named: "../Signed.PDF") }
        #expect(fault?.description == "an HTML page named .pdf")
    }

    @Test("What may not come in is called by its name")
    func unrecognized() throws {
        #expect(reason([]) == .empty)
        #expect(reason([UInt8](repeating: 0x41, count: FileKind.sizeLimit + 1)) == .tooLarge(limit: FileKind.sizeLimit))
        #expect(reason(Array("<svg xmlns='x'/>".utf8)) == .svg)
        #expect(reason(Array("<?xml version='1.0'?><a/>".utf8)) == .xml)
        #expect(reason(Array("{\\rtf1 x}".utf8)) == .rtf)
        #expect(reason(Array("GIF89a".utf8)) == .otherPicture)
        #expect(reason([0x7F, 0x45, 0x4C, 0x46, 2]) == .program)
        #expect(reason(Array("#!/bin/sh\n".utf8)) == .program)
        #expect(reason([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0]) == .compoundFile)
        #expect(reason([0x1F, 0x8B, 8]) == .otherArchive)
        #expect(reason([0xFF, 0xFE, 0x41, 0]) == .otherEncoding)
        #expect(reason([0x63, 0x61, 0x66, 0xE9]) == .otherEncoding)
        #expect(reason([0x41, 0, 0x42]) == .unknown)
        var plain = ZipWriter()
        plain.add("a.txt", [0x41])
        #expect(reason(try plain.archive()) == .otherArchive)
        let slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
        #expect(
            reason(try MadePackage.package("ppt/presentation.xml", slides, parts: ["ppt/presentation.xml": "<a/>"])) == .otherOfficeFile)
    }

    @Test("Macros are refused, declared or only there")
    func macros() throws {
        let document = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        for type in ["application/vnd.ms-word.document.macroEnabled.main+xml", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"] {
            #expect(
                reason(try MadePackage.package("word/document.xml", type, parts: ["word/document.xml": "<a/>"])) == .refused(.init(.macros))
            )
        }
        let there = try MadePackage.package(
            "word/document.xml", document, parts: ["word/document.xml": "<a/>", "word/vbaProject.bin": "x"])
        #expect(reason(there) == .refused(.init(.macros)))
    }

    @Test("A bomb named .docx is refused, and called what it is")
    func bomb() throws {
        let document = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        let blanks = String(repeating: " ", count: 30 * 1024 * 1024)
        let bytes = try MadePackage.package(
            "word/document.xml", document, parts: ["word/document.xml": "<a/>", "word/media/x.xml": blanks])
        #expect(bytes.count < 100_000)
        let fault = #expect(throws: UnrecognizedFile.self) { try FileKind.of(bytes, named: "Report.docx") }
        #expect(
            fault?.description
                == "a file named .docx that cannot be taken: word/media/x.xml: more than 200 times as large unpacked as packed, as a zip bomb is"
        )
    }
}
