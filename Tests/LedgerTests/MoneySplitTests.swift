import Ledger
import Testing

@Suite("Splitting money")
struct MoneySplitTests {
    @Test(
        "What is left over goes to the largest remainders, of equal ones to the earlier",
        arguments: [
            (100, [1, 1, 1], [34, 33, 33]),
            (101, [1, 1, 1], [34, 34, 33]),
            (-100, [1, 1, 1], [-34, -33, -33]),
            (100, [1, 2], [33, 67]),
            (10, [3, 3, 1], [4, 4, 2]),
            (5, [1, 1], [3, 2]),
            (1, [1, 2, 3], [0, 0, 1]),
            (1, [0, 1, 0, 1], [0, 1, 0, 0]),
            (0, [5, 7], [0, 0]),
            (10_000, [99, 1], [9_900, 100]),
            (7, [3], [7]),
            (Int64.min, [1], [Int64.min]),
            (Int64.min, [0, Int64.max], [0, Int64.min]),
            (Int64.max, [Int64.max, Int64.max], [4_611_686_018_427_387_904, 4_611_686_018_427_387_903]),
            (Int64.min, [Int64.max, Int64.max], [-4_611_686_018_427_387_904, -4_611_686_018_427_387_904]),
        ] as [(Int64, [Int64], [Int64])])
    func examples(whole: Int64, weights: [Int64], parts: [Int64]) throws {
        let dollar = try currency("USD")
        let split = try Money(minorUnits: whole, currency: dollar).split(by: weights)
        #expect(split.map(\.minorUnits) == parts)
        #expect(split.allSatisfy { $0.currency == dollar })
    }

    @Test("Ten thousand random splits never lose a unit, and no part is a whole unit off its exact share")
    func neverLosesAUnit() throws {
        let dollar = try currency("USD")
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<10_000 {
            let whole = Money(minorUnits: generator.anyInt64(), currency: dollar)
            let weights = Self.weights(using: &generator)
            let parts = try whole.split(by: weights)

            #expect(parts.count == weights.count)
            #expect(try Money.sum(parts, in: dollar) == whole)
            let total = weights.reduce(UInt128(0)) { $0 + UInt128($1) }
            for (part, weight) in zip(parts, weights) {
                let product = UInt128(whole.minorUnits.magnitude) * UInt128(weight)
                let (below, above) = (product / total, (product + total - 1) / total)
                #expect((below...above).contains(UInt128(part.minorUnits.magnitude)))
                #expect(part.isZero || part.isNegative == whole.isNegative)
                #expect(weight != 0 || part.isZero)
            }
        }
    }

    @Test("A split of a negative amount is the opposite of the split of the positive one")
    func signSymmetry() throws {
        let dollar = try currency("USD")
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<1_000 {
            let whole = Money(minorUnits: max(generator.anyInt64(), -.max), currency: dollar)
            let weights = Self.weights(using: &generator)
            let opposites = try whole.negated().split(by: weights)
            #expect(try whole.split(by: weights) == opposites.map { try $0.negated() })
        }
    }

    @Test("A larger weight never gets less than a smaller one")
    func monotone() throws {
        let dollar = try currency("USD")
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<1_000 {
            let whole = Money(minorUnits: Int64.random(in: 0...100_000, using: &generator), currency: dollar)
            let weights = Self.weights(using: &generator).sorted(by: >)
            let parts = try whole.split(by: weights).map(\.minorUnits)
            #expect(parts == parts.sorted(by: >))
        }
    }

    @Test("Negative weights are refused")
    func negativeWeights() throws {
        let amount = try usd("1.00")
        #expect(throws: MoneyError.negativeWeight(-1)) { try amount.split(by: [2, -1]) }
        #expect(throws: MoneyError.negativeWeight(.min)) { try amount.split(by: [.min]) }
    }

    @Test("A split by nothing, or by zeros alone, is refused", arguments: [[], [0], [0, 0, 0]] as [[Int64]])
    func nothingToSplitBy(weights: [Int64]) throws {
        let amount = try usd("1.00")
        #expect(throws: MoneyError.nothingToSplitBy) { try amount.split(by: weights) }
    }

    /// At least one weight above zero; small and large ones, some zero.
    private static func weights(using generator: inout SeededGenerator) -> [Int64] {
        let count = Int.random(in: 1...12, using: &generator)
        let shift = Int.random(in: 3..<63, using: &generator)
        var weights = (0..<count).map { _ in
            Bool.random(using: &generator) ? generator.anyInt64().magnitude >> shift : generator.anyInt64().magnitude >> 1
        }.map { Int64($0) }
        if weights.allSatisfy({ $0 == 0 }) { weights[count - 1] = 1 }
        return weights
    }
}
