/// Finds a small set of rules that contradict each other: each is given up in turn and stays given up if the others still do.
struct SlateConflictSearch {
    let problem: SlateProblem
    let spendAtLeast: Int64?
    let deadline: ContinuousClock.Instant

    func explain() -> SlateConflict {
        var rules = problem.rules(spendAtLeast: spendAtLeast)
        var isComplete = true
        var remedies: [SlateRule.Group] = []
        for group in SlateRule.Group.allCases where rules.contains(where: { $0.group == group }) {
            switch canBeKept(rules.filter { $0.group != group }) {
            case true?: remedies.append(group)
            case false?: break
            case nil: isComplete = false
            }
        }
        // First whole groups, which leaves little to go through one by one.
        for group in SlateRule.Group.allCases {
            let rest = rules.filter { $0.group != group }
            guard rest.count < rules.count else { continue }
            switch canBeKept(rest) {
            case true?: break
            case false?: rules = rest
            case nil: isComplete = false
            }
        }
        for rule in rules {
            let rest = rules.filter { $0 != rule }
            switch canBeKept(rest) {
            case true?: break
            case false?: rules = rest
            case nil: isComplete = false
            }
        }
        return SlateConflict(rules: rules, remedies: remedies, isComplete: isComplete)
    }

    /// Nil where it was not found out in time.
    private func canBeKept(_ rules: [SlateRule]) -> Bool? {
        let rows = rules.compactMap { problem.row(of: $0, spendAtLeast: spendAtLeast ?? 0) }
        let limit = min(deadline, .now + .milliseconds(max(100, problem.milliseconds / 5)))
        switch SlateSearch(problem: problem).any(rows, until: limit) {
        case .found: return true
        case .none: return false
        case .unknown: return nil
        }
    }
}
