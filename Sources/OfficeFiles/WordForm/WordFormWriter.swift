/// Writes the parts of a form's file (ECMA-376, part 1, 17).
struct WordFormWriter {
    private let form: WordForm

    init(_ form: WordForm) { self.form = form }

    func file() throws(OfficeFileFault) -> [UInt8] {
        var archive = ZipWriter()
        archive.add(ContentTypes.part, contentTypes())
        archive.add("_rels/.rels", relationships(Self.packageRelationships))
        archive.add("word/document.xml", WordFormBody(form).bytes())
        archive.add("word/_rels/document.xml.rels", relationships(Self.documentRelationships))
        archive.add("word/styles.xml", WordFormStyles(form).bytes())
        archive.add("word/settings.xml", settings())
        archive.add("word/header1.xml", header())
        archive.add("word/footer1.xml", footer())
        archive.add("docProps/core.xml", coreProperties())
        archive.add("docProps/custom.xml", customProperties())
        return try archive.archive()
    }

    static let mainType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    /// Under which name the file's properties hold the version of the form.
    static let versionProperty = "FormVersion"
    static let headerId = "rId3"
    static let footerId = "rId4"

    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

    private static let packageRelationships = [
        ("rId1", office + "officeDocument", "word/document.xml"),
        ("rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", office + "custom-properties", "docProps/custom.xml"),
    ]

    private static let documentRelationships = [
        ("rId1", office + "styles", "styles.xml"),
        ("rId2", office + "settings", "settings.xml"),
        (headerId, office + "header", "header1.xml"),
        (footerId, office + "footer", "footer1.xml"),
    ]

    private static let types = [
        ("/word/document.xml", mainType),
        ("/word/styles.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"),
        ("/word/settings.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"),
        ("/word/header1.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"),
        ("/word/footer1.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
    ]

    private func contentTypes() -> [UInt8] {
        var xml = XMLBuilder()
        xml.element("Types", ["xmlns": OfficeNamespace.contentTypes]) { xml in
            xml.element("Default", ["Extension": "rels", "ContentType": "application/vnd.openxmlformats-package.relationships+xml"])
            xml.element("Default", ["Extension": "xml", "ContentType": "application/xml"])
            for (part, type) in Self.types { xml.element("Override", ["PartName": part, "ContentType": type]) }
        }
        return xml.bytes
    }

    private func relationships(_ list: [(id: String, type: String, target: String)]) -> [UInt8] {
        var xml = XMLBuilder()
        xml.element("Relationships", ["xmlns": OfficeNamespace.relationships]) { xml in
            for entry in list { xml.element("Relationship", ["Id": entry.id, "Type": entry.type, "Target": entry.target]) }
        }
        return xml.bytes
    }

    /// Only the answers may be changed. There is no password: it keeps from mistakes.
    private func settings() -> [UInt8] {
        var xml = XMLBuilder()
        xml.element("w:settings", ["xmlns:w": OfficeNamespace.word]) { xml in
            xml.element("w:documentProtection", ["w:edit": "forms", "w:enforcement": "1"])
            xml.element("w:defaultTabStop", ["w:val": "720"])
            xml.element("w:compat") { xml in
                xml.element(
                    "w:compatSetting",
                    ["w:name": "compatibilityMode", "w:uri": "http://schemas.microsoft.com/office/word", "w:val": "15"])
            }
            xml.element("w:themeFontLang", ["w:val": form.language, "w:eastAsia": form.language, "w:bidi": form.language])
        }
        return xml.bytes
    }

    private func header() -> [UInt8] {
        var xml = XMLBuilder()
        xml.element("w:hdr", ["xmlns:w": OfficeNamespace.word]) { xml in
            xml.paragraph("Header") { $0.run(form.title, isRightToLeft: form.isRightToLeft) }
        }
        return xml.bytes
    }

    private func footer() -> [UInt8] {
        var xml = XMLBuilder()
        xml.element("w:ftr", ["xmlns:w": OfficeNamespace.word]) { xml in
            xml.paragraph("Footer") { xml in
                xml.run(form.version + "\t", isRightToLeft: form.isRightToLeft)
                xml.pageField("PAGE")
                xml.run(" / ", isRightToLeft: false)
                xml.pageField("NUMPAGES")
            }
        }
        return xml.bytes
    }

    private func coreProperties() -> [UInt8] {
        var xml = XMLBuilder()
        xml.element(
            "cp:coreProperties",
            [
                "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
                "xmlns:dc": "http://purl.org/dc/elements/1.1/", "xmlns:dcterms": "http://purl.org/dc/terms/",
                "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            ]
        ) { xml in
            let made = CalendarDay.timestamp(secondsSince1970: form.created)
            xml.element("dc:title") { $0.text(form.title) }
            xml.element("dc:language") { $0.text(form.language) }
            xml.element("dcterms:created", ["xsi:type": "dcterms:W3CDTF"]) { $0.text(made) }
            xml.element("dcterms:modified", ["xsi:type": "dcterms:W3CDTF"]) { $0.text(made) }
        }
        return xml.bytes
    }

    private func customProperties() -> [UInt8] {
        var xml = XMLBuilder()
        xml.element(
            "Properties",
            [
                "xmlns": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
                "xmlns:vt": OfficeNamespace.variantTypes,
            ]
        ) { xml in
            xml.element(
                "property", ["fmtid": "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", "pid": "2", "name": Self.versionProperty]
            ) { xml in
                xml.element("vt:lpwstr") { $0.text(form.version) }
            }
        }
        return xml.bytes
    }
}
