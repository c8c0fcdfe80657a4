/// How a score comes about, in whole numbers: for each criterion the sum of the readers' scores, to be divided by their number and weighted.
///
/// The score is the share of full marks: the sum over the criteria of weight × mean, divided by the sum of weight × full marks. It is rounded once, at
/// the end, to hundredths of a percent, halves up.
public struct ScoreSheet: Sendable, Hashable {
    public let lines: [Line]

    /// A criterion in a score.
    public struct Line: Sendable, Hashable, Identifiable {
        public var id: String { criterion }
        public let criterion: String
        public let weight: Int
        /// The highest score that there is.
        public let fullMarks: Int
        /// The sum of the readers' scores.
        public let sum: Int
        public let readers: Int

        /// The mean of the readers, in hundredths of a mark, halves up: to be shown, not to be reckoned with.
        public var meanInHundredths: Int { rounded(Int128(sum) * 100, over: Int128(readers)) }
    }

    /// The criteria in the order of the rubric; each must be scored by each of the readers.
    public init(_ readings: [[String: Int]], by rules: AssessmentRules) {
        lines = rules.criteria.map { criterion in
            Line(
                criterion: criterion.id, weight: criterion.weight, fullMarks: rules.scale.upperBound,
                sum: readings.reduce(0) { $0 + ($1[criterion.id] ?? 0) }, readers: max(readings.count, 1))
        }
    }

    init(_ lines: [Line]) {
        self.lines = lines
    }

    /// Hundredths of a percent of full marks, from 0 to 10,000.
    public var hundredths: Int {
        // Readers are nine at most: what all their numbers divide is small.
        let common = lines.reduce(Int128(1)) { leastCommonMultiple($0, Int128($1.readers)) }
        let reached = lines.reduce(Int128(0)) { $0 + Int128($1.weight) * Int128($1.sum) * (common / Int128($1.readers)) }
        let full = lines.reduce(Int128(0)) { $0 + Int128($1.weight) * Int128($1.fullMarks) } * common
        return full == 0 ? 0 : rounded(reached * 10_000, over: full)
    }

    public var totalWeight: Int { lines.reduce(0) { $0 + $1.weight } }
}

/// A quotient of numbers that are not negative as a whole number, halves up.
private func rounded(_ dividend: Int128, over divisor: Int128) -> Int { Int((dividend * 2 + divisor) / (divisor * 2)) }

private func leastCommonMultiple(_ one: Int128, _ other: Int128) -> Int128 {
    var (divisor, rest) = (one, other)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    return one / divisor * other
}
