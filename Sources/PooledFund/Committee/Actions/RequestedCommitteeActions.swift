extension RequestedActions {
    static let ofCommittee: [any RequestedAction.Type] = [
        ConveneMeeting.self, OpenNoObjection.self, AmendMeeting.self, AttachPaper.self, RecordAttendance.self, CloseMeeting.self,
        DeclareInterest.self, AnswerItem.self, CommentItem.self, StateCash.self, NoteEarmark.self, SaveSlate.self, ProposeSlate.self,
        RecordDecision.self, InviteDocument.self, ReconfirmPipeline.self, Recost.self, ExpirePipeline.self, ConsentToPublish.self,
    ]
}

extension ActionField {
    fileprivate static let proposal = ActionField("proposal", .text, limit: 80)
    fileprivate static let meeting = ActionField("meeting", .text, limit: 80)
    fileprivate static let title = ActionField("title", .text, limit: 200)
    fileprivate static let reason = ActionField("reason", .lines, limit: 8_000)
    fileprivate static let note = ActionField("note", .lines, isRequired: false, limit: 8_000)

    fileprivate static func proposals(_ name: String, isRequired: Bool = false) -> ActionField {
        ActionField(name, .rows([.proposal]), isRequired: isRequired, limit: ConveneMeeting.itemLimit)
    }

    fileprivate static func amount(_ name: String, isRequired: Bool = false, takesZero: Bool = false) -> ActionField {
        ActionField(name, .amount, isRequired: isRequired, limit: 30, takesZero: takesZero)
    }

    /// An amount for each organization.
    fileprivate static func amounts(isRequired: Bool) -> ActionField {
        ActionField(
            "amounts", .rows([ActionField("organization", .id(.organization), limit: 80), amount("amount", isRequired: true)]),
            isRequired: isRequired, limit: 100)
    }
}

extension FieldValues {
    fileprivate func proposals(_ name: String) -> [String] { rows(name).map { $0.text("proposal") } }

    fileprivate func amounts() throws(FieldFaults) -> [ProposalFacts.Amount] {
        var amounts: [ProposalFacts.Amount] = []
        for row in rows("amounts") {
            amounts.append(
                ProposalFacts.Amount(organization: row.text("organization"), amount: try row.required(row.amount("amount"), "amount")))
        }
        return amounts
    }
}

// MARK: Meetings

extension ConveneMeeting: RequestedAction {
    public static var fields: [ActionField] {
        [
            ActionField("code", .text, limit: 80), .title, ActionField("held_on", .date(isPartial: false), limit: 10),
            ActionField("venue", .text, limit: 500), .note, .proposals("agenda"),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, id: values.text("code"), title: values.text("title"),
            heldOn: try values.required(values.date("held_on"), "held_on"),
            place: values.text("venue"), note: values.text("note"), agenda: values.proposals("agenda"))
    }
}

extension OpenNoObjection: RequestedAction {
    public static var fields: [ActionField] {
        [
            ActionField("code", .text, limit: 80), .title, ActionField("note", .lines, limit: 8_000),
            ActionField("days", .wholeNumber, isRequired: false, limit: 3), .proposals("agenda", isRequired: true),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, id: values.text("code"), title: values.text("title"), note: values.text("note"),
            days: values.wholeNumber("days").map { Int(clamping: $0) }, agenda: values.proposals("agenda"))
    }
}

extension AmendMeeting: RequestedAction {
    public static var fields: [ActionField] {
        [
            .meeting, ActionField("title", .text, isRequired: false, limit: 200),
            ActionField("held_on", .date(isPartial: false), isRequired: false, limit: 10),
            ActionField("venue", .text, isRequired: false, limit: 500), .note, .proposals("added"), .proposals("removed"), .reason,
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, meeting: values.text("meeting"), title: values.optionalText("title"), heldOn: values.date("held_on"),
            place: values.optionalText("venue"), note: values.optionalText("note"), added: values.proposals("added"),
            removed: values.proposals("removed"), reason: values.text("reason"))
    }
}

extension AttachPaper: RequestedAction {
    public static var fields: [ActionField] {
        [
            .meeting, ActionField("proposal", .text, isRequired: false, limit: 80), .title,
            ActionField("file", .document, limit: AttachedDocument.sizeLimit),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, meeting: values.text("meeting"), proposal: values.optionalText("proposal"), title: values.text("title"),
            file: try values.required(values.document("file"), "file"))
    }
}

extension RecordAttendance: RequestedAction {
    public static var fields: [ActionField] {
        [
            .meeting,
            ActionField(
                "seats", .rows([ActionField("seat", .id(.seat), limit: 80), .choice("part", CommitteeMeeting.Attendance.Part.self)]),
                limit: 100),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        var seats: [Seated] = []
        for row in values.rows("seats") { seats.append(Seated(row.text("seat"), try row.required(row.choice("part"), "part"))) }
        self.init(fund: fund, meeting: values.text("meeting"), seats: seats)
    }
}

extension CloseMeeting: RequestedAction {
    public static var fields: [ActionField] { [.meeting, .note] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, meeting: values.text("meeting"), note: values.text("note"))
    }
}

// MARK: Members

extension DeclareInterest: RequestedAction {
    private enum State: String, CaseIterable {
        case declared
        case takenBack = "taken-back"
    }

    public static var fields: [ActionField] {
        [.proposal, ActionField("statement", .lines, limit: 2_000), .choice("state", State.self, isRequired: false)]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), statement: values.text("statement"),
            isTakenBack: values.choice("state", State.self) == .takenBack)
    }
}

extension AnswerItem: RequestedAction {
    public static var fields: [ActionField] {
        [
            .meeting, .proposal, .choice("answer", ItemAnswer.Answer.self),
            ActionField("reason", .lines, isRequired: false, limit: 4_000),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, meeting: values.text("meeting"), proposal: values.text("proposal"),
            answer: try values.required(values.choice("answer"), "answer"), reason: values.text("reason"))
    }
}

extension CommentItem: RequestedAction {
    public static var fields: [ActionField] { [.meeting, .proposal, ActionField("remark", .lines, limit: 8_000)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, meeting: values.text("meeting"), proposal: values.text("proposal"), remark: values.text("remark"))
    }
}

// MARK: Money

extension StateCash: RequestedAction {
    public static var fields: [ActionField] {
        [
            ActionField("as_of", .date(isPartial: false), limit: 10), .amount("deposits", isRequired: true, takesZero: true),
            .amount("income", takesZero: true), .amount("fees", takesZero: true), .amount("transferred", takesZero: true),
            .amount("reserved", takesZero: true),
            ActionField(
                "agreements",
                .rows([
                    ActionField("agreement", .text, limit: 80), ActionField("contributor", .id(.contributor), limit: 80),
                    .amount("amount", isRequired: true),
                ]), isRequired: false, limit: 200),
            ActionField("transfers", .rows([.proposal, .amount("amount", isRequired: true)]), isRequired: false, limit: 500), .note,
            ActionField("file", .document, limit: AttachedDocument.sizeLimit),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        var agreements: [Agreement] = []
        for row in values.rows("agreements") {
            agreements.append(
                Agreement(
                    agreement: row.text("agreement"), contributor: row.text("contributor"),
                    amount: try row.required(row.amount("amount"), "amount")))
        }
        var transfers: [Transfer] = []
        for row in values.rows("transfers") {
            transfers.append(Transfer(proposal: row.text("proposal"), amount: try row.required(row.amount("amount"), "amount")))
        }
        self.init(
            fund: fund, asOf: try values.required(values.date("as_of"), "as_of"),
            amounts: Amounts(
                deposits: try values.required(values.amount("deposits"), "deposits"), income: values.amount("income"),
                fees: values.amount("fees"), transferred: values.amount("transferred"), reserved: values.amount("reserved")),
            agreements: agreements, transfers: transfers, note: values.text("note"),
            document: try values.required(values.document("file"), "file"))
    }
}

extension NoteEarmark: RequestedAction {
    public static var fields: [ActionField] {
        [
            ActionField("code", .text, limit: 80), ActionField("contributor", .id(.contributor), limit: 80),
            ActionField("area", .wholeNumber, isRequired: false, limit: 3), ActionField("region", .text, isRequired: false, limit: 80),
            .amount("amount"), .note,
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, id: values.text("code"), contributor: values.text("contributor"),
            area: values.wholeNumber("area").map { Int(clamping: $0) }, region: values.optionalText("region"),
            amount: values.amount("amount"), note: values.text("note"))
    }
}

extension SaveSlate: RequestedAction {
    public static var fields: [ActionField] {
        [
            ActionField("code", .text, limit: 80), .title, .note,
            ActionField(
                "entries",
                .rows([.proposal, ActionField("organization", .id(.organization), isRequired: false, limit: 80), .amount("amount")]),
                limit: entryLimit),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, id: values.text("code"), title: values.text("title"), note: values.text("note"),
            entries: values.rows("entries").map {
                Entry(proposal: $0.text("proposal"), organization: $0.optionalText("organization"), amount: $0.amount("amount"))
            })
    }
}

extension ProposeSlate: RequestedAction {
    public static var fields: [ActionField] { [.meeting, ActionField("slate", .text, limit: 80)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, meeting: values.text("meeting"), slate: values.text("slate"))
    }
}

// MARK: Decisions and the pipeline

extension RecordDecision: RequestedAction {
    public static var fields: [ActionField] {
        [
            .meeting, .proposal, ActionField("digest", .text, limit: 64), .choice("outcome", CommitteeDecision.Outcome.self),
            ActionField("agreement", .text, isRequired: false, limit: 80), .amounts(isRequired: false),
            ActionField(
                "conditions",
                .rows([
                    ActionField("condition", .lines, limit: 2_000), ActionField("owner", .text, limit: 200),
                    ActionField("due", .date(isPartial: false), isRequired: false, limit: 10),
                ]), isRequired: false, limit: conditionLimit),
            ActionField("rationale", .lines, limit: 8_000), ActionField("told", .lines, isRequired: false, limit: 8_000),
            ActionField("minutes", .document, isRequired: false, limit: AttachedDocument.sizeLimit), .revisionDue,
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, meeting: values.text("meeting"), proposal: values.text("proposal"), digest: values.text("digest"),
            outcome: try values.required(values.choice("outcome"), "outcome"), agreement: values.optionalText("agreement"),
            amounts: try values.amounts(),
            conditions: values.rows("conditions").map {
                CommitteeDecision.Condition(condition: $0.text("condition"), owner: $0.text("owner"), due: $0.date("due"))
            }, rationale: values.text("rationale"), told: values.text("told"), minutes: values.document("minutes"),
            revisionDue: values.optionalText("revision_due"))
    }
}

extension InviteDocument: RequestedAction {
    public static var fields: [ActionField] { [.proposal, .reason] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, proposal: values.text("proposal"), reason: values.text("reason"))
    }
}

extension ReconfirmPipeline: RequestedAction {
    public static var fields: [ActionField] { [.proposal, ActionField("note", .lines, limit: 4_000)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, proposal: values.text("proposal"), note: values.text("note"))
    }
}

extension Recost: RequestedAction {
    public static var fields: [ActionField] { [.proposal, .amounts(isRequired: true), ActionField("note", .lines, limit: 4_000)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, proposal: values.text("proposal"), amounts: try values.amounts(), note: values.text("note"))
    }
}

extension ExpirePipeline: RequestedAction {
    public static var fields: [ActionField] { [.proposal, .reason] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, proposal: values.text("proposal"), reason: values.text("reason"))
    }
}

extension ConsentToPublish: RequestedAction {
    private enum State: String, CaseIterable {
        case given
        case takenBack = "taken-back"
    }

    public static var fields: [ActionField] { [.proposal, .choice("state", State.self, isRequired: false)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, proposal: values.text("proposal"), isTakenBack: values.choice("state", State.self) == .takenBack)
    }
}
