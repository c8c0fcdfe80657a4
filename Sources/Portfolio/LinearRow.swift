/// Σ weight·x ≤ most over the candidates' 0 or 1, in whole numbers: the one form that every rule takes.
struct LinearRow: Sendable, Hashable {
    /// One for each candidate, in lowest terms together.
    let weights: [Int128]
    let most: Int128

    init(_ weights: [Int128], atMost most: Int128) {
        let divisor = weights.reduce(0) { commonDivisor($0, $1) }
        // The left side is a multiple of the divisor, so that cutting the right side down loses no choice.
        self.weights = divisor > 1 ? weights.map { $0 / divisor } : weights
        self.most = divisor > 1 ? flooredQuotient(most, divisor) : most
    }

    func isKept(by chosen: [Bool]) -> Bool {
        var sum: Int128 = 0
        for index in chosen.indices where chosen[index] { sum += weights[index] }
        return sum <= most
    }
}

func flooredQuotient(_ dividend: Int128, _ divisor: Int128) -> Int128 {
    let quotient = dividend / divisor
    return dividend % divisor != 0 && (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient
}
