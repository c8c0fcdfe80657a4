/// A first good choice, found by exchanging candidates, so that the exact search has little left to do.
///
/// Tabu search: at each step the best single change or exchange of two is made, even if it makes the choice worse, and what was changed
/// stays as it is for some steps. The same problem gives the same choice each time. It proves nothing.
struct LocalSearch {
    private let rows: [LinearRow]
    private let count: Int
    private let open: [Int]
    /// By open candidate, then row: the weight as a part of the row's largest.
    private let weights: [Double]
    private let gains: [Double]
    private let fixedSlack: [Double]
    private let fixed: [Bool?]
    private let isImpossible: Bool

    init(rows: [LinearRow], objective: [Int128]) {
        count = objective.count
        let propagation = Propagation(rows: rows, count: count)
        isImpossible = propagation.isImpossible
        fixed = propagation.fixed
        let open = propagation.open
        let fixed = propagation.fixed
        // Those that some choice of what is open would break.
        let kept = rows.filter { row in
            row.most
                < row.weights.indices.reduce(Int128(0)) { sum, index in
                    switch fixed[index] {
                    case true?: sum + row.weights[index]
                    case false?: sum
                    case nil: sum + max(0, row.weights[index])
                    }
                }
        }
        self.rows = rows
        self.open = open
        let scales = kept.map { row in 1 / Double(open.map { row.weights[$0].magnitude }.max() ?? 1) }
        weights = open.flatMap { index in kept.indices.map { Double(kept[$0].weights[index]) * scales[$0] } }
        fixedSlack = kept.indices.map { row in
            let used = fixed.indices.reduce(Int128(0)) { fixed[$1] == true ? $0 + kept[row].weights[$1] : $0 }
            return Double(kept[row].most - used) * scales[row]
        }
        let largest = Double(open.map { objective[$0].magnitude }.max() ?? 1)
        gains = open.map { Double(objective[$0]) / max(1, largest) }
    }

    /// The best choice that keeps the rows, or nil if none was met with.
    ///
    /// - Parameter takesFirst: any choice that keeps the rows will do.
    func search(from start: [Bool]? = nil, iterations: Int, takesFirst: Bool, until deadline: ContinuousClock.Instant) -> [Bool]? {
        guard !isImpossible else { return nil }
        var state = State(slack: fixedSlack, chosen: open.map { start?[$0] ?? false }, weights: weights)
        var best: (value: Double, chosen: [Bool])?
        var until = [Int](repeating: 0, count: open.count)
        var random = SplitMix(state: 0x5EED)
        // What a broken row costs, in gains: less while the rows are kept, more while they are not, so that the walk goes along their edge.
        var penalty = 30.0
        for iteration in 0..<max(1, iterations) where iteration == 0 || .now < deadline {
            let isKept = state.violation <= 1e-9
            penalty = isKept ? max(0.3, penalty / 1.2) : min(1e5, penalty * 1.1)
            if isKept {
                let value = state.chosen.indices.reduce(0.0) { state.chosen[$1] ? $0 + gains[$1] : $0 }
                if value > (best?.value ?? -.infinity) + 1e-12 {
                    let whole = whole(state.chosen)
                    if rows.allSatisfy({ $0.isKept(by: whole) }) {
                        best = (value, whole)
                        if takesFirst { return whole }
                    }
                }
            }
            guard let move = bestMove(from: state, penalty: penalty, iteration: iteration, until: until) else { continue }
            for index in [move.first, move.second].compactMap({ $0 }) {
                state.flip(index, weights)
                until[index] = iteration + 3 + Int(random.next() % 8)
            }
        }
        return best?.chosen
    }

    private struct Move {
        var first: Int
        var second: Int?
        var cost: Double
    }

    private func bestMove(from state: State, penalty: Double, iteration: Int, until: [Int]) -> Move? {
        var best: Move?
        func consider(_ first: Int, _ second: Int?, _ violation: Double, _ gain: Double) {
            let cost = violation * penalty - gain
            if cost < (best?.cost ?? .infinity) - 1e-12 { best = Move(first: first, second: second, cost: cost) }
        }
        let free = open.indices.filter { until[$0] <= iteration }
        let left = free.filter { !state.chosen[$0] }
        weights.withUnsafeBufferPointer { weights in
            for index in free {
                consider(
                    index, nil, state.violation(state.slack, flipping: index, weights), state.chosen[index] ? -gains[index] : gains[index])
            }
            var without = state.slack
            for out in free where state.chosen[out] {
                for row in 0..<state.width { without[row] = state.slack[row] + weights[out * state.width + row] }
                for into in left { consider(out, into, state.violation(without, flipping: into, weights), gains[into] - gains[out]) }
            }
        }
        return best
    }

    private func whole(_ chosen: [Bool]) -> [Bool] {
        var whole = fixed.map { $0 ?? false }
        for (place, index) in open.enumerated() { whole[index] = chosen[place] }
        return whole
    }

    private struct State {
        /// What is left of each row; below zero it is broken.
        var slack: [Double]
        var chosen: [Bool]
        let width: Int

        init(slack: [Double], chosen: [Bool], weights: [Double]) {
            self.slack = slack
            self.chosen = [Bool](repeating: false, count: chosen.count)
            width = slack.count
            for index in chosen.indices where chosen[index] { flip(index, weights) }
        }

        var violation: Double { slack.reduce(0) { $0 + max(0, -$1) } }

        mutating func flip(_ index: Int, _ weights: [Double]) {
            let sign = chosen[index] ? 1.0 : -1.0
            for row in 0..<width { slack[row] += sign * weights[index * width + row] }
            chosen[index].toggle()
        }

        /// What is broken once a candidate is changed, with `slack` left of the rows before.
        func violation(_ slack: [Double], flipping index: Int, _ weights: UnsafeBufferPointer<Double>) -> Double {
            let (sign, start) = (chosen[index] ? 1.0 : -1.0, index * width)
            return slack.withUnsafeBufferPointer { slack in
                var sum = 0.0
                for row in 0..<width { sum += min(0, slack[row] + sign * weights[start + row] + 1e-10) }
                return -sum
            }
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers each time.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
