internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    func figuresPage() throws -> Page {
        if let name = query[.ratio] { return try ratioPage(name) }
        let figures = record.figures
        return Page(
            title: say("figures.title"),
            lead: .text(say("figures.lead", ["count": .number(figures.count { $0.value != nil }), "all": .number(figures.count)])),
            content: RecordTable(
                caption: say("figures.caption"),
                columns: [
                    .init(label: say("column.figure"), isName: true), .init(label: say("column.definition")),
                    .init(label: say("column.value"), isNumber: true),
                ],
                rows: figures.map { [.text(wording.label($0.key)), .text(wording.definition($0.key)), figure($0)] }
            ).markup())
    }

    /// The parts of a share: what is divided by what.
    private func ratioPage(_ name: String) throws -> Page {
        guard let key = FigureKey(rawValue: name), case .ratio(let numerator, let denominator) = record.figure(key).trace else {
            throw PageQuery.unreadable(.ratio, name)
        }
        return Page(
            title: wording.label(key), lead: .text(wording.definition(key)),
            content: RecordTable(
                caption: say("figures.parts"),
                columns: [.init(label: say("column.figure"), isName: true), .init(label: say("column.value"), isNumber: true)],
                rows: [numerator, denominator].map { [.text(wording.label($0)), figure(record.figure($0))] },
                total: [.text(wording.label(key)), figure(record.figure(key))]
            ).markup())
    }
}
