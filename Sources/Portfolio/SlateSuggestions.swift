/// Works through a problem, in this process, from the first objective to the last.
///
/// A server asks ``SlateSolver`` instead, which does this in a process of its own that can be ended.
public struct SlateSuggestions {
    private let problem: SlateProblem
    private let search: SlateSearch
    private let began = ContinuousClock.now

    /// - Throws: the first thing that is wrong with the problem.
    public init(_ problem: SlateProblem) throws(SlateProblemFault) {
        try problem.check()
        self.problem = problem
        search = SlateSearch(problem: problem)
    }

    public func make() -> SuggestedSlates {
        var answer = suggest()
        answer.milliseconds = Self.milliseconds(since: began)
        return answer
    }

    private func suggest() -> SuggestedSlates {
        var answer = SuggestedSlates()
        guard let rows = spendingRows(&answer), let spendAtLeast = answer.spendAtLeast else { return answer }
        func add(_ suggestion: Suggestion?, _ objective: SlateObjective) {
            guard let suggestion else { return }
            answer.slates.append(slate(suggestion, objective, spendAtLeast: spendAtLeast))
        }
        let even = mostEven(.areas, rows)
        add(even, .mostEven(.areas))
        add(mostEven(.regions, rows), .mostEven(.regions))
        let best = highestMean(rows)
        add(best, .highestMean)
        if let even, let best { for suggestion in between(even, best, rows) { add(suggestion, .between) } }
        answer.isUndecided = answer.slates.isEmpty
        return answer
    }

    // MARK: What has to be spent

    /// The rows of every rule, or nil with the reason in `answer`.
    private func spendingRows(_ answer: inout SuggestedSlates) -> [LinearRow]? {
        let deadline = deadline()
        if let spendAtLeast = problem.spendAtLeast {
            answer.spendAtLeast = spendAtLeast
            let rows = rows(spendAtLeast)
            return isPossible(search.any(rows, until: deadline), spendAtLeast, &answer) ? rows : nil
        }
        let spending = search.most(rows(nil), until: deadline)
        guard isPossible(spending, nil, &answer), case .found(let found) = spending else { return nil }
        let most = search.figures(found.chosen).total
        let smallest = problem.candidates.filter { problem.isGoodEnough($0) && !problem.pinnedOut.contains($0.id) }.map(\.amount).min() ?? 0
        (answer.most, answer.isMostProven, answer.spendAtLeast) = (most, found.isProven, max(0, most - smallest))
        return rows(answer.spendAtLeast)
    }

    private func isPossible<Bound>(_ found: SlateSearch.Answer<Bound>, _ spendAtLeast: Int64?, _ answer: inout SuggestedSlates) -> Bool {
        switch found {
        case .found: return true
        case .none: answer.conflict = SlateConflictSearch(problem: problem, spendAtLeast: spendAtLeast, deadline: deadline()).explain()
        case .unknown: answer.isUndecided = true
        }
        return false
    }

    private func rows(_ spendAtLeast: Int64?) -> [LinearRow] {
        problem.rules(spendAtLeast: spendAtLeast).compactMap { problem.row(of: $0, spendAtLeast: spendAtLeast ?? 0) }
    }

    // MARK: The objectives

    private struct Suggestion {
        var chosen: [Bool]
        var isProven: Bool
        var isUnbeaten: Bool
        var fewestSteps: Int64?
        var highestMean: ExactFraction?
        var milliseconds: Int
    }

    private func mostEven(_ dimension: SlateDimension, _ rows: [LinearRow]) -> Suggestion? {
        let start = ContinuousClock.now
        guard case .found(let even) = search.mostEven(dimension, rows, until: deadline()),
            let steps = search.figures(even.chosen).steps(dimension, in: problem)
        else { return nil }
        let within = rows + problem.evennessRows(dimension, atMost: steps)
        // The best of those that are equally even is worth less time than that there is none more even.
        let end = min(start + .milliseconds(problem.milliseconds), .now + .milliseconds(problem.milliseconds / 2))
        let wider = [64, 16, 4, 1].map { rows + problem.evennessRows(dimension, atMost: steps + $0) }
        guard case .found(let best) = search.highestMean(within, from: even.chosen, through: wider, until: end) else {
            // Nothing is chosen, and nothing is all that is this even.
            return Suggestion(
                chosen: even.chosen, isProven: even.isProven, isUnbeaten: false, fewestSteps: even.bound,
                milliseconds: Self.milliseconds(since: start))
        }
        return Suggestion(
            chosen: spendingMore(best, within, until: end), isProven: even.isProven, isUnbeaten: even.isProven && best.isProven,
            fewestSteps: even.bound, highestMean: nil, milliseconds: Self.milliseconds(since: start))
    }

    private func highestMean(_ rows: [LinearRow]) -> Suggestion? {
        let (start, end) = (ContinuousClock.now, deadline())
        guard case .found(let best) = search.highestMean(rows, until: end) else { return nil }
        let chosen = spendingMore(best, rows, until: end)
        return Suggestion(
            chosen: chosen, isProven: best.isProven, isUnbeaten: best.isProven && isMostEvenOfItsMean(chosen, rows, until: end),
            fewestSteps: nil, highestMean: best.bound, milliseconds: Self.milliseconds(since: start))
    }

    private func isMostEvenOfItsMean(_ chosen: [Bool], _ rows: [LinearRow], until deadline: ContinuousClock.Instant) -> Bool {
        let figures = search.figures(chosen)
        guard let mean = figures.meanScore, let steps = figures.steps(.areas, in: problem) else { return false }
        let asGood = rows + [problem.meanRow(mean, isStrict: false)]
        guard case .found(let even) = search.mostEven(.areas, asGood, from: chosen, until: deadline) else { return false }
        return even.bound == steps
    }

    /// By ε-constraint: for bounds on the deviation, evenly spread between the two ends, the highest mean score within the bound, and then
    /// the least deviation at that mean.
    private func between(_ even: Suggestion, _ best: Suggestion, _ rows: [LinearRow]) -> [Suggestion] {
        let ends = [even, best].map { search.figures($0.chosen) }
        let steps = ends.compactMap { $0.steps(.areas, in: problem) }
        guard steps.count == 2, steps[0] < steps[1], problem.between > 0 else { return [] }
        var seen = Set(ends.map(Point.init))
        var bounds: [Int64] = []
        for part in 1...Int64(problem.between) {
            let bound = steps[0] + (steps[1] - steps[0]) * part / Int64(problem.between + 1)
            if bound > steps[0], bound != bounds.last { bounds.append(bound) }
        }
        var found: [Suggestion] = []
        for bound in bounds {
            guard let suggestion = unbeaten(within: bound, from: found.last ?? even, rows) else { continue }
            if seen.insert(Point(search.figures(suggestion.chosen))).inserted { found.append(suggestion) }
        }
        return found
    }

    /// What makes two slates the same to those who compare.
    private struct Point: Hashable {
        let deviation: ExactFraction?
        let mean: ExactFraction?

        init(_ figures: SlateFigures) { (deviation, mean) = (figures.deviationOfAreas, figures.meanScore) }
    }

    private func unbeaten(within bound: Int64, from start: Suggestion, _ rows: [LinearRow]) -> Suggestion? {
        let (began, end) = (ContinuousClock.now, deadline())
        let within = rows + problem.evennessRows(.areas, atMost: bound)
        guard case .found(let best) = search.highestMean(within, from: start.chosen, until: end),
            let mean = search.figures(best.chosen).meanScore
        else { return nil }
        let asGood = within + [problem.meanRow(mean, isStrict: false)]
        guard case .found(let even) = search.mostEven(.areas, asGood, from: best.chosen, until: end) else { return nil }
        let isUnbeaten = best.isProven && even.isProven
        return Suggestion(
            chosen: even.chosen, isProven: isUnbeaten, isUnbeaten: isUnbeaten, fewestSteps: nil, highestMean: best.bound,
            milliseconds: Self.milliseconds(since: began))
    }

    private func spendingMore(
        _ best: SlateSearch.Found<ExactFraction>, _ rows: [LinearRow], until deadline: ContinuousClock.Instant
    ) -> [Bool] {
        guard let mean = search.figures(best.chosen).meanScore else { return best.chosen }
        return search.spendingMore(rows + [problem.meanRow(mean, isStrict: false)], than: best.chosen, until: deadline)
    }

    private func slate(_ suggestion: Suggestion, _ objective: SlateObjective, spendAtLeast: Int64) -> SuggestedSlate {
        let verdicts = SlateVerdicts(of: suggestion.chosen, for: objective, in: problem, spendAtLeast: spendAtLeast)
        return SuggestedSlate(
            objective: objective, chosen: suggestion.chosen.indices.filter { suggestion.chosen[$0] }.map { problem.candidates[$0].id },
            figures: search.figures(suggestion.chosen), isProven: suggestion.isProven, isUnbeaten: suggestion.isUnbeaten,
            fewestSteps: suggestion.fewestSteps, highestMean: suggestion.highestMean, milliseconds: suggestion.milliseconds,
            verdicts: verdicts.all())
    }

    private func deadline() -> ContinuousClock.Instant { .now + .milliseconds(problem.milliseconds) }

    private static func milliseconds(since start: ContinuousClock.Instant) -> Int { Int((.now - start) / .milliseconds(1)) }
}
