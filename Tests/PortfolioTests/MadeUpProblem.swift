import Portfolio

/// Problems made of a number, the same each time.
struct MadeUpProblem {
    private var state: UInt64

    init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    /// A number within the range, by the constants of Knuth's MMIX.
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return range.lowerBound + Int(state >> 33) % range.count
    }

    mutating func happens(_ percent: Int) -> Bool { number(1...100) <= percent }

    /// - Parameter unit: amounts are multiples of it, so that ties are common or rare.
    mutating func problem(candidates count: Int, areas: Int, regions: Int, unit: Int, limits percent: Int = 35) -> SlateProblem {
        var problem = SlateProblem(candidates: [], areas: [], regions: [], available: 0)
        problem.candidates = (0..<count).map { candidate($0, areas: areas, regions: regions, unit: unit) }
        problem.areas = (0..<areas).map { _ in cell(of: areas, unit: unit, limits: percent) }
        problem.regions = (0..<regions).map { _ in cell(of: regions, unit: unit, limits: percent) }
        problem.available = problem.candidates.reduce(0) { $0 + $1.amount } * Int64(number(20...90)) / 100
        if happens(70) { problem.threshold = number(1...6) * 1000 }
        if happens(30) { problem.spendAtLeast = problem.available * Int64(number(30...95)) / 100 }
        for candidate in problem.candidates {
            if happens(7) { problem.pinnedIn.append(candidate.id) } else if happens(7) { problem.pinnedOut.append(candidate.id) }
        }
        problem.deviationSteps = [10, 100, 1000][number(0...2)]
        return problem
    }

    private mutating func candidate(_ index: Int, areas: Int, regions: Int, unit: Int) -> SlateProblem.Candidate {
        let first = number(0...regions - 1)
        let second = number(0...regions - 1)
        return SlateProblem.Candidate(
            id: "P\(index)", amount: Int64(number(1...30) * unit + (unit > 1000 && happens(20) ? number(1...999) : 0)),
            score: happens(5) ? nil : number(40...100) * 100 - number(0...1) * 25, area: number(0...areas - 1),
            regions: happens(30) && first != second ? [first, second] : [first])
    }

    private mutating func cell(of count: Int, unit: Int, limits percent: Int) -> SlateProblem.Cell {
        let before = happens(15) ? 0 : Int64(number(0...40) * unit)
        return SlateProblem.Cell(
            before: before, floor: limit(percent, 1...60 / count, unit), ceiling: limit(percent, 150 / count...100, unit))
    }

    private mutating func limit(_ percent: Int, _ parts: ClosedRange<Int>, _ unit: Int) -> SlateProblem.Limit? {
        guard happens(percent) else { return nil }
        let part = number(parts)
        return happens(50) ? .share(Int64(part * 100)) : .amount(Int64(part * unit))
    }
}
