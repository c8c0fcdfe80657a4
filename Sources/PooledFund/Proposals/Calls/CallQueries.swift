internal import Ledger
internal import SQL

/// The SQL of calls, and of what is asked about them.
enum CallQueries {
    /// The calls of a fund, the latest to open first.
    static func calls(of fund: String, in transaction: any ReadTransaction) throws -> [ProposalCall] {
        try calls("version.fund = \(fund)", in: transaction)
    }

    /// As they stood at an instant.
    static func calls(of fund: String, recordedUntil instant: Instant, in transaction: any ReadTransaction) throws -> [ProposalCall] {
        let last: Statement = """
            (SELECT COALESCE(MAX(sequence), 0) FROM audit_event
            WHERE fund = \(fund) AND recorded_at <= \(instant.microsecondsSince1970))
            """
        return try calls("version.fund = \(fund)", until: last, in: transaction)
    }

    static func call(_ code: String, of fund: String, in transaction: any ReadTransaction) throws -> ProposalCall? {
        try calls("version.fund = \(fund) AND version.code = \(code)", in: transaction).first
    }

    private static func calls(
        _ condition: Statement, until last: Statement? = nil, in transaction: any ReadTransaction
    ) throws -> [ProposalCall] {
        let known: Statement = last.map { " AND newer.event <= \($0)" } ?? ""
        return try transaction.rows(
            """
            SELECT code, title, summary, opens_at, closes_at, reason FROM proposal_call AS version
            WHERE \(condition) AND event = (
                SELECT MAX(event) FROM proposal_call AS newer WHERE newer.fund = version.fund AND newer.code = version.code\(known))
            ORDER BY opens_at DESC, code
            """
        ) { row in
            ProposalCall(
                code: try row.text("code"), title: try row.text("title"), summary: try row.text("summary"),
                opensAt: try Instant(microsecondsSince1970: try row.integer("opens_at")),
                closesAt: try row.optionalInteger("closes_at").map { try Instant(microsecondsSince1970: $0) },
                reason: try row.text("reason"))
        }
    }

    /// What was asked in a fund, oldest first.
    static func questions(of fund: String, in transaction: any ReadTransaction) throws -> [CallQuestion] {
        try transaction.rows(
            """
            SELECT question.id AS id, question.call AS call, question.question AS question, asked.recorded_at AS asked_at,
                answer.answer AS answer, answered.recorded_at AS answered_at
            FROM call_question AS question
            JOIN audit_event AS asked ON asked.fund = question.fund AND asked.sequence = question.event
            LEFT JOIN call_answer AS answer ON answer.fund = question.fund AND answer.question = question.id AND answer.event = (
                SELECT MAX(event) FROM call_answer AS newer WHERE newer.fund = question.fund AND newer.question = question.id)
            LEFT JOIN audit_event AS answered ON answered.fund = answer.fund AND answered.sequence = answer.event
            WHERE question.fund = \(fund) ORDER BY question.event, question.id
            """
        ) { row in
            CallQuestion(
                id: try row.text("id"), call: try row.text("call"), question: try row.text("question"),
                askedAt: try Instant(microsecondsSince1970: try row.integer("asked_at")), answer: try row.optionalText("answer"),
                answeredAt: try row.optionalInteger("answered_at").map { try Instant(microsecondsSince1970: $0) })
        }
    }

    /// Who asked a question: the actor of its event, or for whom it was recorded.
    static func asker(of question: String, in fund: String, in transaction: any ReadTransaction) throws -> String? {
        try transaction.first(
            """
            SELECT COALESCE(recorded_on_behalf.person, audit_event.actor) AS person FROM call_question
            JOIN audit_event ON audit_event.fund = call_question.fund AND audit_event.sequence = call_question.event
            LEFT JOIN recorded_on_behalf ON recorded_on_behalf.fund = call_question.fund AND recorded_on_behalf.event = call_question.event
            WHERE call_question.fund = \(fund) AND call_question.id = \(question)
            """)?.text("person")
    }
}
