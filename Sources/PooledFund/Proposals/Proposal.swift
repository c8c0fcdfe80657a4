public import Ledger

/// What asks the fund for money, as it stands: who takes part, and how far it has come.
public struct Proposal: Sendable, Hashable, Identifiable {
    public var id: String { code }
    /// Kept for good; the programme that comes of it has the same.
    public let code: String
    /// The call that it answers; empty for one that came without a call.
    public let call: String
    /// The organization that coordinates it.
    public let lead: String
    /// All that take part, the lead first, then by their ids.
    public let organizations: [String]
    public let stage: ProposalStage
    /// When it came to the stage.
    public let stageSince: Instant
    /// The words that its proposers were told when it came to the stage; may be empty.
    public let stageReason: String
    /// Until when what was returned is taken again; nil where it was not returned, or with no end.
    public let revisionDue: RevisionDue?
}

/// The last moment at which what was returned is taken again.
public struct RevisionDue: Sendable, Hashable {
    public let at: Instant
    /// Why it was changed since the return; empty as long as it was not.
    public let reason: String
}

/// A stage that a proposal came to.
public struct StageReached: Sendable, Hashable {
    public let stage: ProposalStage
    public let since: Instant
    /// The words that its proposers were told; may be empty.
    public let reason: String
}

/// What was submitted: it never changes.
public struct ProposalVersion: Sendable, Hashable {
    public let proposal: String
    public let document: ProposalDocument
    /// From 1 on, within the document.
    public let number: Int
    /// The answers to the form, as JSON in its one canonical form.
    public let content: String
    /// SHA-256 of the UTF-8 bytes of `content`; printed on what is signed and decided on.
    public let contentDigest: [UInt8]
    public let submittedAt: Instant
    public let facts: ProposalFacts
}

/// What lists, rules and the committee ask of a version, taken out of its content when it is submitted.
public struct ProposalFacts: Sendable, Hashable {
    public let title: String
    /// A number of the Terms; nil if the form does not ask for one.
    public let thematicArea: Int?
    public let objectives: [Int]
    /// ISO 3166-1 alpha-3.
    public let countries: [String]
    /// The regions of the Terms that the countries are in, or that the proposal names instead; in the order of the Terms.
    public let regions: [String]
    /// As they are called in the proposal.
    public let localAuthorities: [String]
    public let durationMonths: Int?
    /// What each organization would receive, in the fund's currency; in the order of the ids.
    public let amounts: [Amount]

    public struct Amount: Sendable, Hashable {
        public let organization: String
        public let amount: Money

        public init(organization: String, amount: Money) {
            self.organization = organization
            self.amount = amount
        }
    }

    public init(
        title: String, thematicArea: Int?, objectives: [Int], countries: [String], regions: [String], localAuthorities: [String],
        durationMonths: Int?, amounts: [Amount]
    ) {
        self.title = title
        self.thematicArea = thematicArea
        self.objectives = objectives
        self.countries = countries
        self.regions = regions
        self.localAuthorities = localAuthorities
        self.durationMonths = durationMonths
        self.amounts = amounts.sorted { $0.organization < $1.organization }
    }

    /// The sum of the amounts.
    ///
    /// - Throws: `MoneyError` if it is beyond what 64 bits hold.
    public func budget(in currency: Currency) throws(MoneyError) -> Money { try Money.sum(amounts.map { $0.amount }, in: currency) }
}
