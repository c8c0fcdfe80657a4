internal import Ledger
internal import SQL

/// What waits on desks of calls and proposals.
extension DeskReading {
    func proposals() throws -> [DeskItem] {
        let concerned = ProposalReader.writers.union([
            .fundManagementUnitOfficer, .residentCoordinator, .governmentCounterpart, .localAuthority,
        ])
        guard !roles.isDisjoint(with: concerned), !people.terms.forms.isEmpty else { return [] }
        let choices = try FormChoices.read(fund, people.terms, in: transaction)
        let reader = ProposalReader(visitor, in: fund, choices)
        let proposals = try ProposalQueries.proposals(of: fund, in: transaction)
        return try unanswered(reader) + proposals.compactMap { try written($0, reader) }
            + proposals.filter { !$0.stage.isFinal }.compactMap { try signature($0, reader, choices) }
    }

    private func unanswered(_ reader: ProposalReader) throws -> [DeskItem] {
        guard reader.isOfficer else { return [] }
        return try CallQueries.questions(of: fund, in: transaction).filter { $0.answer == nil }.map { asked in
            DeskItem(
                kind: .questionUnanswered, fund: fund, subject: .question(call: asked.call, id: asked.id), since: asked.askedAt, due: nil)
        }
    }

    private func written(_ proposal: Proposal, _ reader: ProposalReader) throws -> DeskItem? {
        guard reader.writes(proposal), let kind = proposal.stage.waiting else { return nil }
        let subject = DeskItem.Subject.proposal(code: proposal.code)
        guard kind == .draftDue else {
            return DeskItem(
                kind: kind, fund: fund, subject: subject, since: proposal.stageSince,
                due: (proposal.revisionDue?.at).map(people.days.day))
        }
        guard let closesAt = try CallQueries.call(proposal.call, of: fund, in: transaction)?.closesAt, now <= closesAt else { return nil }
        let due = people.days.day(of: closesAt)
        guard try due.adding(days: -DeskItem.noticeDays) <= people.today else { return nil }
        return DeskItem(kind: kind, fund: fund, subject: subject, since: proposal.stageSince, due: due)
    }

    /// Whether the person could be among those who sign, before the version is read that says so.
    private func isConcerned(_ reader: ProposalReader, _ proposal: Proposal, _ form: ProposalForm) -> Bool {
        let signing = Set(form.signatures.map(\.party.role)).union([.participatingOrganizationFocalPoint])
        return reader.holdings.contains { holding in
            signing.contains(holding.role)
                && (holding.role != .participatingOrganizationFocalPoint || proposal.organizations.contains(holding.organization))
        }
    }

    private func signature(_ proposal: Proposal, _ reader: ProposalReader, _ choices: FormChoices) throws -> DeskItem? {
        guard proposal.stage.isSignedOff(proposal.stage.document), let form = people.terms.form(proposal.stage.document),
            isConcerned(reader, proposal, form),
            let version = try ProposalQueries.latestVersion(
                of: proposal.code, form.document, in: fund, people.terms.currency, in: transaction)
        else { return nil }
        let given = try SubmissionQueries.signOffs(of: proposal.code, in: fund, transaction).filter {
            $0.document == form.document && $0.version == version.number
        }
        func item(_ kind: DeskItem.Kind) -> DeskItem {
            DeskItem(kind: kind, fund: fund, subject: .proposal(code: proposal.code), since: version.submittedAt, due: nil)
        }
        let mine = form.signatures.contains { signature in
            reader.holdings.contains { holding in
                SignOffRule(signature.party, proposal, version, form, choices).lets(holding)
                    && !given.contains { $0.party == signature.party && $0.organization == holding.organization }
            }
        }
        if mine { return item(.signOffWaits) }
        let isAwaited = form.signatures.contains { signature in
            let signed = given.filter { $0.party == signature.party }.map(\.organization)
            if signature.party == .organizations { return proposal.organizations.contains { !signed.contains($0) } }
            return signature.isRequired && signed.isEmpty
        }
        return isAwaited && reader.isFocalPoint(of: proposal.lead) ? item(.signOffAwaited) : nil
    }
}

extension ProposalStage {
    /// What its writers are reminded of.
    fileprivate var waiting: DeskItem.Kind? {
        switch self {
        case .drafting: .draftDue
        case .returned, .documentReturned: .proposalReturned
        case .invited: .documentInvited
        default: nil
        }
    }
}
