/// How much of a proposal somebody sees.
public enum ProposalSight: Int, Sendable, Hashable, Comparable {
    /// That there is one: its code, who takes part, and how far it has come.
    case listed
    /// What was submitted, besides.
    case submitted
    /// What is being written, besides.
    case draft

    public static func < (left: ProposalSight, right: ProposalSight) -> Bool { left.rawValue < right.rawValue }
}

/// Who asks to see, or to do something with, a proposal: what their roles in the fund come to.
struct ProposalReader {
    let holdings: [RoleHolding]
    let choices: FormChoices
    /// The proposals that are on agendas of the committee and that the person does not leave.
    let committeeItems: Set<String>

    init(_ visitor: SignedInPerson, in fund: String, _ choices: FormChoices, committeeItems: Set<String> = []) {
        self.committeeItems = committeeItems
        let roles = visitor.roles(in: fund)
        holdings = visitor.holdings.filter { $0.fund == fund && roles.contains($0.role) }
        self.choices = choices
    }

    /// Nil for whoever sees nothing of it.
    ///
    /// - Parameter countries: those that the proposal is about, as far as is known.
    func sight(of proposal: Proposal, countries: [String], isSubmitted: Bool) -> ProposalSight? {
        holdings.compactMap { holding -> ProposalSight? in
            switch holding.role {
            case .participatingOrganizationFocalPoint, .contributorToText:
                return proposal.organizations.contains(holding.organization) ? .draft : nil
            case .fundManagementUnitOfficer, .auditor: return isSubmitted ? .submitted : .listed
            case .administrator: return .listed
            case .residentCoordinator:
                guard let country = choices.organization(holding.organization)?.country else { return isSubmitted ? .submitted : nil }
                return countries.contains(country) ? .draft : nil
            case .governmentCounterpart, .localAuthority:
                return isSubmitted && speaks(holding, for: countries) ? .submitted : nil
            case .steeringCommitteeMember, .steeringCommitteeAlternate:
                return isSubmitted && committeeItems.contains(proposal.code) ? .submitted : nil
            case .administrativeAgent, .technicalReviewer, .contributor:
                return nil
            }
        }.max()
    }

    /// Whether the holder's organization is of one of the countries.
    private func speaks(_ holding: RoleHolding, for countries: [String]) -> Bool {
        choices.organization(holding.organization)?.country.map(countries.contains) ?? false
    }

    /// The organizations that take part for which the person writes.
    func writes(_ proposal: Proposal) -> Bool {
        holdings.contains { Self.writers.contains($0.role) && proposal.organizations.contains($0.organization) }
    }

    func isFocalPoint(of organization: String) -> Bool {
        holdings.contains { $0.role == .participatingOrganizationFocalPoint && $0.organization == organization }
    }

    var isOfficer: Bool { holdings.contains { $0.role == .fundManagementUnitOfficer } }

    static let writers: Set<Role> = [.participatingOrganizationFocalPoint, .contributorToText]
}
