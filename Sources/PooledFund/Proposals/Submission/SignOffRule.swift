/// Whose signature counts for a party.
struct SignOffRule {
    let party: ProposalForm.Signature.Party
    let proposal: Proposal
    let version: ProposalVersion
    let form: ProposalForm
    let choices: FormChoices

    init(
        _ party: ProposalForm.Signature.Party, _ proposal: Proposal, _ version: ProposalVersion, _ form: ProposalForm,
        _ choices: FormChoices
    ) {
        self.party = party
        self.proposal = proposal
        self.version = version
        self.form = form
        self.choices = choices
    }

    /// A focal point signs for an organization that takes part; the others for a country that the version names, and a local authority only if the
    /// version names it, where the form asks which take part.
    ///
    /// - Parameter isOnBehalf: whether an officer records what somebody signed elsewhere: it is for the officer to know that a local authority is meant
    ///   that the version calls otherwise.
    func lets(_ holding: RoleHolding, isOnBehalf: Bool = false) -> Bool {
        guard isOfCountry(holding) else { return false }
        return party != .localAuthorities || isOnBehalf || isNamed(holding.organization)
    }

    /// Whether nothing keeps somebody from signing but that the version does not name their local authority.
    func lacksName(_ holding: RoleHolding) -> Bool { party == .localAuthorities && isOfCountry(holding) && !isNamed(holding.organization) }

    private func isOfCountry(_ holding: RoleHolding) -> Bool {
        guard holding.role == party.role else { return false }
        if party == .organizations { return proposal.organizations.contains(holding.organization) }
        guard let country = choices.organization(holding.organization)?.country else { return party == .residentCoordinator }
        return version.facts.countries.contains(country)
    }

    private func isNamed(_ organization: String) -> Bool {
        guard form.asksForLocalAuthorities, let names = choices.organization(organization)?.names else { return true }
        return version.facts.localAuthorities.contains { names.contains(ComparedName($0)) }
    }
}

extension ProposalForm {
    /// Whether it asks which local authorities take part: in a field of its own, or in rows.
    fileprivate var asksForLocalAuthorities: Bool {
        fields.contains { _, field in
            if case .rows(let columns, _) = field.kind { return columns.contains { $0.fact == .localAuthorities } }
            return field.fact == .localAuthorities
        }
    }
}
