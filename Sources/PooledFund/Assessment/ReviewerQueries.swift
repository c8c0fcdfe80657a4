internal import Ledger
internal import SQL

/// The SQL of who assesses what, and of what was found of the criteria.
enum ReviewerQueries {
    /// What was found of the criteria when a version was screened; empty if it was not.
    static func findings(
        of proposal: String, _ document: ProposalDocument, version: Int, in fund: String, _ transaction: any ReadTransaction
    ) throws -> [EligibilityFinding] {
        try transaction.rows(
            """
            SELECT criterion, system_answer, found, answer, reason FROM eligibility_finding
            WHERE fund = \(fund) AND proposal = \(proposal) AND document = \(document.rawValue) AND number = \(Int64(version))
            ORDER BY ordinal
            """
        ) { row -> EligibilityFinding? in
            guard let system = RuleFinding.Answer(rawValue: try row.text("system_answer")),
                let answer = EligibilityFinding.Answer(rawValue: try row.text("answer"))
            else { return nil }
            let criterion = try row.text("criterion")
            return EligibilityFinding(
                criterion: criterion, system: RuleFinding(rule: criterion, answer: system, found: try row.text("found")), answer: answer,
                reason: try row.text("reason"))
        }.compactMap { $0 }
    }

    /// The documents that were screened last, the latest first.
    static func screened(
        in fund: String, limit: Int, _ transaction: any ReadTransaction
    ) throws -> [(proposal: String, document: ProposalDocument)] {
        try transaction.rows(
            """
            SELECT proposal, document, MAX(event) AS latest FROM eligibility_finding WHERE fund = \(fund)
            GROUP BY proposal, document ORDER BY latest DESC LIMIT \(Int64(limit))
            """
        ) { row in
            (proposal: try row.text("proposal"), document: ProposalDocument(rawValue: try row.text("document")) ?? .conceptNote)
        }
    }

    // MARK: Expertise

    /// What each reviewer of a fund declared last, by their ids.
    static func expertise(of fund: String, in transaction: any ReadTransaction) throws -> [String: ReviewerExpertise] {
        let rows = try transaction.rows(
            """
            SELECT person, areas, regions, languages, organizations, countries FROM reviewer_expertise AS latest
            WHERE fund = \(fund) AND event = (
                SELECT MAX(event) FROM reviewer_expertise AS newer WHERE newer.fund = latest.fund AND newer.person = latest.person)
            """
        ) { row in
            let expertise = ReviewerExpertise(
                areas: list(try row.text("areas")).compactMap { wholeNumber($0) }, regions: list(try row.text("regions")),
                languages: list(try row.text("languages")), organizations: list(try row.text("organizations")),
                countries: list(try row.text("countries")))
            return (try row.text("person"), expertise)
        }
        return Dictionary(rows, uniquingKeysWith: { $1 })
    }

    private static func list(_ text: String) -> [String] { text.split(separator: ";").map(String.init) }

    // MARK: Assignments

    /// Every assignment of a fund as it stands, in the order in which they were first made.
    static func assignments(in fund: String, _ transaction: any ReadTransaction) throws -> [ReviewerAssignment] {
        try assignments("latest.fund = \(fund)", transaction)
    }

    /// Those of a document of a proposal.
    static func assignments(
        of proposal: String, _ document: ProposalDocument, in fund: String, _ transaction: any ReadTransaction
    ) throws -> [ReviewerAssignment] {
        try assignments(
            "latest.fund = \(fund) AND latest.proposal = \(proposal) AND latest.document = \(document.rawValue)", transaction)
    }

    /// Those of a reviewer.
    static func assignments(
        to reviewer: String, in fund: String, _ transaction: any ReadTransaction
    ) throws -> [ReviewerAssignment] {
        try assignments("latest.fund = \(fund) AND latest.reviewer = \(reviewer)", transaction)
    }

    /// The documents that somebody is to assess, by the codes of the proposals.
    static func assigned(
        to reviewer: String, in fund: String, _ transaction: any ReadTransaction
    ) throws -> [String: Set<ProposalDocument>] {
        let active = try assignments(to: reviewer, in: fund, transaction).filter(\.isActive)
        return Dictionary(grouping: active, by: \.proposal).mapValues { Set($0.map(\.document)) }
    }

    private static func assignments(_ condition: Statement, _ transaction: any ReadTransaction) throws -> [ReviewerAssignment] {
        try transaction.rows(
            """
            SELECT latest.proposal AS proposal, latest.document AS document, latest.reviewer AS reviewer, latest.state AS state,
                latest.due_on AS due_on, latest.reason AS reason, audit_event.recorded_at AS since
            FROM reviewer_assignment AS latest
            JOIN audit_event ON audit_event.fund = latest.fund AND audit_event.sequence = latest.event
            WHERE \(condition) AND latest.event = (
                SELECT MAX(event) FROM reviewer_assignment AS newer WHERE newer.fund = latest.fund AND newer.proposal = latest.proposal
                AND newer.document = latest.document AND newer.reviewer = latest.reviewer)
            ORDER BY latest.proposal, latest.event, latest.ordinal
            """
        ) { row -> ReviewerAssignment? in
            guard let document = ProposalDocument(rawValue: try row.text("document")),
                let state = ReviewerAssignment.State(rawValue: try row.text("state"))
            else { return nil }
            return ReviewerAssignment(
                proposal: try row.text("proposal"), document: document, reviewer: try row.text("reviewer"), state: state,
                dueOn: try CivilDate(parsing: try row.text("due_on")), reason: try row.text("reason"),
                since: try Instant(microsecondsSince1970: try row.integer("since")))
        }.compactMap { $0 }
    }

    // MARK: Reminders

    /// Whether somebody was reminded of a proposal since an instant.
    static func wasReminded(
        _ reviewer: String, of proposal: String, in fund: String, since: Instant, _ transaction: any ReadTransaction
    ) throws -> Bool {
        try transaction.rows(
            """
            SELECT arguments FROM notice WHERE person = \(reviewer) AND fund = \(fund)
            AND kind = \(Notice.Kind.assessmentReminder.rawValue) AND created_at >= \(since.microsecondsSince1970)
            """
        ) { try $0.text("arguments") }.contains { InputValue(json: Array($0.utf8))?["proposal"]?.string == proposal }
    }
}
