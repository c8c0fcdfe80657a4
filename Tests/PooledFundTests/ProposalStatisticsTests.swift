import Ledger
import TestSupport
import Testing

@testable import PooledFund

@Suite("Proposals in numbers")
struct ProposalStatisticsTests {
    private func passages(_ area: Int?, _ count: Int, _ stages: [ProposalStage]) throws -> [ProposalStatistics.Passage] {
        try (0..<count).map { number in
            // The first stays a day more at each stage than the next.
            let days = Int64(count - number)
            return ProposalStatistics.Passage(
                area: area,
                stages: try stages.enumerated().map { index, stage in
                    (stage: stage, since: try Instant(microsecondsSince1970: Int64(index) * days * 86_400_000_000))
                })
        }
    }

    private func statistics(_ passages: [ProposalStatistics.Passage]) throws -> ProposalStatistics {
        ProposalStatistics(passages, areas: [1, 2, 3], asOf: try CivilDate(parsing: "2024-01-31"))
    }

    private static let refused: [ProposalStage] = [.drafting, .submitted, .ineligible]
    private static let waiting: [ProposalStage] = [.drafting, .submitted, .eligible]
    private static let chosen: [ProposalStage] = [.drafting, .submitted, .eligible, .assessed, .pipeline]

    @Test("Areas with enough proposals at each step are shown alone, and add up to the total")
    func shown() throws {
        let all = try statistics(passages(1, 5, Self.refused) + passages(1, 6, Self.chosen) + passages(2, 7, Self.waiting))
        #expect(all.groups.map(\.areas) == [[1], [2], [3]])
        #expect(all.groups[0].counts == .init(received: 11, eligible: 6, selected: 6))
        #expect(all.groups[1].counts == .init(received: 7, eligible: 7, selected: 0))
        #expect(all.groups[2].counts == .none)
        #expect(all.total == .init(received: 18, eligible: 13, selected: 6))
    }

    @Test("An area of which a few were refused is counted together with others until nobody is told of")
    func together() throws {
        let all = try statistics(
            passages(1, 2, Self.refused) + passages(1, 9, Self.chosen) + passages(2, 3, Self.refused) + passages(3, 30, Self.refused))
        #expect(all.groups.map(\.areas) == [[1, 2], [3]])
        #expect(all.groups[0].counts == .init(received: 14, eligible: 9, selected: 9))
    }

    @Test("Whatever the numbers, no step of a group holds one to four proposals, and the groups are the areas once each")
    func neverFew() throws {
        var seed: UInt64 = 7
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        for _ in 0..<500 {
            let many = try [1, 2, 3, nil].flatMap { area in
                try passages(area, next(9), Self.refused) + passages(area, next(9), Self.waiting) + passages(area, next(9), Self.chosen)
            }
            let all = try statistics(many)
            for group in all.groups {
                let counts = group.counts
                for part in [counts.received - counts.eligible, counts.eligible - counts.selected, counts.selected] {
                    #expect(part == 0 || part >= 5)
                }
            }
            let named = all.groups.flatMap(\.areas)
            #expect(all.groups.isEmpty || Set(named).count == named.count)
            #expect(all.groups.isEmpty == (all.total == nil))
            if let total = all.total { #expect(total.received == many.count) }
        }
    }

    @Test("Fewer than five proposals in all are not counted")
    func tooFew() throws {
        let all = try statistics(passages(1, 4, Self.refused))
        #expect(all.groups.isEmpty)
        #expect(all.total == nil)
        #expect(all.durations.isEmpty)
    }

    @Test("A median is of the stays that ended, to the half day, and of five at least")
    func medians() throws {
        // Six stays of 6, 5, 4, 3, 2, 1 days at each stage but the last.
        let all = try statistics(passages(1, 6, Self.chosen) + passages(2, 4, Self.refused))
        let submitted = all.durations.first { $0.stage == .submitted }
        // With those refused after 4, 3, 2, 1 days: 1 1 2 2 3 | 3 4 4 5 6, of which the middle two are 3 and 3.
        #expect(submitted == .init(stage: .submitted, medianHalfDays: 6, count: 10))
        #expect(all.durations.first { $0.stage == .eligible } == .init(stage: .eligible, medianHalfDays: 7, count: 6))
        #expect(!all.durations.contains { $0.stage == .pipeline || $0.stage == .drafting })
    }

    @Test("Numbers set beside those that were published before tell of five proposals or of none, whatever happens in between")
    func neverFewBetween() throws {
        var seed: UInt64 = 11
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        var (all, published, changes) = ([ProposalStatistics.Passage](), try statistics([]), 0)
        for _ in 0..<400 {
            let area: Int? = [1, 2, 3, nil][next(4)]
            all += try passages(area, next(4), [Self.refused, Self.waiting, Self.chosen][next(3)])
            let later = ProposalStatistics(all, areas: [1, 2, 3], asOf: published.asOf, after: published)
            guard !later.groups.isEmpty else { continue }
            // Everything that can be compared: sums of groups that name the same areas.
            for chosen in 1..<(1 << later.groups.count) {
                let picked = later.groups.indices.filter { chosen & (1 << $0) != 0 }.map { later.groups[$0] }
                let named = Set(picked.flatMap(\.areas))
                let before = published.groups.filter { named.isSuperset(of: $0.areas) }
                guard before.reduce(into: Set<Int?>(), { $0.formUnion($1.areas) }) == named else { continue }
                func steps(_ groups: [ProposalStatistics.Group]) -> [Int] {
                    let counts = groups.map(\.counts)
                    return [
                        counts.reduce(0) { $0 + $1.received - $1.eligible }, counts.reduce(0) { $0 + $1.eligible - $1.selected },
                        counts.reduce(0) { $0 + $1.selected },
                    ]
                }
                if picked.count == 1 || picked.count == later.groups.count {
                    #expect(zip(steps(picked), steps(before)).allSatisfy { $0 == $1 || abs($0 - $1) >= 5 })
                }
            }
            for duration in later.durations {
                let before = published.durations.first { $0.stage == duration.stage }
                #expect(before.map { $0 == duration || duration.count - $0.count >= 5 } ?? true)
            }
            if later.total != published.total { changes += 1 }
            published = later
        }
        #expect(changes > 10)
    }

    @Test("The numbers change at the end of a month of the fund, and only when five proposals or more have come or gone on")
    func monthly() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        func read(_ day: String? = nil) async throws -> (statistics: ProposalStatistics, validUntil: Instant?) {
            try #require(
                try await office.office.proposalStatistics(
                    of: "river-towns", asOf: try day.map { try CivilDate(parsing: $0) }, now: office.clock.now))
        }
        func put(_ numbers: ClosedRange<Int>) async throws {
            let amount = Money(minorUnits: 1, currency: try Currency(code: "JPY", minorUnits: 0))
            let facts = ProposalFacts(
                title: "Boats (fictional)", thematicArea: 1, objectives: [1], countries: ["XAA"], regions: [], localAuthorities: [],
                durationMonths: 12, amounts: [.init(organization: "river-office", amount: amount)])
            for number in numbers {
                try await PutProposalOnRecord.perform(
                    PutProposalOnRecord(code: "boats-\(number)", organizations: ["river-office"], facts: facts, stages: [.submitted]),
                    in: office.office)
            }
        }
        try await put(1...6)
        // It is 18:00 of 1 February in Tokyo.
        let today = try await read()
        #expect(today.statistics.asOf.description == "2024-01-31" && today.statistics.total?.received == 0)
        #expect(today.validUntil?.description == "2024-02-29T15:00:00Z")
        try office.clock.set("2024-02-20T15:00:00Z")
        #expect(try await read().statistics.total?.received == 0)
        try office.clock.set("2024-02-29T15:00:00Z")
        let march = try await read()
        #expect(march.statistics.asOf.description == "2024-02-29" && march.statistics.total?.received == 6)
        // A single one more is not told of, nor that it came.
        try await put(7...7)
        try office.clock.set("2024-04-02T09:00:00Z")
        let april = try await read()
        #expect(april.statistics == march.statistics)
        try await put(8...11)
        try office.clock.set("2024-05-02T09:00:00Z")
        #expect(try await read().statistics.total?.received == 11)
        // Past days stay as they were, whatever lies between.
        for (day, known) in [("2024-01-15", "2023-12-31"), ("2024-02-29", "2024-02-29"), ("2024-04-15", "2024-02-29")] {
            let past = try await read(day)
            #expect(past.statistics.asOf.description == known && past.validUntil == nil)
        }
        #expect(try await read("2099-12-31").validUntil != nil)
        #expect(try await office.office.proposalStatistics(of: "no-fund", asOf: nil, now: office.clock.now) == nil)
    }
}
