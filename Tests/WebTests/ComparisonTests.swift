import Foundation
import Ledger
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("Statements beside the record")
struct ComparisonTests {
    /// One statement on mobilized contributions in the made-up fund, whose record gives 70,984,566 yen, or on its ten contributors.
    private func comparison(_ figure: String, _ qualifier: String, _ stated: String, _ unit: String, asOf: String = "2024-01-31")
        async throws -> JSON
    {
        let folder = try FolderCopy()
        try folder.append("tried,\(figure),\(qualifier),\(stated),\(unit),\(asOf),brief-2024,,Tried,", to: "records/statements.csv")
        let site = try await TestSite(folder.url)
        let listing = try await site.text(.statements, as: .json)
        let page = try await site.text(.statements)
        let row = try #require(page.firstRange(of: "statement-tried").map { page[$0.lowerBound...] })
        _ = listing
        return .string(String(row.prefix(2_000)))
    }

    private func words(_ json: JSON) -> String { if case .string(let text) = json { text } else { "" } }

    @Test("a rounded figure agrees at the precision with which it is stated, and no further")
    func rounding() async throws {
        #expect(words(try await comparison("contributionsMobilized", "exactly", "71000000", "JPY")).contains("rounded, is the stated one"))
        #expect(words(try await comparison("contributionsMobilized", "exactly", "100000000", "JPY")).contains("The two differ"))
        #expect(words(try await comparison("contributionsMobilized", "approximately", "72000000", "JPY")).contains("The two differ"))
    }

    @Test("“more than” is true of more and of nothing else")
    func moreThan() async throws {
        #expect(words(try await comparison("contributors", "more-than", "5", "contributors")).contains("The two agree"))
        #expect(words(try await comparison("contributors", "more-than", "10", "contributors")).contains("The two differ"))
    }

    @Test("a statement of another day is not compared with this one's figure")
    func otherDay() async throws {
        let words = words(try await comparison("contributionsMobilized", "exactly", "8000000", "JPY", asOf: "2023-01-31"))
        #expect(words.contains("compare it there"))
        #expect(!words.contains("The two differ"))
    }

    @Test("the largest amount that can be stated stops nothing")
    func largest() async throws {
        #expect(words(try await comparison("contributionsMobilized", "exactly", "9000000000000000000", "JPY")).contains("The two differ"))
    }
}

@Suite("Data says all that pages say")
struct ListingContentTests {
    @Test("every value of every list's JSON stands in its CSV")
    func csvIsWhole() async throws {
        let site = try await TestSite(Folders.migrationMPTF)
        for place in [Place.overview, .figures, .statements, .contributors, .programmes, .balance, .terms, .ledger, .thematicAreas] {
            let csv = try await site.text(place, as: .csv)
            let body = try JSONSerialization.jsonObject(with: Data(try await site.bytes(place, as: .json))) as? [String: Any]
            let items = try #require(body?["items"] as? [[String: Any]])
            #expect(csv.split(separator: "\r\n").count >= items.count + 1)
            for item in items {
                for (name, value) in item {
                    switch value {
                    case let number as NSNumber:
                        #expect(csv.contains("\(number)") || csv.contains(number.boolValue ? "true" : "false"), "\(place) \(name)")
                    case let money as [String: Any]: #expect(csv.contains("\(money["amount"] ?? "?")"), "\(place) \(name)")
                    default: break
                    }
                }
            }
        }
        #expect(try await site.text(.figures, as: .csv).contains("contributors,Contributors,22,"))
        #expect(try await site.text(.statements, as: .csv).contains(",0.3800000000,,0.3828382733,,"))
    }

    @Test("a file has the same columns whether it has rows or not")
    func sameColumns() async throws {
        let site = try await TestSite(Folders.migrationMPTF)
        let full = try await site.text(.programmes, as: .csv).prefix { $0 != "\r\n" }
        let empty = try await site.text(.country("USA"), as: .csv).prefix { $0 != "\r\n" }
        #expect(full == empty)
    }

    @Test(
        "before its records begin, a page says so and shows no zeros",
        arguments: [Place.contributors, .pipeline, .balance, .overview, .statements])
    func recordsBegin(place: Place) async throws {
        let site = try await TestSite(Folders.migrationMPTF)
        let page = try await site.text(place, "as-of=2023-06-30")
        #expect(page.contains("There is no record before 31 January 2024"))
        #expect(!page.contains("USD\u{A0}0"))
    }

    @Test("a contributor with more entries than a page shows links to the rest and gives no total beside a part")
    func manyEntries() async throws {
        let folder = try FolderCopy()
        for number in 1...150 {
            try folder.append(
                "many-\(number),silent-partner,opening-contribution,2024-01-31,1000,JPY,brief-2024,", to: "records/contributions.csv")
        }
        let site = try await TestSite(folder.url)
        let page = try await site.text(.contributor("silent-partner"))
        #expect(page.components(separatedBy: "<code>many-").count - 1 == 60)
        #expect(page.contains("ledger?contributor=silent-partner"))
        #expect(!page.contains("<tfoot>"))
        let last = try await site.text(.ledger, "contributor=silent-partner&page=3")
        #expect(last.components(separatedBy: "<code>many-").count - 1 == 30)
        await #expect(throws: Failure.self) { try await site.bytes(.ledger, "contributor=silent-partner&page=4") }
    }
}
