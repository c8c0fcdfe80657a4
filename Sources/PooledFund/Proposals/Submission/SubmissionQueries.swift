internal import Ledger
internal import SQL

/// The SQL of what is signed off, and of the files of a proposal.
enum SubmissionQueries {
    static func signOffs(of proposal: String, in fund: String, _ transaction: any ReadTransaction) throws -> [SignOff] {
        try transaction.rows(
            """
            SELECT party, organization, document, number, page_digest, audit_event.recorded_at AS signed_at FROM proposal_sign_off
            JOIN audit_event ON audit_event.fund = proposal_sign_off.fund AND audit_event.sequence = proposal_sign_off.event
            WHERE proposal_sign_off.fund = \(fund) AND proposal = \(proposal) ORDER BY proposal_sign_off.event
            """
        ) { row -> SignOff? in
            guard let party = ProposalForm.Signature.Party(rawValue: try row.text("party")),
                let document = ProposalDocument(rawValue: try row.text("document"))
            else { return nil }
            return SignOff(
                party: party, organization: try row.text("organization"), document: document, version: Int(try row.integer("number")),
                page: try row.optionalBytes("page_digest"), signedAt: try Instant(microsecondsSince1970: try row.integer("signed_at")))
        }.compactMap { $0 }
    }

    /// Every file that a proposal has or had, oldest first.
    static func attachments(of proposal: String, in fund: String, _ transaction: any ReadTransaction) throws -> [ProposalAttachment] {
        try attachments("version.fund = \(fund) AND version.proposal = \(proposal)", transaction).map { $0.attachment }
    }

    static func attachment(
        _ id: String, in fund: String, _ transaction: any ReadTransaction
    ) throws -> (proposal: String, attachment: ProposalAttachment)? {
        try attachments("version.fund = \(fund) AND version.id = \(id)", transaction).first
    }

    private static func attachments(
        _ condition: Statement, _ transaction: any ReadTransaction
    ) throws -> [(proposal: String, attachment: ProposalAttachment)] {
        try transaction.rows(
            """
            SELECT version.id AS id, version.proposal AS proposal, version.document AS document, version.field AS field,
                version.state AS state, version.name AS name, version.media_type AS media_type, version.size AS size,
                version.content_digest AS content_digest, audit_event.recorded_at AS attached_at
            FROM proposal_attachment AS version
            JOIN audit_event ON audit_event.fund = version.fund AND audit_event.sequence = (
                SELECT MIN(event) FROM proposal_attachment AS older WHERE older.fund = version.fund AND older.id = version.id)
            WHERE \(condition) AND version.event = (
                SELECT MAX(event) FROM proposal_attachment AS newer WHERE newer.fund = version.fund AND newer.id = version.id)
            ORDER BY attached_at, version.id
            """
        ) { row -> (proposal: String, attachment: ProposalAttachment)? in
            guard let document = ProposalDocument(rawValue: try row.text("document")) else { return nil }
            let attachment = ProposalAttachment(
                id: try row.text("id"), document: document, field: try row.text("field"), name: try row.text("name"),
                mediaType: try row.text("media_type"), size: Int(try row.integer("size")), digest: try row.bytes("content_digest"),
                attachedAt: try Instant(microsecondsSince1970: try row.integer("attached_at")),
                isRemoved: try row.text("state") == "removed")
            return (try row.text("proposal"), attachment)
        }.compactMap { $0 }
    }
}
