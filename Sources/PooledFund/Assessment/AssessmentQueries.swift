internal import Ledger
internal import SQL

/// The SQL of what was scored.
enum AssessmentQueries {
    /// What each proposal of a fund scored last, by its code.
    static func finalScores(of fund: String, in transaction: any ReadTransaction) throws -> [String: FinalScore] {
        let scores = try transaction.rows(
            """
            SELECT proposal, document, number, hundredths, threshold FROM final_score WHERE fund = \(fund) ORDER BY event, ordinal
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

    /// How the assessment of a version was concluded; nil if it was not.
    static func conclusion(
        of proposal: String, _ document: ProposalDocument, version: Int, in fund: String, _ transaction: any ReadTransaction
    ) throws -> FinalAssessment? {
        let version: Statement = """
            fund = \(fund) AND proposal = \(proposal) AND document = \(document.rawValue) AND number = \(Int64(version))
            """
        let lines = try transaction.rows(
            "SELECT criterion, weight, full_marks, sum, readers FROM final_score_criterion WHERE \(version) ORDER BY ordinal"
        ) { row in
            ScoreSheet.Line(
                criterion: try row.text("criterion"), weight: Int(try row.integer("weight")), fullMarks: Int(try row.integer("full_marks")),
                sum: Int(try row.integer("sum")), readers: Int(try row.integer("readers")))
        }
        return try transaction.rows(
            """
            SELECT proposal, document, number, hundredths, threshold, spread, is_moderated, reason, (
                SELECT recorded_at FROM audit_event WHERE audit_event.fund = final_score.fund AND sequence = final_score.event
            ) AS concluded_at
            FROM final_score WHERE \(version)
            """
        ) { row -> FinalAssessment? in
            guard let score = try finalScore(row) else { return nil }
            return FinalAssessment(
                score: score, threshold: Int(try row.integer("threshold")), spread: Int(try row.integer("spread")),
                isModerated: try row.integer("is_moderated") == 1, reason: try row.text("reason"), sheet: ScoreSheet(lines),
                concludedAt: try Instant(microsecondsSince1970: try row.integer("concluded_at")))
        }.compactMap { $0 }.first
    }

    /// What was made of a version: of each reviewer the latest, in the order in which they were first sealed.
    static func assessments(
        of proposal: String, _ document: ProposalDocument, version: Int, in fund: String, _ transaction: any ReadTransaction
    ) throws -> [SealedAssessment] {
        let version: Statement = """
            latest.fund = \(fund) AND latest.proposal = \(proposal) AND latest.document = \(document.rawValue)
            AND latest.number = \(Int64(version)) AND latest.event = (
                SELECT MAX(event) FROM assessment AS newer WHERE newer.fund = latest.fund AND newer.proposal = latest.proposal
                AND newer.document = latest.document AND newer.number = latest.number AND newer.reviewer = latest.reviewer)
            """
        let scores = try transaction.rows(
            """
            SELECT latest.reviewer AS reviewer, given.criterion AS criterion, given.score AS score, given.justification AS justification
            FROM assessment AS latest
            JOIN assessment_score AS given ON given.fund = latest.fund AND given.event = latest.event AND given.proposal = latest.proposal
                AND given.reviewer = latest.reviewer
            WHERE \(version)
            """
        ) { row in
            let score = SealedAssessment.Score(score: Int(try row.integer("score")), justification: try row.text("justification"))
            return (reviewer: try row.text("reviewer"), criterion: try row.text("criterion"), score: score)
        }
        let byReviewer = Dictionary(grouping: scores, by: { $0.reviewer }).mapValues { rows in
            Dictionary(rows.map { ($0.criterion, $0.score) }, uniquingKeysWith: { $1 })
        }
        return try transaction.rows(
            """
            SELECT latest.reviewer AS reviewer, latest.number AS number, latest.remark AS remark, audit_event.recorded_at AS sealed_at, (
                SELECT COUNT(*) FROM assessment AS older WHERE older.fund = latest.fund AND older.proposal = latest.proposal
                AND older.document = latest.document AND older.number = latest.number AND older.reviewer = latest.reviewer
            ) AS count
            FROM assessment AS latest
            JOIN audit_event ON audit_event.fund = latest.fund AND audit_event.sequence = latest.event
            WHERE \(version)
            ORDER BY (
                SELECT MIN(event) FROM assessment AS first WHERE first.fund = latest.fund AND first.proposal = latest.proposal
                AND first.document = latest.document AND first.number = latest.number AND first.reviewer = latest.reviewer)
            """
        ) { row in
            let reviewer = try row.text("reviewer")
            return SealedAssessment(
                reviewer: reviewer, version: Int(try row.integer("number")), remark: try row.text("remark"),
                scores: byReviewer[reviewer] ?? [:], sealedAt: try Instant(microsecondsSince1970: try row.integer("sealed_at")),
                corrected: Int(try row.integer("count")) - 1)
        }
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
    fileprivate init(revision: Int, stored json: String, savedAt: Instant) throws {
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
