internal import SQL

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
    /// The documents that the person is to assess, by the codes of the proposals.
    let assigned: [String: Set<ProposalDocument>]

    init(_ visitor: SignedInPerson, in fund: String, _ choices: FormChoices, assigned: [String: Set<ProposalDocument>] = [:]) {
        let roles = visitor.roles(in: fund)
        holdings = visitor.holdings.filter { $0.fund == fund && roles.contains($0.role) }
        self.choices = choices
        self.assigned = assigned
    }

    /// With what the person is to assess.
    static func read(
        _ visitor: SignedInPerson, in fund: String, _ choices: FormChoices, _ transaction: any ReadTransaction
    ) throws -> ProposalReader {
        let isReviewer = visitor.roles(in: fund).contains(.technicalReviewer)
        let assigned = isReviewer ? try ReviewerQueries.assigned(to: visitor.id, in: fund, transaction) : [:]
        return ProposalReader(visitor, in: fund, choices, assigned: assigned)
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
            case .technicalReviewer: return isSubmitted && assesses(proposal) ? .submitted : nil
            case .administrativeAgent, .steeringCommitteeMember, .steeringCommitteeAlternate, .contributor:
                return nil
            }
        }.max()
    }

    /// Whether the person is to assess what was submitted, or did, and it is not decided yet.
    func assesses(_ proposal: Proposal) -> Bool {
        proposal.stage.isReadByReviewers && assigned[proposal.code]?.contains(proposal.stage.document) ?? false
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
