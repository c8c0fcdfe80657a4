/// What the rows alone decide, row by row and in whole numbers, before anything is computed with floating point.
struct Propagation {
    /// Nil: still open.
    private(set) var fixed: [Bool?]
    /// No choice keeps the rows: certain.
    private(set) var isImpossible = false

    init(rows: [LinearRow], count: Int) {
        fixed = [Bool?](repeating: nil, count: count)
        var isSettled = false
        while !isSettled && !isImpossible {
            isSettled = true
            for row in rows where tighten(row) { isSettled = false }
        }
    }

    var open: [Int] { fixed.indices.filter { fixed[$0] == nil } }

    /// Whether the row fixed a candidate that was open.
    private mutating func tighten(_ row: LinearRow) -> Bool {
        // The least that the left side can still be.
        var least: Int128 = 0
        for index in fixed.indices {
            switch fixed[index] {
            case true?: least += row.weights[index]
            case false?: break
            case nil: least += min(0, row.weights[index])
            }
        }
        guard least <= row.most else {
            isImpossible = true
            return false
        }
        var isTightened = false
        for index in fixed.indices where fixed[index] == nil {
            let weight = row.weights[index]
            guard weight != 0, least + Int128(weight.magnitude) > row.most else { continue }
            fixed[index] = weight < 0
            isTightened = true
        }
        return isTightened
    }
}
