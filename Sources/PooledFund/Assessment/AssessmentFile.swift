internal import Ledger
internal import SQL

/// A document of a proposal with all that its assessment is made of.
struct AssessmentFile {
    let fund: String
    let terms: Terms
    let proposal: Proposal
    /// The document that the proposal has come to.
    let document: ProposalDocument
    /// What was submitted last.
    let version: ProposalVersion
    /// Of the document, as they stand.
    let assignments: [ReviewerAssignment]
    /// Of the version, of each reviewer the latest; those of reviewers that are no longer assigned among them.
    let assessments: [SealedAssessment]
    let conclusion: FinalAssessment?

    /// Nil where the document is not scored.
    var rules: AssessmentRules? { terms.assessment.flatMap { $0.isScored(document) ? $0 : nil } }

    /// Whether reviewers write: it is eligible, scored, and not concluded.
    var isOpen: Bool { proposal.stage.isEligible && rules != nil && conclusion == nil }

    var active: [ReviewerAssignment] { assignments.filter(\.isActive) }

    /// The assessments that count: those of reviewers who did not step back and were not withdrawn.
    var counted: [SealedAssessment] {
        let reviewers = Set(active.map(\.reviewer))
        return assessments.filter { reviewers.contains($0.reviewer) }
    }

    func assessment(by reviewer: String) -> SealedAssessment? { assessments.first { $0.reviewer == reviewer } }

    /// - Returns: nil if nothing was submitted of the document that the proposal has come to.
    static func read(
        _ proposal: Proposal, of fund: String, _ terms: Terms, in transaction: any ReadTransaction
    ) throws -> AssessmentFile? {
        let document = proposal.stage.document
        guard
            let version = try ProposalQueries.latestVersion(
                of: proposal.code, document, in: fund, terms.currency, in: transaction)
        else { return nil }
        let key = AssessmentQueries.VersionKey(proposal: proposal.code, document: document, version: version.number)
        return AssessmentFile(
            fund: fund, terms: terms, proposal: proposal, document: document, version: version,
            assignments: try ReviewerQueries.assignments(of: proposal.code, document, in: fund, transaction),
            assessments: try AssessmentQueries.assessments(of: .version(key), in: fund, transaction)[key] ?? [],
            conclusion: try AssessmentQueries.conclusions(of: .version(key), in: fund, transaction)[key])
    }

    /// Those of every proposal that is eligible or waits for the committee, without the answers of the versions: as many queries however many there
    /// are.
    static func underWay(in fund: String, _ terms: Terms, _ transaction: any ReadTransaction) throws -> [AssessmentFile] {
        let proposals = try ProposalQueries.proposals(of: fund, in: transaction).filter(\.stage.isReadByReviewers)
        guard !proposals.isEmpty else { return [] }
        var versions: [ProposalDocument: [String: ProposalVersion]] = [:]
        for document in Set(proposals.map(\.stage.document)) {
            versions[document] = try ProposalQueries.latestVersions(
                of: document, in: fund, terms.currency, withContent: false, among: AssessmentQueries.underWay(in: fund), in: transaction)
        }
        let assignments = Dictionary(grouping: try ReviewerQueries.assignments(in: fund, transaction), by: \.proposal)
        let assessments = try AssessmentQueries.assessments(of: .underWay, in: fund, transaction)
        let conclusions = try AssessmentQueries.conclusions(of: .underWay, in: fund, transaction)
        return proposals.compactMap { proposal in
            let document = proposal.stage.document
            guard let version = versions[document]?[proposal.code] else { return nil }
            let key = AssessmentQueries.VersionKey(proposal: proposal.code, document: document, version: version.number)
            return AssessmentFile(
                fund: fund, terms: terms, proposal: proposal, document: document, version: version,
                assignments: (assignments[proposal.code] ?? []).filter { $0.document == document }, assessments: assessments[key] ?? [],
                conclusion: conclusions[key])
        }
    }
}

extension AssessmentRules {
    /// What one assessment comes to, in hundredths of a percent of full marks.
    public func total(of assessment: SealedAssessment) -> Int {
        ScoreSheet([assessment.scores.mapValues(\.score)], by: self).hundredths
    }

    /// What several come to together.
    public func sheet(of assessments: [SealedAssessment]) -> ScoreSheet {
        ScoreSheet(assessments.map { $0.scores.mapValues(\.score) }, by: self)
    }

    /// How far the highest and the lowest lie apart, in hundredths of a percentage point.
    public func spread(of assessments: [SealedAssessment]) -> Int {
        let totals = assessments.map(total)
        return (totals.max() ?? 0) - (totals.min() ?? 0)
    }

    /// Whether somebody has to moderate.
    public func asksForModeration(_ assessments: [SealedAssessment]) -> Bool { spread(of: assessments) > moderationSpread * 100 }
}

extension Recording {
    /// What is eligible, and waits to be assessed or concluded.
    ///
    /// - Parameter version: the number of the version that was read; another one that was submitted since is refused.
    /// - Throws: `Refusal` if it does not wait, or another version does.
    func eligibleFile(_ code: String, version: Int?) throws -> AssessmentFile {
        let current = try proposal(code)
        guard current.stage.isEligible, let file = try AssessmentFile.read(current, of: fund, terms(), in: transaction) else {
            throw Refusal(
                "“\(code)” is at the stage “\(current.stage.rawValue)”, in which it is not assessed", remedy: "look at where it stands")
        }
        if let conclusion = file.conclusion {
            throw Refusal(
                "the assessment of “\(code)” was concluded at \(conclusion.concludedAt)", remedy: "look at the final score")
        }
        if let version { try requireLatest(version, file.version) }
        return file
    }

    /// - Throws: `Refusal` if what was read is not what was submitted last.
    func requireLatest(_ number: Int, _ version: ProposalVersion) throws(Refusal) {
        guard number == version.number else {
            throw Refusal(
                "version \(version.number) is the last that was submitted, not version \(number)", remedy: "read that one first")
        }
    }

    /// Lets a reviewer pass to whom the proposal is assigned. Whoever is none learns nothing of what there is.
    func requireAssigned(to code: String, _ right: Right, _ actor: Actor, for name: String) throws {
        let document = try ProposalQueries.proposal(code, of: fund, in: transaction)?.stage.document
        let assigned = try ReviewerQueries.assigned(to: performer, in: fund, transaction)[code] ?? []
        let isAssigned = document.map(assigned.contains) ?? false
        try require(right, of: actor, for: name) { _ in isAssigned }
    }

    /// - Throws: `Refusal` if the document is not scored.
    func scoringRules(_ file: AssessmentFile) throws(Refusal) -> AssessmentRules {
        guard let rules = file.rules else {
            throw Refusal(
                "the fund's Terms do not have a \(file.document.rawValue) scored", remedy: "conclude it without a score")
        }
        return rules
    }
}
