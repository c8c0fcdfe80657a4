internal import Foundation
public import Ledger
internal import SQL

extension PersonalData {
    /// An assessment of a proposal, sealed or being written.
    public struct Assessment: Sendable, Hashable {
        public let fund: String
        public let proposal: String
        public let document: ProposalDocument
        /// The number of the version that was assessed; nil for what is being written.
        public let version: Int?
        /// When it was sealed, or saved last.
        public let at: Instant
        public let remark: String
        /// By the ids of the criteria.
        public let scores: [String: AssessmentDraft.Score]
    }

    /// What somebody said of a proposal, to the committee, the secretariat or the record.
    public struct Statement: Sendable, Hashable {
        public let kind: Kind
        public let fund: String
        /// Empty for what is of no one meeting.
        public let meeting: String
        public let proposal: String
        /// The answer itself, where it is one.
        public let answer: String
        public let text: String
        public let at: Instant

        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// On an item of an agenda.
            case comment
            /// For a seat.
            case answer
            case interestDeclared = "interest-declared"
            case interestTakenBack = "interest-taken-back"
            /// From an assessment, because of a conflict.
            case steppedBack = "stepped-back"
        }
    }

    /// What a reviewer declared of what they know and where they have an interest.
    public struct Expertise: Sendable, Hashable {
        public let fund: String
        public let declared: ReviewerExpertise
        public let at: Instant
    }
}

extension PersonalDataQueries {
    /// Of each list no more than so many, the latest.
    private static let longest = 1_000

    static func assessments(of person: String, in transaction: any ReadTransaction) throws -> [PersonalData.Assessment] {
        try drafts(of: person, transaction) + sealed(by: person, transaction)
    }

    private static func drafts(of person: String, _ transaction: any ReadTransaction) throws -> [PersonalData.Assessment] {
        try transaction.rows(
            """
            SELECT fund, proposal, document, revision, content, saved_at FROM assessment_draft WHERE reviewer = \(person)
            ORDER BY saved_at DESC, fund, proposal, document LIMIT \(longest)
            """
        ) { row -> PersonalData.Assessment? in
            guard let document = ProposalDocument(rawValue: try row.text("document")) else { return nil }
            let draft = try AssessmentDraft(
                revision: Int(try row.integer("revision")), stored: try row.text("content"),
                savedAt: try Instant(microsecondsSince1970: try row.integer("saved_at")))
            return PersonalData.Assessment(
                fund: try row.text("fund"), proposal: try row.text("proposal"), document: document, version: nil, at: draft.savedAt,
                remark: draft.remark, scores: draft.scores)
        }.compactMap { $0 }
    }

    private static func sealed(by person: String, _ transaction: any ReadTransaction) throws -> [PersonalData.Assessment] {
        let scores = try transaction.rows(
            """
            SELECT fund, event, proposal, criterion, score, justification FROM assessment_score WHERE reviewer = \(person)
            """
        ) { row in
            (
                key: "\(try row.text("fund")) \(try row.integer("event")) \(try row.text("proposal"))",
                criterion: try row.text("criterion"),
                score: AssessmentDraft.Score(score: Int(try row.integer("score")), justification: try row.text("justification"))
            )
        }
        let byEvent = Dictionary(grouping: scores, by: { $0.key }).mapValues { rows in
            Dictionary(rows.map { ($0.criterion, $0.score) }, uniquingKeysWith: { $1 })
        }
        return try transaction.rows(
            """
            SELECT given.fund AS fund, given.event AS event, proposal, document, number, remark, recorded_at FROM assessment AS given
            JOIN audit_event ON audit_event.fund = given.fund AND audit_event.sequence = given.event
            WHERE reviewer = \(person) ORDER BY recorded_at DESC, proposal LIMIT \(longest)
            """
        ) { row -> PersonalData.Assessment? in
            guard let document = ProposalDocument(rawValue: try row.text("document")) else { return nil }
            let (fund, proposal) = (try row.text("fund"), try row.text("proposal"))
            return PersonalData.Assessment(
                fund: fund, proposal: proposal, document: document, version: Int(try row.integer("number")),
                at: try Instant(microsecondsSince1970: try row.integer("recorded_at")), remark: try row.text("remark"),
                scores: byEvent["\(fund) \(try row.integer("event")) \(proposal)"] ?? [:])
        }.compactMap { $0 }
    }

    static func expertise(of person: String, in transaction: any ReadTransaction) throws -> [PersonalData.Expertise] {
        func list(_ row: Row, _ column: String) throws -> [String] { try row.text(column).split(separator: ";").map(String.init) }
        return try transaction.rows(
            """
            SELECT declared.fund AS fund, areas, regions, languages, organizations, countries, recorded_at
            FROM reviewer_expertise AS declared
            JOIN audit_event ON audit_event.fund = declared.fund AND audit_event.sequence = declared.event
            WHERE person = \(person) ORDER BY recorded_at DESC LIMIT \(longest)
            """
        ) { row in
            PersonalData.Expertise(
                fund: try row.text("fund"),
                declared: ReviewerExpertise(
                    areas: try list(row, "areas").compactMap { Int($0) }, regions: try list(row, "regions"),
                    languages: try list(row, "languages"), organizations: try list(row, "organizations"),
                    countries: try list(row, "countries")), at: try Instant(microsecondsSince1970: try row.integer("recorded_at")))
        }
    }

    // MARK: What was said

    static func statements(of person: String, in transaction: any ReadTransaction) throws -> [PersonalData.Statement] {
        let said: [[PersonalData.Statement]] = [
            try statements(
                """
                SELECT 'comment' AS kind, fund, meeting, proposal, '' AS answer, remark AS text, written_at AS said_at
                FROM committee_comment WHERE author = \(person)
                """, transaction),
            try statements(
                """
                SELECT 'answer' AS kind, said.fund AS fund, meeting, proposal, answer, reason AS text, recorded_at AS said_at
                FROM committee_answer AS said
                JOIN audit_event ON audit_event.fund = said.fund AND audit_event.sequence = said.event WHERE person = \(person)
                """, transaction),
            try statements(
                """
                SELECT CASE state WHEN 'declared' THEN 'interest-declared' ELSE 'interest-taken-back' END AS kind, said.fund AS fund,
                    '' AS meeting, proposal, '' AS answer, statement AS text, recorded_at AS said_at
                FROM declared_interest AS said
                JOIN audit_event ON audit_event.fund = said.fund AND audit_event.sequence = said.event WHERE person = \(person)
                """, transaction),
            try statements(
                """
                SELECT state AS kind, said.fund AS fund, '' AS meeting, proposal, '' AS answer, reason AS text, recorded_at AS said_at
                FROM reviewer_assignment AS said
                JOIN audit_event ON audit_event.fund = said.fund AND audit_event.sequence = said.event
                WHERE reviewer = \(person) AND state = 'stepped-back'
                """, transaction),
        ]
        return Array(said.joined().sorted { ($1.at, $0.proposal) < ($0.at, $1.proposal) }.prefix(longest))
    }

    private static func statements(_ query: Statement, _ transaction: any ReadTransaction) throws -> [PersonalData.Statement] {
        try transaction.rows("\(query) ORDER BY said_at DESC LIMIT \(longest)") { row -> PersonalData.Statement? in
            guard let kind = PersonalData.Statement.Kind(rawValue: try row.text("kind")) else { return nil }
            return PersonalData.Statement(
                kind: kind, fund: try row.text("fund"), meeting: try row.text("meeting"), proposal: try row.text("proposal"),
                answer: try row.text("answer"), text: try row.text("text"),
                at: try Instant(microsecondsSince1970: try row.integer("said_at")))
        }.compactMap { $0 }
    }
}
