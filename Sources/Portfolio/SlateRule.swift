/// One rule that a slate has to keep.
public enum SlateRule: Sendable, Hashable, Codable {
    /// No more than the money available.
    case money
    /// No less than what has to be spent.
    case spending
    /// No candidate below the threshold, and none without a score.
    case quality
    case floor(SlateDimension, cell: Int)
    case ceiling(SlateDimension, cell: Int)
    case pinnedIn(id: String)
    case pinnedOut(id: String)

    /// Rules that are given up together when it is asked which of them cannot be kept.
    public enum Group: String, Sendable, Hashable, Codable, CaseIterable {
        case money, spending, quality, areaFloors, areaCeilings, regionFloors, regionCeilings, pinnedIn, pinnedOut
    }

    public var group: Group {
        switch self {
        case .money: .money
        case .spending: .spending
        case .quality: .quality
        case .floor(let dimension, _): dimension == .areas ? .areaFloors : .regionFloors
        case .ceiling(let dimension, _): dimension == .areas ? .areaCeilings : .regionCeilings
        case .pinnedIn: .pinnedIn
        case .pinnedOut: .pinnedOut
        }
    }
}

extension SlateProblem {
    /// Every rule of the problem.
    ///
    /// - Parameter spendAtLeast: nil leaves that rule out.
    func rules(spendAtLeast: Int64?) -> [SlateRule] {
        var rules: [SlateRule] = [.money, .quality]
        if spendAtLeast != nil { rules.append(.spending) }
        for dimension in SlateDimension.allCases {
            for (index, cell) in cells(dimension).enumerated() {
                if cell.floor != nil { rules.append(.floor(dimension, cell: index)) }
                if cell.ceiling != nil { rules.append(.ceiling(dimension, cell: index)) }
            }
        }
        return rules + pinnedIn.map { .pinnedIn(id: $0) } + pinnedOut.map { .pinnedOut(id: $0) }
    }

    func row(of rule: SlateRule, spendAtLeast: Int64) -> LinearRow? {
        let amounts = candidates.map { Int128($0.amount) }
        switch rule {
        case .money: return LinearRow(amounts, atMost: Int128(available))
        case .spending: return LinearRow(amounts.map { -$0 }, atMost: -Int128(spendAtLeast))
        case .quality: return LinearRow(candidates.map { isGoodEnough($0) ? 0 : 1 }, atMost: 0)
        case .floor(let dimension, let cell):
            return cells(dimension)[cell].floor.map { limited(cell, of: dimension, to: $0, sign: -1) }
        case .ceiling(let dimension, let cell):
            return cells(dimension)[cell].ceiling.map { limited(cell, of: dimension, to: $0, sign: 1) }
        case .pinnedIn(let id): return LinearRow(candidates.map { $0.id == id ? -1 : 0 }, atMost: -1)
        case .pinnedOut(let id): return LinearRow(candidates.map { $0.id == id ? 1 : 0 }, atMost: 0)
        }
    }

    func isGoodEnough(_ candidate: Candidate) -> Bool {
        guard let score = candidate.score else { return false }
        return score >= threshold ?? 0
    }

    /// The rows by which the largest deviation is at most `steps` whole steps, cut: below `steps` + 1.
    func evennessRows(_ dimension: SlateDimension, atMost steps: Int64) -> [LinearRow] {
        let cells = cells(dimension)
        let count = Int128(cells.count)
        let scale = Int128(deviationSteps)
        let bound = Int128(steps) + 1
        let before = cells.reduce(Int128(0)) { $0 + Int128($1.before) }
        // steps·|nA − T| < (k + 1)·nT, in whole numbers.
        return cells.indices.flatMap { cell in
            let parts = parts(of: cell, dimension)
            return [Int128(1), -1].map { sign in
                LinearRow(
                    candidates.indices.map { index in
                        let amount = Int128(candidates[index].amount)
                        return sign * scale * (count * parts[index] - amount) - bound * count * amount
                    },
                    atMost: bound * count * before - sign * scale * (count * Int128(cells[cell].before) - before) - 1)
            }
        }
    }

    /// The row by which the mean score is at least `mean`, or above it.
    func meanRow(_ mean: ExactFraction, isStrict: Bool) -> LinearRow {
        LinearRow(gains(over: mean).map { -$0 }, atMost: isStrict ? -1 : 0)
    }

    /// What each candidate lifts the sum of scores above as many times the mean, in whole numbers: q·score − p.
    func gains(over mean: ExactFraction) -> [Int128] {
        candidates.map { Int128(mean.denominator) * Int128($0.score ?? 0) - Int128(mean.numerator) }
    }

    private func parts(of cell: Int, _ dimension: SlateDimension) -> [Int128] {
        candidates.map { candidate in
            candidate.shares(dimension).reduce(Int128(0)) { $1.cell == cell ? $0 + Int128($1.amount) : $0 }
        }
    }

    /// sign·A ≤ sign·limit, with A what the cell has after the slate.
    private func limited(_ cell: Int, of dimension: SlateDimension, to limit: Limit, sign: Int128) -> LinearRow {
        let parts = parts(of: cell, dimension)
        let before = Int128(cells(dimension)[cell].before)
        switch limit {
        case .amount(let amount): return LinearRow(parts.map { sign * $0 }, atMost: sign * (Int128(amount) - before))
        case .share(let share):
            let all = cells(dimension).reduce(Int128(0)) { $0 + Int128($1.before) }
            return LinearRow(
                candidates.indices.map { sign * (10_000 * parts[$0] - Int128(share) * Int128(candidates[$0].amount)) },
                atMost: sign * (Int128(share) * all - 10_000 * before))
        }
    }
}
