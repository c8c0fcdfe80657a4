import Ledger
import TestSupport
import Testing

@testable import PooledFund

@Suite("Amounts as people write them")
struct EnteredAmountTests {
    @Test(
        "What can only be read in one way is read, whichever way it is written",
        arguments: [
            ("1234.50", 123_450), ("1,234.50", 123_450), ("1.234,50", 123_450), ("1 234,50", 123_450), ("1\u{202F}234,5", 123_450),
            ("1'234.5", 123_450), ("1,234,567", 123_456_700), ("1.234.567", 123_456_700), ("12,5", 1_250), ("1234567", 123_456_700),
            ("0.05", 5), ("1,234,567.89", 123_456_789),
        ])
    func read(_ text: String, _ cents: Int64) throws {
        #expect(EnteredAmount(text, try dollars()).amount?.minorUnits == cents, "\(text)")
    }

    @Test("What could be thousands or decimals is named and not guessed", arguments: ["1,234", "1.234", "12,345", "999.000"])
    func ambiguous(_ text: String) throws {
        let entered = EnteredAmount(text, try dollars())
        #expect(entered == .ambiguous)
        let said = try #require(entered.problem(of: text, try dollars()))
        #expect(said.problem.contains("two ways") && said.remedy.contains(text.filter(\.isNumber)), "\(said)")
    }

    @Test(
        "What is no amount is not read",
        arguments: ["", "x", "1,23,456", "1.234.5", "1,234.567,8", "12.345.6789", "--1", "1.2.3", "٣", "1e3", "=A1", "0,234", "1,2345"])
    func unreadable(_ text: String) throws {
        #expect(EnteredAmount(text, try dollars()) == .unreadable, "\(text)")
    }

    @Test("A sheet names each cell that cannot be read, and reads the others")
    func sheet() throws {
        let asked = ProposalField.BudgetAsked(fee: nil, years: 2, hasOutputs: true)
        let report = try BudgetSheet.read(
            [
                ["Organization", "category", "output", "Year 1", "year 2", "amount"], ["one", "1", "", "1,000.00", "1,234", ""],
                ["two", "9", "", "5", "", ""], ["nobody", "1", "", "5", "", ""], ["two", "", "Bridges", "", "", "7"],
                ["two", "1", "", "", "", "8"],
            ], asked: asked, try dollars(), organizations: ["one", "two"], categories: [1, 2])
        #expect(report.cells.map(\.place) == ["D2", "F5"])
        #expect(report.refused.map(\.place) == ["E2", "D3", "D4", "F6"], "\(report.refused)")
        #expect(report.cells.last?.output == "Bridges" && report.cells.first?.year == "1")
    }

    private func dollars() throws -> Currency { try Currency(code: "USD", minorUnits: 2) }
}
