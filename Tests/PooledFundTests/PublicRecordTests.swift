import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("Reading the public record")
struct PublicRecordTests {
    private let office: TestOffice
    private let record: PublicRecord

    init() async throws {
        office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        record = try #require(try await office.record("river-towns"))
    }

    private func codes(_ filter: ProgrammeFilter) -> [String] { record.programmes(filter).map(\.id).sorted() }

    @Test("Programmes are filtered by status, area, region, country, organization, objective and budget, alone and together")
    func filters() throws {
        #expect(record.programmes(ProgrammeFilter()).count == 14)
        #expect(codes(ProgrammeFilter(status: .known(.pipeline))) == ["ferry-landings", "next-towpath"])
        #expect(codes(ProgrammeFilter(status: .known(.operationallyClosed))) == ["lock-keepers"])
        #expect(codes(ProgrammeFilter(status: .unknown)) == ["forgotten-weir"])
        #expect(codes(ProgrammeFilter(area: .known(3))) == ["lock-keepers", "night-ferries"])
        #expect(codes(ProgrammeFilter(area: .unknown)) == ["market-boats"])
        #expect(codes(ProgrammeFilter(region: .known("parana"))) == ["ferry-landings", "forgotten-weir", "three-rivers-warning"])
        #expect(codes(ProgrammeFilter(region: .unknown)) == ["unplaced-reach"])
        #expect(codes(ProgrammeFilter(country: "SDN")) == ["arabic-waterwheel", "night-ferries"])
        #expect(codes(ProgrammeFilter(organization: "bridge-agency")) == ["script-bridge", "two-rivers-bridges"])
        #expect(codes(ProgrammeFilter(objective: 5)) == ["lock-keepers", "night-ferries"])
        #expect(
            codes(ProgrammeFilter(status: .known(.operational), area: .known(1), country: "VNM")) == [
                "emoji-school", "lower-mekong-embankments",
            ])
        #expect(codes(ProgrammeFilter(country: "no-such-country")).isEmpty)
    }

    @Test("A budget filter keeps its bounds and leaves out what has no budget on record")
    func budgetFilter() {
        func yen(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: record.terms.currency) }
        #expect(
            codes(ProgrammeFilter(minimumBudget: yen(9_000_000))) == ["lower-mekong-embankments", "night-ferries", "three-rivers-warning"])
        #expect(codes(ProgrammeFilter(maximumBudget: yen(600_000))) == ["emoji-school", "script-bridge"])
        #expect(codes(ProgrammeFilter(minimumBudget: yen(600_000), maximumBudget: yen(750_000))) == ["emoji-school", "market-boats"])
        #expect(!codes(ProgrammeFilter(minimumBudget: yen(0))).contains("unplaced-reach"))
    }

    @Test("Programmes stand by area, then in the fund's order, then by code; those without an area last")
    func order() {
        #expect(record.programmes.map(\.id).prefix(3) == ["lower-mekong-embankments", "two-rivers-bridges", "script-bridge"])
        #expect(record.programmes.map(\.id).suffix(3) == ["night-ferries", "lock-keepers", "market-boats"])
    }

    @Test("A status and a budget are those of the day")
    func dated() async throws {
        let early = try #require(try await office.record("river-towns", asOf: "2021-06-30"))
        #expect(early.programme("lower-mekong-embankments")?.status?.status == .pipeline)
        #expect(early.programme("lower-mekong-embankments")?.budget?.amount.minorUnits == 8_000_000)
        #expect(early.programme("lock-keepers")?.status?.status == .operational)
        #expect(early.programme("night-ferries")?.status == nil)
        #expect(early.figure(.capitalizationTarget).value == .money(Money(minorUnits: 30_000_000, currency: early.terms.currency)))
        #expect(record.programme("lower-mekong-embankments")?.budget?.amount.minorUnits == 10_000_000)
        #expect(record.programme("market-boats")?.budget?.isConfirmed == false)
    }

    @Test("The regions of a programme follow from its countries, or are those given where the countries are not on record")
    func regions() {
        #expect(record.programme("two-rivers-bridges")?.regions == ["nile", "danube"])
        #expect(record.programme("ferry-landings")?.regions == ["parana"])
        #expect(record.programme("unplaced-reach")?.regions == [])
    }

    @Test("A statement is read by its unit and stands beside the figure on record")
    func statements() throws {
        func value(_ key: String) throws -> FigureValue? { try #require(record.statement(key)).value(in: record.terms.currency) }
        #expect(try value("mobilized") == .money(Money(minorUnits: 71_000_000, currency: record.terms.currency)))
        #expect(try value("share") == .share(try Ratio(numerator: 79, denominator: 100)))
        #expect(try value("programmesOperational") == .count(12))
        #expect(try value("launched") == .year(2020))
        #expect(try value("league-seat") == .years(2020, 2022))
        #expect(try record.recorded(#require(record.statement("mobilized")))?.key == .contributionsMobilized)
        #expect(try record.recorded(#require(record.statement("bridges"))) == nil)
        #expect(try record.seat(of: #require(record.statement("league-seat")))?.holder == "League of River Towns (fictional)")
        #expect(try record.seat(of: #require(record.statement("mobilized"))) == nil)
    }

    @Test("The journal is read page by page, each line once, in the order of date and id")
    func pages() async throws {
        let record = record
        var lines: [LedgerLine] = []
        while true {
            let cursor = lines.last?.cursor
            let page = try await office.database.read {
                try record.ledgerLines(LedgerFilter(account: .contributionsOnRecord), after: cursor, limit: 3, in: $0)
            }
            if page.isEmpty { break }
            lines += page
        }
        #expect(lines.count == 10)
        #expect(Set(lines.map(\.externalID)).count == 10)
        #expect(lines.first?.externalID == "brief-example-city")
        #expect(try Money.sum(lines.map(\.amount), in: record.terms.currency) == record.contributionsMobilized)
        for line in lines { #expect(LedgerCursor(parsing: line.cursor.description) == line.cursor) }
    }

    @Test(
        "A cursor that is none is refused",
        arguments: ["", "2024-01-31", "2024-01-31.", "2024-01.a", "2024-02-30.a", "2024-01-31.a b", ".a"])
    func cursors(text: String) {
        #expect(LedgerCursor(parsing: text) == nil)
    }

    @Test("The books balance: what is on record is what contributors gave")
    func balances() {
        #expect(record.balances.map(\.account) == Account.allCases)
        for balance in record.balances { #expect(balance.balance == record.contributionsMobilized) }
    }
}

@Suite("The days of a fund's time zone")
struct FundTimeZoneTests {
    @Test(
        "a day begins at its own midnight, on the days when the clocks change as well",
        arguments: [
            ("Europe/Zurich", "2024-03-31", "2024-03-30T23:00:00Z"), ("Europe/Zurich", "2024-10-27", "2024-10-26T22:00:00Z"),
            ("Australia/Sydney", "2024-10-06", "2024-10-05T14:00:00Z"), ("Australia/Sydney", "2024-04-07", "2024-04-06T13:00:00Z"),
            ("UTC", "2024-01-01", "2024-01-01T00:00:00Z"), ("Asia/Tokyo", "2024-02-29", "2024-02-28T15:00:00Z"),
        ])
    func midnight(zone: String, day: String, start: String) throws {
        let zone = try FundTimeZone(zone)
        let start = try Instant(parsing: start)
        #expect(try zone.start(of: CivilDate(parsing: day)) == start)
        #expect(zone.today(at: start).description == day)
    }
}
