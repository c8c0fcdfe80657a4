extension InvitePerson: RequestedAction {
    public static var fields: [ActionField] {
        [
            ActionField("email", .email, limit: 254), ActionField("name", .text, isRequired: false, limit: PersonParticulars.nameLimit),
            .choice("role", Role.self), ActionField("organization", .id(.party), limit: 80),
            ActionField("seat", .id(.seat), isRequired: false, limit: 80), ActionField("engagement", .text, isRequired: false),
            ActionField("from", .date(isPartial: false), isRequired: false, limit: 10),
            ActionField("until", .date(isPartial: false), isRequired: false, limit: 10),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, email: values.text("email"), personName: values.text("name"),
            role: try values.required(values.choice("role"), "role"), organization: values.text("organization"),
            seat: values.optionalText("seat"), engagement: values.optionalText("engagement"), startsOn: values.date("from"),
            endsOn: values.date("until"))
    }
}

extension EndRole: RequestedAction {
    public static var fields: [ActionField] {
        [
            ActionField("holding", .id(.holding), limit: 80), ActionField("reason", .text),
            ActionField("last_day", .date(isPartial: false), isRequired: false, limit: 10),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, holding: values.text("holding"), reason: values.text("reason"), lastDay: values.date("last_day"))
    }
}

extension ErasePerson: RequestedAction {
    public static var fields: [ActionField] { [ActionField("person", .id(.person), limit: 80), ActionField("reason", .text)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, person: values.text("person"), reason: values.text("reason"))
    }
}

extension ResetAccess: RequestedAction {
    public static var fields: [ActionField] { [ActionField("person", .id(.person), limit: 80), ActionField("reason", .text)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(fund: fund, person: values.text("person"), reason: values.text("reason"))
    }
}

extension RegisterOrganization: RequestedAction {
    public static var fields: [ActionField] {
        [
            ActionField("id", .text, limit: 80), ActionField("name", .text, limit: 300),
            ActionField("short_name", .text, isRequired: false, limit: 300), .choice("kind", Organization.Kind.self),
            ActionField("country", .id(.country), isRequired: false, limit: 3),
            ActionField("level", .choice(LocalAuthority.Level.allCases.filter { $0 != .several }.map(\.rawValue)), isRequired: false),
            ActionField("place", .text, isRequired: false, limit: 300), ActionField("source", .id(.source), limit: 80),
        ]
    }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let values = try input.read(Self.fields)
        self.init(
            fund: fund, id: values.text("id"), organizationName: values.text("name"), shortName: values.text("short_name"),
            kind: try values.required(values.choice("kind"), "kind"), country: values.optionalText("country"),
            level: values.choice("level"), place: values.optionalText("place"), source: values.text("source"))
    }
}
