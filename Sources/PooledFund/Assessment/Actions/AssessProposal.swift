internal import Foundation
internal import SQL

/// A score for a criterion as a reviewer gives it.
public struct GivenScore: Sendable, Hashable {
    public let criterion: String
    /// Nil while none is given.
    public let score: Int?
    public let justification: String

    public init(criterion: String, score: Int?, justification: String) {
        self.criterion = criterion
        self.score = score
        self.justification = justification
    }

    static let justificationLimit = 8_000
    static let remarkLimit = 8_000
}

/// Saves what a reviewer is writing. Nothing is put on record, and no event is left.
///
/// Whoever saves says which revision they read, so that what was written in another window is not lost.
public struct SaveAssessment: Action {
    public static let name = "save-assessment"
    public static let hasPublicEffect = false
    public static let right = DeclareConflict.right

    public let fund: String
    public let proposal: String
    /// 0 where nothing was saved yet.
    public let revision: Int
    public let scores: [GivenScore]
    public let remark: String

    public init(fund: String, proposal: String, revision: Int, scores: [GivenScore], remark: String = "") {
        self.fund = fund
        self.proposal = proposal
        self.revision = revision
        self.scores = scores
        self.remark = remark
    }

    public struct Outcome: Sendable, Hashable, Codable {
        /// What stands now.
        public let revision: Int
        /// Whether what was sent stands; if not, nothing was changed.
        public let isSaved: Bool
        /// The criteria of which something else stands than was sent.
        public let differing: [String]
    }

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireAssigned(to: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let file = try recording.eligibleFile(proposal, version: nil)
        let rules = try recording.scoringRules(file)
        try rules.checkCriteria(scores)
        if !remark.isEmpty { try requireText(remark, "the remark", limit: GivenScore.remarkLimit) }
        for score in scores where !score.justification.isEmpty {
            try requireText(score.justification, "the reason for “\(score.criterion)”", limit: GivenScore.justificationLimit)
        }
        let reviewer = recording.performer
        let standing = try AssessmentQueries.draft(of: proposal, file.document, by: reviewer, in: fund, recording.transaction)
        let written = scores.filter { $0.score != nil || !$0.justification.isEmpty }
        let sent = Dictionary(
            written.map { ($0.criterion, AssessmentDraft.Score(score: $0.score, justification: $0.justification)) },
            uniquingKeysWith: { $1 })
        let current = standing?.revision ?? 0
        if let standing, standing.scores == sent, standing.remark == remark {
            return Outcome(revision: current, isSaved: true, differing: [])
        }
        // Sealing takes the draft away, so that a window of before may have read one that is no more.
        guard revision == current || current == 0 else {
            let differing = rules.criteria.map(\.id).filter { standing?.scores[$0] != sent[$0] }
            return Outcome(revision: current, isSaved: false, differing: differing)
        }
        let draft = AssessmentDraft(revision: current + 1, scores: sent, remark: remark, savedAt: recording.now)
        try AssessmentQueries.put(draft, of: proposal, file.document, by: reviewer, in: fund, recording.beside)
        return Outcome(revision: draft.revision, isSaved: true, differing: [])
    }
}

/// Seals what a reviewer makes of a version: a score and the reason for each criterion. Until the assessment is concluded, another one corrects it.
public struct AssessProposal: Action {
    public static let name = "assess-proposal"
    public static let hasPublicEffect = false
    public static let right = DeclareConflict.right

    public let fund: String
    public let proposal: String
    /// The number of the version that was read.
    public let version: Int
    public let scores: [GivenScore]
    /// On the whole; may be empty.
    public let remark: String

    /// How often one reviewer corrects the assessment of a version.
    static let countLimit = 100

    public init(fund: String, proposal: String, version: Int, scores: [GivenScore], remark: String = "") {
        self.fund = fund
        self.proposal = proposal
        self.version = version
        self.scores = scores
        self.remark = remark
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let proposal: String
        public let version: Int
        /// What the assessment comes to, in hundredths of a percent of full marks.
        public let hundredths: Int
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireAssigned(to: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let file = try recording.eligibleFile(proposal, version: version)
        let rules = try recording.scoringRules(file)
        if let found = try recording.conflict(of: recording.performer, in: file, rules) {
            throw Refusal("you do not assess “\(proposal)”: \(found.sentence)", remedy: "step back from it", kind: .right)
        }
        let given = try rules.complete(scores)
        if !remark.isEmpty { try requireText(remark, "the remark", limit: GivenScore.remarkLimit) }
        let reviewer = recording.performer
        let hundredths = ScoreSheet([given.mapValues(\.score)], by: rules).hundredths
        let outcome = Outcome(proposal: proposal, version: version, hundredths: hundredths)
        try AssessmentQueries.removeDraft(of: proposal, file.document, by: reviewer, in: fund, recording.beside)
        if let standing = file.assessment(by: reviewer), standing.scores == given, standing.remark == remark { return outcome }
        try recording.requireRoom(
            among: """
                assessment WHERE fund = \(fund) AND proposal = \(proposal) AND document = \(file.document.rawValue) AND number = \(Int64(version))
                AND reviewer = \(reviewer)
                """, limit: Self.countLimit, "assessments of yours of this version", remedy: "leave it as it is, or tell the secretariat")
        let key: [Value] = [.text(proposal), .text(file.document.rawValue), .integer(Int64(version)), .text(reviewer)]
        try recording.insert(into: .assessment, key + [.text(remark)])
        for criterion in rules.criteria {
            guard let score = given[criterion.id] else { continue }
            try recording.insert(
                into: .assessmentScore, key + [.text(criterion.id), .integer(Int64(score.score)), .text(score.justification)])
        }
        return outcome
    }
}

extension AssessmentRules {
    /// - Throws: `Refusal` for what is no criterion, stands twice, or is not on the scale.
    func checkCriteria(_ scores: [GivenScore]) throws(Refusal) {
        var seen: Set<String> = []
        for score in scores {
            guard criterion(score.criterion) != nil else {
                throw Refusal(
                    "“\(score.criterion)” is no criterion of the rubric", remedy: didYouMean(score.criterion, among: criteria.map(\.id)))
            }
            guard seen.insert(score.criterion).inserted else {
                throw Refusal("“\(score.criterion)” is scored twice", remedy: "give one score")
            }
            if let number = score.score, !scale.contains(number) {
                throw Refusal(
                    "\(number) for “\(score.criterion)” is not on the scale",
                    remedy: "give a whole number from \(scale.lowerBound) to \(scale.upperBound)")
            }
        }
    }

    /// A score and a reason for every criterion.
    ///
    /// - Throws: `Refusal` with everything that is missing at once.
    func complete(_ scores: [GivenScore]) throws(Refusal) -> [String: SealedAssessment.Score] {
        try checkCriteria(scores)
        var (given, missing): ([String: SealedAssessment.Score], [String]) = ([:], [])
        for criterion in criteria {
            let score = scores.first { $0.criterion == criterion.id }
            guard let number = score?.score else {
                missing.append("“\(criterion.id)” has no score")
                continue
            }
            guard let why = score?.justification, !why.isEmpty else {
                missing.append("“\(criterion.id)” is scored without a reason")
                continue
            }
            try requireText(why, "the reason for “\(criterion.id)”", limit: GivenScore.justificationLimit)
            given[criterion.id] = SealedAssessment.Score(score: number, justification: why)
        }
        guard missing.isEmpty else {
            throw Refusal(missing.joined(separator: "; "), remedy: "score every criterion, and say why")
        }
        return given
    }
}
