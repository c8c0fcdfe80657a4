internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// What was answered to a form, as it is read.
struct AnswersMarkup {
    let desk: ProposalDesk
    /// Those that are named beside the fields that ask for them.
    let files: [ProposalAttachment]

    private var say: Catalogue { desk.say }

    /// A section with its heading and every field that was answered.
    func markup(of section: ProposalForm.Section, _ answers: SectionAnswers) -> Markup {
        .fragment {
            section.fields.map { field in
                div(.class("answer")) {
                    h3 { field.label }
                    value(of: field, answers)
                }
            }
        }
    }

    func value(of field: ProposalField, _ answers: SectionAnswers) -> Markup {
        switch field.kind {
        case .rows(let columns, _): return rows(field, columns, answers.rows(field.id))
        case .file:
            let own = files.filter { $0.field == field.id }
            return own.isEmpty ? none : desk.fileList(own)
        case .budget(let asked): return BudgetReading(desk: desk, asked: asked, rows: answers.rows(field.id)).markup()
        default:
            let text = text(of: field, answers)
            return text.isEmpty ? none : div(.class("prose")) { desk.lines(text) }
        }
    }

    /// Whether a field says something else in another text of its section.
    static func isOtherwise(_ field: ProposalField, _ one: SectionAnswers, _ other: SectionAnswers) -> Bool {
        switch field.kind {
        case .rows(let columns, _):
            let (left, right) = (one.rows(field.id), other.rows(field.id))
            return left.count != right.count || zip(left, right).contains { pair in columns.contains { isOtherwise($0, pair.0, pair.1) } }
        case .choices: return one.texts(field.id) != other.texts(field.id)
        case .file, .budget: return false
        default: return one.text(field.id) != other.text(field.id)
        }
    }

    private var none: Markup { p(.class("dim")) { say("writing.no-answer") } }

    /// Choices by what they are called.
    private func text(of field: ProposalField, _ answers: SectionAnswers) -> String {
        switch field.kind {
        case .choice(let list), .choices(let list, _):
            let labels = Dictionary(desk.model.choices.choices(of: list).map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
            return desk.wording.list(answers.texts(field.id).map { labels[$0] ?? $0 })
        case .day:
            let day = try? CivilDate(parsing: answers.text(field.id))
            return day.map(desk.wording.date) ?? answers.text(field.id)
        default: return answers.text(field.id)
        }
    }

    private func rows(_ field: ProposalField, _ columns: [ProposalField], _ rows: [SectionAnswers]) -> Markup {
        guard !rows.isEmpty else { return none }
        return RecordTable(
            caption: field.label,
            columns: columns.enumerated().map { RecordTable.Column(label: $1.label, isName: $0 == 0) },
            rows: rows.map { row in
                columns.map { column in
                    let text = text(of: column, row)
                    return text.isEmpty ? Markup.empty : span(.dir(.automatic)) { text }
                }
            }
        ).markup()
    }
}

/// A budget as it is read: the sums of each organization by category and year.
struct BudgetReading {
    let desk: ProposalDesk
    let asked: ProposalField.BudgetAsked
    let rows: [SectionAnswers]

    private var say: Catalogue { desk.say }

    func markup() -> Markup {
        guard !rows.isEmpty else { return p(.class("dim")) { say("writing.budget.none") } }
        let cells = rows.compactMap { row -> (row: SectionAnswers, amount: Money)? in
            EnteredAmount(row.text("amount"), desk.currency).amount.map { (row, $0) }
        }
        return div(.class("grid")) {
            ofOrganizations.map { organization in
                let own = cells.filter { $0.row.text("organization") == organization && $0.row.text("output").isEmpty }
                return table(organization, own)
            }
            outputs(cells.filter { !$0.row.text("output").isEmpty })
        }
    }

    private var ofOrganizations: [String] {
        var seen: [String] = []
        for row in rows where !seen.contains(row.text("organization")) { seen.append(row.text("organization")) }
        return seen
    }

    private func sum(_ amounts: [Money]) -> Markup {
        amounts.isEmpty ? .empty : (try? Money.sum(amounts, in: desk.currency)).map(desk.amount) ?? .empty
    }

    private func table(_ organization: String, _ cells: [(row: SectionAnswers, amount: Money)]) -> Markup {
        guard !cells.isEmpty else { return .empty }
        let categories = desk.model.terms.budgetCategories.filter { category in
            cells.contains { $0.row.text("category") == String(category.number) }
        }
        return RecordTable(
            caption: say(
                "writing.budget.of", ["name": .text(desk.organization(organization)), "currency": .text(desk.currency.code)]),
            columns: [.init(label: say("writing.budget.category"), isName: true)]
                + (1...asked.years).map { .init(label: say("writing.budget.year", ["number": .number($0)]), isNumber: true) }
                + [.init(label: say("total"), isNumber: true)],
            rows: categories.map { category in
                let own = cells.filter { $0.row.text("category") == String(category.number) }
                return [.text(category.name)]
                    + (1...asked.years).map { year in sum(own.filter { $0.row.text("year") == String(year) }.map(\.amount)) }
                    + [sum(own.map(\.amount))]
            },
            total: [.text(say("total"))]
                + (1...asked.years).map { year in sum(cells.filter { $0.row.text("year") == String(year) }.map(\.amount)) }
                + [sum(cells.map(\.amount))]
        ).markup()
    }

    private func outputs(_ cells: [(row: SectionAnswers, amount: Money)]) -> Markup {
        guard !cells.isEmpty else { return .empty }
        var names: [String] = []
        for cell in cells where !names.contains(cell.row.text("output")) { names.append(cell.row.text("output")) }
        return RecordTable(
            caption: say("writing.budget.outputs.caption", ["currency": .text(desk.currency.code)]),
            columns: [.init(label: say("writing.budget.output"), isName: true)]
                + ofOrganizations.map { .init(label: desk.organization($0), isNumber: true) } + [
                    .init(label: say("total"), isNumber: true)
                ],
            rows: names.map { name in
                let own = cells.filter { $0.row.text("output") == name }
                return [.text(name)]
                    + ofOrganizations.map { id in sum(own.filter { $0.row.text("organization") == id }.map(\.amount)) }
                    + [sum(own.map(\.amount))]
            }
        ).markup()
    }
}
