extension RequestedActions {
    static let ofProposals: [any RequestedAction.Type] = [
        OpenCall.self, AmendCall.self, AskQuestion.self, AnswerQuestion.self, StartProposal.self, AddOrganization.self,
        RemoveOrganization.self, SaveSection.self, ReadBudget.self, OwnSection.self, CommentSection.self, SettleComment.self,
        AttachDocument.self, RemoveAttachment.self, SubmitProposal.self, SignOffProposal.self, ReturnProposal.self, WithdrawProposal.self,
    ]
}

extension ActionField {
    fileprivate static let proposal = ActionField("proposal", .text, limit: 80)
    fileprivate static let document = choice("document", ProposalDocument.self)
    fileprivate static let section = ActionField("section", .text, limit: 80)
    fileprivate static let organization = ActionField("organization", .id(.organization), limit: 80)
    fileprivate static let reason = ActionField("reason", .lines, limit: 8_000)
    fileprivate static let revision = ActionField("revision", .wholeNumber, limit: 9)
    fileprivate static let call = ActionField("call", .text, limit: 80)
}

extension FieldValues {
    fileprivate func document() throws(FieldFaults) -> ProposalDocument { try required(choice("document"), "document") }
    fileprivate func revision() throws(FieldFaults) -> Int { Int(clamping: try required(wholeNumber("revision"), "revision")) }
}

extension ActionField {
    /// Until when what is returned is taken again: a day, or a day and a time of it.
    static let revisionDue = ActionField("revision_due", .text, isRequired: false, limit: 16)
}

// MARK: Calls

extension OpenCall: RequestedAction {
    public static var fields: [ActionField] {
        [
            ActionField("code", .text, limit: 80), ActionField("title", .text, limit: titleLimit),
            ActionField("summary", .lines, limit: summaryLimit), ActionField("opens", .text, isRequired: false, limit: 16),
            ActionField("closes", .text, isRequired: false, limit: 16),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, code: values.text("code"), title: values.text("title"), summary: values.text("summary"),
            opens: values.optionalText("opens"), closes: values.optionalText("closes"))
    }
}

extension AmendCall: RequestedAction {
    public static var fields: [ActionField] {
        [
            .call, ActionField("title", .text, isRequired: false, limit: OpenCall.titleLimit),
            ActionField("summary", .lines, isRequired: false, limit: OpenCall.summaryLimit),
            ActionField("closes", .text, isRequired: false, limit: 16), .reason,
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, call: values.text("call"), title: values.optionalText("title"), summary: values.optionalText("summary"),
            closes: values.optionalText("closes"), reason: values.text("reason"))
    }
}

extension AskQuestion: RequestedAction {
    public static var fields: [ActionField] { [.call, ActionField("question", .lines, limit: 4_000)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, call: values.text("call"), question: values.text("question"))
    }
}

extension AnswerQuestion: RequestedAction {
    public static var fields: [ActionField] { [ActionField("question", .text, limit: 80), ActionField("answer", .lines, limit: 8_000)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, question: values.text("question"), answer: values.text("answer"))
    }
}

// MARK: Writing

extension StartProposal: RequestedAction {
    public static var fields: [ActionField] {
        [ActionField("code", .text, limit: 80), .call, ActionField("lead", .id(.organization), limit: 80)]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, code: values.text("code"), call: values.text("call"), lead: values.text("lead"))
    }
}

extension AddOrganization: RequestedAction {
    public static var fields: [ActionField] { [.proposal, .organization] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, proposal: values.text("proposal"), organization: values.text("organization"))
    }
}

extension RemoveOrganization: RequestedAction {
    public static var fields: [ActionField] { [.proposal, .organization] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, proposal: values.text("proposal"), organization: values.text("organization"))
    }
}

extension SaveSection: RequestedAction {
    public static var fields: [ActionField] {
        [.proposal, .document, .section, .revision, ActionField("answers", .answers, isRequired: false, limit: SectionAnswers.sizeLimit)]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), document: try values.document(), section: values.text("section"),
            revision: try values.revision(), answers: values.answers("answers"))
    }
}

extension ReadBudget: RequestedAction {
    public static var fields: [ActionField] { [.proposal, .document, .revision, ActionField("sheet", .sheet, limit: 1_000_000)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), document: try values.document(), revision: try values.revision(),
            rows: values.sheet("sheet"))
    }
}

extension OwnSection: RequestedAction {
    public static var fields: [ActionField] {
        [.proposal, .document, .section, ActionField("owner", .id(.person), isRequired: false, limit: 80)]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), document: try values.document(), section: values.text("section"),
            owner: values.optionalText("owner"))
    }
}

extension CommentSection: RequestedAction {
    public static var fields: [ActionField] {
        [.proposal, .document, .section, .choice("audience", SectionComment.Audience.self), ActionField("remark", .lines, limit: 8_000)]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), document: try values.document(), section: values.text("section"),
            audience: try values.required(values.choice("audience"), "audience"), remark: values.text("remark"))
    }
}

extension SettleComment: RequestedAction {
    public static var fields: [ActionField] { [.proposal, .document, ActionField("comment", .text, limit: 80)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), document: try values.document(), comment: values.text("comment"))
    }
}

// MARK: Files

extension AttachDocument: RequestedAction {
    public static var fields: [ActionField] {
        [
            .proposal, .document, ActionField("field", .text, limit: 80),
            ActionField("file", .document, limit: AttachedDocument.sizeLimit),
            ActionField("replaces", .text, isRequired: false, limit: 80),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), document: try values.document(), field: values.text("field"),
            file: try values.required(values.document("file"), "file"), replaces: values.optionalText("replaces"))
    }
}

extension RemoveAttachment: RequestedAction {
    public static var fields: [ActionField] { [.proposal, ActionField("attachment", .text, limit: 80)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, proposal: values.text("proposal"), attachment: values.text("attachment"))
    }
}

// MARK: Submitting

extension SubmitProposal: RequestedAction {
    public static var fields: [ActionField] { [.proposal] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        self.init(fund: fund, proposal: try input.read(Self.fields).text("proposal"))
    }
}

extension SignOffProposal: RequestedAction {
    public static var fields: [ActionField] {
        [
            .proposal, .choice("party", ProposalForm.Signature.Party.self), .organization, ActionField("digest", .text, limit: 64),
            ActionField("page", .document, isRequired: false, limit: AttachedDocument.sizeLimit),
            ActionField("page_code", .text, isRequired: false, limit: 80),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), party: try values.required(values.choice("party"), "party"),
            organization: values.text("organization"), digest: values.text("digest"), page: values.document("page"),
            pageCode: values.optionalText("page_code"))
    }
}

extension ReturnProposal: RequestedAction {
    public static var fields: [ActionField] { [.proposal, .reason, .revisionDue] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, proposal: values.text("proposal"), reason: values.text("reason"), revisionDue: values.optionalText("revision_due"))
    }
}

extension WithdrawProposal: RequestedAction {
    public static var fields: [ActionField] { [.proposal, .reason] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, proposal: values.text("proposal"), reason: values.text("reason"))
    }
}
