internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// The fields of an action as a form shows them.
struct ActionFields {
    let action: any RequestedAction.Type
    let choices: FundChoices
    let currency: Currency
    let form: ActionForm
    let faults: [FieldFault]
    let wording: Wording

    private var say: Catalogue { wording.say }

    /// - Parameter rows: how many rows of a list are shown at least.
    func fields(rows: Int) -> [FormField] {
        action.fields.flatMap { field -> [FormField] in
            guard case .rows(let columns) = field.kind else { return [formField(field, field.name, label: label(field.name))] }
            let count = min(max(form.rowCount(field.name), rows, 1), field.limit)
            return (1...count).flatMap { number in
                columns.map { column in
                    formField(
                        column, "\(field.name).\(number).\(column.name)",
                        label: say("action.row", ["number": .number(number), "field": .text(label(column.name))]))
                }
            }
        }
    }

    /// What is wrong and belongs to no field that is shown.
    func errorsElsewhere(besides fields: [FormField]) -> [String] {
        let names = Set(fields.map(\.name))
        return faults.filter { !names.contains($0.field) }.prefix(100).map { "\($0.field): \($0.problem); \($0.remedy)" }
    }

    /// For whom an officer of the secretariat acts.
    func onBehalf() -> [FormField] {
        let prefix = ActionInput.onBehalf
        let document = "\(prefix).document"
        return [
            filled(
                FormField(
                    "\(prefix).person", label: say("action.field.on_behalf_of.person"), help: say("action.field.on_behalf_of.help"),
                    kind: .choice([ChoiceGroup(nil, choices.people.map { Choice($0.id, $0.name) })]), isRequired: false)),
            filled(FormField("\(prefix).note", label: say("action.field.on_behalf_of.note"), kind: .text(), isRequired: false, limit: 500)),
            FormField(
                document, label: say("action.field.on_behalf_of.document"),
                help: keptHelp(document) ?? say("action.field.on_behalf_of.types"),
                kind: .file(), errors: errors(of: document), isRequired: false),
        ]
    }

    private func formField(_ field: ActionField, _ name: String, label: String) -> FormField {
        let help = SentenceKey("action.help.\(field.name)")
        return filled(
            FormField(
                name, label: label, help: keptHelp(name) ?? (say.contains(help) ? say(help) : nil), kind: kind(of: field),
                isRequired: field.isRequired))
    }

    private func filled(_ field: FormField) -> FormField {
        var field = field
        field.values = form.value(field.name).map { [$0] } ?? []
        field.errors = errors(of: field.name)
        return field
    }

    private func errors(of name: String) -> [String] {
        faults.filter { $0.field == name }.prefix(50).map { "\($0.problem); \($0.remedy)" }
    }

    private func keptHelp(_ name: String) -> String? {
        form.files[name].map { say("action.files-kept", ["count": .number($0.count)]) }
    }

    /// What the field is called, in this action or in all.
    static func label(_ name: String, of action: String, _ say: Catalogue) -> String {
        let own = SentenceKey("action.\(action).field.\(name)")
        return say(say.contains(own) ? own : SentenceKey("action.field.\(name)"))
    }

    private func label(_ name: String) -> String { Self.label(name, of: action.name, say) }

    private func kind(of field: ActionField) -> FormField.Kind {
        switch field.kind {
        case .text, .wholeNumber: .text()
        case .lines: .lines()
        case .email: .email(autofill: .off)
        case .date(let isPartial): isPartial ? .text() : .date
        case .amount: .amount(currency: currency.code)
        case .choice(let values): .choice([ChoiceGroup(nil, values.map { Choice($0, word(for: $0, in: field)) })])
        case .id(let reference): kind(of: reference)
        case .folder: .file(accepting: ".zip")
        case .answers: .lines()
        case .document, .sheet: .file()
        case .rows: .hidden
        }
    }

    private func word(for value: String, in field: ActionField) -> String {
        switch field.name {
        case "role": say(SentenceKey("role.\(value)"))
        case "level": say(SentenceKey("level.\(value)"))
        case "document": say(SentenceKey("proposal.document.\(value)"))
        case "audience": say(SentenceKey("proposal.audience.\(value)"))
        case "party": say(SentenceKey("proposal.party.\(value)"))
        case "part", "answer", "outcome", "state":
            say(SentenceKey("\(action.name == ScreenProposal.name ? "screening" : "committee").\(field.name).\(value)"))
        default: say(SentenceKey("organization.\(value)"))
        }
    }

    private func kind(of reference: ActionField.Reference) -> FormField.Kind {
        func list(_ named: [FundChoices.Named]) -> ChoiceGroup { ChoiceGroup(nil, named.map { Choice($0.id, $0.name) }) }
        switch reference {
        case .organization: return .choice(organizationsByKind)
        case .contributor: return .choice([list(choices.contributors)])
        case .party:
            return .choice(organizationsByKind + [ChoiceGroup(say("action.contributors"), list(choices.contributors).choices)])
        case .source: return .choice([list(choices.sources)])
        case .country: return .choice([list(choices.countries)])
        case .seat: return .choice([list(choices.seats)])
        case .person: return .choice([list(choices.people)])
        case .holding:
            return .choice([
                ChoiceGroup(
                    nil,
                    choices.holdings.map { holding in
                        Choice(
                            holding.id,
                            say(
                                "action.holding",
                                [
                                    "name": .text(choices.name(ofPerson: holding.person) ?? holding.person),
                                    "role": .text(say(SentenceKey("role.\(holding.role.rawValue)"))),
                                    "party": .text(choices.name(ofParty: holding.organization)),
                                ]))
                    })
            ])
        // A ledger has more entries than a list can show.
        case .entry: return .text()
        }
    }

    private var organizationsByKind: [ChoiceGroup] {
        Organization.Kind.allCases.compactMap { kind in
            let those = choices.organizations.filter { $0.kind == kind.rawValue }
            return those.isEmpty ? nil : ChoiceGroup(wording.kind(kind), those.map { Choice($0.id, $0.name) })
        }
    }
}
