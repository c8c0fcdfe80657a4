import Ledger
import TestSupport
import Testing

@testable import PooledFund

@Suite("Balance")
struct BalanceTests {
    private let record: PublicRecord
    private let balance: Balance

    init() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        record = try #require(try await office.record("river-towns"))
        balance = try record.balance(of: .operational)
    }

    @Test("The cells of the table add up to its rows, its columns and its total, in money and in number")
    func sums() throws {
        #expect(balance.total.amount.description == "41183335 JPY")
        #expect(balance.total.hundredths == 1000)
        for total in [balance.areaTotals.values.map { $0 }, balance.regionTotals.values.map { $0 }] {
            #expect(try Money.sum(total.map(\.amount), in: record.terms.currency) == balance.total.amount)
            #expect(total.map(\.hundredths).reduce(0, +) == balance.total.hundredths)
        }
        for area in balance.areas {
            let cells = balance.regions.compactMap { balance.cell(area, $0) }
            #expect(cells.map(\.amount.minorUnits).reduce(0, +) == balance.areaTotals[area]?.amount.minorUnits ?? 0)
            #expect(cells.map(\.hundredths).reduce(0, +) == balance.areaTotals[area]?.hundredths ?? 0)
        }
        for region in balance.regions {
            let cells = balance.areas.compactMap { balance.cell($0, region) }
            #expect(cells.map(\.amount.minorUnits).reduce(0, +) == balance.regionTotals[region]?.amount.minorUnits ?? 0)
            #expect(cells.map(\.hundredths).reduce(0, +) == balance.regionTotals[region]?.hundredths ?? 0)
        }
    }

    @Test("A programme in several regions is split evenly, to the last yen and the last hundredth")
    func split() throws {
        let three = try #require(record.programme("three-rivers-warning"))
        #expect(three.regions == ["mekong", "nile", "parana"])
        let parts = try three.regions.map { try three.budget(in: .known($0))?.minorUnits }
        #expect(parts == [3_333_334, 3_333_333, 3_333_333])
        #expect(
            balance.cell(.known(2), .known("parana"))
                == Balance.Cell(amount: Money(minorUnits: 3_333_333, currency: record.terms.currency), hundredths: 33))
        let two = try #require(record.programme("two-rivers-bridges"))
        #expect(try two.budget(in: .known("nile"))?.minorUnits == 2_500_001)
        #expect(try two.budget(in: .known("danube"))?.minorUnits == 2_500_000)
        #expect(try two.budget(in: .known("mekong"))?.minorUnits == 0)
        #expect(try two.budget(in: .unknown)?.minorUnits == 0)
    }

    @Test("What is not on record has a row and a column of its own, and only where it is needed")
    func unknown() throws {
        #expect(balance.areas == [.known(1), .known(2), .known(3), .unknown])
        #expect(balance.regions == [.known("mekong"), .known("nile"), .known("danube"), .known("parana"), .unknown])
        #expect(balance.cell(.unknown, .known("mekong"))?.amount.minorUnits == 750_000)
        // A programme without budget counts in number alone.
        #expect(balance.cell(.known(1), .unknown) == Balance.Cell(amount: .zero(record.terms.currency), hundredths: 100))
        #expect(balance.cell(.known(3), .known("danube")) == nil)
        let pipeline = try record.balance(of: .pipeline)
        #expect(pipeline.areas == [.known(1), .known(2), .known(3)])
        #expect(pipeline.regionTotals[.known("parana")]?.amount.minorUnits == 4_200_000)
    }

    @Test("Objectives are counted by the programmes that name them, beside how many name none")
    func objectives() {
        #expect(
            balance.objectives.programmesByObjective[2]?.sorted() == ["lower-mekong-embankments", "script-bridge", "two-rivers-bridges"])
        #expect(balance.objectives.programmesByObjective[7] == nil)
        #expect(balance.objectives.withoutObjectives == 2)
        #expect(balance.objectives.of == 10)
    }

    @Test("A status that no programme has gives a table of nothing, not an error")
    func empty() throws {
        let empty = try record.balance(of: .financiallyClosed)
        #expect(empty.total.amount.isZero)
        #expect(empty.evennessByArea == nil)
        #expect(empty.regions.count == 4)
    }

    /// Values computed with Python's math.log.
    @Test("Evenness is Pielou's J")
    func evenness() {
        #expect(Evenness(of: [7, 7, 7])?.text == "1.0000")
        #expect(Evenness(of: [5, 0])?.text == "0.0000")
        #expect(Evenness(of: [1, 3])?.text == "0.8113")
        #expect(Evenness(of: [1, 1, 2])?.text == "0.9464")
        #expect(Evenness(of: [1, 1, 2])?.categories == 3)
        #expect(Evenness(of: [4]) == nil)
        #expect(Evenness(of: [0, 0, 0]) == nil)
        #expect(Evenness(of: []) == nil)
        #expect(Evenness(of: [.max, .max])?.text == "1.0000")
    }

    /// By hand from the brief: areas 3.7, 2.2, 2.8, 3.5 and 6.3 of 18.5 million; regions 5.4, 2.0, 1.7, 6.2 and 3.2.
    @Test("The real fund's evenness is what a computation by hand from its publication gives")
    func realFund() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.migrationMPTF)
        let balance = try #require(try await office.record("migration-mptf")).balance(of: .operational)
        #expect(balance.total.amount.plainDecimal == "18500000.00")
        #expect(balance.total.hundredths == 900)
        #expect(balance.evennessByArea?.text == "0.9585")
        #expect(balance.evennessByRegion?.text == "0.9253")
        #expect(!balance.areas.contains(.unknown) && !balance.regions.contains(.unknown))
    }
}
