internal import SQL

/// A document of a proposal as whoever assesses it, or sees to it that it is assessed, does.
public struct AssessmentOnDesk: Sendable {
    public let fund: String
    public let proposal: Proposal
    public let document: ProposalDocument
    public let terms: Terms
    public let form: ProposalForm
    public let choices: FormChoices
    public let version: ProposalVersion
    /// Nil where the document is not scored.
    public let rules: AssessmentRules?
    /// Whether the reader is of the secretariat, or audits it; otherwise they assess the proposal.
    public let isSecretariat: Bool
    /// The reader's own; nil for whoever is of the secretariat.
    public let own: Own?
    /// As far as the reader may see them: a reviewer sees those of others once the assessment is concluded.
    public let readings: [Reading]
    /// Who is assigned, and who was; only for the secretariat.
    public let assignments: [ReviewerAssignment]
    /// What those that count come to together; nil for a reviewer before the conclusion.
    public let sheet: ScoreSheet?
    /// How far they lie apart, in hundredths of a percentage point.
    public let spread: Int
    public let asksForModeration: Bool
    public let conclusion: FinalAssessment?
    /// Whether the reader may write or conclude now. The door asks again.
    public let isOpen: Bool
    /// The names of people by their ids, as far as the reader learns them.
    public let names: [String: String]

    /// What the reader has written.
    public struct Own: Sendable {
        public let assignment: ReviewerAssignment
        /// Nil while nothing is being written.
        public let draft: AssessmentDraft?
        /// Nil while nothing was sealed.
        public let sealed: SealedAssessment?
    }

    /// An assessment that counts, or did.
    public struct Reading: Sendable, Identifiable {
        public var id: Int { number }
        /// What a reader is called who is not named.
        public let number: Int
        /// Nil for whoever does not learn it.
        public let reviewer: String?
        public let assessment: SealedAssessment
        /// In hundredths of a percent of full marks.
        public let total: Int
    }

    /// Whether as many assessments are there as the Terms ask for.
    public var isComplete: Bool { rules.map { readings.count >= $0.reviewers } ?? true }
}

extension Office {
    /// The assessment of what a proposal has come to; nil if there is none, or none that the reader may see.
    public nonisolated func assessment(
        of code: String, seenBy visitor: SignedInPerson, in fund: String
    ) async throws -> AssessmentOnDesk? {
        try await database.read { transaction in
            guard let terms = try TermsOnRecord.read(fund, in: transaction),
                let proposal = try ProposalQueries.proposal(code, of: fund, in: transaction), proposal.stage.isReadByReviewers,
                let form = terms.form(proposal.stage.document),
                let file = try AssessmentFile.read(proposal, of: fund, terms, in: transaction)
            else { return nil }
            return try AssessmentDesk(file: file, form: form, visitor: visitor, transaction: transaction).model()
        }
    }
}

/// Puts together what somebody sees of an assessment.
private struct AssessmentDesk {
    let file: AssessmentFile
    let form: ProposalForm
    let visitor: SignedInPerson
    let transaction: any ReadTransaction

    private var roles: Set<Role> { visitor.roles(in: file.fund) }

    func model() throws -> AssessmentOnDesk? {
        let isSecretariat = visitor.readsScreening(in: file.fund)
        let own = try isSecretariat ? nil : own()
        guard isSecretariat || own != nil else { return nil }
        let (readings, counted) = (readings(isSecretariat), file.counted)
        let seesAll = isSecretariat || file.conclusion != nil
        let people = isSecretariat ? file.assignments.map(\.reviewer) : readings.compactMap(\.reviewer)
        let seesNames = file.rules?.showsNames(to: roles) ?? isSecretariat
        return AssessmentOnDesk(
            fund: file.fund, proposal: file.proposal, document: file.document, terms: file.terms, form: form,
            choices: try FormChoices.read(file.fund, file.terms, in: transaction), version: file.version, rules: file.rules,
            isSecretariat: isSecretariat, own: own, readings: readings, assignments: isSecretariat ? file.assignments : [],
            sheet: seesAll && !counted.isEmpty ? file.rules?.sheet(of: counted) : nil,
            spread: seesAll ? file.rules?.spread(of: counted) ?? 0 : 0,
            asksForModeration: seesAll ? file.rules?.asksForModeration(counted) ?? false : false, conclusion: file.conclusion,
            isOpen: !visitor.isReadOnly && isOpen(isSecretariat),
            names: try seesNames ? WorkspaceQueries.particulars(of: Set(people).sorted(), in: transaction).mapValues(\.name) : [:])
    }

    private func isOpen(_ isSecretariat: Bool) -> Bool {
        guard isSecretariat else { return file.isOpen }
        let isConcluded = file.rules == nil && file.proposal.stage != .eligible || file.conclusion != nil
        return visitor.isOfficer(in: file.fund) && file.proposal.stage.isEligible && !isConcluded
    }

    /// - Returns: nil for whoever is not to assess it: they learn nothing of what there is.
    private func own() throws -> AssessmentOnDesk.Own? {
        guard roles.contains(.technicalReviewer), let assignment = file.active.first(where: { $0.reviewer == visitor.id }) else {
            return nil
        }
        return AssessmentOnDesk.Own(
            assignment: assignment,
            draft: try AssessmentQueries.draft(of: file.proposal.code, file.document, by: visitor.id, in: file.fund, transaction),
            sealed: file.assessment(by: visitor.id))
    }

    /// Each reader is called by the same number for everybody.
    private func readings(_ isSecretariat: Bool) -> [AssessmentOnDesk.Reading] {
        guard let rules = file.rules else { return [] }
        let seesNames = rules.showsNames(to: roles)
        return file.counted.enumerated().compactMap { index, assessment in
            let isOwn = assessment.reviewer == visitor.id
            guard isSecretariat || isOwn || file.conclusion != nil else { return nil }
            return AssessmentOnDesk.Reading(
                number: index + 1, reviewer: seesNames || isOwn ? assessment.reviewer : nil, assessment: assessment,
                total: rules.total(of: assessment))
        }
    }
}
