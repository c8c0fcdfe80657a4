internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// A section of a form as fields that are filled in.
struct SectionForm {
    let desk: ProposalDesk
    let section: ProposalOnDesk.Section
    /// What the fields hold: what is saved, or what was typed and could not be saved.
    let answers: SectionAnswers
    let revision: Int
    /// The field whose rows are to be more.
    var more: String?
    /// What stands in the way of saving, with the field where it is one's.
    /// What rules of the house have against what was sent, with the field that they are about.
    var errors: [(field: String?, error: String)] = []

    private var say: Catalogue { desk.say }

    static func name(_ path: String) -> String { "a.\(path)" }
    static func fileName(_ field: String) -> String { "file.\(field)" }
    static func removalName(_ field: String) -> String { "remove.\(field)" }
    private static let moreRows = 3

    func markup() -> Markup {
        .fragment {
            summary
            form(
                .class("form writing"), .method(.post), .action(desk.address(.section(desk.code, section.id))), .enctype(.multipart),
                .novalidate(), .data("autosave", ProposalDesk.Step.autosave.rawValue), .data("saving", say("writing.script.saving")),
                .data("saved", say("writing.script.saved")), .data("failed", say("writing.script.failed")),
                .data("differs", say("writing.script.differs")), .data("look", say("writing.script.look")),
                .data("unsaved", say("writing.script.unsaved"))
            ) {
                hidden("document", desk.document.rawValue)
                hidden("revision", String(revision))
                // What Enter does in a field of one line.
                button(
                    .type("submit"), .class("first-button"), .name(ProposalDesk.stepName), .value(ProposalDesk.Step.save.rawValue),
                    .tabindex(-1), .aria(.hidden, "true")
                ) { say("writing.save") }
                section.section.fields.map(field)
                div(.class("buttons")) {
                    FormButton(label: say("writing.save"), sent: ProposalDesk.step(.save)).markup()
                    buttonLink(say("writing.back"), to: desk.address(.proposal(desk.code)))
                }
                p(.class("note autosave"), .role("status"), .data("autosave-state", "")) { say("writing.save.note") }
            }
        }
    }

    private func hidden(_ name: String, _ value: String) -> Markup { input(.type("hidden"), .name(name), .value(value)) }

    @MarkupBuilder private var summary: Markup {
        if !errors.isEmpty {
            div(.class("error-summary"), .role("alert"), .aria(.labelledby, "error-summary-title")) {
                h2(.id("error-summary-title"), .tabindex(-1), .autofocus()) { say("form.errors.title", ["count": .number(errors.count)]) }
                ul {
                    errors.map { field, error in
                        li {
                            field.map { name in
                                a(.href(Address(fragment: FormField(name, label: "", kind: .text()).id))) { inEnglish(error, say) }
                            } ?? inEnglish(error, say)
                        }
                    }
                }
                p { say("writing.errors.kept") }
            }
        }
    }

    // MARK: Fields

    private func field(_ field: ProposalField) -> Markup {
        switch field.kind {
        case .rows(let columns, let most): rows(field, columns, most)
        case .file(let asked): files(field, asked)
        case .budget: budget(field)
        default: FieldRow(form: self, path: field.id, field: field, values: values(field, answers)).markup()
        }
    }

    private func values(_ field: ProposalField, _ answers: SectionAnswers) -> [String] {
        if case .choices = field.kind { return answers.texts(field.id) }
        return [answers.text(field.id)]
    }

    /// What is wrong with what is saved at a place of the section, besides that it is missing.
    fileprivate func problems(at path: String) -> [String] {
        let own = errors.filter { $0.field == Self.name(path) || $0.field == Self.fileName(path) }.map(\.error)
        guard own.isEmpty, answers == section.answers else { return own }
        return (desk.model.reading?.problems ?? []).filter { $0.section == section.id && $0.field == path && !$0.isMissing }
            .map { "\(desk.label(of: path, in: section.section)) \($0.problem); \($0.remedy)." }
    }

    fileprivate func kind(_ field: ProposalField) -> FormField.Kind {
        func choices(_ list: ProposalField.ChoiceList) -> [Choice] {
            desk.model.choices.choices(of: list).map { Choice($0.id, $0.label) }
        }
        switch field.kind {
        case .lines(let limit): return .lines(rows: limit.count > (limit.unit == .words ? 150 : 1_000) ? 10 : 4)
        case .day: return .date
        case .choice(let list):
            let all = choices(list)
            return all.count <= 6 ? .radio(all) : .choice([ChoiceGroup(nil, all)])
        case .choices(let list, _): return .boxes(choices(list))
        default: return .text()
        }
    }

    // MARK: Rows

    private func rows(_ field: ProposalField, _ columns: [ProposalField], _ most: Int) -> Markup {
        let rows = answers.rows(field.id)
        let count = max(min(rows.count + (more == field.id ? Self.moreRows : 1), max(most, rows.count)), 1)
        let wrong = problems(at: field.id)
        return fieldset(
            .classes(["field", "rows", wrong.isEmpty ? nil : "field-wrong"]),
            .id(FormField(Self.name(field.id), label: "", kind: .text()).id)
        ) {
            legend {
                field.label
                " "
                span(.class("requirement")) { say(field.isRequired ? "form.required" : "form.optional") }
            }
            p(.class("help")) {
                [field.help.isEmpty ? nil : field.help, say("writing.rows.help", ["count": .number(most)])].compactMap(\.self)
                    .joined(separator: " ")
            }
            if !wrong.isEmpty { p(.class("field-error")) { wrong.joined(separator: " ") } }
            (0..<count).map { index in
                fieldset(.class("row")) {
                    legend { say("writing.row.legend", ["number": .number(index + 1), "field": .text(field.label)]) }
                    let row = index < rows.count ? rows[index] : .none
                    columns.map { column in
                        FieldRow(
                            form: self, path: "\(field.id).\(index + 1).\(column.id)", field: column, values: values(column, row)
                        ).markup()
                    }
                }
            }
            if count < most {
                FormButton(
                    label: say("writing.rows.more"), weight: .secondary,
                    sent: NamedValue(name: ProposalDesk.stepName, value: "\(ProposalDesk.Step.more.rawValue).\(field.id)")
                ).markup()
            }
        }
    }

    // MARK: Files and the budget

    private func files(_ field: ProposalField, _ asked: ProposalField.FileAsked) -> Markup {
        let own = desk.model.attachments.filter { $0.field == field.id }
        let help = [
            field.help.isEmpty ? nil : field.help, say("writing.file.help", ["count": .number(asked.atMost)]),
            asked.isPublic ? say("writing.file.public") : nil,
        ].compactMap(\.self).joined(separator: " ")
        return div(.class("files"), .data("drop", say("writing.script.drop"))) {
            FieldMarkup(
                FormField(
                    Self.fileName(field.id), label: field.label, help: help,
                    kind: .file(accepting: ".pdf,.png,.jpg,.jpeg,.eml,.txt,.csv", isMultiple: asked.atMost > 1),
                    refusals: problems(at: field.id), isRequired: field.isRequired && own.isEmpty), say
            ).markup()
            if !own.isEmpty {
                desk.fileList(own)
                FieldMarkup(
                    FormField(
                        Self.removalName(field.id), label: say("writing.file.remove", ["field": .text(field.label)]),
                        kind: .boxes(own.map { Choice($0.id, $0.name) }), isRequired: false), say
                ).markup()
            }
        }
    }

    private func budget(_ field: ProposalField) -> Markup {
        div(.class("field")) {
            h2 { field.label }
            if let totals = desk.model.reading?.totals, !totals.organizations.isEmpty { desk.totalsTable(totals) }
            p { desk.link(.budget(desk.code), say("writing.budget.open")) }
        }
    }
}

/// One field, with how long it may be and how long it is.
private struct FieldRow {
    let form: SectionForm
    let path: String
    let field: ProposalField
    let values: [String]

    private var say: Catalogue { form.desk.say }

    func markup() -> Markup {
        let shown = FormField(
            SectionForm.name(path), label: field.label, help: help, kind: form.kind(field), values: values,
            refusals: form.problems(at: path), isRequired: field.isRequired)
        return .fragment {
            FieldMarkup(shown, say).markup()
            count(shown)
        }
    }

    private var help: String? {
        let pieces = [field.help.isEmpty ? nil : field.help, limit].compactMap(\.self)
        return pieces.isEmpty ? nil : pieces.joined(separator: " ")
    }

    private var limit: String? {
        switch field.kind {
        case .text(let limit), .lines(let limit):
            limit.unit == .words
                ? say("writing.limit.words", ["count": .number(limit.count)])
                : say("writing.limit.characters", ["count": .number(limit.count)])
        case .wholeNumber(let range):
            say("writing.limit.number", ["from": .number(range.lowerBound), "to": .number(range.upperBound)])
        case .choices(_, let most): say("writing.limit.choices", ["count": .number(most)])
        default: nil
        }
    }

    @MarkupBuilder private func count(_ shown: FormField) -> Markup {
        switch field.kind {
        case .text(let limit), .lines(let limit):
            let length = limit.length(of: values.first ?? "")
            p(
                .class("count"), .data("counts", shown.id), .data("unit", limit.unit.rawValue), .data("limit", String(limit.count)),
                .data("sentence", say("writing.count", ["length": "#", "limit": .number(limit.count)]))
            ) { say("writing.count", ["length": .number(length), "limit": .number(limit.count)]) }
        default: Markup.empty
        }
    }
}
