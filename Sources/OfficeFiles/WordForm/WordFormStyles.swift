/// The styles of a form: headings as headings, so that they can be gone through, and colours that can be read.
struct WordFormStyles {
    private let form: WordForm

    init(_ form: WordForm) { self.form = form }

    func bytes() -> [UInt8] {
        var xml = XMLBuilder()
        xml.element("w:styles", ["xmlns:w": OfficeNamespace.word]) { xml in
            defaults(in: &xml)
            paragraphStyle("Normal", "Normal", Look(after: 120), isDefault: true, in: &xml)
            paragraphStyle("Title", "Title", Look(size: 40, isBold: true, after: 200), in: &xml)
            for (level, size) in [32, 28, 24].enumerated() {
                let look = Look(size: size, isBold: true, before: 280, after: 80, outline: level, keepsNext: true)
                paragraphStyle("Heading\(level + 1)", "heading \(level + 1)", look, in: &xml)
            }
            paragraphStyle("FieldLabel", "Field label", Look(isBold: true, before: 160, after: 20, keepsNext: true), in: &xml)
            paragraphStyle("HelpText", "Help text", Look(size: 18, colour: "404040", after: 40, keepsNext: true), in: &xml)
            // Framed, so that what is to be written in is seen on paper too.
            paragraphStyle("Answer", "Answer", Look(after: 120, lines: ["w:top", "w:left", "w:bottom", "w:right"]), in: &xml)
            paragraphStyle("TableAnswer", "Table answer", Look(), in: &xml)
            paragraphStyle("SignatureLine", "Signature line", Look(size: 18, before: 1_100, after: 120, lines: ["w:top"]), in: &xml)
            paragraphStyle("Header", "header", Look(size: 18, colour: "404040"), in: &xml)
            paragraphStyle("Footer", "footer", Look(size: 16, colour: "404040", rightTab: 9_638), in: &xml)
            characterStyle("Strong", "Strong", in: &xml) { $0.element("w:b") }
            characterStyle("PlaceholderText", "Placeholder Text", in: &xml) { $0.element("w:color", ["w:val": "595959"]) }
            tableStyle(in: &xml)
        }
        return xml.bytes
    }

    private struct Look {
        /// Half points.
        var size: Int?
        var isBold = false
        var colour: String?
        /// Twentieths of a point.
        var before = 0
        var after = 0
        var outline: Int?
        var keepsNext = false
        var rightTab: Int?
        /// Lines around the paragraph.
        var lines: [StaticString] = []
    }

    private func defaults(in xml: inout XMLBuilder) {
        xml.element("w:docDefaults") { xml in
            xml.element("w:rPrDefault") { xml in
                xml.element("w:rPr") { xml in
                    xml.element("w:rFonts", ["w:ascii": "Arial", "w:hAnsi": "Arial", "w:eastAsia": "SimSun", "w:cs": "Arial"])
                    xml.element("w:sz", ["w:val": "21"])
                    xml.element("w:szCs", ["w:val": "21"])
                    xml.element("w:lang", ["w:val": form.language, "w:eastAsia": form.language, "w:bidi": form.language])
                }
            }
            xml.element("w:pPrDefault")
        }
    }

    private func paragraphStyle(_ id: String, _ name: String, _ look: Look, isDefault: Bool = false, in xml: inout XMLBuilder) {
        let attributes: KeyValuePairs<StaticString, String> =
            isDefault ? ["w:type": "paragraph", "w:default": "1", "w:styleId": id] : ["w:type": "paragraph", "w:styleId": id]
        xml.element("w:style", attributes) { xml in
            xml.element("w:name", ["w:val": name])
            if !isDefault { xml.element("w:basedOn", ["w:val": "Normal"]) }
            xml.element("w:qFormat")
            xml.element("w:pPr") { xml in
                if look.keepsNext { xml.element("w:keepNext") }
                if !look.lines.isEmpty {
                    xml.element("w:pBdr") { xml in
                        for side in look.lines { xml.element(side, ["w:val": "single", "w:sz": "4", "w:space": "3", "w:color": "808080"]) }
                    }
                }
                if let tab = look.rightTab {
                    xml.element("w:tabs") { $0.element("w:tab", ["w:val": "right", "w:pos": String(tab)]) }
                }
                if form.isRightToLeft { xml.element("w:bidi") }
                xml.element("w:spacing", ["w:before": String(look.before), "w:after": String(look.after)])
                if let outline = look.outline { xml.element("w:outlineLvl", ["w:val": String(outline)]) }
            }
            xml.element("w:rPr") { xml in
                if look.isBold {
                    xml.element("w:b")
                    xml.element("w:bCs")
                }
                if let colour = look.colour { xml.element("w:color", ["w:val": colour]) }
                if let size = look.size {
                    xml.element("w:sz", ["w:val": String(size)])
                    xml.element("w:szCs", ["w:val": String(size)])
                }
            }
        }
    }

    private func characterStyle(_ id: String, _ name: String, in xml: inout XMLBuilder, _ look: (inout XMLBuilder) -> Void) {
        xml.element("w:style", ["w:type": "character", "w:styleId": id]) { xml in
            xml.element("w:name", ["w:val": name])
            xml.element("w:rPr", [:], look)
        }
    }

    private func tableStyle(in xml: inout XMLBuilder) {
        xml.element("w:style", ["w:type": "table", "w:styleId": "AnswerTable"]) { xml in
            xml.element("w:name", ["w:val": "Answer table"])
            xml.element("w:tblPr") { xml in
                xml.element("w:tblBorders") { xml in
                    for side: StaticString in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                        xml.element(side, ["w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "808080"])
                    }
                }
            }
        }
    }
}
