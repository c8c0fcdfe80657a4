/// What a suggested slate may be chosen from, and by which rules: nothing but numbers, so that it can be handed to another process.
///
/// Amounts are whole minor units of one currency. Cells (areas, regions) are named by their place in ``areas`` and ``regions``.
public struct SlateProblem: Sendable, Hashable, Codable {
    public var candidates: [Candidate]
    public var areas: [Cell]
    public var regions: [Cell]
    /// The most that the chosen may cost together.
    public var available: Int64
    /// The least that they may cost together. Without one the emptiest slate could be the most even, and one proposal have the best mean.
    ///
    /// Nil asks for the default: the most that can be spent by all other rules, less the smallest amount of a candidate that may be chosen.
    public var spendAtLeast: Int64?
    /// The lowest score that may be chosen, in hundredths. Nil: any score, but still a score.
    public var threshold: Int?
    /// Ids that every slate has to hold.
    public var pinnedIn: [String]
    /// Ids that no slate may hold.
    public var pinnedOut: [String]
    /// How many steps the deviation from even is measured in. 1,000 steps: two slates are equally even if their largest deviations are
    /// the same when cut to a tenth of a percentage point.
    public var deviationSteps: Int64
    /// How many slates are asked for between the most even and the one with the highest mean score.
    public var between: Int
    /// How long each of the objectives may be worked on.
    public var milliseconds: Int

    public init(
        candidates: [Candidate], areas: [Cell], regions: [Cell], available: Int64, spendAtLeast: Int64? = nil, threshold: Int? = nil,
        pinnedIn: [String] = [], pinnedOut: [String] = [], deviationSteps: Int64 = 1000, between: Int = 5, milliseconds: Int = 10_000
    ) {
        self.candidates = candidates
        self.areas = areas
        self.regions = regions
        self.available = available
        self.spendAtLeast = spendAtLeast
        self.threshold = threshold
        self.pinnedIn = pinnedIn
        self.pinnedOut = pinnedOut
        self.deviationSteps = deviationSteps
        self.between = between
        self.milliseconds = milliseconds
    }

    /// A proposal that may be chosen, whole or not at all.
    public struct Candidate: Sendable, Hashable, Codable {
        public var id: String
        /// Above zero.
        public var amount: Int64
        /// In hundredths, 0 to 10,000. Nil: not assessed, and therefore never chosen.
        public var score: Int?
        /// The amount by area; the parts add up to the amount.
        public var areas: [Share]
        /// The amount by region; the parts add up to the amount.
        public var regions: [Share]

        public init(id: String, amount: Int64, score: Int?, areas: [Share], regions: [Share]) {
            self.id = id
            self.amount = amount
            self.score = score
            self.areas = areas
            self.regions = regions
        }

        /// One area, and regions to which the amount is split equally; what is left over of the division goes to the first of them.
        public init(id: String, amount: Int64, score: Int?, area: Int, regions: [Int]) {
            let count = Int64(regions.count)
            self.init(
                id: id, amount: amount, score: score, areas: [Share(cell: area, amount: amount)],
                regions: regions.enumerated().map { index, cell in
                    Share(cell: cell, amount: amount / count + (Int64(index) < amount % count ? 1 : 0))
                })
        }
    }

    /// What a candidate brings to one area or region.
    public struct Share: Sendable, Hashable, Codable {
        public var cell: Int
        public var amount: Int64

        public init(cell: Int, amount: Int64) {
            self.cell = cell
            self.amount = amount
        }
    }

    /// An area or a region.
    public struct Cell: Sendable, Hashable, Codable {
        /// What it had before the slate.
        public var before: Int64
        /// The least that it may have after the slate.
        public var floor: Limit?
        /// The most that it may have after the slate.
        public var ceiling: Limit?

        public init(before: Int64, floor: Limit? = nil, ceiling: Limit? = nil) {
            self.before = before
            self.floor = floor
            self.ceiling = ceiling
        }
    }

    /// A floor or a ceiling, always of what a cell has after the slate.
    public enum Limit: Sendable, Hashable, Codable {
        case amount(Int64)
        /// Hundredths of a percent of what all cells have after the slate: 2,500 is a quarter.
        case share(Int64)
    }
}

/// The two ways in which money is laid out.
public enum SlateDimension: String, Sendable, Hashable, Codable, CaseIterable {
    case areas, regions
}

extension SlateProblem {
    func cells(_ dimension: SlateDimension) -> [Cell] {
        switch dimension {
        case .areas: areas
        case .regions: regions
        }
    }
}

extension SlateProblem.Candidate {
    func shares(_ dimension: SlateDimension) -> [SlateProblem.Share] {
        switch dimension {
        case .areas: areas
        case .regions: regions
        }
    }
}
