public import Ledger

/// A budget as rows of cells, as spreadsheets have it: a line for each organization and category with a column for each year, and a line for each
/// organization and output.
///
/// The header is `organization,category,output,year 1,…,amount`. A line of a category has its amounts under the years; one of an output under
/// `amount`.
public enum BudgetSheet {
    /// The most lines that are read.
    public static let rowLimit = 2_000

    /// What was read of a sheet, cell by cell.
    public struct Report: Sendable, Hashable {
        /// The budget's rows, as the form takes them.
        public let answer: InputValue
        public let cells: [ReadCell]
        public let refused: [RefusedCell]
    }

    public struct ReadCell: Sendable, Hashable {
        /// As spreadsheets name it: `D4`.
        public let place: String
        public let organization: String
        /// Empty for the amount of an output.
        public let category: String
        /// Empty for the amount of a category.
        public let output: String
        /// Empty for the amount of an output.
        public let year: String
        public let amount: Money
    }

    public struct RefusedCell: Sendable, Hashable, Codable {
        public let place: String
        public let problem: String
    }

    /// The cells of a budget as it is being written, its header first.
    public static func rows(of answer: SectionAnswers, field: String, years: Int, hasOutputs: Bool) -> [[String]] {
        let lines = answer.rows(field)
        var keys: [[String]] = []
        var amounts: [[String]: String] = [:]
        for line in lines {
            let key = [line.text("organization"), line.text("category"), line.text("output")]
            if !keys.contains(key) { keys.append(key) }
            amounts[key + [line.text("year")]] = line.text("amount")
        }
        return [header(years: years, hasOutputs: hasOutputs)]
            + keys.map { key in
                let inYears = (1...years).map { amounts[key + [String($0)]] ?? "" }
                let cells = hasOutputs ? key : Array(key.prefix(2))
                return cells + inYears + (hasOutputs ? [amounts[key + [""]] ?? ""] : [])
            }
    }

    private static func header(years: Int, hasOutputs: Bool) -> [String] {
        ["organization", "category"] + (hasOutputs ? ["output"] : []) + (1...years).map { "year \($0)" } + (hasOutputs ? ["amount"] : [])
    }

    /// Reads rows of cells, from whatever file they come.
    ///
    /// - Parameters:
    ///   - organizations: those that take part; nil to leave that to the form.
    ///   - categories: the numbers that there are; nil likewise.
    /// - Throws: `Refusal` if a column is missing or there are too many lines; a cell that cannot be read is reported, and the others are read.
    public static func read(
        _ rows: [[String]], asked: ProposalField.BudgetAsked, _ currency: Currency, organizations: [String]? = nil, categories: [Int]? = nil
    ) throws(Refusal) -> Report {
        guard let head = rows.first else { throw Refusal("the sheet is empty", remedy: "begin with the line of headings") }
        guard rows.count <= rowLimit else { throw Refusal("the sheet has \(rows.count) lines", remedy: "give \(rowLimit) or fewer") }
        let names = head.map { $0.lowercased().trimmed }
        for name in header(years: asked.years, hasOutputs: false).prefix(3) where !names.contains(name) {
            throw Refusal(
                "the sheet has no column “\(name)”",
                remedy: "begin with a line of headings: \(header(years: asked.years, hasOutputs: asked.hasOutputs).joined(separator: ", "))"
            )
        }
        if let twice = firstRepeated(names.filter { !$0.isEmpty }) {
            throw Refusal("the column “\(twice)” stands there twice", remedy: "take one out")
        }
        var reading = Reading(names: names, currency: currency, years: asked.years, organizations: organizations, categories: categories)
        for (index, row) in rows.enumerated().dropFirst() { reading.read(row, line: index + 1) }
        guard reading.items.count <= SectionAnswers.rowLimit else {
            throw Refusal("the sheet has \(reading.items.count) amounts", remedy: "give \(SectionAnswers.rowLimit) or fewer")
        }
        return Report(answer: .list(reading.items), cells: reading.cells, refused: reading.refused)
    }

    private struct Reading {
        let names: [String]
        let currency: Currency
        let years: Int
        let organizations: [String]?
        let categories: [Int]?
        var items: [InputValue.Item] = []
        var cells: [ReadCell] = []
        var refused: [RefusedCell] = []

        mutating func read(_ row: [String], line: Int) {
            func text(_ name: String) -> String {
                names.firstIndex(of: name).flatMap { $0 < row.count ? row[$0].trimmed : nil } ?? ""
            }
            for (column, name) in names.enumerated() where column < row.count && !row[column].trimmed.isEmpty {
                let isYear = name.hasPrefix("year ")
                guard isYear || name == "amount" else { continue }
                let place = "\(Self.letters(column))\(line)"
                let typed = row[column].trimmed
                let entered = EnteredAmount(typed, currency)
                guard let amount = entered.amount, !amount.isNegative else {
                    let said = entered.problem(of: typed, currency)
                    refused.append(RefusedCell(place: place, problem: said.map { "\($0.problem); \($0.remedy)" } ?? ""))
                    continue
                }
                let output = text("output")
                if let problem = problem(text("organization"), text("category"), output, year: isYear ? name : nil) {
                    refused.append(RefusedCell(place: place, problem: problem))
                    continue
                }
                guard isYear == output.isEmpty else {
                    refused.append(
                        RefusedCell(place: place, problem: "a line of an output has its amount under “amount”, any other under the years"))
                    continue
                }
                var item: [String: InputValue] = ["organization": .text(text("organization")), "amount": .text(amount.plainDecimal)]
                if isYear {
                    item["category"] = .text(text("category"))
                    item["year"] = .text(String(name.dropFirst("year ".count)))
                } else {
                    item["output"] = .text(output)
                }
                items.append(InputValue.Item(key: String(items.count + 1), value: .object(item)))
                cells.append(
                    ReadCell(
                        place: place, organization: text("organization"), category: isYear ? text("category") : "", output: output,
                        year: isYear ? String(name.dropFirst("year ".count)) : "", amount: amount))
            }
        }

        /// Why an amount has no place in the budget, as far as that is asked.
        private func problem(_ organization: String, _ category: String, _ output: String, year: String?) -> String? {
            if let organizations, !organizations.contains(organization) {
                return organization.isEmpty ? "the line names no organization" : "“\(organization)” does not take part"
            }
            guard let categories, output.isEmpty else { return nil }
            guard let number = wholeNumber(category), categories.contains(number) else { return "“\(category)” is no category of the fund" }
            if let year, let number = wholeNumber(String(year.dropFirst("year ".count))), (1...years).contains(number) { return nil }
            return "“\(year ?? "")” is not a year from 1 to \(years)"
        }

        /// A, B, …, Z, AA, …
        private static func letters(_ column: Int) -> String {
            let letter = String(UnicodeScalar(UInt8(65 + column % 26)))
            return column < 26 ? letter : letters(column / 26 - 1) + letter
        }
    }
}

extension String {
    /// Without the white space around it.
    fileprivate var trimmed: String {
        let scalars = unicodeScalars.drop { $0.properties.isWhitespace }
        guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
        return String(String.UnicodeScalarView(scalars[...last]))
    }
}
