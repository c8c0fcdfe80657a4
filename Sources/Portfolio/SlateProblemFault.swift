/// What is wrong with a problem as it was handed over.
public enum SlateProblemFault: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    case tooMany(what: String, most: Int)
    case notUnique(id: String)
    case unknownPin(id: String)
    case pinnedBothWays(id: String)
    /// A number that is not within what it may be.
    case outOfRange(field: String, id: String?)
    /// The parts of a candidate do not add up to its amount, or name a cell that is not there.
    case wrongShares(id: String, dimension: SlateDimension)

    public var description: String {
        switch self {
        case .tooMany(let what, let most): "more than \(most) \(what)"
        case .notUnique(let id): "\(id) is there twice"
        case .unknownPin(let id): "\(id) is pinned and is no candidate"
        case .pinnedBothWays(let id): "\(id) is pinned in and out"
        case .outOfRange(let field, let id): "\(field)\(id.map { " of \($0)" } ?? "") is not within its range"
        case .wrongShares(let id, let dimension): "the \(dimension.rawValue) of \(id) do not add up to its amount"
        }
    }
}

extension SlateProblem {
    public static let mostCandidates = 500
    public static let mostCells = 60
    /// A hundred thousand million dollars in cents. Below it no fraction of this room leaves 64 bits and no product 128.
    static let mostMoney: Int64 = 10_000_000_000_000
    static let mostSteps: Int64 = 1_000_000

    /// Checks everything that the search takes for granted.
    public func check() throws(SlateProblemFault) {
        guard candidates.count <= Self.mostCandidates else { throw .tooMany(what: "candidates", most: Self.mostCandidates) }
        for dimension in SlateDimension.allCases {
            let cells = cells(dimension)
            guard cells.count <= Self.mostCells else { throw .tooMany(what: dimension.rawValue, most: Self.mostCells) }
            for (index, cell) in cells.enumerated() {
                try within(cell.before, 0...Self.mostMoney, "before", "\(dimension.rawValue) \(index)")
                for limit in [cell.floor, cell.ceiling] {
                    switch limit {
                    case .amount(let amount): try within(amount, 0...Self.mostMoney, "limit", "\(dimension.rawValue) \(index)")
                    case .share(let share): try within(share, 0...10_000, "limit", "\(dimension.rawValue) \(index)")
                    case nil: break
                    }
                }
            }
        }
        try within(available, 0...Self.mostMoney, "available")
        if let spendAtLeast { try within(spendAtLeast, 0...Self.mostMoney, "spendAtLeast") }
        if let threshold { try within(Int64(threshold), 0...10_000, "threshold") }
        try within(deviationSteps, 1...Self.mostSteps, "deviationSteps")
        try within(Int64(between), 0...20, "between")
        try within(Int64(milliseconds), 1...600_000, "milliseconds")
        try checkCandidates()
        try checkPins()
    }

    private func checkCandidates() throws(SlateProblemFault) {
        var ids: Set<String> = []
        for candidate in candidates {
            guard ids.insert(candidate.id).inserted else { throw .notUnique(id: candidate.id) }
            try within(candidate.amount, 1...Self.mostMoney, "amount", candidate.id)
            if let score = candidate.score { try within(Int64(score), 0...10_000, "score", candidate.id) }
            for dimension in SlateDimension.allCases {
                var rest = candidate.amount
                for share in candidate.shares(dimension) {
                    guard cells(dimension).indices.contains(share.cell), share.amount >= 0, share.amount <= rest else {
                        throw .wrongShares(id: candidate.id, dimension: dimension)
                    }
                    rest -= share.amount
                }
                guard rest == 0 else { throw .wrongShares(id: candidate.id, dimension: dimension) }
            }
        }
    }

    private func checkPins() throws(SlateProblemFault) {
        let ids = Set(candidates.map(\.id))
        if let unknown = (pinnedIn + pinnedOut).first(where: { !ids.contains($0) }) { throw .unknownPin(id: unknown) }
        if let both = Set(pinnedIn).intersection(pinnedOut).min() { throw .pinnedBothWays(id: both) }
    }

    private func within(_ value: Int64, _ range: ClosedRange<Int64>, _ field: String, _ id: String? = nil) throws(SlateProblemFault) {
        guard range.contains(value) else { throw .outOfRange(field: field, id: id) }
    }
}
