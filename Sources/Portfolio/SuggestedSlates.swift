/// What the solver answers: slates, or why there is none.
public struct SuggestedSlates: Sendable, Hashable, Codable {
    /// What each slate had to spend at least; nil where that could not be worked out.
    public var spendAtLeast: Int64?
    /// The most that was found to be spendable by the rules, where the problem did not say what to spend.
    public var most: Int64?
    public var isMostProven = false
    /// The most even by area, by region, the one with the highest mean score, then those between, the most even first.
    public var slates: [SuggestedSlate] = []
    /// Set where no slate keeps the rules.
    public var conflict: SlateConflict?
    /// No slate was found in time, nor was it proven that there is none.
    public var isUndecided = false
    public var milliseconds = 0

    public init() {}
}

public enum SlateObjective: Sendable, Hashable, Codable {
    /// The smallest largest deviation of a share from the even share; among equals the highest mean score.
    case mostEven(SlateDimension)
    /// The highest mean score; among equals the one that spends most.
    case highestMean
    /// One that no other beats on both the evenness of areas and the mean score.
    case between
}

public struct SuggestedSlate: Sendable, Hashable, Codable {
    public var objective: SlateObjective
    /// Ids, in the order of the problem.
    public var chosen: [String]
    public var figures: SlateFigures
    /// No slate within the rules is better by the objective. For one between: as ``isUnbeaten``.
    public var isProven: Bool
    /// No slate within the rules is as good in both the evenness of areas (of regions, for the most even by region) and the mean score
    /// and better in one, evenness being counted in steps.
    public var isUnbeaten: Bool
    /// No slate has a largest deviation of fewer steps, where that was looked for.
    public var fewestSteps: Int64?
    /// No slate (for one between: none as even) has a higher mean score, where that was looked for.
    public var highestMean: ExactFraction?
    public var milliseconds: Int
    /// For each candidate, in the order of the problem.
    public var verdicts: [SlateVerdict]
}

/// Why a proposal is in a slate or not.
public struct SlateVerdict: Sendable, Hashable, Codable {
    public var id: String
    public var isChosen: Bool
    public var reason: Reason
    /// The rules that the slate would break if this proposal alone were taken out of it or put into it.
    public var rules: [SlateRule]
    /// What the slate would be if this proposal alone were taken out or put in. Nil where that breaks a rule.
    public var effect: SlateEffect?
    /// The exchange with one other proposal, within the rules, that leaves the slate the best by its objective. Nil where there is none.
    public var exchange: Exchange?

    public enum Reason: String, Sendable, Hashable, Codable {
        case pinnedIn
        /// Without it the slate would break ``rules``.
        case neededForRules
        /// The slate would keep the rules without it, and be worse.
        case servesObjective
        case pinnedOut
        case notAssessed
        case belowThreshold
        /// With it the slate would break ``rules``: the money, most often.
        case breaksRules
        /// The slate would keep the rules with it, and be worse or no better.
        case doesNotServeObjective
    }

    public struct Exchange: Sendable, Hashable, Codable {
        /// The other proposal.
        public var id: String
        public var effect: SlateEffect
    }
}

/// The figures of a slate that was changed in one place.
public struct SlateEffect: Sendable, Hashable, Codable {
    public var deviationOfAreas: ExactFraction?
    public var deviationOfRegions: ExactFraction?
    public var meanScore: ExactFraction?
}

/// Why no slate keeps the rules.
public struct SlateConflict: Sendable, Hashable, Codable {
    /// Rules that cannot be kept together, of which each is needed for that: any others do.
    public var rules: [SlateRule]
    /// Groups of rules that, given up alone, leave a slate that keeps all others.
    public var remedies: [SlateRule.Group]
    /// False where time ran out: then ``rules`` may name more than is needed, and ``remedies`` too few.
    public var isComplete: Bool
}
