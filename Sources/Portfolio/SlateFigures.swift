internal import Foundation

/// What a choice comes to, by exact arithmetic: what members are shown, and what every answer of the solver is held against.
public struct SlateFigures: Sendable, Hashable, Codable {
    public let total: Int64
    /// What each area has after the slate.
    public let areas: [Int64]
    /// What each region has after the slate.
    public let regions: [Int64]
    /// The largest distance of an area's share from an even share. Nil where there is no area, or nothing in them.
    public let deviationOfAreas: ExactFraction?
    public let deviationOfRegions: ExactFraction?
    /// In hundredths. Nil where nothing is chosen, or something without a score.
    public let meanScore: ExactFraction?
    /// Pielou's J of what the areas have after; nil for fewer than two or when all are zero. A statistic, not money.
    public let evennessOfAreas: Double?
    public let evennessOfRegions: Double?

    /// - Parameter chosen: by the places of the candidates in the problem.
    public init(of chosen: [Int], in problem: SlateProblem) {
        total = chosen.reduce(0) { $0 + problem.candidates[$1].amount }
        areas = Self.after(chosen, .areas, in: problem)
        regions = Self.after(chosen, .regions, in: problem)
        deviationOfAreas = Self.deviation(areas)
        deviationOfRegions = Self.deviation(regions)
        let scores = chosen.compactMap { problem.candidates[$0].score }
        meanScore =
            chosen.isEmpty || scores.count < chosen.count ? nil : ExactFraction(Int128(scores.reduce(0, +)), Int128(scores.count))
        evennessOfAreas = Self.evenness(areas)
        evennessOfRegions = Self.evenness(regions)
    }

    public func after(_ dimension: SlateDimension) -> [Int64] {
        switch dimension {
        case .areas: areas
        case .regions: regions
        }
    }

    public func deviation(_ dimension: SlateDimension) -> ExactFraction? {
        switch dimension {
        case .areas: deviationOfAreas
        case .regions: deviationOfRegions
        }
    }

    /// The deviation in whole steps, cut: 0 is less than one step.
    func steps(_ dimension: SlateDimension, in problem: SlateProblem) -> Int64? {
        deviation(dimension).map { Int64(Int128($0.numerator) * Int128(problem.deviationSteps) / Int128($0.denominator)) }
    }

    private static func after(_ chosen: [Int], _ dimension: SlateDimension, in problem: SlateProblem) -> [Int64] {
        var after = problem.cells(dimension).map(\.before)
        for index in chosen {
            for share in problem.candidates[index].shares(dimension) { after[share.cell] += share.amount }
        }
        return after
    }

    /// The largest |nA − T| ÷ nT, where A is what one of n cells has and T what all have.
    private static func deviation(_ after: [Int64]) -> ExactFraction? {
        let count = Int128(after.count)
        let total = after.reduce(Int128(0)) { $0 + Int128($1) }
        guard total > 0, let largest = after.map({ (Int128($0) * count - total).magnitude }).max() else { return nil }
        return ExactFraction(Int128(largest), count * total)
    }

    private static func evenness(_ after: [Int64]) -> Double? {
        let total = after.reduce(0.0) { $0 + Double($1) }
        guard after.count >= 2, total > 0 else { return nil }
        let entropy = after.filter { $0 > 0 }.map { Double($0) / total }.reduce(0) { $0 - $1 * log($1) }
        return min(1, max(0, entropy / log(Double(after.count))))
    }
}
