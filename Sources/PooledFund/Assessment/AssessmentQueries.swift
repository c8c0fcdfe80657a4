internal import Ledger
internal import SQL

/// The SQL of what was scored.
enum AssessmentQueries {
    /// What each proposal of a fund scored last, by its code.
    static func finalScores(of fund: String, in transaction: any ReadTransaction) throws -> [String: FinalScore] {
        let scores = try transaction.rows(
            """
            SELECT proposal, document, number, hundredths, threshold FROM final_score WHERE fund = \(fund) AND number = (
                SELECT MAX(version.number) FROM proposal_version AS version WHERE version.fund = final_score.fund
                AND version.proposal = final_score.proposal AND version.document = final_score.document)
            ORDER BY event, ordinal
            """
        ) { try finalScore($0) }
        return Dictionary(scores.compactMap { score in score.map { ($0.proposal, $0) } }, uniquingKeysWith: { $1 })
    }

    private static func finalScore(_ row: Row) throws -> FinalScore? {
        guard let document = ProposalDocument(rawValue: try row.text("document")) else { return nil }
        let hundredths = Int(try row.integer("hundredths"))
        return FinalScore(
            proposal: try row.text("proposal"), document: document, version: Int(try row.integer("number")), hundredths: hundredths,
            isAboveThreshold: hundredths >= Int(try row.integer("threshold")) * 100)
    }

    // MARK: What was made of versions

    /// A version of a document of a proposal.
    struct VersionKey: Hashable {
        let proposal: String
        let document: ProposalDocument
        let version: Int

        fileprivate init?(_ row: Row) throws {
            guard let document = ProposalDocument(rawValue: try row.text("document")) else { return nil }
            self.init(proposal: try row.text("proposal"), document: document, version: Int(try row.integer("number")))
        }

        init(proposal: String, document: ProposalDocument, version: Int) {
            self.proposal = proposal
            self.document = document
            self.version = version
        }
    }

    /// Of which versions something is asked.
    enum Scope {
        case version(VersionKey)
        /// Those of proposals that are eligible, or wait for the committee.
        case underWay

        fileprivate func condition(in fund: String) -> Statement {
            switch self {
            case .version(let key):
                """
                latest.fund = \(fund) AND latest.proposal = \(key.proposal) AND latest.document = \(key.document.rawValue)
                AND latest.number = \(Int64(key.version))
                """
            case .underWay: "latest.fund = \(fund) AND latest.proposal IN (\(AssessmentQueries.underWay(in: fund)))"
            }
        }
    }

    /// The codes of the proposals that are eligible, or wait for the committee.
    static func underWay(in fund: String) -> Statement {
        let stages = ProposalStage.allCases.filter(\.isReadByReviewers).map(\.rawValue.sqlValue)
        return """
            SELECT stage.proposal FROM proposal_stage AS stage WHERE stage.fund = \(fund) AND stage.stage IN \(.list(stages))
            AND stage.event = (
                SELECT MAX(event) FROM proposal_stage AS newest WHERE newest.fund = stage.fund AND newest.proposal = stage.proposal)
            """
    }

    /// How assessments were concluded, by the versions.
    static func conclusions(
        of scope: Scope, in fund: String, _ transaction: any ReadTransaction
    ) throws -> [VersionKey: FinalAssessment] {
        let condition = scope.condition(in: fund)
        let lines = try transaction.rows(
            """
            SELECT proposal, document, number, criterion, weight, full_marks, sum, readers FROM final_score_criterion AS latest
            WHERE \(condition) ORDER BY event, ordinal
            """
        ) { row in
            let line = ScoreSheet.Line(
                criterion: try row.text("criterion"), weight: Int(try row.integer("weight")), fullMarks: Int(try row.integer("full_marks")),
                sum: Int(try row.integer("sum")), readers: Int(try row.integer("readers")))
            return (key: try VersionKey(row), line: line)
        }
        let sheets = Dictionary(grouping: lines, by: { $0.key }).mapValues { ScoreSheet($0.map { $0.line }) }
        let concluded = try transaction.rows(
            """
            SELECT proposal, document, number, hundredths, threshold, spread, is_moderated, reason, (
                SELECT recorded_at FROM audit_event WHERE audit_event.fund = latest.fund AND sequence = latest.event
            ) AS concluded_at
            FROM final_score AS latest WHERE \(condition)
            """
        ) { row -> (VersionKey, FinalAssessment)? in
            guard let score = try finalScore(row), let key = try VersionKey(row) else { return nil }
            let conclusion = FinalAssessment(
                score: score, threshold: Int(try row.integer("threshold")), spread: Int(try row.integer("spread")),
                isModerated: try row.integer("is_moderated") == 1, reason: try row.text("reason"), sheet: sheets[key] ?? ScoreSheet([]),
                concludedAt: try Instant(microsecondsSince1970: try row.integer("concluded_at")))
            return (key, conclusion)
        }
        return Dictionary(concluded.compactMap { $0 }, uniquingKeysWith: { $1 })
    }

    /// What was made of versions: of each reviewer the latest, in the order in which they were first sealed.
    static func assessments(
        of scope: Scope, in fund: String, _ transaction: any ReadTransaction
    ) throws -> [VersionKey: [SealedAssessment]] {
        let condition: Statement = """
            \(scope.condition(in: fund)) AND latest.event = (
                SELECT MAX(event) FROM assessment AS newer WHERE newer.fund = latest.fund AND newer.proposal = latest.proposal
                AND newer.document = latest.document AND newer.number = latest.number AND newer.reviewer = latest.reviewer)
            """
        let scores = try transaction.rows(
            """
            SELECT latest.event AS event, given.criterion AS criterion, given.score AS score, given.justification AS justification
            FROM assessment AS latest
            JOIN assessment_score AS given ON given.fund = latest.fund AND given.event = latest.event AND given.proposal = latest.proposal
                AND given.reviewer = latest.reviewer
            WHERE \(condition)
            """
        ) { row in
            let score = SealedAssessment.Score(score: Int(try row.integer("score")), justification: try row.text("justification"))
            return (event: try row.integer("event"), criterion: try row.text("criterion"), score: score)
        }
        // Sealing an assessment is an event of its own.
        let byEvent = Dictionary(grouping: scores, by: { $0.event }).mapValues { rows in
            Dictionary(rows.map { ($0.criterion, $0.score) }, uniquingKeysWith: { $1 })
        }
        let sealed = try transaction.rows(
            """
            SELECT latest.event AS event, latest.proposal AS proposal, latest.document AS document, latest.reviewer AS reviewer,
                latest.number AS number, latest.remark AS remark, audit_event.recorded_at AS sealed_at, (
                SELECT COUNT(*) FROM assessment AS older WHERE older.fund = latest.fund AND older.proposal = latest.proposal
                AND older.document = latest.document AND older.number = latest.number AND older.reviewer = latest.reviewer
            ) AS count
            FROM assessment AS latest
            JOIN audit_event ON audit_event.fund = latest.fund AND audit_event.sequence = latest.event
            WHERE \(condition)
            ORDER BY (
                SELECT MIN(event) FROM assessment AS first WHERE first.fund = latest.fund AND first.proposal = latest.proposal
                AND first.document = latest.document AND first.number = latest.number AND first.reviewer = latest.reviewer)
            """
        ) { row in
            let assessment = SealedAssessment(
                reviewer: try row.text("reviewer"), version: Int(try row.integer("number")), remark: try row.text("remark"),
                scores: byEvent[try row.integer("event")] ?? [:],
                sealedAt: try Instant(microsecondsSince1970: try row.integer("sealed_at")), corrected: Int(try row.integer("count")) - 1)
            return (key: try VersionKey(row), assessment: assessment)
        }
        let known = sealed.compactMap { found in found.key.map { (key: $0, assessment: found.assessment) } }
        return Dictionary(grouping: known, by: { $0.key }).mapValues { $0.map { $0.assessment } }
    }

    // MARK: What is being written

    static func draft(
        of proposal: String, _ document: ProposalDocument, by reviewer: String, in fund: String, _ transaction: any ReadTransaction
    ) throws -> AssessmentDraft? {
        try transaction.first(
            """
            SELECT revision, content, saved_at FROM assessment_draft
            WHERE fund = \(fund) AND proposal = \(proposal) AND document = \(document.rawValue) AND reviewer = \(reviewer)
            """
        ).map { row in
            try AssessmentDraft(
                revision: Int(row.integer("revision")), stored: row.text("content"),
                savedAt: Instant(microsecondsSince1970: row.integer("saved_at")))
        }
    }

    static func put(
        _ draft: AssessmentDraft, of proposal: String, _ document: ProposalDocument, by reviewer: String, in fund: String,
        _ transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO assessment_draft (fund, proposal, document, reviewer, revision, content, saved_at)
            VALUES (\(fund), \(proposal), \(document.rawValue), \(reviewer), \(Int64(draft.revision)), \(draft.json),
                \(draft.savedAt.microsecondsSince1970))
            ON CONFLICT (fund, proposal, document, reviewer) DO UPDATE SET revision = excluded.revision, content = excluded.content,
                saved_at = excluded.saved_at
            """)
    }

    static func removeDraft(
        of proposal: String, _ document: ProposalDocument, by reviewer: String, in fund: String, _ transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            """
            DELETE FROM assessment_draft
            WHERE fund = \(fund) AND proposal = \(proposal) AND document = \(document.rawValue) AND reviewer = \(reviewer)
            """)
    }
}

extension AssessmentDraft {
    init(revision: Int, stored json: String, savedAt: Instant) throws {
        let content = InputValue(stored: json)
        var scores: [String: Score] = [:]
        if case .object(let members) = content?["scores"] {
            scores = members.mapValues { member in
                Score(
                    score: (member["score"]?.string).flatMap { wholeNumber($0) }, justification: member["justification"]?.string ?? "")
            }
        }
        self.init(revision: revision, scores: scores, remark: content?["remark"]?.string ?? "", savedAt: savedAt)
    }

    fileprivate var json: String {
        let scores = scores.mapValues { score in
            InputValue.object(["score": .text(score.score.map(String.init) ?? ""), "justification": .text(score.justification)])
        }
        return InputValue.object(["scores": .object(scores), "remark": .text(remark)]).canonicalJSON
    }
}
