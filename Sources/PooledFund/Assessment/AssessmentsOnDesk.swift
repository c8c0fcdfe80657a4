internal import Ledger
internal import SQL

/// What waits on desks of screening and assessment.
extension DeskReading {
    func assessments() throws -> [DeskItem] {
        let isOfficer = roles.contains(.fundManagementUnitOfficer)
        guard isOfficer || roles.contains(.technicalReviewer) else { return [] }
        let waiting = try ProposalQueries.proposals(of: fund, in: transaction).filter { $0.stage.waitsForScreening || $0.stage.isEligible }
        guard !waiting.isEmpty else { return [] }
        let mine = roles.contains(.technicalReviewer) ? try ownAssessments(waiting) : []
        return try mine + (isOfficer ? waiting.compactMap(ofSecretariat) : [])
    }

    private func ownAssessments(_ waiting: [Proposal]) throws -> [DeskItem] {
        try ReviewerQueries.assignments(to: visitor.id, in: fund, transaction).filter(\.isActive).compactMap { assignment in
            guard let proposal = waiting.first(where: { $0.code == assignment.proposal }), proposal.stage.document == assignment.document,
                let file = try AssessmentFile.read(proposal, of: fund, people.terms, in: transaction), file.isOpen,
                file.assessment(by: visitor.id) == nil
            else { return nil }
            return DeskItem(
                kind: .assessmentDue, fund: fund, subject: .proposal(code: proposal.code), since: assignment.since, due: assignment.dueOn)
        }
    }

    private func ofSecretariat(_ proposal: Proposal) throws -> DeskItem? {
        func item(_ kind: DeskItem.Kind, since: Instant? = nil, due: CivilDate? = nil) -> DeskItem {
            DeskItem(kind: kind, fund: fund, subject: .proposal(code: proposal.code), since: since ?? proposal.stageSince, due: due)
        }
        if proposal.stage.waitsForScreening { return item(.screeningWaits) }
        guard let file = try AssessmentFile.read(proposal, of: fund, people.terms, in: transaction), file.conclusion == nil else {
            return nil
        }
        // What is not scored goes to the committee when somebody says so; the second document needs no word.
        guard let rules = file.rules else { return proposal.stage == .eligible ? item(.conclusionWaits) : nil }
        let counted = file.counted
        let outstanding = file.active.filter { file.assessment(by: $0.reviewer) == nil && isReviewer($0.reviewer) }
        if counted.count + outstanding.count < rules.reviewers {
            return item(.reviewersMissing, since: file.assignments.filter { !$0.isActive }.map(\.since).max())
        }
        guard outstanding.isEmpty || counted.count >= rules.reviewers else {
            return item(.assessmentAwaited, since: outstanding.map(\.since).min(), due: outstanding.map(\.dueOn).min())
        }
        let since = counted.map(\.sealedAt).max()
        return item(rules.asksForModeration(counted) ? .moderationWaits : .conclusionWaits, since: since)
    }

    /// Whether the role is still held: whose ended delivers nothing any more.
    private func isReviewer(_ person: String) -> Bool {
        people.person(person)?.holdings.contains { $0.holding.role == .technicalReviewer && $0.standing == .current } ?? false
    }
}
