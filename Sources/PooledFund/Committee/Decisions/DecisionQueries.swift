public import Ledger
internal import SQL

/// The SQL of decisions, and of the pipeline.
enum DecisionQueries {
    /// Every decision of a fund, the latest first.
    static func decisions(of fund: String, _ currency: Currency, in transaction: any ReadTransaction) throws -> [CommitteeDecision] {
        let amounts = try grouped(
            "SELECT meeting, proposal, organization, amount FROM decision_amount WHERE fund = \(fund) ORDER BY organization", transaction
        ) {
            ProposalFacts.Amount(
                organization: try $0.text("organization"), amount: Money(minorUnits: try $0.integer("amount"), currency: currency))
        }
        let conditions = try grouped(
            "SELECT meeting, proposal, condition, owner, due FROM decision_condition WHERE fund = \(fund) ORDER BY number", transaction
        ) {
            let due = try $0.text("due")
            return CommitteeDecision.Condition(
                condition: try $0.text("condition"), owner: try $0.text("owner"), due: due.isEmpty ? nil : try CivilDate(parsing: due))
        }
        let parts = try grouped(
            "SELECT meeting, proposal, seat, part, reason FROM decision_part WHERE fund = \(fund) ORDER BY ordinal", transaction
        ) {
            CommitteeDecision.Part(
                seat: try $0.text("seat"), part: CommitteeDecision.Part.Kind(rawValue: try $0.text("part")) ?? .disclosed,
                reason: try $0.text("reason"))
        }
        return try transaction.rows(
            """
            SELECT meeting, proposal, document, version, content_digest, outcome, taken_by, basis, agreement, rationale, minutes_digest,
                recorded_at
            FROM decision JOIN audit_event ON audit_event.fund = decision.fund AND audit_event.sequence = decision.event
            WHERE decision.fund = \(fund) ORDER BY decision.event DESC
            """
        ) { row -> CommitteeDecision? in
            guard let document = ProposalDocument(rawValue: try row.text("document")),
                let outcome = CommitteeDecision.Outcome(rawValue: try row.text("outcome")),
                let way = CommitteeDecision.Way(rawValue: try row.text("taken_by"))
            else { return nil }
            var decision = CommitteeDecision(
                meeting: try row.text("meeting"), proposal: try row.text("proposal"), document: document,
                version: Int(try row.integer("version")), contentDigest: try row.bytes("content_digest"), outcome: outcome, takenBy: way,
                basis: CommitteeDecision.Basis(rawValue: try row.text("basis")), agreement: try row.text("agreement"),
                rationale: try row.text("rationale"), minutes: try row.optionalBytes("minutes_digest"),
                recordedAt: try Instant(microsecondsSince1970: try row.integer("recorded_at")))
            decision.amounts = amounts[decision.id] ?? []
            decision.conditions = conditions[decision.id] ?? []
            decision.parts = parts[decision.id] ?? []
            return decision
        }.compactMap { $0 }
    }

    private static func grouped<Element>(
        _ statement: Statement, _ transaction: any ReadTransaction, _ read: (Row) throws -> Element
    ) throws -> [String: [Element]] {
        var all: [String: [Element]] = [:]
        try transaction.query(statement) { row in
            all["\(try row.text("meeting"))/\(try row.text("proposal"))", default: []].append(try read(row))
        }
        return all
    }

    // MARK: The pipeline

    /// When each proposal of the pipeline was taken up, by its code: the first day of its latest stay.
    static func pipelineEntries(of fund: String, in transaction: any ReadTransaction) throws -> [String: Instant] {
        let rows = try transaction.rows(
            """
            SELECT proposal, recorded_at FROM proposal_stage
            JOIN audit_event ON audit_event.fund = proposal_stage.fund AND audit_event.sequence = proposal_stage.event
            WHERE proposal_stage.fund = \(fund) AND stage = \(ProposalStage.pipeline.rawValue) ORDER BY event
            """
        ) { (try $0.text("proposal"), try Instant(microsecondsSince1970: try $0.integer("recorded_at"))) }
        return Dictionary(rows, uniquingKeysWith: { $1 })
    }

    /// When each was confirmed or costed anew last.
    static func reviews(of fund: String, in transaction: any ReadTransaction) throws -> [PipelineReview] {
        try transaction.rows(
            """
            SELECT proposal, kind, note, recorded_at FROM pipeline_review
            JOIN audit_event ON audit_event.fund = pipeline_review.fund AND audit_event.sequence = pipeline_review.event
            WHERE pipeline_review.fund = \(fund) ORDER BY event
            """
        ) { row -> PipelineReview? in
            guard let kind = PipelineReview.Kind(rawValue: try row.text("kind")) else { return nil }
            return PipelineReview(
                proposal: try row.text("proposal"), kind: kind, note: try row.text("note"),
                madeAt: try Instant(microsecondsSince1970: try row.integer("recorded_at")))
        }.compactMap { $0 }
    }

    /// The amounts of the latest costing of each proposal that was costed anew. What was submitted since says itself what it costs.
    static func costs(of fund: String, _ currency: Currency, in transaction: any ReadTransaction) throws -> [String: [ProposalFacts.Amount]]
    {
        let rows = try transaction.rows(
            """
            SELECT proposal, organization, amount FROM pipeline_cost AS cost WHERE fund = \(fund) AND event = (
                SELECT MAX(event) FROM pipeline_cost AS newer WHERE newer.fund = cost.fund AND newer.proposal = cost.proposal)
            AND NOT EXISTS (
                SELECT 1 FROM proposal_version AS version
                WHERE version.fund = cost.fund AND version.proposal = cost.proposal AND version.event > cost.event)
            ORDER BY organization
            """
        ) { row in
            let amount = Money(minorUnits: try row.integer("amount"), currency: currency)
            return (
                proposal: try row.text("proposal"), amount: ProposalFacts.Amount(organization: try row.text("organization"), amount: amount)
            )
        }
        return Dictionary(grouping: rows, by: { $0.proposal }).mapValues { $0.map { $0.amount } }
    }

    /// The proposals whose proposers agree that they are published.
    static func consents(of fund: String, in transaction: any ReadTransaction) throws -> Set<String> {
        Set(
            try transaction.rows(
                """
                SELECT proposal FROM publication_consent AS consent WHERE fund = \(fund) AND state = 'given' AND event = (
                    SELECT MAX(event) FROM publication_consent AS newer
                    WHERE newer.fund = consent.fund AND newer.proposal = consent.proposal)
                """
            ) { try $0.text("proposal") })
    }
}

/// That an entry of the pipeline was looked at again.
public struct PipelineReview: Sendable, Hashable {
    public let proposal: String
    public let kind: Kind
    public let note: String
    public let madeAt: Instant

    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case confirmed
        case costed
    }
}
