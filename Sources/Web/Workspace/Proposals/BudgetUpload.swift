internal import HTML
internal import HTTPTypes
internal import Ledger
internal import OfficeFiles
internal import PooledFund
internal import Publications

/// A budget out of a sheet: what was read of it cell by cell, before it takes the place of what is there.
struct BudgetUpload {
    let desk: ProposalDesk
    let field: ProposalField
    let asked: ProposalField.BudgetAsked
    let revision: Int

    static let file = "sheet"
    private static let rows = "rows"

    private var say: Catalogue { desk.say }
    private var terms: Terms { desk.model.terms }

    func report(_ file: UploadedFile?) -> WorkspaceAnswer {
        do throws(Refusal) {
            guard let file else { throw Refusal(say("writing.budget.no-file")) }
            let sheet = try SheetRows(file.fileName, Array(file.bytes))
            let report = try BudgetSheet.read(
                sheet.rows, asked: asked, desk.currency, organizations: desk.model.proposal.organizations,
                categories: terms.budgetCategories.map(\.number))
            return .page(
                desk.page(
                    say("writing.budget.report.title"), lead: .text(file.fileName), markup(report, sheet.observations)),
                isRefused: false)
        } catch {
            let page = desk.page(
                say("writing.budget.report.title"), lead: .text(desk.model.title),
                notice: PageNotice(kind: .warning, text: inEnglish(error.sentence, say)),
                p { desk.link(.budget(desk.code), say("writing.budget.back")) })
            return .page(page)
        }
    }

    private func markup(_ report: BudgetSheet.Report, _ observations: [(place: String, what: SheetRows.Observation)]) -> Markup {
        let total = try? Money.sum(report.cells.map(\.amount), in: desk.currency)
        return .fragment {
            p {
                say(
                    "writing.budget.report.lead",
                    [
                        "count": .number(report.cells.count), "refused": .number(report.refused.count),
                        "total": .text(total.map(desk.wording.money) ?? ""),
                    ])
            }
            if !report.refused.isEmpty {
                workspaceBlock(say("writing.budget.report.refused")) {
                    places(report.refused.map { ($0.place, $0.problem) })
                }
            }
            if !observations.isEmpty {
                workspaceBlock(say("writing.budget.report.noted")) { places(observations.map { ($0.place, word($0.what)) }) }
            }
            if !report.cells.isEmpty {
                workspaceBlock(say("writing.budget.report.read")) { cells(report.cells) }
                Form(
                    action: desk.address(.budget(desk.code)),
                    fields: [
                        .hidden("document", desk.document.rawValue), .hidden("revision", String(revision)),
                        .hidden(Self.rows, String(decoding: JSON(report.answer).bytes, as: UTF8.self)),
                    ],
                    buttons: [FormButton(label: say("writing.budget.take"), sent: ProposalDesk.step(.take))],
                    consequences: [say("writing.budget.take.will", ["count": .number(report.cells.count)])], carriesFiles: true
                ).markup(say)
            }
            p { desk.link(.budget(desk.code), say("writing.budget.back")) }
        }
    }

    private func word(_ observation: SheetRows.Observation) -> String {
        switch observation {
        case .formula: say("writing.sheet.formula")
        case .notWorkedOut: say("writing.sheet.not-worked-out")
        case .merged(let range): say("writing.sheet.merged", ["range": .text(range)])
        case .hidden: say("writing.sheet.hidden")
        case .semicolons: say("writing.sheet.semicolons")
        case .tabs: say("writing.sheet.tabs")
        case .otherSheets(let name): say("writing.sheet.others", ["name": .text(name)])
        }
    }

    private func places(_ rows: [(place: String, what: String)]) -> Markup {
        RecordTable(
            caption: say("writing.budget.report.cells"),
            columns: [.init(label: say("writing.sheet.cell"), isName: true), .init(label: say("writing.sheet.what"))],
            rows: rows.prefix(500).map { [.text($0.place), .text($0.what)] }
        ).markup()
    }

    private func cells(_ cells: [BudgetSheet.ReadCell]) -> Markup {
        RecordTable(
            caption: say("writing.budget.report.cells"),
            columns: [
                .init(label: say("writing.sheet.cell"), isName: true), .init(label: say("column.organization")),
                .init(label: say("writing.sheet.for")),
                .init(label: say("writing.budget-in", ["currency": .text(desk.currency.code)]), isNumber: true),
            ],
            rows: cells.map { cell in
                let category = terms.budgetCategories.first { String($0.number) == cell.category }?.name ?? cell.category
                let year = wholeNumber(cell.year).map { say("writing.budget.year", ["number": .number($0)]) }
                return [
                    .text(cell.place), .text(desk.organization(cell.organization)),
                    .text(cell.output.isEmpty ? [category, year].compactMap(\.self).joined(separator: ", ") : cell.output),
                    desk.amount(cell.amount),
                ]
            }
        ).markup()
    }

    /// The amounts that were shown, as the form hands them on; none of what is no list of rows.
    func taken(_ form: any NamedValues) throws(Failure) -> InputValue {
        // JSON of requests is an object.
        guard let text = form.first(Self.rows), let object = InputValue(json: Array("{\"rows\":\(text)}".utf8)), let rows = object["rows"]
        else { throw Failure.formUnreadable }
        return rows
    }
}
