extension AuditedTable {
    static let ofAssessment = [
        eligibilityFinding, reviewerExpertise, reviewerAssignment, assessment, assessmentScore, finalScore, finalScoreCriterion,
    ]

    static let eligibilityFinding = AuditedTable(
        "eligibility_finding", ["proposal", "document", "number", "criterion", "system_answer", "found", "answer", "reason"])
    static let reviewerExpertise = AuditedTable(
        "reviewer_expertise", ["person", "areas", "regions", "languages", "organizations", "countries"])
    static let reviewerAssignment = AuditedTable(
        "reviewer_assignment", ["proposal", "document", "reviewer", "state", "due_on", "reason"])
    static let assessment = AuditedTable("assessment", ["proposal", "document", "number", "reviewer", "remark"])
    static let assessmentScore = AuditedTable(
        "assessment_score", ["proposal", "document", "number", "reviewer", "criterion", "score", "justification"])
    static let finalScore = AuditedTable(
        "final_score", ["proposal", "document", "number", "hundredths", "threshold", "spread", "is_moderated", "reason"])
    static let finalScoreCriterion = AuditedTable(
        "final_score_criterion", ["proposal", "document", "number", "criterion", "weight", "full_marks", "sum", "readers"])
}
