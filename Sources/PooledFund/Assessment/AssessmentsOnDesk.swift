internal import Ledger
internal import SQL

/// What waits on desks of screening and assessment.
extension DeskReading {
    func assessments() throws -> [DeskItem] {
        let isOfficer = roles.contains(.fundManagementUnitOfficer)
        guard isOfficer || roles.contains(.technicalReviewer) else { return [] }
        let files = try AssessmentFile.underWay(in: fund, people.terms, transaction).filter(\.proposal.stage.isEligible)
        let mine = roles.contains(.technicalReviewer) ? files.compactMap(ownAssessment) : []
        return try mine + (isOfficer ? toScreen() + files.compactMap(ofSecretariat) : [])
    }

    private func ownAssessment(_ file: AssessmentFile) -> DeskItem? {
        guard file.isOpen, file.assessment(by: visitor.id) == nil,
            let assignment = file.active.first(where: { $0.reviewer == visitor.id })
        else { return nil }
        return DeskItem(
            kind: .assessmentDue, fund: fund, subject: .proposal(code: file.proposal.code), since: assignment.since, due: assignment.dueOn)
    }

    private func toScreen() throws -> [DeskItem] {
        try ProposalQueries.proposals(of: fund, in: transaction).filter(\.stage.waitsForScreening).map {
            DeskItem(kind: .screeningWaits, fund: fund, subject: .proposal(code: $0.code), since: $0.stageSince, due: nil)
        }
    }

    private func ofSecretariat(_ file: AssessmentFile) -> DeskItem? {
        let proposal = file.proposal
        func item(_ kind: DeskItem.Kind, since: Instant? = nil, due: CivilDate? = nil) -> DeskItem {
            DeskItem(kind: kind, fund: fund, subject: .proposal(code: proposal.code), since: since ?? proposal.stageSince, due: due)
        }
        guard file.conclusion == nil else { return nil }
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
