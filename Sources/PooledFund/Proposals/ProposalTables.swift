extension AuditedTable {
    static let ofProposals = [proposal, proposalOrganization, proposalVersion, proposalAmount, proposalStage]

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
}
