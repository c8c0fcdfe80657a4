internal import Ledger

/// What a document would be if it were submitted as it is: what is missing or wrong, what lists and rules take from it, and its budget.
public struct FormReading: Sendable {
    public let problems: [FormProblem]
    /// What can be read of it; incomplete as long as there are problems.
    public let facts: ProposalFacts
    public let budget: BudgetGrid
    public let totals: BudgetGrid.Totals
    /// The answer to each marker that the form asks for, by its id; an empty text for one that is not answered.
    public let markers: [String: String]
    /// The line entities of government that are named.
    public let governmentEntities: [String]
    /// What it is for; empty if the form does not ask.
    public let purpose: String

    public var isComplete: Bool { problems.isEmpty }

    /// How much of a section is answered.
    public struct Completeness: Sendable, Hashable {
        /// How many fields must be answered.
        public let asked: Int
        public let answered: Int
        /// The ids of those that are not.
        public let missing: [String]
        /// Whether nothing is missing or wrong.
        public let isComplete: Bool
    }

    public func completeness(of section: ProposalForm.Section) -> Completeness {
        let own = problems.filter { $0.section == section.id }
        let required = section.fields.filter(\.isRequired).map(\.id)
        let missing = required.filter { id in own.contains { $0.isMissing && $0.field == id } }
        return Completeness(
            asked: required.count, answered: required.count - missing.count, missing: missing, isComplete: own.isEmpty)
    }
}

/// What keeps a document from being submitted.
public struct FormProblem: Sendable, Hashable {
    public let section: String
    /// The field's id, with the row and the column where it has rows: `partners.2.name`.
    public let field: String
    public let problem: String
    public let remedy: String
    /// Whether it is only that nothing was answered.
    public let isMissing: Bool
}

/// Reads the answers to a form.
struct FormReader {
    let form: ProposalForm
    let terms: Terms
    let choices: FormChoices
    /// Those that take part; only they have a budget.
    let organizations: [String]
    let answers: [String: SectionAnswers]
    /// How many files each field has.
    let files: [String: Int]

    private var currency: Currency { terms.currency }

    /// What the readers of one document gather.
    private struct Gathered {
        var problems: [FormProblem] = []
        var facts: [ProposalField.Fact: [String]] = [:]
        var markers: [String: String] = [:]
        var cells: [BudgetGrid.Cell] = []
        var outputs: [BudgetGrid.OutputCell] = []
    }

    func reading() -> FormReading {
        var gathered = Gathered()
        for section in form.sections {
            let answers = answers[section.id] ?? .none
            for field in section.fields { read(answers.values[field.id], field, field.id, section, &gathered) }
        }
        let budget = BudgetGrid(currency: currency, cells: gathered.cells, outputs: gathered.outputs)
        let totals = totals(of: budget, &gathered)
        return FormReading(
            problems: gathered.problems, facts: facts(gathered.facts, totals), budget: budget, totals: totals, markers: gathered.markers,
            governmentEntities: gathered.facts[.governmentEntities] ?? [], purpose: gathered.facts[.purpose]?.first ?? "")
    }

    private func facts(_ found: [ProposalField.Fact: [String]], _ totals: BudgetGrid.Totals) -> ProposalFacts {
        let countries = found[.countries] ?? []
        let named = found[.regions] ?? []
        let all = Set(named + choices.regions(of: countries))
        return ProposalFacts(
            title: found[.title]?.first ?? "", thematicArea: found[.thematicArea]?.first.flatMap { wholeNumber($0) },
            objectives: (found[.objectives] ?? []).compactMap { wholeNumber($0) }.sorted(), countries: countries.sorted(),
            regions: terms.regions.map(\.id).filter(all.contains),
            // A list in the record is separated by semicolons.
            localAuthorities: (found[.localAuthorities] ?? []).map { $0.replacing(";", with: ",") },
            durationMonths: found[.durationMonths]?.first.flatMap { wholeNumber($0) }.flatMap { $0 > 0 ? $0 : nil },
            amounts: totals.organizations.map { ProposalFacts.Amount(organization: $0.organization, amount: $0.total) })
    }

    // MARK: Fields

    private func read(
        _ value: InputValue?, _ field: ProposalField, _ path: String, _ section: ProposalForm.Section, _ gathered: inout Gathered
    ) {
        func report(_ problem: String, _ remedy: String, at place: String? = nil, isMissing: Bool = false) {
            gathered.problems.append(
                FormProblem(section: section.id, field: place ?? path, problem: problem, remedy: remedy, isMissing: isMissing))
        }
        if case .choice(.marker(let id)) = field.kind { gathered.markers[id] = value?.string ?? "" }
        if case .file(let asked) = field.kind {
            let count = files[field.id] ?? 0
            if count == 0, field.isRequired { report("has no file", "attach it", isMissing: true) }
            if count > asked.atMost { report("has \(count) files", "keep \(asked.atMost) of them") }
            return
        }
        guard let value else {
            if field.isRequired { report("is not answered", "answer it", isMissing: true) }
            return
        }
        switch field.kind {
        case .text(let limit), .lines(let limit):
            let length = limit.length(of: value.string ?? "")
            if length > limit.count { report("has \(length) \(limit.unit.rawValue)", "shorten it to \(limit.count)") }
        case .wholeNumber(let range):
            guard let number = wholeNumber(value.string ?? ""), range.contains(number) else {
                return report("is not a whole number from \(range.lowerBound) to \(range.upperBound)", "correct it")
            }
        case .day:
            guard (try? CivilDate(parsing: value.string ?? ""))?.isComplete ?? false else {
                return report("is not a day", "write YYYY-MM-DD")
            }
        case .choice(let list), .choices(let list, _):
            let known = Set(choices.choices(of: list).map(\.id))
            let chosen = SectionAnswers.texts(value)
            for id in chosen where !known.contains(id) { report("“\(id)” cannot be chosen", "choose another") }
            if case .choices(_, let most) = field.kind, chosen.count > most { report("has \(chosen.count) choices", "leave \(most)") }
        case .rows(let columns, let most): return rows(value.elements, field, columns, most, section, &gathered)
        case .budget(let asked): return budget(value.elements, field, asked, section, &gathered)
        case .file: return
        }
        if let fact = field.fact { gathered.facts[fact, default: []] += names(SectionAnswers.texts(value), field) }
    }

    /// Ids are kept as such where a fact is ids; organizations that stand for authorities and ministries are called by their names.
    private func names(_ texts: [String], _ field: ProposalField) -> [String] {
        guard [.localAuthorities, .governmentEntities].contains(field.fact) else { return texts }
        switch field.kind {
        case .choice(let list), .choices(let list, _):
            let labels = Dictionary(choices.choices(of: list).map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
            return texts.map { labels[$0] ?? $0 }
        default: return texts
        }
    }

    private func rows(
        _ rows: [InputValue], _ field: ProposalField, _ columns: [ProposalField], _ most: Int, _ section: ProposalForm.Section,
        _ gathered: inout Gathered
    ) {
        if rows.count > most {
            gathered.problems.append(
                FormProblem(
                    section: section.id, field: field.id, problem: "has \(rows.count) rows", remedy: "leave \(most)", isMissing: false))
        }
        for (index, row) in rows.enumerated() {
            for column in columns { read(row[column.id], column, "\(field.id).\(index + 1).\(column.id)", section, &gathered) }
        }
    }

    // MARK: The budget

    private func budget(
        _ rows: [InputValue], _ field: ProposalField, _ asked: ProposalField.BudgetAsked, _ section: ProposalForm.Section,
        _ gathered: inout Gathered
    ) {
        var seen: Set<[String]> = []
        for (index, row) in rows.enumerated() {
            func report(_ column: String, _ problem: String, _ remedy: String) {
                gathered.problems.append(
                    FormProblem(
                        section: section.id, field: "\(field.id).\(index + 1).\(column)", problem: problem, remedy: remedy, isMissing: false
                    ))
            }
            let texts = ["organization", "category", "year", "output"].map { row[$0]?.string ?? "" }
            guard seen.insert(texts).inserted else {
                report("amount", "stands in the budget twice", "put the two amounts together")
                continue
            }
            let (organization, output) = (texts[0], texts[3])
            guard organizations.contains(organization) else {
                report("organization", "“\(organization)” does not take part", "choose one that takes part")
                continue
            }
            let typed = row["amount"]?.string ?? ""
            guard let amount = try? Money(parsing: typed, currency: currency), !amount.isNegative else {
                let said = EnteredAmount(typed, currency).problem(of: typed, currency)
                let plain = (problem: "“\(typed)” is not an amount in \(currency.code)", remedy: "write a plain decimal such as 120000")
                report("amount", (said ?? plain).problem, (said ?? plain).remedy)
                continue
            }
            if !output.isEmpty {
                if !asked.hasOutputs { report("output", "is not asked for", "take it out") }
                gathered.outputs.append(BudgetGrid.OutputCell(output: output, organization: organization, amount: amount))
                continue
            }
            guard let category = wholeNumber(texts[1]), terms.budgetCategories.contains(where: { $0.number == category }) else {
                report("category", "“\(texts[1])” is no category of the fund", "choose one of the fund's")
                continue
            }
            guard let year = wholeNumber(texts[2]), (1...asked.years).contains(year) else {
                report("year", "“\(texts[2])” is not a year from 1 to \(asked.years)", "correct it")
                continue
            }
            gathered.cells.append(BudgetGrid.Cell(organization: organization, category: category, year: year, amount: amount))
        }
    }

    private func totals(of budget: BudgetGrid, _ gathered: inout Gathered) -> BudgetGrid.Totals {
        let zero = Money.zero(currency)
        let none = BudgetGrid.Totals(organizations: [], direct: zero, indirect: zero, total: zero)
        guard let (section, field, asked) = form.budget else { return none }
        func report(_ problem: String, _ remedy: String) {
            gathered.problems.append(
                FormProblem(section: section.id, field: field.id, problem: problem, remedy: remedy, isMissing: false))
        }
        let rate = asked.fee.flatMap { terms.fee($0) }?.rate
        let indirect = Set(terms.budgetCategories.filter { $0.kind == .indirect }.map(\.number))
        do throws(MoneyError) {
            let totals = try budget.totals(rate: rate, indirectCategories: indirect)
            if asked.hasOutputs {
                for own in totals.organizations {
                    let parts = budget.outputs.filter { $0.organization == own.organization }.map { $0.amount }
                    let sum = try Money.sum(parts, in: currency)
                    if sum != own.direct {
                        report(
                            "\(own.organization): the outputs come to \(sum.plainDecimal), the direct costs to \(own.direct.plainDecimal)",
                            "make them the same")
                    }
                }
            }
            return totals
        } catch {
            report("is larger than an amount can be", "correct the amounts")
            return none
        }
    }
}
