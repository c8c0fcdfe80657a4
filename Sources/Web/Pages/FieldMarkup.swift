internal import HTML

/// A field as a page shows it: the label, the help under it, what is wrong, and the field itself, all tied to one another for those who do not see it.
struct FieldMarkup {
    let field: FormField
    let say: Catalogue

    init(_ field: FormField, _ say: Catalogue) {
        self.field = field
        self.say = say
    }

    func markup() -> Markup {
        switch field.kind {
        case .hidden: input(.type("hidden"), .name(field.name), .value(field.values.first ?? ""))
        case .radio(let choices): group(choices, type: "radio")
        case .boxes(let choices): group(choices, type: "checkbox")
        case .box: box()
        default:
            div(.classes(fieldClasses)) {
                label(.for(field.id)) { name }
                descriptions
                control
            }
        }
    }

    // MARK: The words around a field

    private var fieldClasses: [String?] { ["field", field.isWrong ? "field-wrong" : nil] }

    /// The label, and in words whether the field must be filled: a star says that to nobody who was not told.
    @MarkupBuilder private var name: Markup {
        field.label
        " "
        span(.class("requirement")) { field.isRequired ? say("form.required") : say("form.optional") }
    }

    @MarkupBuilder private var descriptions: Markup {
        if let help = field.help { p(.class("help"), .id("\(field.id)-help")) { help } }
        if let limit = field.limit { p(.class("help"), .id("\(field.id)-limit")) { say("form.limit", ["count": .number(limit)]) } }
        if field.isWrong {
            p(.class("field-error"), .id("\(field.id)-error")) {
                strong { say("form.error") }
                field.wrongs(say).map { wrong in
                    Markup.fragment {
                        " "
                        wrong
                    }
                }
            }
        }
    }

    private var describedBy: [Attribute] {
        var ids: [String] = []
        if field.help != nil { ids.append("\(field.id)-help") }
        if field.limit != nil { ids.append("\(field.id)-limit") }
        if field.isWrong { ids.append("\(field.id)-error") }
        if case .amount = field.kind { ids.append("\(field.id)-currency") }
        return ids.isEmpty ? [] : [.aria(.describedby, ids.joined(separator: " "))]
    }

    private var validity: [Attribute] { field.isWrong ? [.aria(.invalid, "true")] : [] }

    private var common: [Attribute] {
        [.id(field.id), .name(field.name), .required(field.isRequired)] + describedBy + validity
    }

    // MARK: The field itself

    private var control: Markup {
        let value = Attribute.value(field.values.first ?? "")
        return switch field.kind {
        case .text(let autofill): input([.type("text"), value, .autocomplete(autofill)] + common)
        case .email(let autofill):
            // A name before the @ is no word.
            input([.type("email"), value, .autocomplete(autofill), .spellcheck(false)] + common)
        case .currentPassword: input([.type("password"), .autocomplete(.currentPassword)] + common)
        case .newPassword: input([.type("password"), .autocomplete(.newPassword)] + common)
        case .oneTimeCode:
            input([.type("text"), .class("code"), .inputmode(.numeric), .autocomplete(.oneTimeCode), .spellcheck(false)] + common)
        case .lines(let rows): textarea([.rows(rows)] + common) { field.values.first ?? "" }
        case .date: input([.type("date"), value, .autocomplete(.off)] + common)
        case .amount(let currency):
            div(.class("amount")) {
                span(.class("currency"), .id("\(field.id)-currency")) { currency }
                input([.type("text"), value, .inputmode(.decimal), .autocomplete(.off), .spellcheck(false)] + common)
            }
        case .choice(let groups): choice(groups)
        case .file(let accepting, let isMultiple):
            input([.type("file"), .multiple(isMultiple)] + (accepting.isEmpty ? [] : [.accept(accepting)]) + common)
        case .radio, .boxes, .box, .hidden: .empty
        }
    }

    private func choice(_ groups: [ChoiceGroup]) -> Markup {
        let options = { (choices: [Choice]) in
            choices.map { choice in option(.value(choice.value), .selected(field.values.first == choice.value)) { choice.label } }
        }
        return select(common) {
            // A first option that is none keeps the first choice from being made by default.
            option(.value(""), .selected(field.values.first ?? "" == "")) { say("form.choose") }
            for group in groups {
                if let label = group.label { optgroup(.label(label)) { options(group.choices) } } else { options(group.choices) }
            }
        }
    }

    /// Choices that belong together. The first has the field's id, so that a link from the summary of errors leads to where something can be done.
    private func group(_ choices: [Choice], type: String) -> Markup {
        fieldset([.classes(fieldClasses)] + describedBy + (type == "radio" ? [.role("radiogroup")] + validity : [])) {
            legend { name }
            descriptions
            choices.enumerated().map { index, choice in
                let id = index == 0 ? field.id : "\(field.id)-\(index + 1)"
                let attributes: [Attribute] = [
                    .type(type), .id(id), .name(field.name), .value(choice.value), .checked(field.values.contains(choice.value)),
                    // Of boxes, `required` would ask for each.
                    .required(type == "radio" && field.isRequired),
                ]
                return div(.class("option")) {
                    input(
                        attributes + (type == "checkbox" ? validity : []) + (choice.help == nil ? [] : [.aria(.describedby, "\(id)-about")])
                    )
                    label(.for(id)) { choice.language.map { inLanguage($0, choice.label, say) } ?? .text(choice.label) }
                    if let help = choice.help { p(.class("help"), .id("\(id)-about")) { help } }
                }
            }
        }
    }

    private func box() -> Markup {
        div(.classes(fieldClasses)) {
            div(.class("option")) {
                input(
                    [.type("checkbox"), .value(FormField.ticked), .checked(field.values.contains(FormField.ticked))] + common)
                label(.for(field.id)) { name }
                descriptions
            }
        }
    }
}
