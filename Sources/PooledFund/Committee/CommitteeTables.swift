extension AuditedTable {
    /// Of the committee: meetings, interests, money, selections, decisions and the pipeline.
    static let ofCommittee = ofMeetings + ofMoney + ofSlates + ofDecisions + ofPipeline

    private static let ofMeetings = [
        committeeMeeting, committeeItem, committeePaper, committeeAttendance, committeeClosure, committeeAnswer, declaredInterest,
    ]
    private static let ofMoney = [cashStatement, cashAgreement, cashTransfer, softEarmark]
    private static let ofSlates = [slate, slateAmount, slateForMeeting]
    private static let ofDecisions = [decision, decisionAmount, decisionCondition, decisionPart]
    private static let ofPipeline = [pipelineReview, pipelineCost, publicationConsent]

    static let committeeMeeting = AuditedTable(
        "committee_meeting", ["id", "kind", "title", "held_on", "place", "note", "closes_at", "reason"])
    static let committeeItem = AuditedTable("committee_item", ["meeting", "proposal", "document", "version", "position", "state"])
    static let committeePaper = AuditedTable(
        "committee_paper", ["id", "meeting", "proposal", "title", "name", "media_type", "size", "content_digest"])
    static let committeeAttendance = AuditedTable("committee_attendance", ["meeting", "seat", "person", "part"])
    static let committeeClosure = AuditedTable("committee_closure", ["meeting", "note"])
    static let committeeAnswer = AuditedTable("committee_answer", ["meeting", "proposal", "seat", "person", "answer", "reason"])
    static let declaredInterest = AuditedTable("declared_interest", ["proposal", "person", "state", "statement"])
    static let cashStatement = AuditedTable(
        "cash_statement", ["as_of", "deposits", "income", "fees", "transferred", "reserved", "note", "document_digest"])
    static let cashAgreement = AuditedTable("cash_agreement", ["agreement", "contributor", "amount"])
    static let cashTransfer = AuditedTable("cash_transfer", ["proposal", "amount"])
    static let slate = AuditedTable("slate", ["id", "title", "note"])
    static let slateAmount = AuditedTable("slate_amount", ["slate", "proposal", "organization", "amount"])
    static let slateForMeeting = AuditedTable("slate_for_meeting", ["meeting", "slate", "saved_by"])
    static let softEarmark = AuditedTable("soft_earmark", ["id", "contributor", "dimension", "target", "amount", "note"])
    static let decision = AuditedTable(
        "decision",
        [
            "meeting", "proposal", "document", "version", "content_digest", "outcome", "taken_by", "basis", "agreement", "rationale",
            "minutes_digest",
        ])
    static let decisionAmount = AuditedTable("decision_amount", ["meeting", "proposal", "organization", "amount"])
    static let decisionCondition = AuditedTable("decision_condition", ["meeting", "proposal", "number", "condition", "owner", "due"])
    static let decisionPart = AuditedTable("decision_part", ["meeting", "proposal", "seat", "part", "reason"])
    static let pipelineReview = AuditedTable("pipeline_review", ["proposal", "kind", "note"])
    static let pipelineCost = AuditedTable("pipeline_cost", ["proposal", "organization", "amount"])
    static let publicationConsent = AuditedTable("publication_consent", ["proposal", "state"])
}
