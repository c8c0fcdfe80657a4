internal import Foundation
public import Ledger
internal import SQL

extension PersonalData {
    /// What somebody wrote in a proposal that is being written: a section as they saved it last, or kept beside what another saved.
    public struct Writing: Sendable, Hashable {
        public let fund: String
        public let proposal: String
        public let document: ProposalDocument
        public let section: String
        public let savedAt: Instant
        /// By the ids of the fields.
        public let answers: SectionAnswers
        /// Whether it is kept beside, and is not what stands.
        public let isAside: Bool
    }

    /// What somebody said of a section of a proposal.
    public struct Remark: Sendable, Hashable {
        public let fund: String
        public let proposal: String
        public let section: String
        public let audience: SectionComment.Audience
        public let remark: String
        public let writtenAt: Instant
    }
}

extension PersonalDataQueries {
    static func writing(of person: String, in transaction: any ReadTransaction) throws -> [PersonalData.Writing] {
        try writing("proposal_draft", isAside: false, person, transaction)
            + writing("proposal_draft_aside", isAside: true, person, transaction)
    }

    private static func writing(
        _ table: String, isAside: Bool, _ person: String, _ transaction: any ReadTransaction
    ) throws -> [PersonalData.Writing] {
        try transaction.rows(
            """
            SELECT fund, proposal, document, section, answers, saved_at FROM \(name: table) WHERE author = \(person)
            ORDER BY saved_at DESC, fund, proposal, document, section LIMIT 1000
            """
        ) { row -> PersonalData.Writing? in
            guard let document = ProposalDocument(rawValue: try row.text("document")) else { return nil }
            return PersonalData.Writing(
                fund: try row.text("fund"), proposal: try row.text("proposal"), document: document, section: try row.text("section"),
                savedAt: try Instant(microsecondsSince1970: try row.integer("saved_at")),
                answers: SectionAnswers(stored: try row.text("answers")), isAside: isAside)
        }.compactMap { $0 }
    }

    static func remarks(of person: String, in transaction: any ReadTransaction) throws -> [PersonalData.Remark] {
        try transaction.rows(
            """
            SELECT fund, proposal, section, audience, remark, written_at FROM proposal_comment WHERE author = \(person)
            ORDER BY written_at DESC, id LIMIT 1000
            """
        ) { row -> PersonalData.Remark? in
            guard let audience = SectionComment.Audience(rawValue: try row.text("audience")) else { return nil }
            return PersonalData.Remark(
                fund: try row.text("fund"), proposal: try row.text("proposal"), section: try row.text("section"), audience: audience,
                remark: try row.text("remark"), writtenAt: try Instant(microsecondsSince1970: try row.integer("written_at")))
        }.compactMap { $0 }
    }
}
