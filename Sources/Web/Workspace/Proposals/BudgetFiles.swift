internal import HTML
internal import HTTPTypes
internal import Ledger
internal import OfficeFiles
internal import PooledFund
internal import Publications

extension ProposalDesk {
    /// The budget as a sheet that can be filled in and read again: a line for each organization and category, those without an amount too.
    func budgetFile(_ format: ProposalsPlace.SheetFormat) throws -> WorkspaceFile {
        guard let (section, field, asked) = model.form.budget, seesDraft || !model.versions.isEmpty else { throw Failure.notFound }
        let answers =
            seesDraft
            ? model.sections.first { $0.id == section.id }?.answers ?? .none : model.versions.last?.answers[section.id] ?? .none
        let rows = completed(BudgetSheet.rows(of: answers, field: field.id, years: asked.years, hasOutputs: asked.hasOutputs), asked)
        let name = "\(code)-\(format.fileName)"
        switch format {
        case .csv:
            let listing = Listing(
                rows[0], rows.dropFirst().enumerated().map { Listing.Row(key: String($0), values: $1.map(JSON.string)) })
            return WorkspaceFile(contentType: PageFormat.csv.contentType, name: name, bytes: listing.csv)
        case .xlsx:
            return WorkspaceFile(
                contentType: FileKind.workbook.mediaType, name: name, bytes: try workbook(rows, asked).xlsx())
        }
    }

    private func completed(_ rows: [[String]], _ asked: ProposalField.BudgetAsked) -> [[String]] {
        let head = rows[0]
        let keys = asked.hasOutputs ? 3 : 2
        var body = Array(rows.dropFirst())
        for organization in model.proposal.organizations {
            for category in model.terms.budgetCategories {
                let key = [organization, String(category.number), ""].prefix(keys)
                if !body.contains(where: { $0.prefix(keys) == key }) {
                    body.append(Array(key) + Array(repeating: "", count: head.count - keys))
                }
            }
        }
        // Lines of outputs stand behind those of categories.
        let order = { (row: [String]) -> [Int] in
            [
                asked.hasOutputs && !row[2].isEmpty ? 1 : 0, model.proposal.organizations.firstIndex(of: row[0]) ?? .max,
                wholeNumber(row[1]) ?? .max,
            ]
        }
        let inOrder = body.enumerated().sorted { one, other in
            let (left, right) = (order(one.element), order(other.element))
            return left == right ? one.offset < other.offset : left.lexicographicallyPrecedes(right)
        }
        return [head] + inOrder.map { $0.element }
    }

    private func workbook(_ rows: [[String]], _ asked: ProposalField.BudgetAsked) -> WorkbookDraft {
        let keys = asked.hasOutputs ? 3 : 2
        var sheet = WorkbookDraft.Sheet(name: say("writing.budget.title"), frozenRows: 1, frozenColumns: keys)
        for column in 1...rows[0].count { sheet.columnWidths[column] = column <= keys ? 22 : 16 }
        for (index, row) in rows.enumerated() {
            for (column, text) in row.enumerated() {
                sheet[index + 1, column + 1] = cell(text, isHead: index == 0, isKey: column < keys)
            }
        }
        return WorkbookDraft(
            title: "\(code): \(say("writing.budget.title"))", created: Int(context.now.microsecondsSince1970 / 1_000_000),
            sheets: [sheet, names])
    }

    private func cell(_ text: String, isHead: Bool, isKey: Bool) -> WorkbookDraft.Cell {
        if isHead { return WorkbookDraft.Cell(.text(text), .init(.header)) }
        if isKey { return WorkbookDraft.Cell(.text(text), .init(.plain, .text)) }
        let style = WorkbookDraft.Style(.plain, .number(places: currency.minorUnits), isUnlocked: true)
        if text.isEmpty { return WorkbookDraft.Cell(.blank, style) }
        // More digits than a spreadsheet keeps stay a text, and are read from it all the same.
        guard let number = ExactNumber(text), number.exact == number.entered else { return WorkbookDraft.Cell(.text(text), style) }
        return WorkbookDraft.Cell(.number(number.exact), style)
    }

    /// What the ids and numbers of the other sheet stand for.
    private var names: WorkbookDraft.Sheet {
        var sheet = WorkbookDraft.Sheet(name: say("writing.budget.names"), columnWidths: [1: 22, 2: 60])
        var row = 1
        for (id, name) in model.proposal.organizations.map({ ($0, organization($0)) })
            + model.terms.budgetCategories.map({ (String($0.number), $0.name) })
        {
            sheet[row, 1] = WorkbookDraft.Cell(.text(id))
            sheet[row, 2] = WorkbookDraft.Cell(.text(name))
            row += 1
        }
        return sheet
    }
}
