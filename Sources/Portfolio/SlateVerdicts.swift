/// Says of each proposal why it is in a slate or not, by trying: the slate without it, with it, and with it in another's place.
struct SlateVerdicts {
    let problem: SlateProblem
    let objective: SlateObjective
    private let rows: [(rule: SlateRule, row: LinearRow)]
    private let chosen: [Bool]
    /// By row: what the chosen leave of it.
    private let slack: [Int128]

    init(of chosen: [Bool], for objective: SlateObjective, in problem: SlateProblem, spendAtLeast: Int64) {
        self.problem = problem
        self.objective = objective
        self.chosen = chosen
        let rows = problem.rules(spendAtLeast: spendAtLeast).compactMap { rule in
            problem.row(of: rule, spendAtLeast: spendAtLeast).map { (rule: rule, row: $0) }
        }
        self.rows = rows
        slack = rows.map { _, row in chosen.indices.reduce(row.most) { chosen[$1] ? $0 - row.weights[$1] : $0 } }
    }

    func all() -> [SlateVerdict] { chosen.indices.map(verdict) }

    private func verdict(of index: Int) -> SlateVerdict {
        let candidate = problem.candidates[index]
        let broken = brokenRules(changing: [index])
        var verdict = SlateVerdict(id: candidate.id, isChosen: chosen[index], reason: .servesObjective, rules: broken)
        verdict.reason = reason(of: candidate, isChosen: chosen[index], breaks: !broken.isEmpty)
        switch verdict.reason {
        case .pinnedIn, .pinnedOut, .notAssessed, .belowThreshold: return verdict
        case .neededForRules, .servesObjective, .breaksRules, .doesNotServeObjective: break
        }
        if broken.isEmpty { verdict.effect = effect(changing: [index]) }
        verdict.exchange = bestExchange(of: index)
        return verdict
    }

    private func reason(of candidate: SlateProblem.Candidate, isChosen: Bool, breaks: Bool) -> SlateVerdict.Reason {
        if problem.pinnedIn.contains(candidate.id) { return .pinnedIn }
        if problem.pinnedOut.contains(candidate.id) { return .pinnedOut }
        if candidate.score == nil { return .notAssessed }
        if !problem.isGoodEnough(candidate) { return .belowThreshold }
        if isChosen { return breaks ? .neededForRules : .servesObjective }
        return breaks ? .breaksRules : .doesNotServeObjective
    }

    private func brokenRules(changing indices: [Int]) -> [SlateRule] {
        rows.indices.filter { !isKept($0, changing: indices) }.map { rows[$0].rule }
    }

    private func isKept(_ row: Int, changing indices: [Int]) -> Bool {
        indices.reduce(slack[row]) { left, index in
            let weight = rows[row].row.weights[index]
            return chosen[index] ? left + weight : left - weight
        } >= 0
    }

    private func bestExchange(of index: Int) -> SlateVerdict.Exchange? {
        var best: SlateVerdict.Exchange?
        for other in chosen.indices where chosen[other] != chosen[index] {
            guard rows.indices.allSatisfy({ isKept($0, changing: [index, other]) }) else { continue }
            let effect = effect(changing: [index, other])
            if best.map({ isBetter(effect, than: $0.effect) }) ?? true { best = .init(id: problem.candidates[other].id, effect: effect) }
        }
        return best
    }

    private func effect(changing indices: [Int]) -> SlateEffect {
        var changed = chosen
        for index in indices { changed[index].toggle() }
        let figures = SlateFigures(of: changed.indices.filter { changed[$0] }, in: problem)
        return SlateEffect(
            deviationOfAreas: figures.deviationOfAreas, deviationOfRegions: figures.deviationOfRegions, meanScore: figures.meanScore)
    }

    private func isBetter(_ effect: SlateEffect, than other: SlateEffect) -> Bool {
        func isLower(_ first: ExactFraction?, _ second: ExactFraction?) -> Bool {
            guard let first else { return false }
            return second.map { first < $0 } ?? true
        }
        switch objective {
        case .mostEven(.areas): return isLower(effect.deviationOfAreas, other.deviationOfAreas)
        case .mostEven(.regions): return isLower(effect.deviationOfRegions, other.deviationOfRegions)
        case .highestMean, .between:
            guard let mean = effect.meanScore else { return false }
            return other.meanScore.map { mean > $0 } ?? true
        }
    }
}
