import Foundation
import Ledger
import TestSupport
import Testing

@testable import PooledFund

@Suite("Forms of the Terms")
struct ProposalFormTests {
    @Test("Both funds have forms that have nothing in common, and no code knows their fields")
    func twoFunds() throws {
        let forms = try [Folders.riverTowns, Folders.migrationMPTF].map { try FundFolder.read(at: $0).terms.forms }
        #expect(forms.allSatisfy { $0.map(\.document) == ProposalDocument.allCases })
        let ids = forms.map { Set($0.flatMap { $0.sections.map(\.id) }) }
        #expect(ids[0].isDisjoint(with: ids[1]))
        let sources = try Folders.swiftFiles(under: "Sources/PooledFund/Proposals").map { try String(contentsOf: $0, encoding: .utf8) }
        for field in forms.joined().flatMap({ $0.fields.map(\.field.id) })
        where field.contains("-") || ["winters", "banks"].contains(field) {
            // Where an id is also the name of a fact or a party, it is that in the code.
            guard ProposalField.Fact(rawValue: field) == nil else { continue }
            #expect(!sources.contains { $0.contains("\"\(field)\"") }, "\(field)")
        }
        let national = try #require(forms[1].first)
        #expect(national.budget?.asked.fee == "indirect-support-costs")
        #expect(!national.standing.isConfirmed)
    }

    @Test(
        "A form with a fault is refused with the line and what to do",
        arguments: [
            ("What it is called, kind: text", "What it is called, kind: txt", "did you mean “text”?"),
            ("of: thematic-areas, fact", "of: thematic-area, fact", "did you mean “thematic-areas”?"),
            ("of: marker/gender", "of: marker/gendre", "did you mean “gender”?"),
            ("limit: 20, counted_in: words", "limit: 20, counted_in: pages", "“characters”"),
            ("fact: duration-months", "fact: title", "give it to a field that answers it"),
            ("fact: objectives", "fact: countries", "give it to a field that answers it"),
            ("fee: indirect-support-costs, years: 2", "fee: indirect, years: 2", "“indirect-support-costs”"),
            ("years: 2}", "years: 11}", "choose another number"),
            ("{id: town, label: Town, kind: text", "{id: town, label: Town, kind: budget", "take"),
            ("limit: 60, fact: title}\n          - {id: area", "limit: 60}\n          - {id: area", "fact: title"),
            ("party: local-authorities", "party: mayors", "“organizations”"),
            ("check: organizations-minimum", "check: organisations-minimum", "did you mean “organizations-minimum”?"),
            ("value: 24, unit: months, check", "unit: months, check", "give the rule a value"),
            ("{id: story", "{id: aims", "give each"),
        ])
    func faults(from: String, to: String, remedy: String) throws {
        let folder = try FolderCopy()
        try folder.replace(from, with: to, in: "terms.yaml")
        let faults = #expect(throws: Faults.self) { try folder.read() }
        let found = faults?.faults.first { $0.remedy.contains(remedy) }
        #expect(found != nil, "\(String(describing: faults?.faults))")
        #expect(faults?.faults.allSatisfy { $0.file == "terms.yaml" && $0.line != nil } ?? false)
    }

    @Test("Words are what stands between white space, characters are scalars, in every script of the United Nations")
    func lengths() {
        let words = ProposalField.TextLimit(count: 1, unit: .words)
        let characters = ProposalField.TextLimit(count: 1, unit: .characters)
        for (text, count, scalars) in [
            ("", 0, 0), ("  \n ", 0, 4), ("one  two\nthree", 3, 14), ("من إلى", 2, 6), ("水和船", 1, 3), ("вода и лодка", 3, 12),
            ("agua\u{301}", 1, 5), ("a\u{A0}b", 2, 3),
        ] {
            #expect(words.length(of: text) == count, "\(text)")
            #expect(characters.length(of: text) == scalars, "\(text)")
        }
    }

    @Test("Indirect costs never pass the rate, and no unit is lost, whatever the amounts")
    func indirectCosts() throws {
        let dollar = try Currency(code: "USD", minorUnits: 2)
        let rate = try Ratio(parsing: "0.07")
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let amounts = (0..<Int.random(in: 1...8, using: &generator)).map { _ in Int64.random(in: 0...10_000_000_000, using: &generator)
            }
            let cells = amounts.enumerated().map { index, amount in
                BudgetGrid.Cell(organization: "o\(index)", category: 1, year: 1, amount: Money(minorUnits: amount, currency: dollar))
            }
            let totals = try BudgetGrid(currency: dollar, cells: cells, outputs: []).totals(rate: rate, indirectCategories: [8])
            let whole = amounts.reduce(0, +)
            #expect(totals.direct.minorUnits == whole)
            #expect(totals.indirect.minorUnits == whole * 7 / 100)
            #expect(totals.organizations.reduce(0) { $0 + $1.indirect.minorUnits } == whole * 7 / 100)
            #expect(totals.organizations.reduce(0) { $0 + $1.total.minorUnits } == totals.total.minorUnits)
        }
        let large = Money(minorUnits: .max, currency: dollar)
        let cells = (0..<2).map { BudgetGrid.Cell(organization: "o\($0)", category: 1, year: 1, amount: large) }
        #expect(throws: MoneyError.self) {
            try BudgetGrid(currency: dollar, cells: cells, outputs: []).totals(rate: rate, indirectCategories: [8])
        }
    }

    @Test("The text that is sealed is the same whatever the order of what was saved, and keeps what was typed")
    func canonical() {
        let value = InputValue.object(["b": .text("é"), "a": .texts(["\u{65}\u{301}", "\"\\\n\u{1}"]), "é": .integer(1)])
        #expect(value.canonicalJSON == "{\"a\":[\"\u{65}\u{301}\",\"\\\"\\\\\\n\\u0001\"],\"b\":\"é\",\"é\":1}")
        #expect(InputValue(stored: value.canonicalJSON)?.canonicalJSON == value.canonicalJSON)
    }
}
