import Portfolio

/// Every choice of a small problem, judged by the definitions and in plain whole numbers, by nothing of what is tested.
struct EveryChoice {
    let problem: SlateProblem

    struct Choice: Equatable {
        var chosen: [Int] = []
        var total = 0
        var areas: [Int] = []
        var regions: [Int] = []
        var scores = 0

        /// Whether the mean score is at least as high as the other's.
        func isAsGood(as other: Choice) -> Bool { scores * other.chosen.count >= other.scores * chosen.count }

        func isBetter(than other: Choice) -> Bool { scores * other.chosen.count > other.scores * chosen.count }

        /// The largest distance from an even share, in whole steps; nil where there is nothing.
        func steps(_ dimension: SlateDimension, of steps: Int64) -> Int? {
            let after = dimension == .areas ? areas : regions
            let all = after.reduce(0, +)
            guard all > 0 else { return nil }
            return after.map { abs($0 * after.count - all) }.max().map { $0 * Int(steps) / (after.count * all) }
        }
    }

    /// Those that keep the rules, save those of the groups that are given up.
    func lawful(spendAtLeast: Int64?, without groups: Set<SlateRule.Group> = []) -> [Choice] {
        choices().filter { choice in
            problemRules(spendAtLeast: spendAtLeast).allSatisfy { groups.contains($0.group) || isKept($0, by: choice, spendAtLeast) }
        }
    }

    func lawful(spendAtLeast: Int64?, under rules: [SlateRule]) -> [Choice] {
        choices().filter { choice in rules.allSatisfy { isKept($0, by: choice, spendAtLeast) } }
    }

    func problemRules(spendAtLeast: Int64?) -> [SlateRule] {
        var rules: [SlateRule] = [.money, .quality]
        if spendAtLeast != nil { rules.append(.spending) }
        for (index, area) in problem.areas.enumerated() {
            if area.floor != nil { rules.append(.floor(.areas, cell: index)) }
            if area.ceiling != nil { rules.append(.ceiling(.areas, cell: index)) }
        }
        for (index, region) in problem.regions.enumerated() {
            if region.floor != nil { rules.append(.floor(.regions, cell: index)) }
            if region.ceiling != nil { rules.append(.ceiling(.regions, cell: index)) }
        }
        rules += problem.pinnedIn.map { .pinnedIn(id: $0) }
        return rules + problem.pinnedOut.map { .pinnedOut(id: $0) }
    }

    /// The rules that a choice breaks.
    func broken(by ids: Set<String>, spendAtLeast: Int64?) -> [SlateRule] {
        let choice = problem.candidates.indices.filter { ids.contains(problem.candidates[$0].id) }.reduce(nothing) { adding($1, to: $0) }
        return problemRules(spendAtLeast: spendAtLeast).filter { !isKept($0, by: choice, spendAtLeast) }
    }

    private func choices() -> [Choice] {
        problem.candidates.indices.reduce([nothing]) { choices, index in choices + choices.map { adding(index, to: $0) } }
    }

    private var nothing: Choice {
        Choice(areas: problem.areas.map { Int($0.before) }, regions: problem.regions.map { Int($0.before) })
    }

    private func adding(_ index: Int, to choice: Choice) -> Choice {
        let candidate = problem.candidates[index]
        var more = choice
        more.chosen.append(index)
        more.total += Int(candidate.amount)
        more.scores += candidate.score ?? 0
        for share in candidate.areas { more.areas[share.cell] += Int(share.amount) }
        for share in candidate.regions { more.regions[share.cell] += Int(share.amount) }
        return more
    }

    private func isKept(_ rule: SlateRule, by choice: Choice, _ spendAtLeast: Int64?) -> Bool {
        switch rule {
        case .money: choice.total <= Int(problem.available)
        case .spending: choice.total >= Int(spendAtLeast ?? 0)
        case .quality:
            choice.chosen.allSatisfy { problem.candidates[$0].score.map { $0 >= problem.threshold ?? 0 } ?? false }
        case .floor(.areas, let cell): compare(choice.areas, cell, problem.areas[cell].floor) >= 0
        case .floor(.regions, let cell): compare(choice.regions, cell, problem.regions[cell].floor) >= 0
        case .ceiling(.areas, let cell): compare(choice.areas, cell, problem.areas[cell].ceiling) <= 0
        case .ceiling(.regions, let cell): compare(choice.regions, cell, problem.regions[cell].ceiling) <= 0
        case .pinnedIn(let id): choice.chosen.contains { problem.candidates[$0].id == id }
        case .pinnedOut(let id): !choice.chosen.contains { problem.candidates[$0].id == id }
        }
    }

    /// Below, at or above the limit: -1, 0 or 1.
    private func compare(_ after: [Int], _ cell: Int, _ limit: SlateProblem.Limit?) -> Int {
        switch limit {
        case .amount(let amount): (after[cell] - Int(amount)).signum()
        case .share(let share): (after[cell] * 10_000 - Int(share) * after.reduce(0, +)).signum()
        case nil: 0
        }
    }
}
