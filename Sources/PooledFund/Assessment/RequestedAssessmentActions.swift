extension RequestedActions {
    static let ofAssessment: [any RequestedAction.Type] = [
        ScreenProposal.self, DeclareExpertise.self, AssignReviewer.self, WithdrawAssignment.self, DeclareConflict.self,
        SaveAssessment.self, AssessProposal.self, ConcludeAssessment.self, RemindReviewers.self,
    ]
}

extension ActionField {
    fileprivate static let proposal = ActionField("proposal", .text, limit: 80)
    fileprivate static let version = ActionField("version", .wholeNumber, limit: 9)
    fileprivate static let criterion = ActionField("criterion", .text, limit: 80)
    fileprivate static let remark = ActionField("remark", .lines, isRequired: false, limit: GivenScore.remarkLimit)

    /// - Parameter isComplete: whether a score and its reason must be there.
    fileprivate static func scores(isComplete: Bool) -> ActionField {
        ActionField(
            "scores",
            .rows([
                .criterion, ActionField("score", .wholeNumber, isRequired: isComplete, limit: 3),
                ActionField("justification", .lines, isRequired: isComplete, limit: GivenScore.justificationLimit),
            ]), limit: 30)
    }
}

extension FieldValues {
    fileprivate func number(_ name: String) throws(FieldFaults) -> Int { Int(clamping: try required(wholeNumber(name), name)) }

    fileprivate var scores: [GivenScore] {
        rows("scores").map { row in
            GivenScore(
                criterion: row.text("criterion"), score: row.wholeNumber("score").map { Int(clamping: $0) },
                justification: row.text("justification"))
        }
    }
}

// MARK: Screening

extension ScreenProposal: RequestedAction {
    public static var fields: [ActionField] {
        [
            .proposal, .version, .choice("outcome", ScreeningOutcome.self),
            ActionField("words", .lines, isRequired: false, limit: wordsLimit),
            ActionField(
                "criteria",
                .rows([
                    .criterion, .choice("answer", EligibilityFinding.Answer.self, isRequired: false),
                    ActionField("reason", .lines, isRequired: false, limit: reasonLimit),
                ]), isRequired: false, limit: 60), .revisionDue,
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), version: try values.number("version"),
            outcome: try values.required(values.choice("outcome"), "outcome"), words: values.text("words"),
            // A criterion without an answer is left to the program, as it is in a form that nobody changed.
            answers: values.rows("criteria").compactMap { row in
                let answer: EligibilityFinding.Answer? = row.choice("answer")
                return answer.map { Answer(criterion: row.text("criterion"), answer: $0, reason: row.text("reason")) }
            }, revisionDue: values.optionalText("revision_due"))
    }
}

// MARK: Reviewers

extension DeclareExpertise: RequestedAction {
    public static var fields: [ActionField] {
        ["areas", "regions", "languages", "organizations", "countries"].map { ActionField($0, .text, isRequired: false, limit: 4_000) }
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        func list(_ name: String) -> [String] {
            values.text(name).split { $0 == "," || $0 == ";" || $0 == " " }.map(String.init)
        }
        var areas: [Int] = []
        for text in list("areas") { areas.append(try values.required(PooledFund.wholeNumber(text), "areas")) }
        self.init(
            fund: fund,
            expertise: ReviewerExpertise(
                areas: areas.sorted(), regions: list("regions"), languages: list("languages"), organizations: list("organizations"),
                countries: list("countries")))
    }
}

extension AssignReviewer: RequestedAction {
    public static var fields: [ActionField] {
        [
            ActionField("assignments", .rows([.proposal, ActionField("reviewer", .id(.person), limit: 80)]), limit: limit),
            ActionField("due", .date(isPartial: false), isRequired: false),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund,
            assignments: values.rows("assignments").map { Pair(proposal: $0.text("proposal"), reviewer: $0.text("reviewer")) },
            due: values.date("due"))
    }
}

extension WithdrawAssignment: RequestedAction {
    public static var fields: [ActionField] {
        [.proposal, ActionField("reviewer", .id(.person), limit: 80), ActionField("reason", .lines, limit: 4_000)]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), reviewer: values.text("reviewer"), reason: values.text("reason"))
    }
}

extension DeclareConflict: RequestedAction {
    public static var fields: [ActionField] { [.proposal, ActionField("reason", .lines, limit: 4_000)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, proposal: values.text("proposal"), reason: values.text("reason"))
    }
}

extension RemindReviewers: RequestedAction {
    public static var fields: [ActionField] { [] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        _ = try input.read(Self.fields)
        self.init(fund: fund)
    }
}

// MARK: Scores

extension SaveAssessment: RequestedAction {
    public static var fields: [ActionField] {
        [.proposal, ActionField("revision", .wholeNumber, limit: 9), .scores(isComplete: false), .remark]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), revision: try values.number("revision"), scores: values.scores,
            remark: values.text("remark"))
    }
}

extension AssessProposal: RequestedAction {
    public static var fields: [ActionField] { [.proposal, .version, .scores(isComplete: true), .remark] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), version: try values.number("version"), scores: values.scores,
            remark: values.text("remark"))
    }
}

extension ConcludeAssessment: RequestedAction {
    public static var fields: [ActionField] {
        [
            .proposal, .version,
            ActionField(
                "moderated", .rows([.criterion, ActionField("score", .wholeNumber, isRequired: false, limit: 3)]), isRequired: false,
                limit: 30),
            ActionField("reason", .lines, isRequired: false, limit: 8_000),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), version: try values.number("version"),
            moderated: values.rows("moderated").compactMap { row in
                row.wholeNumber("score").map { Moderated(criterion: row.text("criterion"), score: Int(clamping: $0)) }
            }, reason: values.text("reason"))
    }
}
