/// The objectives, each solved exactly over the same rows.
struct SlateSearch {
    let problem: SlateProblem

    /// A choice, and what is proven of it.
    struct Found<Bound: Sendable>: Sendable {
        var chosen: [Bool]
        /// Nothing within the rows is better than this.
        var bound: Bound?
        var isProven: Bool
    }

    enum Answer<Bound: Sendable>: Sendable {
        case found(Found<Bound>)
        /// Nothing keeps the rows.
        case none
        /// Nothing was found in time.
        case unknown
    }

    private var count: Int { problem.candidates.count }
    private var iterations: Int { min(2000, 20 + 10 * count) }
    private var amounts: [Int128] { LinearRow(problem.candidates.map { Int128($0.amount) }, atMost: 0).weights }

    func figures(_ chosen: [Bool]) -> SlateFigures { SlateFigures(of: chosen.indices.filter { chosen[$0] }, in: problem) }

    /// Any choice within the rows.
    func any(_ rows: [LinearRow], from start: [Bool]? = nil, until deadline: ContinuousClock.Instant) -> Answer<Never> {
        let nothing = [Int128](repeating: 0, count: count)
        let program = IntegerProgram(rows: rows, objective: nothing)
        guard program.hasRelaxedSolution(deadline: deadline) else { return .none }
        if let chosen = LocalSearch(rows: rows, objective: nothing).search(
            from: start, iterations: iterations, takesFirst: true, until: deadline)
        {
            return .found(Found(chosen: chosen, bound: nil, isProven: true))
        }
        switch program.solve(effort: .init(deadline: deadline, takesFirst: true)) {
        case .optimal(let chosen), .stopped(let chosen?, _): return .found(Found(chosen: chosen, bound: nil, isProven: true))
        case .none: return .none
        case .stopped(nil, _): return .unknown
        }
    }

    /// The most that can be spent.
    func most(_ rows: [LinearRow], until deadline: ContinuousClock.Instant) -> Answer<Int128> {
        let program = IntegerProgram(rows: rows, objective: amounts)
        var best = LocalSearch(rows: rows, objective: amounts).search(iterations: iterations, takesFirst: false, until: deadline)
        let outcome = program.solve(above: best.map(program.value), effort: .init(deadline: deadline))
        best = outcome.chosen ?? best
        switch (outcome, best) {
        case (.stopped, let best?): return .found(Found(chosen: best, bound: nil, isProven: false))
        case (_, let best?): return .found(Found(chosen: best, bound: program.value(of: best), isProven: true))
        case (.none, nil): return .none
        case (_, nil): return .unknown
        }
    }

    /// The highest mean score: Dinkelbach's way to the best of a quotient, in whole numbers.
    ///
    /// With p/q the mean of what is held, any other choice has a higher one exactly if its Σ (q·score − p) is above zero. Such a
    /// choice takes the place of what is held until there is none.
    func highestMean(
        _ rows: [LinearRow], from start: [Bool]? = nil, through wider: [[LinearRow]] = [], until deadline: ContinuousClock.Instant
    ) -> Answer<ExactFraction> {
        // Nothing has no mean to begin with.
        let start = start.flatMap { $0.contains(true) ? $0 : nil }
        var held: [Bool]
        switch start.map({ Answer<Never>.found(Found(chosen: $0, bound: nil, isProven: true)) }) ?? any(someChosen(rows), until: deadline) {
        case .none: return .none
        case .unknown: return .unknown
        case .found(let found): held = found.chosen
        }
        let within = someChosen(rows)
        if let near = approached(within, from: held, through: wider.map(someChosen), until: deadline),
            let mean = figures(held).meanScore, let other = figures(near).meanScore, other > mean
        {
            held = near
        }
        while let mean = figures(held).meanScore {
            let gains = problem.gains(over: mean)
            let program = IntegerProgram(rows: within, objective: gains)
            // The search that proves is long, and the shorter the better what is held: it is left as soon as it finds something.
            if let better = LocalSearch(rows: within, objective: gains).search(
                from: held, iterations: iterations, takesFirst: false, until: deadline),
                program.value(of: better) > 0
            {
                held = better
                continue
            }
            switch program.solve(above: 0, effort: .init(deadline: deadline, takesFirst: true)) {
            case .optimal(let chosen): held = chosen
            case .none: return .found(Found(chosen: held, bound: mean, isProven: true))
            case .stopped(let chosen, let bound):
                let limit = bound.map { ExactFraction(Int128(mean.numerator) + max(0, $0), Int128(mean.denominator)) }
                return .found(Found(chosen: chosen ?? held, bound: limit, isProven: false))
            }
        }
        return .none
    }

    /// A good choice within narrow rows, come to through wider ones: where little room is left, exchanges hardly lead anywhere.
    private func approached(
        _ rows: [LinearRow], from start: [Bool], through wider: [[LinearRow]], until deadline: ContinuousClock.Instant
    ) -> [Bool]? {
        guard !wider.isEmpty else { return nil }
        var held = start
        for (place, within) in (wider + [rows]).enumerated() where .now < deadline {
            guard let mean = figures(held).meanScore else { return nil }
            let search = LocalSearch(rows: within, objective: problem.gains(over: mean))
            guard let next = search.search(from: held, iterations: iterations, takesFirst: false, until: deadline) else { continue }
            held = next
            if place == wider.count { return held }
        }
        return nil
    }

    /// The least largest deviation, in steps.
    func mostEven(
        _ dimension: SlateDimension, _ rows: [LinearRow], from start: [Bool]? = nil, until deadline: ContinuousClock.Instant
    ) -> Answer<Int64> {
        // Nothing has no shares.
        let rows = problem.cells(dimension).allSatisfy { $0.before == 0 } ? someChosen(rows) : rows
        var held: [Bool]
        switch start.map({ Answer<Never>.found(Found(chosen: $0, bound: nil, isProven: true)) }) ?? any(rows, until: deadline) {
        case .none: return .none
        case .unknown: return .unknown
        case .found(let found): held = found.chosen
        }
        guard var upper = figures(held).steps(dimension, in: problem) else { return .none }
        func within(_ steps: Int64) -> [LinearRow] { rows + problem.evennessRows(dimension, atMost: steps) }
        // The least number of steps that parts of candidates could reach.
        var (lower, end) = (Int64(0), upper)
        while lower < end {
            let middle = lower + (end - lower) / 2
            let program = IntegerProgram(rows: within(middle), objective: [Int128](repeating: 0, count: count))
            if program.hasRelaxedSolution(deadline: deadline) { end = middle } else { lower = middle + 1 }
        }
        var isHopeful = true
        while lower < upper {
            // What the relaxation allows is mostly there; only if it is not, the gap is halved.
            let target = isHopeful ? lower : lower + (upper - lower) / 2
            isHopeful = false
            switch any(within(target), from: held, until: deadline) {
            case .found(let found):
                held = found.chosen
                upper = figures(held).steps(dimension, in: problem) ?? upper
            case .none: lower = target + 1
            case .unknown: return .found(Found(chosen: held, bound: lower, isProven: false))
            }
        }
        return .found(Found(chosen: held, bound: lower, isProven: true))
    }

    /// Among equals, the one that spends most, as far as a search of a fixed length goes.
    func spendingMore(_ rows: [LinearRow], than held: [Bool], until deadline: ContinuousClock.Instant) -> [Bool] {
        let program = IntegerProgram(rows: rows, objective: amounts)
        return program.solve(above: program.value(of: held), effort: .init(deadline: deadline, nodes: 2000)).chosen ?? held
    }

    /// A mean needs something that it is the mean of.
    private func someChosen(_ rows: [LinearRow]) -> [LinearRow] {
        rows + [LinearRow([Int128](repeating: -1, count: count), atMost: -1)]
    }
}
