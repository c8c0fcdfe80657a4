/// What was found of a criterion of the Terms when a version was screened.
public struct EligibilityFinding: Sendable, Hashable, Identifiable {
    public var id: String { criterion }
    public let criterion: String
    /// What the program found by itself.
    public let system: RuleFinding
    /// What counts.
    public let answer: Answer
    /// Why, where somebody of the secretariat answered.
    public let reason: String

    /// Whether an officer answered otherwise than the program.
    public var isOverruled: Bool { system.answer != .open && system.answer.rawValue != answer.rawValue }

    /// The names are permanent: they stand in the record.
    public enum Answer: String, Sendable, Hashable, CaseIterable, Codable {
        case met
        case notMet = "not-met"
        /// It is not asked of this proposal.
        case notAsked = "not-asked"
        /// It is not met, and need not be.
        case waived
    }
}

/// What comes of a screening.
public enum ScreeningOutcome: String, Sendable, Hashable, CaseIterable, Codable {
    case eligible
    case returned
    case ineligible
}

extension ProposalStage {
    /// The stage that a screening leads to; nil where nothing waits to be screened, or the document has no such outcome.
    func screened(_ outcome: ScreeningOutcome) -> ProposalStage? {
        switch (self, outcome) {
        case (.submitted, .eligible): .eligible
        case (.submitted, .returned): .returned
        case (.submitted, .ineligible): .ineligible
        case (.documentSubmitted, .eligible): .documentEligible
        case (.documentSubmitted, .returned): .documentReturned
        default: nil
        }
    }

    /// Whether it waits to be screened.
    public var waitsForScreening: Bool { self == .submitted || self == .documentSubmitted }

    /// Whether it is eligible, and waits to be assessed or, where nothing is scored, for the committee.
    public var isEligible: Bool { self == .eligible || self == .documentEligible }

    /// Whether those who assess it may read what was submitted: from the day on which it is eligible until it is decided.
    var isReadByReviewers: Bool { isEligible || self == .assessed || self == .deferred }
}
