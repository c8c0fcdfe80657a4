extension AuditedTable {
    static let ofProposals = [proposal, proposalOrganization, proposalVersion, proposalAmount, proposalStage, revisionDue] + ofWriting

    static let proposal = AuditedTable("proposal", ["code", "call", "lead"])
    static let proposalOrganization = AuditedTable("proposal_organization", ["proposal", "organization", "part"])
    static let proposalVersion = AuditedTable(
        "proposal_version",
        [
            "proposal", "document", "number", "content", "content_digest", "title", "thematic_area", "objectives", "countries", "regions",
            "local_authorities", "duration_months", "budget",
        ])
    static let proposalAmount = AuditedTable("proposal_amount", ["proposal", "document", "number", "organization", "amount"])
    static let proposalStage = AuditedTable("proposal_stage", ["proposal", "stage", "document", "version", "reason"])
    static let revisionDue = AuditedTable("revision_due", ["proposal", "due_at", "reason"])

    /// Calls, files and signatures.
    private static let ofWriting = [proposalCall, callQuestion, callAnswer, proposalAttachment, proposalSignOff]

    static let proposalCall = AuditedTable("proposal_call", ["code", "title", "summary", "opens_at", "closes_at", "reason"])
    static let callQuestion = AuditedTable("call_question", ["id", "call", "question"])
    static let callAnswer = AuditedTable("call_answer", ["question", "answer"])
    static let proposalAttachment = AuditedTable(
        "proposal_attachment", ["id", "proposal", "document", "field", "state", "name", "media_type", "size", "content_digest"])
    static let proposalSignOff = AuditedTable(
        "proposal_sign_off", ["proposal", "document", "number", "party", "organization", "content_digest", "page_digest"])
}
