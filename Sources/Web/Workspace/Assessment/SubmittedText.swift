internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// What was submitted, as it is read: each section of the form with its fields and what was answered.
struct SubmittedText {
    let form: ProposalForm
    let version: ProposalVersion
    let choices: FormChoices
    let terms: Terms
    let wording: Wording

    private var say: Catalogue { wording.say }

    func markup() -> Markup {
        let answers = version.answers
        return .fragment {
            form.sections.map { section in
                // A section of files alone has no answers.
                let given = answers[section.id] ?? SectionAnswers.none
                return Markup.fragment {
                    h3 { section.title }
                    dl(.class("submitted")) {
                        section.fields.map { field in
                            div {
                                dt { field.label }
                                dd { answer(field, given) }
                            }
                        }
                    }
                }
            }
        }
    }

    private var none: Markup { span(.class("dim")) { say("assessment.not-answered") } }

    private func answer(_ field: ProposalField, _ given: SectionAnswers) -> Markup {
        switch field.kind {
        case .text, .wholeNumber, .day: return text(given.text(field.id))
        case .lines:
            let paragraphs = given.text(field.id).split(separator: "\n").map(String.init).filter { !$0.isEmpty }
            return paragraphs.isEmpty ? none : .fragment { paragraphs.map { paragraph in p { bdi { paragraph } } } }
        case .choice(let list), .choices(let list, _): return text(labels(of: given.texts(field.id), list))
        case .rows(let columns, _): return rows(given.rows(field.id), columns)
        case .file: return text(version.fileNames(of: field.id).joined(separator: "; "))
        case .budget: return budget(given.rows(field.id), field.label)
        }
    }

    private func text(_ text: String) -> Markup { text.isEmpty ? none : bdi { text } }

    private func labels(of ids: [String], _ list: ProposalField.ChoiceList) -> String {
        let labels = Dictionary(choices.choices(of: list).map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
        return ids.map { labels[$0] ?? $0 }.joined(separator: "; ")
    }

    private func rows(_ rows: [SectionAnswers], _ columns: [ProposalField]) -> Markup {
        guard !rows.isEmpty else { return none }
        return ul {
            rows.map { row in
                li {
                    columns.map { column in
                        div(.class("pair")) {
                            span(.class("term")) { "\(column.label): " }
                            answer(column, row)
                        }
                    }
                }
            }
        }
    }

    private func budget(_ rows: [SectionAnswers], _ caption: String) -> Markup {
        guard !rows.isEmpty else { return none }
        let hasOutputs = rows.contains { !$0.text("output").isEmpty }
        var columns = [
            RecordTable.Column(label: say("budget.organization"), isName: true),
            RecordTable.Column(label: say("budget.amount", ["currency": .text(terms.currency.code)]), isNumber: true),
            RecordTable.Column(label: say("budget.year"), isNumber: true), RecordTable.Column(label: say("budget.category")),
        ]
        if hasOutputs { columns.append(RecordTable.Column(label: say("budget.output"))) }
        return RecordTable(
            caption: caption, columns: columns,
            rows: rows.map { row in
                let organization = row.text("organization")
                let category = terms.budgetCategories.first { String($0.number) == row.text("category") }?.name ?? row.text("category")
                let cells: [Markup] = [
                    .text(choices.organization(organization)?.name ?? organization), .text(amount(row.text("amount"))),
                    .text(row.text("year")), .text(category),
                ]
                return hasOutputs ? cells + [.text(row.text("output"))] : cells
            }
        ).markup()
    }

    private func amount(_ typed: String) -> String {
        (try? Money(parsing: typed, currency: terms.currency)).map(wording.amount) ?? typed
    }
}

extension WorkspaceContext {
    /// The submitted text as a block beside what is to be said of it.
    func submittedBlock(
        _ form: ProposalForm, _ version: ProposalVersion, _ choices: FormChoices, _ terms: Terms
    ) throws -> Markup {
        let submitted = SubmittedText(form: form, version: version, choices: choices, terms: terms, wording: wording)
        let days = try days(of: terms)
        return section(.class("block stacked"), .id("submitted")) {
            div(.class("block-head")) {
                h2 { say("assessment.submitted", ["number": .number(version.number)]) }
                p(.class("note")) {
                    moment(version.submittedAt, days)
                    " · "
                    code(.class("address")) { hexadecimal(version.contentDigest) }
                }
            }
            div(.class("block-body")) { submitted.markup() }
        }
    }

    /// Two columns where there is room: what is to be filled in, and what it is about.
    func beside(_ first: Markup, _ second: Markup) -> Markup {
        div(.class("beside")) {
            div { first }
            div { second }
        }
    }

    func stackedBlock(_ heading: String, id: String, note: Markup = .empty, @MarkupBuilder content: () throws -> Markup) rethrows -> Markup
    {
        try section(.class("block stacked"), .id(id)) {
            div(.class("block-head")) {
                h2 { heading }
                if !note.isEmpty { p(.class("note")) { note } }
            }
            try div(.class("block-body")) { try content() }
        }
    }
}
