internal import Foundation
internal import SQL

/// Concludes an assessment: the reviewers' mean, or moderated scores with the reason, becomes the final score.
public struct ConcludeAssessment: Action {
    public static let name = "conclude-assessment"
    public static let hasPublicEffect = false
    public static let right = Right(
        [.fundManagementUnitOfficer], rule: "Only an officer of the Fund Management Unit moderates assessments and concludes them.")

    public let fund: String
    public let proposal: String
    /// The number of the version that was assessed.
    public let version: Int
    /// A score for each criterion where an officer moderates; empty for the reviewers' mean.
    public let moderated: [Moderated]
    /// Why the scores were moderated, as it came out between the reviewers; may be empty where they were not.
    public let reason: String

    public struct Moderated: Sendable, Hashable {
        public let criterion: String
        public let score: Int

        public init(criterion: String, score: Int) {
            self.criterion = criterion
            self.score = score
        }
    }

    public init(fund: String, proposal: String, version: Int, moderated: [Moderated] = [], reason: String = "") {
        self.fund = fund
        self.proposal = proposal
        self.version = version
        self.moderated = moderated
        self.reason = reason
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let proposal: String
        public let stage: String
        /// Hundredths of a percent of full marks; nil where the document is not scored.
        public let hundredths: Int?
        public let isAboveThreshold: Bool?
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func perform(in recording: Recording) throws -> Outcome {
        let file = try recording.eligibleFile(proposal, version: version)
        guard let rules = file.rules else { return try concludeWithoutScore(file, recording) }
        let counted = file.counted
        guard counted.count >= rules.reviewers else {
            throw Refusal(
                "\(counted.count) of \(rules.reviewers) assessments of version \(version) are there", remedy: "wait for the others")
        }
        for assessment in counted {
            guard let found = try recording.conflict(of: assessment.reviewer, in: file, rules) else { continue }
            throw Refusal(
                "the assessment by \(assessment.reviewer) does not count: \(found.sentence)",
                remedy: "withdraw the assignment, and assign somebody else")
        }
        let sheet = try sheet(counted, rules)
        let isModerated = !moderated.isEmpty
        let spread = rules.spread(of: counted)
        guard isModerated || !rules.asksForModeration(counted) else {
            throw Refusal(
                "the assessments lie \(percentText(spread)) percentage points apart, more than the \(rules.moderationSpread) of the Terms",
                remedy: "talk to the reviewers, and give moderated scores with the reason")
        }
        if isModerated || !reason.isEmpty { try requireText(reason, "the reason", limit: 8_000) }
        let key: [Value] = [.text(proposal), .text(file.document.rawValue), .integer(Int64(version))]
        try recording.insert(
            into: .finalScore,
            key + [
                .integer(Int64(sheet.hundredths)), .integer(Int64(rules.threshold)), .integer(Int64(spread)),
                .integer(isModerated ? 1 : 0), .text(reason),
            ])
        for line in sheet.lines {
            try recording.insert(
                into: .finalScoreCriterion,
                key + [
                    .text(line.criterion), .integer(Int64(line.weight)), .integer(Int64(line.fullMarks)), .integer(Int64(line.sum)),
                    .integer(Int64(line.readers)),
                ])
        }
        // A joint programme document that is scored stays eligible: the committee is what follows.
        let stage = file.proposal.stage == .eligible ? ProposalStage.assessed : file.proposal.stage
        if stage != file.proposal.stage { try recording.move(file.proposal, to: stage, file.document, version: version) }
        try recording.tell(counted.map(\.reviewer), .assessmentConcluded, ["proposal": proposal])
        return Outcome(
            proposal: proposal, stage: stage.rawValue, hundredths: sheet.hundredths,
            isAboveThreshold: sheet.hundredths >= rules.threshold * 100)
    }

    private func concludeWithoutScore(_ file: AssessmentFile, _ recording: Recording) throws -> Outcome {
        guard moderated.isEmpty else {
            throw Refusal("the fund's Terms do not have a \(file.document.rawValue) scored", remedy: "conclude it without scores")
        }
        guard file.proposal.stage == .eligible else {
            throw Refusal(
                "a \(file.document.rawValue) that is not scored waits for the committee as it is", remedy: "put it before the committee")
        }
        try recording.move(file.proposal, to: .assessed, file.document, version: version)
        return Outcome(proposal: proposal, stage: ProposalStage.assessed.rawValue, hundredths: nil, isAboveThreshold: nil)
    }

    private func sheet(_ counted: [SealedAssessment], _ rules: AssessmentRules) throws(Refusal) -> ScoreSheet {
        let lacking = counted.filter { assessment in rules.criteria.contains { assessment.scores[$0.id] == nil } }
        guard !moderated.isEmpty else {
            guard lacking.isEmpty else {
                throw Refusal(
                    "the rubric of the Terms was changed after reviewers had scored", remedy: "ask them to score the criteria of now")
            }
            return rules.sheet(of: counted)
        }
        try rules.checkCriteria(moderated.map { GivenScore(criterion: $0.criterion, score: $0.score, justification: "") })
        let missing = rules.criteria.map(\.id).filter { id in !moderated.contains { $0.criterion == id } }
        guard missing.isEmpty else {
            throw Refusal("no moderated score is given for \(missing.joined(separator: ", "))", remedy: "give one for every criterion")
        }
        let scores = Dictionary(moderated.map { ($0.criterion, $0.score) }, uniquingKeysWith: { $1 })
        return ScoreSheet([scores], by: rules)
    }
}

/// Hundredths of a percent as a decimal number: `57.50`.
func percentText(_ hundredths: Int) -> String {
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}
