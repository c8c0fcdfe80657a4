internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// What waits to be screened, since when, and what was screened last.
    func screeningsPage(_ fund: String) async throws -> WorkspacePage {
        guard let found = try await office.screenings(seenBy: visitor, in: fund), let terms = try await office.terms(ofFund: fund) else {
            throw Failure.notFound
        }
        let days = try days(of: terms)
        return WorkspacePage(
            title: say("screening.title"), lead: .text(say("screening.lead", ["count": .number(found.waiting.count)])),
            notice: doneNotice([ScreenProposal.name]),
            content: .fragment {
                workspaceBlock(say("screening.waiting"), id: "waiting") {
                    screeningTable(found.waiting, fund, days, none: "screening.nothing-waits")
                }
                workspaceBlock(say("screening.screened"), id: "screened") {
                    screeningTable(found.screened, fund, days, none: "screening.nothing-screened")
                }
            })
    }

    private func screeningTable(_ items: [Screenings.Item], _ fund: String, _ days: FundDays, none: SentenceKey) -> Markup {
        guard !items.isEmpty else { return p(.class("dim")) { say(none) } }
        return RecordTable(
            caption: say("screening.caption"),
            columns: [
                .init(label: say("assessment.column.proposal"), isName: true), .init(label: say("assessment.column.document")),
                .init(label: say("assessment.column.version"), isNumber: true), .init(label: say("assessment.column.submitted")),
                .init(label: say("assessment.column.stage")),
            ],
            rows: items.map { item in
                [
                    proposalName(item.title, item.id, .screening(item.id), in: fund), .text(documentName(item.document)),
                    .text(wording.integer(item.version)), moment(item.submittedAt, days), stage(item.proposal, days),
                ]
            }
        ).markup()
    }

    /// The title as a link, with the code.
    func proposalName(_ title: String, _ code: String, _ place: AssessmentPlace, in fund: String) -> Markup {
        .fragment {
            link(place, in: fund, title)
            " "
            HTML.code { code }
        }
    }

    func stage(_ proposal: Proposal, _ days: FundDays) -> Markup {
        .fragment {
            say(SentenceKey("assessment.stage.\(proposal.stage.rawValue)"))
            ", "
            say("desk.since", ["date": .text(wording.date(days.day(of: proposal.stageSince)))])
        }
    }

    // MARK: One proposal

    func screeningPage(
        _ fund: String, _ code: String, _ form: ActionForm? = nil, _ trouble: FormTrouble = FormTrouble()
    ) async throws -> WorkspacePage {
        guard let model = try await office.screening(of: code, seenBy: visitor, in: fund) else { throw Failure.notFound }
        let days = try days(of: model.terms)
        let text = try submittedBlock(model.form, model.version, model.choices, model.terms)
        return WorkspacePage(
            title: model.version.facts.title, lead: .text(say("screening.proposal.lead")),
            content: .fragment {
                factList([
                    (say("assessment.code"), HTML.code { code }),
                    (say("assessment.column.document"), .text(documentName(model.form.document))),
                    (say("assessment.column.stage"), stage(model.proposal, days)),
                    (say("assessment.told"), .text(model.proposal.stageReason)),
                ])
                beside(
                    stackedBlock(say("screening.criteria"), id: "criteria") {
                        if model.mayScreen {
                            screeningForm(model, fund, form ?? ActionForm(query), trouble).markup(say)
                        } else if !model.recorded.isEmpty {
                            recordedFindings(model)
                        } else {
                            systemFindings(model)
                        }
                    }, text)
            })
    }

    private func screeningForm(_ model: ScreeningOnDesk, _ fund: String, _ form: ActionForm, _ trouble: FormTrouble) -> Form {
        var fields: [FormField] = [.hidden("version", String(model.version.number))]
        for (index, finding) in model.findings.enumerated() {
            let name = "criteria.\(index + 1)"
            let system = EligibilityFinding.Answer(rawValue: finding.answer.rawValue)
            fields.append(.hidden("\(name).criterion", finding.rule))
            fields.append(
                FormField(
                    "\(name).answer", label: model.rule(finding.rule).map(ruleText) ?? finding.rule,
                    help: systemAnswer(finding, model.terms),
                    kind: .radio(
                        EligibilityFinding.Answer.allCases.map { Choice($0.rawValue, say(SentenceKey("screening.answer.\($0.rawValue)"))) }),
                    value: form.value("\(name).answer") ?? system?.rawValue ?? "", refusals: trouble.refusals(of: "\(name).answer")))
            fields.append(
                FormField(
                    "\(name).reason", label: say("screening.reason", ["number": .number(index + 1)]),
                    help: say(system == nil ? "screening.reason.open" : "screening.reason.overrule"), kind: .lines(rows: 2),
                    value: form.value("\(name).reason"), refusals: trouble.refusals(of: "\(name).reason"), isRequired: false))
        }
        let outcomes: [ScreeningOutcome] = model.form.document == .conceptNote ? ScreeningOutcome.allCases : [.eligible, .returned]
        fields.append(
            FormField(
                "outcome", label: say("screening.outcome"),
                kind: .radio(
                    outcomes.map {
                        Choice(
                            $0.rawValue, say(SentenceKey("screening.outcome.\($0.rawValue)")),
                            help: say(SentenceKey("screening.outcome.\($0.rawValue).help")))
                    }),
                value: form.value("outcome") ?? "", refusals: trouble.refusals(of: "outcome")))
        fields.append(
            FormField(
                "words", label: say("screening.words"), help: say("screening.words.help"), kind: .lines(),
                value: form.value("words"), refusals: trouble.refusals(of: "words"), isRequired: false))
        fields.append(
            FormField(
                "revision_due", label: say("action.field.revision_due"), help: say("action.help.revision_due"), kind: .text(),
                value: form.value("revision_due"), refusals: trouble.refusals(of: "revision_due"), isRequired: false))
        return Form(
            action: Self.address(.screening(model.proposal.code), in: fund), fields: fields + form.hiddenOwn,
            buttons: [FormButton(label: say("screening.submit"))], errors: trouble.errors,
            refusals: trouble.refusalsElsewhere(besides: fields))
    }

    /// What the program answers by itself.
    private func systemAnswer(_ finding: RuleFinding, _ terms: Terms) -> String {
        let answer = say(SentenceKey("screening.system.\(finding.answer.rawValue)"))
        return finding.found.isEmpty
            ? answer : say("screening.system.found", ["answer": .text(answer), "found": .text(foundText(finding, terms))])
    }

    private func systemFindings(_ model: ScreeningOnDesk) -> Markup {
        dl(.class("submitted")) {
            model.findings.map { finding in
                div {
                    dt { model.rule(finding.rule).map(ruleText) ?? finding.rule }
                    dd { systemAnswer(finding, model.terms) }
                }
            }
        }
    }

    private func recordedFindings(_ model: ScreeningOnDesk) -> Markup {
        dl(.class("submitted")) {
            model.recorded.map { finding in
                div {
                    dt { model.rule(finding.criterion).map(ruleText) ?? finding.criterion }
                    dd {
                        p {
                            strong { say(SentenceKey("screening.answer.\(finding.answer.rawValue)")) }
                            if finding.isOverruled { " · \(say("screening.overruled"))" }
                        }
                        p(.class("dim")) { systemAnswer(finding.system, model.terms) }
                        if !finding.reason.isEmpty { p { bdi { finding.reason } } }
                    }
                }
            }
        }
    }

    func submitScreening(_ fund: String, _ code: String, _ sent: any NamedValues) async throws -> WorkspaceAnswer {
        guard try await office.screening(of: code, seenBy: visitor, in: fund) != nil else { throw Failure.notFound }
        let form = ActionForm(sent)
        let pairs = form.typed.map { (name: $0.name, value: $0.value) } + [(name: "proposal", value: code)]
        return try await performing(ScreenProposal.self, in: fund, pairs, keyedBy: form) { answer in
            .done(
                Self.address(.screenings, in: fund, query: [("done", ScreenProposal.name)]),
                seen: answer.event.map { (fund, $0.sequence) })
        } again: {
            try await screeningPage(fund, code, $0, $1)
        }
    }
}
