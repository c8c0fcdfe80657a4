internal import Ledger
internal import PooledFund
internal import Publications

/// Lines of the ledger in a form, page by page. The text alone is kept until the end: the widths of its columns depend on every line.
struct EntryListing {
    let record: PublicRecord
    let wording: Wording
    let format: ListFormat
    let output: any Output
    private var rows: [[String]] = []
    private var isFirst = true

    init(record: PublicRecord, wording: Wording, format: ListFormat, output: any Output) {
        self.record = record
        self.wording = wording
        self.format = format
        self.output = output
    }

    private struct Line: Encodable {
        let externalId: String
        let kind: String
        let effectiveOn: String
        let account: String
        let contributor: String?
        let amount: MoneyJSON
        let reverses: String?
        let memo: String
        let source: String

        init(_ line: LedgerLine) {
            externalId = line.externalID
            kind = line.kind.rawValue
            effectiveOn = line.effectiveOn.description
            account = line.account.rawValue
            contributor = line.contributor
            amount = MoneyJSON(line.amount)
            reverses = line.reverses
            memo = line.memo
            source = line.source
        }
    }

    func begin() async throws {
        switch format {
        case .text: break
        case .json:
            // Slugs, dates and digits: nothing that JSON would escape.
            let head = "\"fund\" : \"\(record.fund)\",\n\"asOf\" : \"\(record.asOf)\",\n\"auditHead\" : \"\(record.head)\""
            try await output.write("{\n\(head),\n\"items\" : [")
        case .csv:
            let header: [CSVField] = [
                "effective_on", "kind", "account", "contributor", "amount", "currency", "reverses", "memo", "source", "external_id",
            ]
            try await output.write(csvLines([header]))
        }
    }

    mutating func add(_ lines: [LedgerLine]) async throws {
        switch format {
        case .text:
            rows += lines.map { line in
                [
                    line.effectiveOn.description, wording.kind(line.kind), line.contributor.map(name) ?? "", wording.amount(line.amount),
                    line.externalID, line.reverses ?? "",
                ]
            }
        case .json:
            for line in lines {
                try await output.write((isFirst ? "\n" : ",\n") + (try jsonText(Line(line))))
                isFirst = false
            }
        case .csv:
            try await output.write(csvLines(lines.map(fields)))
        }
    }

    func end() async throws {
        switch format {
        case .text:
            let currency = record.terms.currency.code
            try await output.write(
                TextTable(["effective on", "kind", "contributor", currency, "entry", "reverses"], rightAligned: [3], rows: rows).text)
            await output.note("as of \(record.asOf), audit event \(record.head)")
        case .json: try await output.write("\n]\n}\n")
        case .csv: break
        }
    }

    private func name(_ contributor: String) -> String { record.contributor(contributor)?.name ?? contributor }

    private func fields(_ line: LedgerLine) -> [CSVField] {
        [
            .text(line.effectiveOn.description), .text(line.kind.rawValue), .text(line.account.rawValue), .text(line.contributor ?? ""),
            .number(line.amount.plainDecimal), .text(line.amount.currency.code), .text(line.reverses ?? ""), .text(line.memo),
            .text(line.source), .text(line.externalID),
        ]
    }
}
