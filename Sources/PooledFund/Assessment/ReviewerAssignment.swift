public import Ledger

/// That somebody is to assess a document of a proposal, or was.
public struct ReviewerAssignment: Sendable, Hashable {
    public let proposal: String
    public let document: ProposalDocument
    /// The person's id.
    public let reviewer: String
    public let state: State
    /// The last day for it.
    public let dueOn: CivilDate
    /// Why it is no longer; empty while it is.
    public let reason: String
    public let since: Instant

    public var isActive: Bool { state == .assigned }

    /// The names are permanent: they stand in the record.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case assigned
        /// The secretariat took it back.
        case withdrawn
        /// The reviewer declared a conflict.
        case steppedBack = "stepped-back"
    }
}

/// What a reviewer knows about, and where they have an interest.
public struct ReviewerExpertise: Sendable, Hashable {
    /// Numbers of thematic areas.
    public let areas: [Int]
    /// Ids of regions of the Terms.
    public let regions: [String]
    /// ISO 639 codes, in small letters.
    public let languages: [String]
    /// Organizations whose proposals the reviewer does not assess.
    public let organizations: [String]
    /// Countries, likewise; ISO 3166-1 alpha-3.
    public let countries: [String]

    public static let none = ReviewerExpertise(areas: [], regions: [], languages: [], organizations: [], countries: [])

    public init(areas: [Int], regions: [String], languages: [String], organizations: [String], countries: [String]) {
        self.areas = areas
        self.regions = regions
        self.languages = languages
        self.organizations = organizations
        self.countries = countries
    }
}
