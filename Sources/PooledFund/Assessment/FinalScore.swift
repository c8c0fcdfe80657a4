public import Ledger

/// What a document of a proposal scored in the end, as the committee sees it.
public struct FinalScore: Sendable, Hashable {
    public let proposal: String
    public let document: ProposalDocument
    /// The number of the version that was assessed.
    public let version: Int
    /// Hundredths of a percent of the rubric's full marks, from 0 to 10,000.
    public let hundredths: Int
    /// Whether it reaches the threshold that the Terms had on the day.
    public let isAboveThreshold: Bool
}

/// How an assessment was concluded.
public struct FinalAssessment: Sendable, Hashable {
    public let score: FinalScore
    /// In percent of full marks.
    public let threshold: Int
    /// How far the assessments lay apart, in hundredths of a percentage point.
    public let spread: Int
    /// Whether somebody of the secretariat set the scores.
    public let isModerated: Bool
    /// Why they were set so; may be empty where they were not.
    public let reason: String
    public let sheet: ScoreSheet
    public let concludedAt: Instant
}
