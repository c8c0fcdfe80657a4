import Foundation
import Portfolio
import Testing

@Suite("Problems of slates")
struct SlateProblemTests {
    private let sound = SlateProblem(
        candidates: [
            .init(id: "A", amount: 100, score: 8000, area: 0, regions: [0]),
            .init(id: "B", amount: 101, score: 6000, area: 1, regions: [0, 1]),
        ], areas: [.init(before: 0), .init(before: 0)], regions: [.init(before: 10), .init(before: 0)], available: 150)

    private func fault(_ change: (inout SlateProblem) -> Void) -> SlateProblemFault? {
        var problem = sound
        change(&problem)
        do { try problem.check() } catch { return error }
        return nil
    }

    @Test("Each fault is named")
    func faults() {
        #expect(fault { _ in } == nil)
        #expect(fault { $0.candidates[1].id = "A" } == .notUnique(id: "A"))
        #expect(fault { $0.candidates[0].amount = 0 } == .outOfRange(field: "amount", id: "A"))
        #expect(fault { $0.candidates[0].amount = .max } == .outOfRange(field: "amount", id: "A"))
        #expect(fault { $0.candidates[0].score = 10_001 } == .outOfRange(field: "score", id: "A"))
        #expect(fault { $0.candidates[0].areas[0].cell = 2 } == .wrongShares(id: "A", dimension: .areas))
        #expect(fault { $0.candidates[0].areas[0].cell = -1 } == .wrongShares(id: "A", dimension: .areas))
        #expect(fault { $0.candidates[1].regions[0].amount = 1 } == .wrongShares(id: "B", dimension: .regions))
        #expect(fault { $0.candidates[1].regions[0].amount = -1 } == .wrongShares(id: "B", dimension: .regions))
        #expect(fault { $0.areas[0].floor = .share(10_001) } == .outOfRange(field: "limit", id: "areas 0"))
        #expect(fault { $0.regions[1].ceiling = .amount(-1) } == .outOfRange(field: "limit", id: "regions 1"))
        #expect(fault { $0.regions[1].before = -1 } == .outOfRange(field: "before", id: "regions 1"))
        #expect(fault { $0.pinnedOut = ["C"] } == .unknownPin(id: "C"))
        #expect(fault { ($0.pinnedIn, $0.pinnedOut) = (["A"], ["A"]) } == .pinnedBothWays(id: "A"))
        #expect(fault { $0.available = -1 } == .outOfRange(field: "available", id: nil))
        #expect(fault { $0.deviationSteps = 0 } == .outOfRange(field: "deviationSteps", id: nil))
        #expect(
            fault { $0.candidates = (0...500).map { .init(id: "\($0)", amount: 1, score: 1, area: 0, regions: [0]) } }
                == .tooMany(what: "candidates", most: 500))
    }

    @Test("An amount is split equally among its regions, and nothing is lost")
    func splitting() {
        let candidate = SlateProblem.Candidate(id: "A", amount: 101, score: nil, area: 2, regions: [4, 1, 0])
        #expect(candidate.areas == [.init(cell: 2, amount: 101)])
        #expect(candidate.regions == [.init(cell: 4, amount: 34), .init(cell: 1, amount: 34), .init(cell: 0, amount: 33)])
    }

    @Test("The figures of a slate are those that one gets by hand")
    func figures() {
        let figures = SlateFigures(of: [0, 1], in: sound)
        #expect(figures.total == 201)
        #expect(figures.areas == [100, 101])
        #expect(figures.regions == [161, 50])
        // 161/211 − 1/2 = 111/422.
        #expect(figures.deviationOfRegions.map { [$0.numerator, $0.denominator] } == [111, 422])
        #expect(figures.meanScore.map { [$0.numerator, $0.denominator] } == [7000, 1])
        // −(p ln p + q ln q) ÷ ln 2 with p = 161/211.
        #expect(figures.evennessOfRegions.map { abs($0 - 0.789_97) < 0.000_05 } == true)
        #expect(SlateFigures(of: [], in: sound).meanScore == nil)
        #expect(SlateFigures(of: [], in: sound).deviationOfAreas == nil)
    }

    @Test("A problem and its answer are the same after they were written and read")
    func writing() throws {
        var made = MadeUpProblem(seed: 3)
        let problem = made.problem(candidates: 8, areas: 3, regions: 3, unit: 100)
        #expect(try JSONDecoder().decode(SlateProblem.self, from: JSONEncoder().encode(problem)) == problem)
        let answer = try SlateSuggestions(problem).make()
        #expect(try JSONDecoder().decode(SuggestedSlates.self, from: JSONEncoder().encode(answer)) == answer)
    }

    @Test("The same problem has the same answer each time")
    func sameEachTime() throws {
        var made = MadeUpProblem(seed: 5)
        let problem = made.problem(candidates: 25, areas: 4, regions: 4, unit: 50_000, limits: 10)
        #expect(try SlateSuggestions(problem).make().withoutTimes == SlateSuggestions(problem).make().withoutTimes)
    }

    @Test("What could not be finished in time is never called proven")
    func outOfTime() throws {
        var made = MadeUpProblem(seed: 8)
        var problem = made.problem(candidates: 60, areas: 5, regions: 6, unit: 5_000_003, limits: 0)
        (problem.threshold, problem.spendAtLeast, problem.pinnedIn, problem.pinnedOut) = (nil, nil, [], [])
        problem.deviationSteps = 1_000_000
        problem.milliseconds = 1
        let answer = try SlateSuggestions(problem).make()
        #expect(answer.conflict == nil)
        #expect(!answer.isMostProven || answer.most == answer.slates.first?.figures.total)
        let slate = try #require(answer.slates.first { $0.objective == .mostEven(.areas) })
        #expect(!slate.isProven && !slate.isUnbeaten)
        #expect(try #require(slate.fewestSteps) == 0)
        #expect(slate.figures.total <= problem.available)
    }
}
