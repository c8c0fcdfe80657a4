/// How a fund assesses what is eligible: the rubric, who reads, and what is made of their scores; as its Terms have it.
public struct AssessmentRules: Sendable, Hashable {
    /// The documents that are scored; of others the committee learns no score.
    public let documents: [ProposalDocument]
    public let criteria: [Criterion]
    /// The scores that may be given for a criterion, the last of them full marks.
    public let scale: ClosedRange<Int>
    /// The share of full marks, in percent, from which on the quality is enough.
    public let threshold: Int
    /// How many reviewers must have assessed a document.
    public let reviewers: Int
    /// How many percentage points the highest and the lowest assessment may lie apart before somebody has to moderate.
    public let moderationSpread: Int
    public let namesVisibleTo: NameVisibility
    /// How long a reviewer has, in days.
    public let days: Int
    /// How many days before that a reviewer is reminded.
    public let reminderDays: Int
    /// What keeps somebody from reviewing a proposal, besides an interest that they declare.
    public let conflicts: Set<Conflict>
    public let standing: Standing

    public struct Criterion: Sendable, Hashable, Identifiable {
        public let id: String
        public let name: String
        /// What a reviewer looks at; may be empty.
        public let help: String
        /// How much it counts beside the others.
        public let weight: Int
    }

    /// Who learns which reviewer said what. The names stand in the Terms.
    public enum NameVisibility: String, Sendable, Hashable, CaseIterable {
        /// The Fund Management Unit, and whoever audits the fund.
        case secretariat
        /// Those who decide, besides.
        case committee
        /// Everybody who may see the assessment.
        case proposers
    }

    /// The names stand in the Terms.
    public enum Conflict: String, Sendable, Hashable, CaseIterable {
        /// An organization that the reviewer speaks for takes part.
        case ownOrganization = "own-organization"
        /// The country of an organization that the reviewer speaks for is one that the proposal names.
        case ownCountry = "own-country"
    }

    public func criterion(_ id: String) -> Criterion? { criteria.first { $0.id == id } }

    public func isScored(_ document: ProposalDocument) -> Bool { documents.contains(document) }

    /// Whether somebody with these roles learns the reviewers' names.
    public func showsNames(to roles: Set<Role>) -> Bool {
        switch namesVisibleTo {
        case .secretariat: !roles.isDisjoint(with: [.fundManagementUnitOfficer, .auditor])
        case .committee:
            !roles.isDisjoint(with: [.fundManagementUnitOfficer, .auditor, .steeringCommitteeMember, .steeringCommitteeAlternate])
        case .proposers: true
        }
    }
}
