/// Writes content controls (ECMA-376, part 1, 17.5.2), numbered in their order.
struct WordFormControl {
    private let form: WordForm
    private var number = 0

    static let checkedBox = "\u{2612}"
    static let uncheckedBox = "\u{2610}"

    init(_ form: WordForm) { self.form = form }

    /// - Parameter row: of a table, said in the control's name, which is what a screen reader reads out.
    mutating func write(_ question: WordFormQuestion, row: Int? = nil, in xml: inout XMLBuilder) {
        number += 1
        let field = question.field
        let isPrompt = field.value == nil && field.kind != .checkbox
        xml.element("w:sdt") { xml in
            xml.element("w:sdtPr") { xml in
                xml.element("w:alias", ["w:val": row.map { "\(field.label) (\($0))" } ?? field.label])
                xml.element("w:tag", ["w:val": question.tag])
                xml.element("w:id", ["w:val": String(number)])
                // It can be filled in, not be taken away.
                xml.element("w:lock", ["w:val": "sdtLocked"])
                if isPrompt { xml.element("w:showingPlcHdr") }
                kind(of: field, in: &xml)
            }
            xml.element("w:sdtContent") { xml in
                xml.run(shown(field), style: isPrompt ? "PlaceholderText" : nil, isRightToLeft: form.isRightToLeft)
            }
        }
    }

    private func kind(of field: WordForm.Field, in xml: inout XMLBuilder) {
        switch field.kind {
        case .line:
            xml.element("w:text")
        case .lines:
            xml.element("w:text", ["w:multiLine": "1"])
        case .choice(let choices):
            xml.element("w:dropDownList") { xml in
                for choice in choices { xml.element("w:listItem", ["w:displayText": choice.label, "w:value": choice.value]) }
            }
        case .date:
            if case .date(let day) = field.value {
                xml.element("w:date", ["w:fullDate": day + "T00:00:00Z"]) { dateFormat(in: &$0) }
            } else {
                xml.element("w:date") { dateFormat(in: &$0) }
            }
        case .checkbox:
            xml.element("w14:checkbox") { xml in
                xml.element("w14:checked", ["w14:val": field.value == .checked(true) ? "1" : "0"])
                xml.element("w14:checkedState", ["w14:val": "2612", "w14:font": "MS Gothic"])
                xml.element("w14:uncheckedState", ["w14:val": "2610", "w14:font": "MS Gothic"])
            }
        }
    }

    private func dateFormat(in xml: inout XMLBuilder) {
        xml.element("w:dateFormat", ["w:val": "yyyy-MM-dd"])
        xml.element("w:lid", ["w:val": form.language])
        xml.element("w:storeMappedDataAs", ["w:val": "date"])
        xml.element("w:calendar", ["w:val": "gregorian"])
    }

    private func shown(_ field: WordForm.Field) -> String {
        switch (field.kind, field.value) {
        case (.checkbox, let value): value == .checked(true) ? Self.checkedBox : Self.uncheckedBox
        case (.choice(let choices), .choice(let value)): choices.first { $0.value == value }?.label ?? value
        case (_, .text(let text)), (_, .date(let text)): text
        case (let kind, _): form.prompts.prompt(for: kind)
        }
    }
}

extension WordForm.Prompts {
    func prompt(for kind: WordForm.Kind) -> String {
        switch kind {
        case .line, .lines: text
        case .choice: choice
        case .date: date
        case .checkbox: ""
        }
    }
}
