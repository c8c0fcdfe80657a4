internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// The form of an action, filled from the query.
    func actionPage(_ name: String, of fund: String) async throws -> WorkspacePage {
        try await actionRequest(name, of: fund, ActionForm(query)).formPage()
    }

    /// The form as it was sent: shows what it will do, or does it.
    func submitAction(_ name: String, of fund: String, _ sent: any NamedValues) async throws -> WorkspaceAnswer {
        let form = ActionForm(sent, files: (sent as? MultipartBody)?.files ?? [])
        let request = try await actionRequest(name, of: fund, form)
        switch sent.first(ActionForm.step).flatMap(ActionForm.Step.init(rawValue:)) {
        case .perform: return try await request.perform()
        case .change: return .page(request.formPage(), isRefused: false)
        case .more:
            let rows = (sent.first(ActionForm.rows).flatMap(wholeNumber) ?? 1) + 1
            return .page(request.formPage(rows: rows), isRefused: false)
        case .preview, nil: return try await request.preview()
        }
    }

    private func actionRequest(_ name: String, of fund: String, _ form: ActionForm) async throws -> ActionRequest {
        guard let action = RequestedActions.named(name), let choices = try await office.choices(of: fund, now: now),
            let currency = try await office.currency(of: fund)
        else { throw Failure.notFound }
        return ActionRequest(context: self, action: action, fund: fund, form: form, choices: choices, currency: currency)
    }

    /// Files are carried on from the preview in fields of the form.
    var fileLimits: MultipartBody.Limits {
        var limits = MultipartBody.Limits()
        if case .action = place { limits.valueBytes = limits.bytes }
        // A section, and a budget of many organizations, are longer than other forms.
        if case .proposals = place { (limits.valueBytes, limits.parts) = (1024 * 1024, 4_000) }
        return limits
    }
}

/// Somebody's request for an action by a form.
struct ActionRequest: Sendable {
    let context: WorkspaceContext
    let action: any RequestedAction.Type
    let fund: String
    let form: ActionForm
    let choices: FundChoices
    let currency: Currency

    private var say: Catalogue { context.say }
    private var place: WorkspacePlace { .action(fund: fund, action.name) }
    private var title: String { say(SentenceKey("action.\(action.name)")) }

    private var input: ActionInput {
        ActionInput(
            form: form.typed.map { ($0.name, $0.value) }, files: form.files.mapValues { $0.mapValues { [UInt8]($0) } }, currency: currency)
    }

    private var mayRecordOnBehalf: Bool { action.isRecordedOnBehalf && context.roles.contains(.fundManagementUnitOfficer) }

    // MARK: The form

    func formPage(rows: Int = 1, faults: [FieldFault] = [], errors: [String] = [], refusals: [String] = []) -> WorkspacePage {
        let all = ActionFields(
            action: action, choices: choices, currency: currency, form: form, faults: faults, wording: context.house.wording)
        let fields = all.fields(rows: rows) + (mayRecordOnBehalf ? all.onBehalf() : [])
        var buttons = [
            FormButton(label: say("action.preview"), sent: NamedValue(name: ActionForm.step, value: ActionForm.Step.preview.rawValue))
        ]
        var hidden = form.hiddenOwn
        if let list = action.fields.first(where: \.isList) {
            hidden.append(.hidden(ActionForm.rows, String(max(form.rowCount(list.name), rows))))
            buttons.append(
                FormButton(
                    label: say("action.more"), weight: .secondary,
                    sent: NamedValue(name: ActionForm.step, value: ActionForm.Step.more.rawValue)))
        }
        return WorkspacePage(
            title: title, lead: .text(say(SentenceKey("action.\(action.name).lead"))),
            content: Form(
                action: WorkspaceContext.address(place), fields: fields + hidden, buttons: buttons,
                errors: errors, refusals: refusals + all.refusalsElsewhere(besides: fields), carriesFiles: !form.files.isEmpty
            ).markup(say))
    }

    // MARK: What it will do

    func preview() async throws -> WorkspaceAnswer {
        try await refusing {
            let actor = try actor()
            let preview = try await context.office.preview(action, in: fund, input, by: actor)
            let consequences = ActionConsequences(
                action: action, preview: preview, choices: choices, form: form, currency: currency, wording: context.house.wording)
            var sentences = consequences.sentences
            if let person = actor.onBehalf?.person {
                sentences.append(say("action.will.on-behalf", ["name": .text(choices.name(ofPerson: person) ?? person)]))
            }
            let buttons = [
                FormButton(
                    label: say("action.perform"), weight: action.isFinal ? .danger : .primary,
                    sent: NamedValue(name: ActionForm.step, value: ActionForm.Step.perform.rawValue)),
                FormButton(
                    label: say("action.change"), weight: .secondary,
                    sent: NamedValue(name: ActionForm.step, value: ActionForm.Step.change.rawValue)),
            ]
            let page = WorkspacePage(
                title: title, lead: .text(say("action.preview.lead")),
                content: .fragment {
                    consequences.markup()
                    Form(
                        action: WorkspaceContext.address(place), fields: form.hidden, buttons: buttons, consequences: sentences,
                        carriesFiles: !form.files.isEmpty
                    ).markup(say)
                })
            return .page(page, isRefused: false)
        }
    }

    // MARK: Doing it

    func perform() async throws -> WorkspaceAnswer {
        try await refusing {
            guard let request = form.request(action.name) else { throw Failure.formUnreadable }
            let actor = try actor()
            let answer = try await Office.asking {
                try await context.office.perform(action, in: fund, input, by: actor, answering: request)
            }
            let seen = answer.event.map { (fund, $0.sequence) }
            // What the committee and reviewers do names a proposal as well, and some of it closes the proposal to whoever does it.
            let next =
                CommitteePlace(after: action, form).map { WorkspacePlace.committee(fund: fund, $0) }
                ?? AssessmentPlace(after: action.name).map { .assessment(fund: fund, $0) }
            if next == nil, let place = ProposalsPlace(after: action.name, form.value) {
                return .done(WorkspaceContext.address(.proposals(fund: fund, place), query: [("done", action.name)]), seen: seen)
            }
            var query = [("done", action.name)]
            if let event = answer.event { query.append(("event", String(event.sequence))) }
            let isOpen = next?.readers.map { !context.roles.isDisjoint(with: $0.roles) } ?? true
            let place = isOpen ? next ?? .actions(fund: fund) : .actions(fund: fund)
            return .done(WorkspaceContext.address(place, query: query), seen: seen)
        }
    }

    /// - Throws: `FieldFaults` for an answer by letter that is not whole.
    private func actor() throws -> Actor {
        context.visitor.actor.acting(for: try input.answeredOtherwise())
    }

    /// The form again, with what stands in the way of doing it.
    private func refusing(_ body: () async throws -> WorkspaceAnswer) async throws -> WorkspaceAnswer {
        do {
            return try await body()
        } catch is OutcomeUnknown {
            throw Failure(.serviceUnavailable, "action.problem.unknown-form")
        } catch let faults as FieldFaults {
            return .page(formPage(faults: faults.faults))
        } catch let refusal as Refusal {
            switch refusal.kind {
            case .right: throw Failure(.forbidden, "error.rule", ["value": refusal.sentence])
            case .busy: throw Failure(.serviceUnavailable, "error.rule", ["value": refusal.sentence])
            case .conflict:
                let again = ActionRequest(
                    context: context, action: action, fund: fund, form: form.anew(), choices: choices, currency: currency)
                return .page(again.formPage(errors: [say("action.sent-already")]))
            case .ordinary: return .page(formPage(refusals: [refusal.sentence]))
            }
        }
    }
}

extension ActionField {
    fileprivate var isList: Bool {
        if case .rows = kind { true } else { false }
    }
}

extension RequestedAction {
    /// Whether what it takes away is gone for good.
    fileprivate static var isFinal: Bool { [EraseEventBody.name, ErasePerson.name].contains(name) }
}

extension Refusal {
    /// The reason and the remedy as one text that begins like a sentence.
    var sentence: String {
        let text = description
        return text.prefix(1).uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
    }
}
