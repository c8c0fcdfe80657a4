internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// The budget as a grid: for each organization its categories by years, and outputs by organizations where the form asks for them.
struct BudgetGridForm {
    let desk: ProposalDesk
    let section: ProposalOnDesk.Section
    let field: ProposalField
    let asked: ProposalField.BudgetAsked

    private var say: Catalogue { desk.say }
    private var terms: Terms { desk.model.terms }
    private var organizations: [String] { desk.model.proposal.organizations }
    private var lines: [SectionAnswers] { section.answers.rows(field.id) }

    private static let blankOutputs = 2

    func markup() -> Markup {
        .fragment {
            problems
            form(
                .class("form grid writing"), .method(.post), .action(desk.address(.budget(desk.code))), .enctype(.multipart), .novalidate(),
                .data("autosave", ProposalDesk.Step.autosave.rawValue), .data("saving", say("writing.script.saving")),
                .data("saved", say("writing.script.saved")), .data("failed", say("writing.script.failed")),
                .data("differs", say("writing.script.differs")), .data("look", say("writing.script.look")),
                .data("unsaved", say("writing.script.unsaved")), .data("places", String(desk.currency.minorUnits)),
                .data("rate", rate.map { "\($0.numerator)/\($0.denominator)" } ?? ""),
                .data("indirect", indirectCategories.map(String.init).joined(separator: " "))
            ) {
                input(.type("hidden"), .name("document"), .value(desk.document.rawValue))
                input(.type("hidden"), .name("revision"), .value(String(section.revision)))
                organizations.map(grid)
                if asked.hasOutputs { outputs }
                if let totals = desk.model.reading?.totals { totalsBlock(totals) }
                div(.class("buttons")) {
                    FormButton(label: say("writing.budget.save"), sent: ProposalDesk.step(.save)).markup()
                    buttonLink(say("writing.back"), to: desk.address(.proposal(desk.code)))
                }
                p(.class("note autosave"), .role("status"), .data("autosave-state", "")) { say("writing.budget.save.note") }
            }
            files
        }
    }

    private var rate: Ratio? { asked.fee.flatMap { terms.fee($0) }?.rate }
    private var indirectCategories: [Int] { terms.budgetCategories.filter { $0.kind == .indirect }.map(\.number) }

    // MARK: What is wrong

    @MarkupBuilder private var problems: Markup {
        let own = (desk.model.reading?.problems ?? []).filter { $0.section == section.id && $0.field.hasPrefix(field.id) && !$0.isMissing }
        let strays = lines.filter { !isInGrid($0) }
        if !own.isEmpty || !strays.isEmpty {
            div(.class("confirm")) {
                h2 { say("writing.budget.problems") }
                ul {
                    own.map { problem in li { "\(place(of: problem)) \(problem.problem); \(problem.remedy)." } }
                }
                if !strays.isEmpty { p { say("writing.budget.strays", ["count": .number(strays.count)]) } }
            }
        }
    }

    /// Where an amount stands, as the grid calls it.
    private func place(of problem: FormProblem) -> String {
        let parts = problem.field.split(separator: ".").map(String.init)
        guard parts.count == 3, let row = wholeNumber(parts[1]), lines.indices.contains(row - 1) else { return field.label }
        let line = lines[row - 1]
        let what = line.text("output").isEmpty ? categoryName(line.text("category")) : line.text("output")
        return wordsJoined([
            desk.organization(line.text("organization")), what, line.text("year").isEmpty ? "" : yearName(line.text("year")),
        ])
    }

    private func wordsJoined(_ words: [String]) -> String { words.filter { !$0.isEmpty }.joined(separator: ", ") + ":" }

    private func categoryName(_ number: String) -> String { terms.budgetCategories.first { String($0.number) == number }?.name ?? number }
    private func yearName(_ year: String) -> String {
        wholeNumber(year).map { say("writing.budget.year", ["number": .number($0)]) } ?? year
    }

    private func isInGrid(_ line: SectionAnswers) -> Bool {
        guard organizations.contains(line.text("organization")) else { return false }
        if !line.text("output").isEmpty { return asked.hasOutputs }
        let year = wholeNumber(line.text("year")) ?? 0
        return (1...asked.years).contains(year) && terms.budgetCategories.contains { String($0.number) == line.text("category") }
    }

    // MARK: The grid

    private func typed(_ organization: String, category: String, year: String, output: String = "") -> String {
        lines.first {
            $0.text("organization") == organization && $0.text("category") == category && $0.text("year") == year
                && $0.text("output") == output
        }?.text("amount") ?? ""
    }

    private func cell(_ name: String, _ value: String, _ label: String) -> Markup {
        let isWrong = !value.isEmpty && (EnteredAmount(value, desk.currency).amount.map(\.isNegative) ?? true)
        let validity: [Attribute] = isWrong ? [.aria(.invalid, "true")] : []
        return input(
            [
                .type("text"), .class("cell"), .name(name), .value(value), .inputmode(.decimal), .autocomplete(.off), .spellcheck(false),
                .aria(.label, label), .data("cell", ""),
            ] + validity)
    }

    private func sumPlace(_ name: String, _ amounts: [Money]) -> Markup {
        let sum = try? Money.sum(amounts, in: desk.currency)
        return span(.data("sum", name)) { sum.map { $0.isZero ? "" : desk.wording.amount($0) } ?? "" }
    }

    private func amounts(_ condition: (SectionAnswers) -> Bool) -> [Money] {
        lines.filter { isInGrid($0) && condition($0) }.compactMap { EnteredAmount($0.text("amount"), desk.currency).amount }
    }

    private func grid(_ organization: String) -> Markup {
        let name = desk.organization(organization)
        let years = Array(1...asked.years)
        let own = { (line: SectionAnswers) in line.text("organization") == organization && line.text("output").isEmpty }
        return RecordTable(
            caption: say("writing.budget.of", ["name": .text(name), "currency": .text(desk.currency.code)]),
            columns: [.init(label: say("writing.budget.category"), isName: true)]
                + years.map { .init(label: say("writing.budget.year", ["number": .number($0)]), isNumber: true) }
                + [.init(label: say("total"), isNumber: true)],
            rows: terms.budgetCategories.map { category in
                let number = String(category.number)
                return [
                    .fragment {
                        category.name
                        if category.kind == .indirect { span(.class("memo")) { say("writing.budget.indirect.note") } }
                    }
                ]
                    + years.map { year in
                        cell(
                            "b.\(organization).\(number).\(year)", typed(organization, category: number, year: String(year)),
                            say(
                                "writing.budget.cell",
                                ["name": .text(name), "category": .text(category.name), "number": .number(year)]))
                    }
                    + [sumPlace("b.\(organization).\(number)", amounts { own($0) && $0.text("category") == number })]
            },
            total: [.text(say("total"))]
                + years.map { year in sumPlace("y.\(organization).\(year)", amounts { own($0) && $0.text("year") == String(year) }) }
                + [sumPlace("b.\(organization)", amounts(own))]
        ).markup()
    }

    private var outputs: Markup {
        var names: [String] = []
        for line in lines where !line.text("output").isEmpty && !names.contains(line.text("output")) { names.append(line.text("output")) }
        let rows = names + Array(repeating: "", count: Self.blankOutputs)
        return RecordTable(
            caption: say("writing.budget.outputs.caption", ["currency": .text(desk.currency.code)]),
            columns: [.init(label: say("writing.budget.output"), isName: true)]
                + organizations.map { .init(label: desk.organization($0), isNumber: true) } + [.init(label: say("total"), isNumber: true)],
            rows: rows.enumerated().map { index, name in
                [
                    input(
                        .type("text"), .class("cell text"), .name("o.\(index + 1).name"), .value(name), .autocomplete(.off),
                        .aria(.label, say("writing.budget.output.name", ["number": .number(index + 1)])))
                ]
                    + organizations.map { organization in
                        cell(
                            "o.\(index + 1).\(organization)",
                            name.isEmpty ? "" : typed(organization, category: "", year: "", output: name),
                            say(
                                "writing.budget.output.cell",
                                ["name": .text(desk.organization(organization)), "number": .number(index + 1)]))
                    }
                    + [sumPlace("o.\(index + 1)", name.isEmpty ? [] : amounts { $0.text("output") == name })]
            },
            total: [.text(say("total"))]
                + organizations.map { id in
                    sumPlace("p.\(id)", amounts { $0.text("organization") == id && !$0.text("output").isEmpty })
                }
                + [sumPlace("o", amounts { !$0.text("output").isEmpty })]
        ).markup()
    }

    private func totalsBlock(_ totals: BudgetGrid.Totals) -> Markup {
        let own = organizations.map { id in totals.organizations.first { $0.organization == id } }
        func sum(_ name: String, _ money: Money?) -> Markup { sumPlace(name, money.map { [$0] } ?? []) }
        return RecordTable(
            caption: rate.map { rate in
                say(
                    "writing.budget.caption.rate", ["currency": .text(desk.currency.code), "rate": .text(desk.wording.share(rate))])
            } ?? say("writing.budget.caption", ["currency": .text(desk.currency.code)]),
            columns: [
                .init(label: say("column.organization"), isName: true), .init(label: say("writing.budget.direct"), isNumber: true),
                .init(label: say("writing.budget.indirect"), isNumber: true), .init(label: say("total"), isNumber: true),
            ],
            rows: zip(organizations, own).map { id, sums in
                [
                    .text(desk.organization(id)), sum("d.\(id)", sums?.direct), sum("i.\(id)", sums?.indirect), sum("t.\(id)", sums?.total),
                ]
            },
            total: [.text(say("total")), sum("d", totals.direct), sum("i", totals.indirect), sum("t", totals.total)]
        ).markup()
    }

    // MARK: Sheets

    private var files: Markup {
        workspaceBlock(say("writing.budget.sheet"), id: "sheet", note: .text(say("writing.budget.sheet.note"))) {
            p(.class("downloads-line")) {
                say("writing.budget.download")
                ProposalsPlace.SheetFormat.allCases.map { format in
                    Markup.fragment {
                        " "
                        desk.link(.budgetFile(desk.code, format), format.rawValue.uppercased())
                    }
                }
            }
            Form(
                action: desk.address(.budget(desk.code)),
                fields: [
                    .hidden("document", desk.document.rawValue), .hidden("revision", String(section.revision)),
                    FormField(
                        BudgetUpload.file, label: say("writing.budget.upload"), help: say("writing.budget.upload.help"),
                        kind: .file(accepting: ".csv,.xlsx")),
                ],
                buttons: [FormButton(label: say("writing.budget.read"), weight: .secondary, sent: ProposalDesk.step(.read))]
            ).markup(say)
        }
    }

    // MARK: What was typed

    /// The amounts that were typed. One that can only be read in one way is kept as a plain decimal, any other as it was typed.
    static func rows(_ form: any NamedValues, of desk: ProposalDesk) -> InputValue {
        var names: [String: String] = [:]
        for pair in form.pairs where pair.name.hasPrefix("o.") && pair.name.hasSuffix(".name") {
            names[String(pair.name.dropFirst(2).prefix { $0 != "." })] = pair.value
        }
        var rows: [[String: InputValue]] = []
        for pair in form.pairs where !pair.value.isEmpty {
            let parts = pair.name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            let amount = InputValue.text(EnteredAmount(pair.value, desk.currency).amount?.plainDecimal ?? pair.value)
            if parts.count == 4, parts[0] == "b" {
                rows.append([
                    "organization": .text(parts[1]), "category": .text(parts[2]), "year": .text(parts[3]), "amount": amount,
                ])
            } else if parts.count == 3, parts[0] == "o", parts[2] != "name", let name = names[parts[1]] {
                let output = name.isEmpty ? desk.say("writing.budget.output.unnamed", ["number": .text(parts[1])]) : name
                rows.append(["organization": .text(parts[2]), "output": .text(output), "amount": amount])
            }
        }
        return .list(rows.enumerated().map { InputValue.Item(key: String($0 + 1), value: .object($1)) })
    }
}
