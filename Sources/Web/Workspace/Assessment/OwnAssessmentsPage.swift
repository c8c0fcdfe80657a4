internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// What a reviewer has to assess, and what they know about.
    func ownPage(
        _ own: OwnAssessments, _ fund: String, _ notice: PageNotice?, _ form: ActionForm?, _ trouble: FormTrouble
    ) throws -> WorkspacePage {
        WorkspacePage(
            title: say("assessment.title"), lead: .text(say("assessment.own.lead")), notice: notice,
            content: .fragment {
                workspaceBlock(say("assessment.own"), id: "own") {
                    if own.items.isEmpty { p(.class("dim")) { say("assessment.own.none") } } else { ownTable(own, fund) }
                }
                workspaceBlock(say("assessment.expertise"), id: "expertise", note: .text(say("assessment.expertise.note"))) {
                    expertiseForm(own, fund, form, trouble).markup(say)
                }
            })
    }

    private func ownTable(_ own: OwnAssessments, _ fund: String) -> Markup {
        RecordTable(
            caption: say("assessment.own"),
            columns: [
                .init(label: say("assessment.column.proposal"), isName: true), .init(label: say("assessment.column.document")),
                .init(label: say("assessment.column.due")), .init(label: say("assessment.column.state")),
            ],
            rows: own.items.map { item in
                [
                    proposalName(item.title, item.id, .assessment(item.id), in: fund), .text(documentName(item.document)),
                    date(item.dueOn), .text(say(SentenceKey("assessment.state.\(item.state.rawValue)"))),
                ]
            }
        ).markup()
    }

    // MARK: Expertise

    /// Lists of which several are ticked; the action takes them as one text.
    private static let ticked = ["areas", "regions", "organizations"]

    private func expertiseForm(_ own: OwnAssessments, _ fund: String, _ form: ActionForm?, _ trouble: FormTrouble) -> Form {
        let known = own.expertise ?? .none
        func values(_ name: String, _ standing: [String]) -> [String] {
            form.map { form in form.typed.filter { $0.name == name }.map(\.value) } ?? standing
        }
        let organizations = own.choices.choices(of: .organizationsOfKind(.unitedNations))
        let fields = [
            FormField(
                "areas", label: say("assessment.expertise.areas"),
                kind: .boxes(own.terms.thematicAreas.map { Choice(String($0.number), $0.name) }),
                values: values("areas", known.areas.map(String.init)), refusals: trouble.refusals(of: "areas"), isRequired: false),
            FormField(
                "regions", label: say("assessment.expertise.regions"),
                kind: .boxes(own.terms.regions.map { Choice($0.id, $0.name) }), values: values("regions", known.regions),
                refusals: trouble.refusals(of: "regions"), isRequired: false),
            FormField(
                "languages", label: say("assessment.expertise.languages"), help: say("assessment.expertise.languages.help"), kind: .text(),
                values: values("languages", [known.languages.joined(separator: ", ")]), refusals: trouble.refusals(of: "languages"),
                isRequired: false),
            FormField(
                "organizations", label: say("assessment.expertise.organizations"), help: say("assessment.expertise.organizations.help"),
                kind: .boxes(organizations.map { Choice($0.id, $0.label) }), values: values("organizations", known.organizations),
                refusals: trouble.refusals(of: "organizations"), isRequired: false),
            FormField(
                "countries", label: say("assessment.expertise.countries"), help: say("assessment.expertise.countries.help"), kind: .text(),
                values: values("countries", [known.countries.joined(separator: ", ")]), refusals: trouble.refusals(of: "countries"),
                isRequired: false),
        ]
        return Form(
            action: Self.address(.assessments, in: fund),
            fields: fields + [.hidden("do", "expertise")] + (form ?? ActionForm(query)).hiddenOwn,
            buttons: [FormButton(label: say("assessment.expertise.submit"))], errors: trouble.errors,
            refusals: trouble.refusalsElsewhere(besides: fields))
    }

    func submitExpertise(_ fund: String, _ sent: any NamedValues, _ form: ActionForm) async throws -> WorkspaceAnswer {
        let pairs =
            Self.ticked.map { (name: $0, value: sent.all($0).joined(separator: ",")) }
            + ["languages", "countries"].map { (name: $0, value: sent.first($0) ?? "") }
        return try await performing(DeclareExpertise.self, in: fund, pairs, keyedBy: form) { answer in
            .done(
                Self.address(.assessments, in: fund, query: [("done", DeclareExpertise.name)]),
                seen: answer.event.map { (fund, $0.sequence) })
        } again: {
            try await assessmentsPage(fund, $0, $1, isExpertise: true)
        }
    }
}
