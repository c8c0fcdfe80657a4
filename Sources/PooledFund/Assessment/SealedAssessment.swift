public import Ledger

/// What a reviewer makes of a version: a score and the reason for each criterion. A correction is a newer one.
public struct SealedAssessment: Sendable, Hashable {
    public let reviewer: String
    public let version: Int
    /// On the whole; may be empty.
    public let remark: String
    /// By the ids of the criteria.
    public let scores: [String: Score]
    public let sealedAt: Instant
    /// How many were sealed before, and are corrected by this one.
    public let corrected: Int

    public struct Score: Sendable, Hashable {
        public let score: Int
        public let justification: String
    }
}

/// What a reviewer is writing; it is not of the record.
public struct AssessmentDraft: Sendable, Hashable {
    /// Counts the savings, from 1 on.
    public let revision: Int
    /// By the ids of the criteria, as far as anything was written.
    public let scores: [String: Score]
    public let remark: String
    public let savedAt: Instant

    public struct Score: Sendable, Hashable {
        /// Nil while none is given.
        public let score: Int?
        public let justification: String
    }
}
