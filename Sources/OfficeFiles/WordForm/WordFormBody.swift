/// The main part of a form: its headings, texts, questions and tables.
struct WordFormBody {
    private let form: WordForm

    init(_ form: WordForm) { self.form = form }

    func bytes() -> [UInt8] {
        var xml = XMLBuilder()
        var control = WordFormControl(form)
        xml.element(
            "w:document",
            [
                "xmlns:w": OfficeNamespace.word, "xmlns:w14": OfficeNamespace.word2010, "xmlns:mc": OfficeNamespace.compatibility,
                "xmlns:r": OfficeNamespace.documentRelationships, "mc:Ignorable": "w14",
            ]
        ) { xml in
            xml.element("w:body") { xml in
                paragraph("Title", form.title, in: &xml)
                for block in form.blocks { write(block, with: &control, in: &xml) }
                section(in: &xml)
            }
        }
        return xml.bytes
    }

    private func write(_ block: WordForm.Block, with control: inout WordFormControl, in xml: inout XMLBuilder) {
        switch block {
        case .heading(let text, let level):
            paragraph("Heading\(level)", text, in: &xml)
        case .paragraph(let text):
            paragraph("Normal", text, in: &xml)
        case .fact(let label, let value):
            xml.paragraph("Normal") { xml in
                xml.run(label, style: "Strong", isRightToLeft: form.isRightToLeft)
                xml.run("  " + value, isRightToLeft: form.isRightToLeft)
            }
        case .field(let field):
            paragraph("FieldLabel", field.label, in: &xml)
            if let help = field.help { paragraph("HelpText", help, in: &xml) }
            xml.paragraph("Answer") { control.write(WordFormQuestion(tag: field.tag, field: field), in: &$0) }
        case .signature(let label):
            paragraph("SignatureLine", label, in: &xml)
        case .table(let table):
            paragraph("FieldLabel", table.label, in: &xml)
            if let help = table.help { paragraph("HelpText", help, in: &xml) }
            write(table, with: &control, in: &xml)
            // Two tables behind each other would become one.
            xml.paragraph("Normal") { _ in }
        }
    }

    private func write(_ table: WordForm.Table, with control: inout WordFormControl, in xml: inout XMLBuilder) {
        xml.element("w:tbl") { xml in
            xml.element("w:tblPr") { xml in
                xml.element("w:tblStyle", ["w:val": "AnswerTable"])
                if form.isRightToLeft { xml.element("w:bidiVisual") }
                xml.element("w:tblW", ["w:w": "5000", "w:type": "pct"])
                xml.element("w:tblLook", ["w:val": "0020", "w:firstRow": "1", "w:noHBand": "1", "w:noVBand": "1"])
                xml.element("w:tblCaption", ["w:val": table.label])
            }
            xml.element("w:tblGrid") { xml in
                for _ in table.columns { xml.element("w:gridCol", ["w:w": String(9_600 / table.columns.count)]) }
            }
            xml.element("w:tr") { xml in
                xml.element("w:trPr") { xml in
                    xml.element("w:cantSplit")
                    xml.element("w:tblHeader")
                }
                for column in table.columns {
                    cell(in: &xml) { paragraph("FieldLabel", column.label, in: &$0) }
                }
            }
            for row in 1...table.rowCount {
                xml.element("w:tr") { xml in
                    for column in table.columns {
                        cell(in: &xml) {
                            $0.paragraph("TableAnswer") { control.write(table.question(row: row, column), row: row, in: &$0) }
                        }
                    }
                }
            }
        }
    }

    private func cell(in xml: inout XMLBuilder, _ content: (inout XMLBuilder) -> Void) { xml.element("w:tc", [:], content) }

    private func paragraph(_ style: String, _ text: String, in xml: inout XMLBuilder) {
        xml.paragraph(style) { $0.run(text, isRightToLeft: form.isRightToLeft) }
    }

    /// A4 upright, two centimetres on every side.
    private func section(in xml: inout XMLBuilder) {
        xml.element("w:sectPr") { xml in
            xml.element("w:headerReference", ["w:type": "default", "r:id": WordFormWriter.headerId])
            xml.element("w:footerReference", ["w:type": "default", "r:id": WordFormWriter.footerId])
            xml.element("w:pgSz", ["w:w": "11906", "w:h": "16838"])
            xml.element(
                "w:pgMar",
                [
                    "w:top": "1134", "w:right": "1134", "w:bottom": "1134", "w:left": "1134", "w:header": "567", "w:footer": "567",
                    "w:gutter": "0",
                ])
            if form.isRightToLeft { xml.element("w:bidi") }
        }
    }
}

extension XMLBuilder {
    mutating func paragraph(_ style: String, _ content: (inout XMLBuilder) -> Void) {
        element("w:p") { xml in
            xml.element("w:pPr") { $0.element("w:pStyle", ["w:val": style]) }
            content(&xml)
        }
    }

    /// Text with its tabs and its ends of lines, which are CR LF, CR or LF.
    mutating func run(_ text: String, style: String? = nil, isRightToLeft: Bool) {
        element("w:r") { xml in
            if style != nil || isRightToLeft {
                xml.element("w:rPr") { xml in
                    if let style { xml.element("w:rStyle", ["w:val": style]) }
                    if isRightToLeft { xml.element("w:rtl") }
                }
            }
            xml.pieces(of: text)
        }
    }

    mutating func pageField(_ instruction: String) {
        element("w:fldSimple", ["w:instr": " \(instruction) "]) { xml in
            xml.element("w:r") { $0.element("w:t") { $0.text("1") } }
        }
    }

    private mutating func pieces(of text: String) {
        var piece: [UInt8] = []
        var isAfterReturn = false
        for byte in text.utf8 {
            if byte == 0x0A && isAfterReturn {
                isAfterReturn = false
                continue
            }
            isAfterReturn = byte == 0x0D
            guard [0x09, 0x0A, 0x0D].contains(byte) else {
                piece.append(byte)
                continue
            }
            plain(&piece)
            element(byte == 0x09 ? "w:tab" : "w:br")
        }
        plain(&piece)
    }

    private mutating func plain(_ piece: inout [UInt8]) {
        guard !piece.isEmpty else { return }
        element("w:t", ["xml:space": "preserve"]) { $0.text(String(decoding: piece, as: UTF8.self)) }
        piece = []
    }
}
