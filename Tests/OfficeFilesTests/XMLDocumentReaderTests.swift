import OfficeFiles
import Testing

@Suite("XML")
struct XMLDocumentReaderTests {
    /// Writes down what it is told.
    private final class Witness: XMLVisitor {
        var events: [String] = []
        var text: [UInt8] = []

        func begin(_ element: XMLElement) {
            flush()
            events.append(
                "<\(element.name.namespace)|\(element.name.local)" + element.attributes.map { " \($0.name.local)=\($0.value)" }.joined())
        }

        func text(_ piece: UnsafeRawBufferPointer) { text += Array(piece) }

        func end(_ name: XMLName) {
            flush()
            events.append(">\(name.local)")
        }

        private func flush() {
            if !text.isEmpty { events.append(String(decoding: text, as: UTF8.self)) }
            text = []
        }
    }

    private func events(_ xml: String) throws -> [String] {
        let witness = Witness()
        try XMLDocumentReader.read(Array(xml.utf8), into: witness)
        return witness.events
    }

    @Test("Elements, attributes, text, entities of XML and CDATA come in their order")
    func order() throws {
        #expect(
            try events(
                "<?xml version='1.0'?><a xmlns='urn:x' b='1 &amp; 2 &amp;#38; &#x26;lt;'>x&lt;<!-- no -->y<![CDATA[<z>]]>&#x4E2D;<c/></a>")
                == ["<urn:x|a b=1 & 2 &#38; &lt;", "x<y<z>中", "<urn:x|c", ">c", ">a"])
    }

    @Test("A document that comes byte by byte reads the same")
    func pieces() throws {
        let xml = Array("<a>中文 العَرَبِيَّةُ e\u{301} 𝕏</a>".utf8)
        let witness = Witness()
        let reader = try XMLDocumentReader(visitor: witness)
        for byte in xml { try withUnsafeBytes(of: byte) { try reader.take($0) } }
        try reader.finish()
        #expect(witness.events[1].utf8.elementsEqual("中文 العَرَبِيَّةُ e\u{301} 𝕏".utf8))
    }

    @Test("Encodings other than UTF-8 are refused, whether they are declared or only used")
    func encodings() throws {
        #expect(try events("\u{FEFF}<?xml version='1.0' encoding='UTF-8'?><a>é</a>") == ["<|a", "é", ">a"])
        for name in ["ISO-8859-1", "UTF-7", "Shift_JIS", "ISO-2022-JP"] {
            #expect(throws: OfficeFileFault.self) { try events("<?xml version='1.0' encoding='\(name)'?><a/>") }
        }
        #expect(throws: OfficeFileFault(.unknownEncoding("ISO-8859-1"))) {
            try events("<?xml version='1.0' encoding='ISO-8859-1'?><a/>")
        }
        let text = "<?xml version='1.0' encoding='UTF-16'?><a>é中</a>"
        let units = text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        for bytes: [UInt8] in [[0xFF, 0xFE] + units, units, [0x4C, 0x6F, 0xA7, 0x94]] {
            #expect(throws: OfficeFileFault.self) { try XMLDocumentReader.read(bytes, into: Witness()) }
        }
        #expect(throws: OfficeFileFault.self) {
            try XMLDocumentReader.read([0x3C, 0x61, 0x3E, 0xE9, 0x3C, 0x2F, 0x61, 0x3E], into: Witness())
        }
    }

    @Test("A tag that is too long is refused before it is read, however it hides that")
    func longTags() throws {
        let attributes = (0..<20_000).map { "b\($0)='>'" }.joined(separator: " ")
        for beginning in ["", "<!-- > ' <x \" -->", "<!---->", "<?p ' > ?>", "<a><![CDATA[ ' ]> \" ]]]]>", "<a>'"] {
            #expect(throws: OfficeFileFault(.tooMuch(.tagBytes, limit: 65_536)), "\(beginning)") {
                try events("\(beginning)<a \(attributes)/>")
            }
        }
        #expect(try events("<a b='\(String(repeating: "x", count: 60_000))'/>").count == 2)
        let comment =
            "<a><!-- \(String(repeating: "' > ", count: 30_000)) --><b/><![CDATA[\(String(repeating: "<x ", count: 30_000))]]></a>"
        #expect(try events(comment).prefix(3) == ["<|a", "<|b", ">b"])
    }

    @Test("Names and namespaces have a limit")
    func names() {
        let names = (0...20_000).map { "<n\($0)/>" }.joined()
        #expect(throws: OfficeFileFault(.tooMuch(.names, limit: 20_000))) { try events("<a>\(names)</a>") }
        let namespaces = (0..<501).map { "xmlns:n\($0)='urn:\($0)'" }.joined(separator: " ")
        #expect(throws: OfficeFileFault(.tooMuch(.namespaces, limit: 500))) { try events("<a \(namespaces)/>") }
    }

    @Test(
        "A document type is refused, with whatever it would do",
        arguments: [
            "<!DOCTYPE a><a/>",
            "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
            "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a/>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><a/>",
            """
            <!DOCTYPE a [<!ENTITY l0 'lol'><!ENTITY l1 '&l0;&l0;&l0;&l0;&l0;&l0;&l0;&l0;&l0;&l0;'>
            <!ENTITY l2 '&l1;&l1;&l1;&l1;&l1;&l1;&l1;&l1;&l1;&l1;'><!ENTITY l3 '&l2;&l2;&l2;&l2;&l2;&l2;&l2;&l2;&l2;&l2;'>
            ]><a>&l3;</a>
            """,
        ])
    func documentType(xml: String) {
        #expect(throws: OfficeFileFault(.documentType)) { try events(xml) }
    }

    @Test("Depth, elements, attributes and text have a limit")
    func limits() throws {
        let deep = String(repeating: "<a>", count: 65) + String(repeating: "</a>", count: 65)
        #expect(throws: OfficeFileFault(.tooMuch(.depth, limit: 64))) { try events(deep) }
        let endless = String(repeating: "<a>", count: 1_000_000)
        #expect(throws: OfficeFileFault(.tooMuch(.depth, limit: 64))) { try events(endless) }
        let attributes = "<a " + (0..<101).map { "b\($0)='1'" }.joined(separator: " ") + "/>"
        #expect(throws: OfficeFileFault(.tooMuch(.attributes, limit: 100))) { try events(attributes) }
        let limits = XMLDocumentReader.Limits(elements: 10, textBytes: 100)
        #expect(throws: OfficeFileFault(.tooMuch(.elements, limit: 10))) {
            try XMLDocumentReader.read(Array(("<a>" + String(repeating: "<b/>", count: 10) + "</a>").utf8), into: Witness(), limits: limits)
        }
        #expect(throws: OfficeFileFault(.tooMuch(.textBytes, limit: 100))) {
            try XMLDocumentReader.read(Array("<a>\(String(repeating: "x", count: 101))</a>".utf8), into: Witness(), limits: limits)
        }
    }

    @Test(
        "What is not well-formed is refused, with the line",
        arguments: ["", "a", "<a>", "<a></b>", "<a b='1' b='2'/>", "<a>&x;</a>", "<a/><b/>", "<x:a/>", "<a>\u{1}</a>"])
    func malformed(xml: String) {
        let fault = #expect(throws: OfficeFileFault.self) { try events(xml) }
        guard case .notWellFormed = fault?.problem else {
            Issue.record("\(String(describing: fault))")
            return
        }
    }

    @Test("A visitor that throws ends the reading")
    func thrown() {
        final class Refusing: XMLVisitor {
            var count = 0
            func begin(_ element: XMLElement) throws(OfficeFileFault) {
                count += 1
                throw OfficeFileFault(.malformed("enough"))
            }
            func text(_ piece: UnsafeRawBufferPointer) {}
            func end(_ name: XMLName) {}
        }
        let refusing = Refusing()
        #expect(throws: OfficeFileFault(.malformed("enough"))) { try XMLDocumentReader.read(Array("<a><b/><c/></a>".utf8), into: refusing) }
        #expect(refusing.count == 1)
    }
}
