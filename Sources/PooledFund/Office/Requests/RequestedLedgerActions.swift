extension PostEntries: RequestedAction {
    public static var fields: [ActionField] {
        [
            ActionField(
                "contributions",
                .rows([
                    ActionField("external_id", .text, limit: 80), ActionField("contributor", .id(.contributor), limit: 80),
                    ActionField("amount", .amount, limit: 30), ActionField("effective_on", .date(isPartial: true), limit: 10),
                    ActionField("source", .id(.source), limit: 80), ActionField("memo", .text, isRequired: false),
                ]), limit: 100)
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let rows = try input.read(Self.fields).rows("contributions")
        var contributions: [OpeningContribution] = []
        for row in rows {
            contributions.append(
                OpeningContribution(
                    externalID: row.text("external_id"), contributor: row.text("contributor"),
                    amount: try row.required(row.amount("amount"), "amount"),
                    effectiveOn: try row.required(row.date("effective_on"), "effective_on"), memo: row.text("memo"),
                    source: row.text("source")))
        }
        self.init(fund: fund, contributions: contributions)
    }
}

extension ReverseEntry: RequestedAction {
    public static var fields: [ActionField] {
        [
            ActionField("entry", .id(.entry), limit: 80), ActionField("external_id", .text, limit: 80),
            ActionField("effective_on", .date(isPartial: false), limit: 10), ActionField("memo", .text, isRequired: false),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, entry: values.text("entry"), externalID: values.text("external_id"),
            effectiveOn: try values.required(values.date("effective_on"), "effective_on"), memo: values.text("memo"))
    }
}

extension EraseEventBody: RequestedAction {
    public static var fields: [ActionField] { [ActionField("event", .wholeNumber, limit: 9), ActionField("reason", .text)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, event: try values.required(values.wholeNumber("event"), "event"), reason: values.text("reason"))
    }
}
