public import Ledger

/// What was saved of a section last.
public struct SectionDraft: Sendable, Hashable {
    public let section: String
    /// Counts the savings, from 1 on; whoever saves says which one they read.
    public let revision: Int
    public let answers: SectionAnswers
    /// The id of whoever saved it.
    public let author: String
    public let savedAt: Instant
}

/// What somebody wrote in a section while somebody else saved it: kept until its author has looked at both.
public struct DraftAside: Sendable, Hashable {
    public let section: String
    public let author: String
    /// The revision that its author had read.
    public let revision: Int
    public let answers: SectionAnswers
    public let savedAt: Instant
}

/// What is said of a section.
public struct SectionComment: Sendable, Hashable, Identifiable {
    public let id: String
    public let section: String
    public let audience: Audience
    public let author: String
    public let remark: String
    public let writtenAt: Instant
    /// When it was settled; nil as long as it is open.
    public let settledAt: Instant?

    public enum Audience: String, Sendable, Hashable, CaseIterable, Codable {
        /// Those who write the proposal.
        case writers
        /// They, and the Fund Management Unit.
        case secretariat
    }
}
