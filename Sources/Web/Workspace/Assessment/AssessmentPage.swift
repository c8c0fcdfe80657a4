internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// A proposal beside the rubric: for a reviewer to score, for the secretariat to see what was scored and to conclude.
    func assessmentPage(
        _ fund: String, _ code: String, _ form: ActionForm? = nil, _ trouble: FormTrouble = FormTrouble(), notice: PageNotice? = nil,
        revision: Int? = nil
    ) async throws -> WorkspacePage {
        guard let model = try await office.assessment(of: code, seenBy: visitor, in: fund) else { throw Failure.notFound }
        let days = try days(of: model.terms)
        let text = try submittedBlock(model.form, model.version, model.choices, model.terms)
        let facts = factList(
            [
                (say("assessment.code"), HTML.code { code }), (say("assessment.column.document"), .text(documentName(model.document))),
                (say("assessment.column.stage"), stage(model.proposal, days)),
                (say("assessment.column.due"), model.own.map { date($0.assignment.dueOn) } ?? .empty),
            ])
        return WorkspacePage(
            title: model.version.facts.title,
            lead: .text(say(model.isSecretariat ? "assessment.secretariat.lead" : "assessment.reviewer.lead")),
            notice: notice ?? doneNotice([SaveAssessment.name, AssessProposal.name, ConcludeAssessment.name]),
            content: .fragment {
                facts
                if let own = model.own, let rules = model.rules, model.isOpen {
                    p(.class("actions-line")) {
                        a(.href(actionAddress(DeclareConflict.name, in: fund, [("proposal", code)]))) { say("assessment.step-back") }
                    }
                    beside(
                        stackedBlock(say("assessment.rubric"), id: "rubric", note: .text(rubricNote(rules))) {
                            scoreForm(model, own, rules, fund, form, trouble, revision: revision).markup(say)
                        }, text)
                } else {
                    if let rules = model.rules { AssessmentResult(model: model, rules: rules, context: self).markup() }
                    if model.isSecretariat {
                        if !model.assignments.isEmpty { stackedBlock(say("assessment.assigned"), id: "assigned") { assigned(model, fund) } }
                        if model.isOpen {
                            stackedBlock(say("assessment.conclude"), id: "conclude") {
                                conclusionForm(model, fund, form ?? ActionForm(query), trouble).markup(say)
                            }
                        }
                    }
                    text
                }
            })
    }

    private func rubricNote(_ rules: AssessmentRules) -> String {
        say("assessment.rubric.note", ["from": .number(rules.scale.lowerBound), "to": .number(rules.scale.upperBound)])
    }

    // MARK: Scoring

    private func scoreForm(
        _ model: AssessmentOnDesk, _ own: AssessmentOnDesk.Own, _ rules: AssessmentRules, _ fund: String, _ form: ActionForm?,
        _ trouble: FormTrouble, revision: Int?
    ) -> Form {
        var fields: [FormField] = [
            .hidden("version", String(model.version.number)), .hidden("revision", String(revision ?? own.draft?.revision ?? 0)),
        ]
        for (index, criterion) in rules.criteria.enumerated() {
            let name = "scores.\(index + 1)"
            let score = own.draft.map { $0.scores[criterion.id]?.score } ?? own.sealed?.scores[criterion.id]?.score
            let why = own.draft.map { $0.scores[criterion.id]?.justification } ?? own.sealed?.scores[criterion.id]?.justification
            fields.append(.hidden("\(name).criterion", criterion.id))
            fields.append(
                FormField(
                    "\(name).score",
                    label: say(
                        "assessment.score",
                        ["name": .text(criterion.name), "share": .number(criterion.weight), "total": .number(weight(rules))]),
                    help: criterion.help.isEmpty ? nil : criterion.help, kind: scoreKind(rules),
                    value: form.map { $0.value("\(name).score") ?? "" } ?? score.map(String.init) ?? "",
                    refusals: trouble.refusals(of: "\(name).score")))
            fields.append(
                FormField(
                    "\(name).justification", label: say("assessment.justification", ["name": .text(criterion.name)]), kind: .lines(rows: 4),
                    value: form.map { $0.value("\(name).justification") ?? "" } ?? why ?? "",
                    refusals: trouble.refusals(of: "\(name).justification")))
        }
        fields.append(
            FormField(
                "remark", label: say("assessment.remark"), help: say("assessment.remark.help"), kind: .lines(rows: 4),
                value: form.map { $0.value("remark") ?? "" } ?? own.draft?.remark ?? own.sealed?.remark ?? "",
                refusals: trouble.refusals(of: "remark"), isRequired: false))
        return Form(
            action: Self.address(.assessment(model.proposal.code), in: fund), fields: fields + (form ?? ActionForm(query)).hiddenOwn,
            buttons: [
                FormButton(label: say("assessment.save"), weight: .secondary, sent: NamedValue(name: "do", value: "save")),
                FormButton(
                    label: say(own.sealed == nil ? "assessment.seal" : "assessment.correct"), sent: NamedValue(name: "do", value: "seal")),
            ], errors: trouble.errors, refusals: trouble.refusalsElsewhere(besides: fields))
    }

    private func weight(_ rules: AssessmentRules) -> Int { rules.criteria.reduce(0) { $0 + $1.weight } }

    /// A few scores are shown at once; of many one is typed.
    private func scoreKind(_ rules: AssessmentRules) -> FormField.Kind {
        guard rules.scale.count <= 11 else { return .text() }
        return .radio(rules.scale.map { Choice(String($0), wording.integer($0)) })
    }

    // MARK: The secretariat

    private func assigned(_ model: AssessmentOnDesk, _ fund: String) -> Markup {
        ul(.class("plain")) {
            model.assignments.map { assignment in
                li {
                    reviewerName(assignment.reviewer, model.names)
                    " – "
                    say(SentenceKey("assessment.assignment.\(assignment.state.rawValue)"), ["date": .text(wording.date(assignment.dueOn))])
                    if !assignment.reason.isEmpty { p(.class("dim")) { bdi { assignment.reason } } }
                    if assignment.isActive, model.isOpen {
                        " "
                        a(
                            .href(
                                actionAddress(
                                    WithdrawAssignment.name, in: fund,
                                    [("proposal", assignment.proposal), ("reviewer", assignment.reviewer)]))
                        ) { say("assessment.withdraw", ["name": .text(reviewerName(assignment.reviewer, model.names))]) }
                    }
                }
            }
        }
    }

    private func conclusionForm(_ model: AssessmentOnDesk, _ fund: String, _ form: ActionForm, _ trouble: FormTrouble) -> Form {
        var fields: [FormField] = [.hidden("version", String(model.version.number))]
        for (index, criterion) in (model.rules?.criteria ?? []).enumerated() {
            let name = "moderated.\(index + 1)"
            fields.append(.hidden("\(name).criterion", criterion.id))
            fields.append(
                FormField(
                    "\(name).score", label: say("assessment.moderated", ["name": .text(criterion.name)]), kind: .text(),
                    value: form.value("\(name).score"), refusals: trouble.refusals(of: "\(name).score"), isRequired: false))
        }
        if model.rules != nil {
            fields.append(
                FormField(
                    "reason", label: say("assessment.moderation.reason"), help: say("assessment.moderation.help"), kind: .lines(),
                    value: form.value("reason"), refusals: trouble.refusals(of: "reason"), isRequired: false))
        }
        return Form(
            action: Self.address(.assessment(model.proposal.code), in: fund), fields: fields + form.hiddenOwn,
            buttons: [FormButton(label: say("assessment.conclude.submit"), sent: NamedValue(name: "do", value: "conclude"))],
            errors: trouble.errors, refusals: trouble.refusalsElsewhere(besides: fields))
    }

    // MARK: What was sent

    func submitAssessment(_ fund: String, _ code: String, _ sent: any NamedValues) async throws -> WorkspaceAnswer {
        guard try await office.assessment(of: code, seenBy: visitor, in: fund) != nil else { throw Failure.notFound }
        let form = ActionForm(sent)
        let pairs = form.typed.map { (name: $0.name, value: $0.value) } + [(name: "proposal", value: code)]
        let again: (ActionForm, FormTrouble) async throws -> WorkspacePage = { try await assessmentPage(fund, code, $0, $1) }
        func done(_ action: String, _ answer: RequestAnswer) -> WorkspaceAnswer {
            .done(
                Self.address(.assessment(code), in: fund, query: [("done", action)]), seen: answer.event.map { (fund, $0.sequence) })
        }
        switch sent.first("do") {
        case "save":
            return try await performing(SaveAssessment.self, in: fund, pairs, keyedBy: form) { answer in
                if answer.outcome["is_saved"] == .other("true") { return done(SaveAssessment.name, answer) }
                // Another window saved since: what was typed here stays on the page, to be saved over it or not.
                let revision = if case .integer(let revision) = answer.outcome["revision"] { Int(revision) } else { 0 }
                let notice = PageNotice(kind: .warning, text: .text(say("assessment.saved-elsewhere")))
                return .page(try await assessmentPage(fund, code, form.anew(), notice: notice, revision: revision))
            } again: {
                try await again($0, $1)
            }
        case "seal":
            return try await performing(AssessProposal.self, in: fund, pairs, keyedBy: form) {
                done(AssessProposal.name, $0)
            } again: {
                try await again($0, $1)
            }
        case "conclude":
            return try await performing(ConcludeAssessment.self, in: fund, pairs, keyedBy: form) {
                done(ConcludeAssessment.name, $0)
            } again: {
                try await again($0, $1)
            }
        default: throw Failure.formUnreadable
        }
    }
}
