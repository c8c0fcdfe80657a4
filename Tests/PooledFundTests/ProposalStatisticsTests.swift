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

    @Test("What is recorded today is not counted before midnight of the fund, and a past day stays as it was")
    func untilMidnight() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        try await PutProposalOnRecord.perform(try .example(in: "river-towns"), in: office.office)
        func read(_ day: String?) async throws -> (statistics: ProposalStatistics, validUntil: Instant?) {
            try #require(
                try await office.office.proposalStatistics(
                    of: "river-towns", asOf: try day.map { try CivilDate(parsing: $0) }, now: office.clock.now))
        }
        // It is 18:00 of 1 February in Tokyo.
        let today = try await read(nil)
        #expect(today.statistics.asOf.description == "2024-01-31")
        #expect(today.statistics.groups.allSatisfy { $0.counts.received == 0 })
        #expect(today.validUntil?.description == "2024-02-01T15:00:00Z")
        try office.clock.set("2024-02-01T15:00:00Z")
        let tomorrow = try await read(nil)
        #expect(tomorrow.statistics.asOf.description == "2024-02-01")
        // One proposal is too few to be counted.
        #expect(tomorrow.statistics.groups.isEmpty)
        let past = try await read("2024-01-31")
        #expect(past.statistics.asOf.description == "2024-01-31")
        #expect(past.validUntil == nil)
        #expect(!past.statistics.groups.isEmpty)
        let future = try await read("2099-12-31")
        #expect(future.statistics.asOf.description == "2024-02-01")
        #expect(future.validUntil != nil)
        #expect(try await office.office.proposalStatistics(of: "no-fund", asOf: nil, now: office.clock.now) == nil)
    }
}
