import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("Loading a fund folder")
struct LoadingTests {
    private let amount = "brief-2024-01-germany,germany,opening-contribution,2024-01-31,19569912,USD"
    private let changedAmount = "brief-2024-01-germany,germany,opening-contribution,2024-01-31,19569913,USD"
    private let contributions = "records/contributions.csv"

    @Test("The real fund loads, and its figures are those of its publications, or say that the records do not reach")
    func realFigures() async throws {
        let office = try await TestOffice()
        let loaded = try await office.load(Folders.migrationMPTF)
        #expect(loaded.event?.sequence == 1)
        #expect(loaded.outcome.changed == 0)
        let record = try #require(try await office.record("migration-mptf"))
        #expect(record.contributors.count == 22)
        #expect(record.asOf.description == "2024-01-31")
        let usd = try Currency(code: "USD", minorUnits: 2)
        #expect(record.figure(.contributionsMobilized).value == .money(try Money(parsing: "57425741.00", currency: usd)))
        #expect(record.figure(.capitalizationTarget).value == .money(try Money(parsing: "150000000", currency: usd)))
        #expect(record.figure(.contributors).value == .count(22))
        #expect(record.figure(.contributingMemberStates).value == .count(20))
        #expect(record.figure(.programmesOperational).value == .count(9))
        #expect(record.figure(.programmesPipeline).value == .count(7))
        #expect(record.figure(.thematicAreas).value == .count(5))
        #expect(record.figure(.objectives).value == .count(23))
        #expect(record.figure(.yearOfLaunch).value == .year(2019))
        #expect(record.figure(.mobilizedShare).value == .share(try Ratio(numerator: 57_425_741, denominator: 150_000_000)))
        #expect(try Ratio(numerator: 57_425_741, denominator: 150_000_000).decimal(places: 10) == "0.3828382733")
    }

    @Test("A figure that the records do not reach has no value, no trace and a reason; every other has a value and a trace")
    func figuresWithoutValue() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.migrationMPTF)
        let record = try #require(try await office.record("migration-mptf"))
        let known: Set<FigureKey> = [
            .contributionsMobilized, .capitalizationTarget, .mobilizedShare, .contributors, .contributingMemberStates,
            .programmesOperational,
            .programmesPipeline, .thematicAreas, .objectives, .yearOfLaunch,
        ]
        #expect(record.figures.map(\.key) == FigureKey.allCases)
        for figure in record.figures {
            #expect((figure.value != nil) == known.contains(figure.key), "\(figure.key)")
            #expect((figure.trace != nil) == known.contains(figure.key), "\(figure.key)")
            #expect(figure.reason == (known.contains(figure.key) ? nil : .recordsDoNotReach), "\(figure.key)")
        }
    }

    @Test("What the trace of the mobilized amount leads to adds up to it")
    func trace() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.migrationMPTF)
        let record = try #require(try await office.record("migration-mptf"))
        let filter = LedgerFilter()
        #expect(record.figure(.contributionsMobilized).trace == .entries(filter))
        let lines = try await office.database.read { try record.ledgerLines(filter, after: nil, limit: 1000, in: $0) }
        #expect(lines.count == 22)
        #expect(try Money.sum(lines.map(\.amount), in: record.terms.currency) == record.contributionsMobilized)
    }

    @Test("Every contributor's contribution is the amount of its row")
    func contributionsAsGiven() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.migrationMPTF)
        let record = try #require(try await office.record("migration-mptf"))
        #expect(record.contributions.map(\.amount.minorUnits) == record.contributions.map(\.amount.minorUnits).sorted(by: >))
        #expect(record.contributions.first?.contributor.name == "Germany")
        #expect(record.contributions.first?.amount.plainDecimal == "19569912.00")
        #expect(record.contributions.last?.contributor.name == "Azerbaijan")
    }

    @Test("Loading an unchanged folder again records nothing")
    func again() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.migrationMPTF)
        try office.clock.set("2024-03-01T00:00:00Z")
        let second = try await office.load(Folders.migrationMPTF)
        #expect(second.event == nil)
        #expect(second.outcome.isNothing)
        #expect(try await office.eventCount() == 1)
        #expect(office.office.publicSequence(of: "migration-mptf") == 1)
    }

    @Test("A changed amount is a reversal and a new entry; before the change it is known as it was")
    func changedContribution() async throws {
        let office = try await TestOffice()
        let folder = try FolderCopy(of: Folders.migrationMPTF, named: "migration-mptf")
        try await office.load(folder.url)
        let before = office.clock.now
        try office.clock.set("2024-03-01T00:00:00Z")
        try folder.replace(amount, with: changedAmount, in: contributions)
        let second = try await office.load(folder.url)
        #expect(second.outcome == outcome(added: 0, changed: 1))

        let now = try #require(try await office.record("migration-mptf"))
        #expect(now.contributionsMobilized.plainDecimal == "57425742.00")
        #expect(now.figure(.contributors).value == .count(22))
        let lines = try await office.database.read {
            try now.ledgerLines(LedgerFilter(contributor: "germany"), after: nil, limit: 10, in: $0)
        }
        #expect(lines.map(\.externalID) == ["brief-2024-01-germany", "brief-2024-01-germany-2", "brief-2024-01-germany-reversed"])
        #expect(lines.map(\.amount.plainDecimal) == ["19569912.00", "19569913.00", "-19569912.00"])
        #expect(lines[2].reverses == "brief-2024-01-germany")

        let then = try #require(try await office.record("migration-mptf", knownAt: before))
        #expect(then.contributionsMobilized.plainDecimal == "57425741.00")
        #expect(then.head.sequence == 1)
        let linesThen = try await office.database.read {
            try then.ledgerLines(LedgerFilter(contributor: "germany"), after: nil, limit: 10, in: $0)
        }
        #expect(linesThen.map(\.externalID) == ["brief-2024-01-germany"])
        #expect(try await office.verify().isIntact)
        #expect(try await LedgerVerification.run(on: "migration-mptf", database: office.database).isIntact)
    }

    @Test("An amount may change again, back to what it was too")
    func changedTwice() async throws {
        let office = try await TestOffice()
        let folder = try FolderCopy(of: Folders.migrationMPTF, named: "migration-mptf")
        try await office.load(folder.url)
        try folder.replace(amount, with: changedAmount, in: contributions)
        try await office.load(folder.url)
        try folder.replace(changedAmount, with: amount, in: contributions)
        #expect(try await office.load(folder.url).outcome == outcome(added: 0, changed: 1))
        #expect(try await office.load(folder.url).event == nil)
        let record = try #require(try await office.record("migration-mptf"))
        #expect(record.contributionsMobilized.plainDecimal == "57425741.00")
        #expect(try await LedgerVerification.run(on: "migration-mptf", database: office.database).isIntact)
    }

    @Test("An amount that changes sides, from one contributor to another, leaves nothing with the first")
    func changedContributor() async throws {
        let office = try await TestOffice()
        let folder = try FolderCopy()
        try await office.load(folder.url)
        try folder.replace("brief-naher,naher,", with: "brief-naher,silent-partner,", in: contributions)
        try await office.load(folder.url)
        let record = try #require(try await office.record("river-towns"))
        let ids = record.contributions.map(\.id)
        #expect(ids.contains("silent-partner"))
        #expect(!ids.contains("naher"))
    }

    @Test("A new row is added, a changed one is a new version, and the text of the Terms may change")
    func newAndChangedRows() async throws {
        let office = try await TestOffice()
        let folder = try FolderCopy()
        try await office.load(folder.url)
        let before = office.clock.now
        try office.clock.set("2024-03-01T00:00:00Z")
        try folder.append("new-town,New Town (fictional),,local-authority,,,charter", to: "records/organizations.csv")
        try folder.replace("Bridges of two rivers (fictional)", with: "Bridges of both rivers (fictional)", in: "records/programmes.csv")
        try folder.replace("rate: 0.015", with: "rate: 0.01", in: "terms.yaml")
        try folder.append("Another paragraph.", to: "texts/fund.md")
        #expect(try await office.load(folder.url).outcome == outcome(added: 1, changed: 3))

        let now = try #require(try await office.record("river-towns"))
        let then = try #require(try await office.record("river-towns", knownAt: before))
        #expect(now.organization("new-town")?.shortName == "New Town (fictional)")
        #expect(then.organization("new-town") == nil)
        #expect(now.programme("two-rivers-bridges")?.programme.title == "Bridges of both rivers (fictional)")
        #expect(then.programme("two-rivers-bridges")?.programme.title == "Bridges of two rivers (fictional)")
        #expect(now.terms.fees.first?.rate.description == "1/100")
        #expect(then.terms.fees.first?.rate.description == "3/200")
        #expect(try await office.verify().isIntact)
    }

    @Test(
        "A row that is gone is refused with the row named, and nothing of the folder is recorded",
        arguments: [
            ("records/programmes.csv", "forgotten-weir", "forgotten-weir"),
            ("records/contributions.csv", "brief-ferrymen", "brief-ferrymen"),
            ("records/sources.csv", "spare", "spare"),
            ("records/statuses.csv", "lower-mekong-embankments,pipeline", "lower-mekong-embankments, 2020-11"),
        ])
    func goneRow(file: String, start: String, named: String) async throws {
        let office = try await TestOffice()
        let folder = try FolderCopy()
        try folder.append("spare,A spare source (fictional),,,,", to: "records/sources.csv")
        try await office.load(folder.url)
        let lines = try folder.text(file).split(separator: "\n").filter { !$0.hasPrefix(start + ",") }
        try folder.write(lines.joined(separator: "\n") + "\n", to: file)
        try folder.append("new-town,New Town (fictional),,local-authority,,,charter", to: "records/organizations.csv")
        let refusal = await #expect(throws: Refusal.self) { try await office.load(folder.url) }
        #expect(refusal?.reason == "\(file): “\(named)” was loaded before and is gone")
        #expect(try await office.eventCount() == 1)
        #expect(try await office.record("river-towns")?.organization("new-town") == nil)
    }

    @Test("A text that is gone is refused")
    func goneText() async throws {
        let office = try await TestOffice()
        let folder = try FolderCopy()
        try await office.load(folder.url)
        try folder.remove("texts/support.md")
        let refusal = await #expect(throws: Refusal.self) { try await office.load(folder.url) }
        #expect(refusal?.reason == "texts/support.md was loaded before and is gone")
    }

    @Test("A contribution that was reversed by hand is accepted unchanged and refused changed")
    func reversedByHand() async throws {
        let office = try await TestOffice()
        let folder = try FolderCopy(of: Folders.migrationMPTF, named: "migration-mptf")
        try await office.load(folder.url)
        let reversal = ReverseEntry(
            fund: "migration-mptf", entry: "brief-2024-01-germany", externalID: "germany-corrected",
            effectiveOn: try CivilDate(parsing: "2024-01-31"), memo: "Counted twice (in a test)")
        _ = try await office.office.perform(reversal, by: .machineOperator)
        #expect(try await office.load(folder.url).event == nil)
        #expect(try await office.record("migration-mptf")?.contributionsMobilized.plainDecimal == "37855829.00")
        #expect(try await office.record("migration-mptf")?.figure(.contributors).value == .count(21))

        try folder.replace(amount, with: changedAmount, in: contributions)
        let refusal = await #expect(throws: Refusal.self) { try await office.load(folder.url) }
        #expect(refusal?.reason.contains("“brief-2024-01-germany” differs from what was loaded") == true)
        #expect(try await office.eventCount() == 2)
    }

    @Test("A fund's currency does not change once it is on record")
    func changedCurrency() async throws {
        let office = try await TestOffice()
        let folder = try FolderCopy()
        try await office.load(folder.url)
        for file in ["terms.yaml", "records/contributions.csv", "records/budgets.csv", "records/statements.csv"] {
            try folder.write(try folder.text(file).replacing("JPY", with: "KRW"), to: file)
        }
        #expect(folder.faults().isEmpty)
        let refusal = await #expect(throws: Refusal.self) { try await office.load(folder.url) }
        #expect(refusal?.reason == "the fund's records are in JPY, and the folder is in KRW")
        #expect(try await office.eventCount() == 1)
    }

    @Test("Before the first record there is nothing, and the record says so")
    func beforeFirstRecord() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.migrationMPTF)
        let early = try #require(try await office.record("migration-mptf", asOf: "2015"))
        #expect(early.isBeforeFirstRecord)
        #expect(early.contributions.isEmpty)
        #expect(early.figure(.capitalizationTarget).reason == .noTarget)
        #expect(early.figure(.mobilizedShare).reason == .noTarget)
        let late = try #require(try await office.record("migration-mptf"))
        #expect(!late.isBeforeFirstRecord)
    }

    @Test("Before the fund was known it is not on record, and a fund that nobody loaded never is")
    func unknownFund() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.migrationMPTF)
        #expect(try await office.record("migration-mptf", knownAt: try Instant(parsing: "2024-02-01T08:59:59.999999Z")) == nil)
        #expect(try await office.record("migration-mptf", knownAt: try Instant(parsing: "2024-02-01T09:00:00Z")) != nil)
        #expect(try await office.record("no-such-fund") == nil)
    }

    @Test("Without a day, the record is as of the latest date on record that is not after today where the fund is")
    func latestDate() async throws {
        let office = try await TestOffice()
        let folder = try FolderCopy()
        try folder.append("market-boats,operationally-closed,2024-06-01,brief-2024,", to: "records/statuses.csv")
        try await office.load(folder.url)
        // 15:00 UTC is midnight in Tokyo.
        try office.clock.set("2024-05-31T14:59:59Z")
        #expect(try await office.record("river-towns")?.asOf.description == "2024-01-31")
        #expect(try await office.record("river-towns")?.validUntil == Instant(parsing: "2024-05-31T15:00:00Z"))
        try office.clock.set("2024-05-31T15:00:00Z")
        #expect(try await office.record("river-towns")?.asOf.description == "2024-06-01")
        #expect(try await office.record("river-towns")?.validUntil == nil)
    }

    @Test("A partial date takes effect on its last day")
    func partialDates() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        let before = try #require(try await office.record("river-towns", asOf: "2022-12-30"))
        let after = try #require(try await office.record("river-towns", asOf: "2022-12-31"))
        #expect(before.contributionsMobilized.plainDecimal == "3000000")
        #expect(after.contributionsMobilized.plainDecimal == "8000000")
        #expect(try await office.record("river-towns", asOf: "2022")?.contributionsMobilized == after.contributionsMobilized)
    }

    @Test("Another fund, with other areas and a currency without minor units, loads without a line of code")
    func secondFund() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.migrationMPTF)
        try await office.load(Folders.riverTowns)
        #expect(office.office.funds == ["migration-mptf", "river-towns"])
        let record = try #require(try await office.record("river-towns"))
        #expect(record.contributionsMobilized.description == "70984566 JPY")
        #expect(record.figure(.capitalizationTarget).value == .money(Money(minorUnits: 90_000_000, currency: record.terms.currency)))
        #expect(record.figure(.programmesOperational).value == .count(10))
        #expect(record.figure(.programmesPipeline).value == .count(2))
        #expect(record.figure(.contributingMemberStates).value == .count(3))
        #expect(record.figure(.contributors).value == .count(9))
        #expect(try await office.record("migration-mptf")?.contributionsMobilized.plainDecimal == "57425741.00")
        #expect(try await office.verify().heads.keys.sorted() == ["migration-mptf", "river-towns"])
    }

    @Test("Names come back as they were typed: code, quotes with combining marks, right-to-left, emoji")
    func namesAsTyped() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        let record = try #require(try await office.record("river-towns"))
        let titles = record.programmes.map { Array($0.programme.title.unicodeScalars) }
        for title in [
            "<script>alert(\"bridge\")</script> & sons (fictional)", "The \"\u{301}quay\" of '\u{308}quotes' (fictional)",
            "ناعورة المدينة (مثال خيالي)", "🌊 Flood school 👩🏽‍🌾🇯🇵 (fictional)",
        ] { #expect(titles.contains(Array(title.unicodeScalars)), "\(title)") }
        #expect(record.contributor("naher")?.name == "אגודת הנהר (דמיוני)")
    }

    @Test("Two loads of one folder, in two files at two times, give the same public record")
    func twoLoads() async throws {
        var dumps: [String] = []
        for instant in ["2024-02-01T09:00:00Z", "2025-07-01T00:00:00Z"] {
            let office = try await TestOffice()
            try office.clock.set(instant)
            try await office.load(Folders.riverTowns)
            let record = try #require(try await office.record("river-towns"))
            let lines = try await office.database.read { try record.ledgerLines(LedgerFilter(), after: nil, limit: 1000, in: $0) }
            dumps.append(described(record, withoutHead: true) + described(lines))
        }
        #expect(dumps[0] == dumps[1])
    }

    private func outcome(added: Int, changed: Int) -> LoadFund.Outcome {
        var outcome = LoadFund.Outcome()
        outcome.added = added
        outcome.changed = changed
        return outcome
    }
}

/// Everything that a value holds, private parts too, in an order that does not depend on how a dictionary or a set hashes.
func described(_ value: Any, withoutHead: Bool = false) -> String {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .dictionary, .set: return "{" + mirror.children.map { described($0.value) }.sorted().joined(separator: ", ") + "}"
    default: break
    }
    guard !mirror.children.isEmpty else { return "\(value)" }
    let children = mirror.children.filter { !(withoutHead && $0.label == "head") }
    return "(" + children.map { "\($0.label ?? ""): \(described($0.value))" }.joined(separator: ", ") + ")"
}
