import Portfolio
import Testing

@Suite("Suggested slates against every choice there is")
struct SlateOptimumTests {
    @Test("Each slate is the best of all by its objective, and what is said of it is so", arguments: Array(0..<240) + [2762, 3639, 3782])
    func small(seed: Int) throws { try judge(seed: seed, candidates: 5...9) }

    @Test("With fourteen proposals too", arguments: 1000..<1006)
    func fourteen(seed: Int) throws { try judge(seed: seed, candidates: 14...14) }

    private func judge(seed: Int, candidates: ClosedRange<Int>) throws {
        var made = MadeUpProblem(seed: seed)
        let problem = made.problem(
            candidates: made.number(candidates), areas: made.number(2...4), regions: made.number(2...4),
            unit: [1, 100, 50_000, 5_000_000][made.number(0...3)])
        let answer = try SlateSuggestions(problem).make()
        let every = EveryChoice(problem: problem)
        let lawful = try expectedSpending(every, answer)
        #expect(!answer.isUndecided || lawful.isEmpty || lawful == [lawful[0]])
        guard !lawful.isEmpty else {
            try expectConflict(answer, every)
            return
        }
        #expect(answer.conflict == nil)
        for dimension in SlateDimension.allCases { expectMostEven(dimension, answer, lawful, problem) }
        expectHighestMean(answer, lawful, problem)
        expectUnbeaten(answer, lawful, problem)
        for slate in answer.slates { expectHonest(slate, every, spendAtLeast: answer.spendAtLeast) }
    }

    /// The lawful choices, after a look at what the answer says has to be spent.
    private func expectedSpending(_ every: EveryChoice, _ answer: SuggestedSlates) throws -> [EveryChoice.Choice] {
        let problem = every.problem
        if let spendAtLeast = problem.spendAtLeast {
            #expect(answer.spendAtLeast == spendAtLeast)
            return every.lawful(spendAtLeast: spendAtLeast)
        }
        guard let most = every.lawful(spendAtLeast: nil).map(\.total).max() else { return [] }
        let good = problem.candidates.filter { ($0.score ?? -1) >= problem.threshold ?? 0 && !problem.pinnedOut.contains($0.id) }
        #expect(answer.most == Int64(most))
        #expect(answer.isMostProven)
        #expect(answer.spendAtLeast == max(0, Int64(most) - (good.map(\.amount).min() ?? 0)))
        return every.lawful(spendAtLeast: answer.spendAtLeast)
    }

    private func expectMostEven(
        _ dimension: SlateDimension, _ answer: SuggestedSlates, _ lawful: [EveryChoice.Choice], _ problem: SlateProblem
    ) {
        let slate = answer.slates.first { $0.objective == .mostEven(dimension) }
        guard let fewest = lawful.compactMap({ $0.steps(dimension, of: problem.deviationSteps) }).min() else {
            #expect(slate == nil)
            return
        }
        let equals = lawful.filter { $0.steps(dimension, of: problem.deviationSteps) == fewest }
        guard let slate, let choice = choice(slate, lawful, problem) else {
            Issue.record("no lawful slate that is most even in \(dimension)")
            return
        }
        #expect(slate.isProven)
        #expect(choice.steps(dimension, of: problem.deviationSteps) == fewest)
        #expect(slate.fewestSteps == Int64(fewest))
        guard !choice.chosen.isEmpty else {
            #expect(equals.allSatisfy { $0.chosen.isEmpty })
            return
        }
        #expect(slate.isUnbeaten)
        #expect(!equals.contains { !$0.chosen.isEmpty && $0.isBetter(than: choice) })
        #expect(!equals.contains { !$0.chosen.isEmpty && $0.isAsGood(as: choice) && $0.total > choice.total })
    }

    private func expectHighestMean(_ answer: SuggestedSlates, _ lawful: [EveryChoice.Choice], _ problem: SlateProblem) {
        let slate = answer.slates.first { $0.objective == .highestMean }
        let some = lawful.filter { !$0.chosen.isEmpty }
        guard !some.isEmpty else {
            #expect(slate == nil)
            return
        }
        guard let slate, let choice = choice(slate, lawful, problem) else {
            Issue.record("no lawful slate of the highest mean")
            return
        }
        #expect(slate.isProven)
        #expect(slate.highestMean == slate.figures.meanScore)
        #expect(!some.contains { $0.isBetter(than: choice) })
        #expect(!some.contains { $0.isAsGood(as: choice) && $0.total > choice.total })
    }

    private func expectUnbeaten(_ answer: SuggestedSlates, _ lawful: [EveryChoice.Choice], _ problem: SlateProblem) {
        for slate in answer.slates {
            guard let choice = choice(slate, lawful, problem), !choice.chosen.isEmpty else {
                #expect(slate.objective != .between && slate.chosen.isEmpty)
                continue
            }
            let dimension = slate.objective == .mostEven(.regions) ? SlateDimension.regions : .areas
            let steps = { (choice: EveryChoice.Choice) in choice.steps(dimension, of: problem.deviationSteps) ?? .max }
            let isBeaten = lawful.contains { other in
                !other.chosen.isEmpty && other.isAsGood(as: choice) && steps(other) <= steps(choice)
                    && (other.isBetter(than: choice) || steps(other) < steps(choice))
            }
            #expect(slate.isUnbeaten == !isBeaten)
            if slate.objective == .between { #expect(slate.isProven && slate.isUnbeaten) }
        }
    }

    private func expectHonest(_ slate: SuggestedSlate, _ every: EveryChoice, spendAtLeast: Int64?) {
        let problem = every.problem
        let chosen = Set(slate.chosen)
        #expect(slate.verdicts.map(\.id) == problem.candidates.map(\.id))
        #expect(slate.verdicts.filter(\.isChosen).map(\.id) == slate.chosen)
        for (index, verdict) in slate.verdicts.enumerated() {
            let broken = every.broken(by: toggled(chosen, [verdict.id]), spendAtLeast: spendAtLeast)
            #expect(Set(verdict.rules) == Set(broken), "\(verdict)")
            if let exchange = verdict.exchange {
                #expect(chosen.contains(exchange.id) != verdict.isChosen)
                #expect(every.broken(by: toggled(chosen, [verdict.id, exchange.id]), spendAtLeast: spendAtLeast).isEmpty)
            }
            let candidate = problem.candidates[index]
            switch verdict.reason {
            case .pinnedIn: #expect(problem.pinnedIn.contains(candidate.id))
            case .pinnedOut: #expect(problem.pinnedOut.contains(candidate.id))
            case .notAssessed: #expect(candidate.score == nil)
            case .belowThreshold: #expect((candidate.score ?? 10_000) < problem.threshold ?? 0)
            case .neededForRules: #expect(verdict.isChosen && !broken.isEmpty && verdict.effect == nil)
            case .breaksRules: #expect(!verdict.isChosen && !broken.isEmpty && verdict.effect == nil)
            case .servesObjective: #expect(verdict.isChosen && broken.isEmpty && verdict.effect != nil)
            case .doesNotServeObjective: #expect(!verdict.isChosen && broken.isEmpty && verdict.effect != nil)
            }
        }
    }

    private func toggled(_ chosen: Set<String>, _ ids: [String]) -> Set<String> { chosen.symmetricDifference(ids) }

    private func expectConflict(_ answer: SuggestedSlates, _ every: EveryChoice) throws {
        let conflict = try #require(answer.conflict)
        let spendAtLeast = every.problem.spendAtLeast
        #expect(answer.slates.isEmpty && conflict.isComplete)
        #expect(every.lawful(spendAtLeast: spendAtLeast, under: conflict.rules).isEmpty)
        for rule in conflict.rules {
            #expect(!every.lawful(spendAtLeast: spendAtLeast, under: conflict.rules.filter { $0 != rule }).isEmpty, "\(rule) is not needed")
        }
        let groups = SlateRule.Group.allCases.filter { group in
            every.problemRules(spendAtLeast: spendAtLeast).contains { $0.group == group }
                && !every.lawful(spendAtLeast: spendAtLeast, without: [group]).isEmpty
        }
        #expect(conflict.remedies == groups)
    }

    private func choice(_ slate: SuggestedSlate, _ lawful: [EveryChoice.Choice], _ problem: SlateProblem) -> EveryChoice.Choice? {
        let choice = lawful.first { $0.chosen.map { problem.candidates[$0].id } == slate.chosen }
        if let choice {
            #expect(slate.figures.total == Int64(choice.total))
            #expect(slate.figures.areas == choice.areas.map(Int64.init))
            #expect(slate.figures.regions == choice.regions.map(Int64.init))
        }
        return choice
    }
}
