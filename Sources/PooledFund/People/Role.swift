/// What somebody may do in a fund. The names are permanent: they stand in the record.
///
/// Pooled funds of the UN keep three functions apart, which no person may mix: administering the money, deciding on it, and implementing with it.
/// Which roles a person may not hold together is said by the fund's Terms (``PeopleRules/firewall``).
public enum Role: String, Sendable, Hashable, CaseIterable, Codable {
    /// Runs the program for the fund: lets people in, ends roles, sees the audit trail.
    case administrator
    /// An officer of the Fund Management Unit, the fund's secretariat.
    case fundManagementUnitOfficer = "fmu-officer"
    /// Receives, holds and transfers the money.
    case administrativeAgent = "administrative-agent"
    /// Answers for a participating UN organization (PUNO) in the fund.
    case participatingOrganizationFocalPoint = "puno-focal-point"
    /// Writes with others on proposals and reports, and answers for nothing.
    case contributorToText = "contributor-to-text"
    case residentCoordinator = "resident-coordinator"
    /// Speaks for a ministry or another part of a State.
    case governmentCounterpart = "government-counterpart"
    case localAuthority = "local-authority"
    case technicalReviewer = "technical-reviewer"
    case steeringCommitteeMember = "steering-committee-member"
    case steeringCommitteeAlternate = "steering-committee-alternate"
    /// Speaks for a contributor to the fund.
    case contributor
    /// Reads everything of an engagement, and writes nothing.
    case auditor

    /// What a holding of the role must name besides the person.
    public enum Party: Sendable, Hashable {
        /// An organization of one of these kinds.
        case organization(Set<Organization.Kind>)
        /// A contributor of the fund.
        case contributor
    }

    /// Whom the holder speaks for.
    public var party: Party {
        switch self {
        case .administrator, .technicalReviewer, .contributorToText, .auditor, .fundManagementUnitOfficer, .steeringCommitteeMember,
            .steeringCommitteeAlternate:
            .organization(Set(Organization.Kind.allCases))
        case .administrativeAgent, .participatingOrganizationFocalPoint, .residentCoordinator: .organization([.unitedNations])
        case .governmentCounterpart: .organization([.government])
        case .localAuthority: .organization([.localAuthority, .localAuthorityNetwork])
        case .contributor: .contributor
        }
    }

    /// Whether a holding is for a seat of the Steering Committee.
    public var needsSeat: Bool { self == .steeringCommitteeMember || self == .steeringCommitteeAlternate }

    /// Whether a holding is for an engagement, which has an end.
    public var needsEngagement: Bool { self == .auditor }

    /// Whether it is given and ended by whoever has the right to, in person: a letter that another reads is not enough.
    public var isGivenInPerson: Bool {
        switch self {
        case .administrator, .administrativeAgent, .auditor: true
        default: false
        }
    }

    /// Who may invite somebody to this role, besides the operator of the machine. A focal point invites for its own organization only.
    public var invitedBy: Set<Role> {
        switch self {
        case .administrator, .auditor: [.administrator]
        case .administrativeAgent: [.administrator, .administrativeAgent]
        case .participatingOrganizationFocalPoint, .contributorToText:
            [.administrator, .fundManagementUnitOfficer, .participatingOrganizationFocalPoint]
        case .fundManagementUnitOfficer, .residentCoordinator, .governmentCounterpart, .localAuthority, .technicalReviewer,
            .steeringCommitteeMember, .steeringCommitteeAlternate, .contributor:
            [.administrator, .fundManagementUnitOfficer]
        }
    }
}
