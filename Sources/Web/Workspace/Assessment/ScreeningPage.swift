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

    /// What only a person can say comes first; what the program answers is said in a line each, to be unfolded by whoever says otherwise.
    private func screeningForm(_ model: ScreeningOnDesk, _ fund: String, _ form: ActionForm, _ trouble: FormTrouble) -> Form {
        let parts = model.findings.enumerated().map { index, finding in
            (finding: finding, part: criterion(finding, index + 1, model, form, trouble))
        }
        let open = parts.filter { !isSettled($0.finding) }.map(\.part)
        let answered = parts.filter { isSettled($0.finding) }.map(\.part)
        var groups: [FormGroup] = []
        if !open.isEmpty {
            groups.append(
                FormGroup(
                    title: say("screening.group.open", ["count": .number(open.count)]), lead: say("screening.group.open.lead"), parts: open)
            )
        }
        if !answered.isEmpty {
            groups.append(
                FormGroup(
                    title: say("screening.group.met", ["count": .number(answered.count), "all": .number(parts.count)]),
                    lead: say("screening.group.met.lead"), parts: answered))
        }
        groups.append(FormGroup(title: say("screening.outcome"), parts: [FormGroup.Part(fields: outcome(model, form, trouble))]))
        let fields: [FormField] = [.hidden("version", String(model.version.number))]
        return Form(
            action: Self.address(.screening(model.proposal.code), in: fund), groups: groups, fields: fields + form.hiddenOwn,
            buttons: [FormButton(label: say("screening.submit"))],
            errors: trouble.errors, refusals: trouble.refusalsElsewhere(besides: groups.flatMap(\.fields) + fields))
    }

    private func criterion(
        _ finding: RuleFinding, _ number: Int, _ model: ScreeningOnDesk, _ form: ActionForm, _ trouble: FormTrouble
    ) -> FormGroup.Part {
        let name = "criteria.\(number)"
        let label = model.rule(finding.rule).map(ruleText) ?? finding.rule
        let system = EligibilityFinding.Answer(rawValue: finding.answer.rawValue)
        let answer = form.value("\(name).answer") ?? system?.rawValue ?? ""
        let reason = form.value("\(name).reason")
        // What somebody has changed already stays unfolded.
        let isFolded = isSettled(finding) && answer == system?.rawValue && reason ?? "" == ""
        let fields: [FormField] = [
            .hidden("\(name).criterion", finding.rule),
            FormField(
                "\(name).answer", label: isFolded ? say("screening.answer-to", ["number": .number(number)]) : label,
                help: isFolded ? nil : systemAnswer(finding, model.terms),
                kind: .radio(
                    EligibilityFinding.Answer.allCases.map { Choice($0.rawValue, say(SentenceKey("screening.answer.\($0.rawValue)"))) }),
                value: answer, refusals: trouble.refusals(of: "\(name).answer")),
            FormField(
                "\(name).reason", label: say("screening.reason", ["number": .number(number)]),
                help: say(system == nil ? "screening.reason.open" : "screening.reason.overrule"), kind: .lines(rows: 2),
                value: reason, refusals: trouble.refusals(of: "\(name).reason"), isRequired: false),
        ]
        return FormGroup.Part(folded: isFolded ? (label, foundInShort(finding, model.terms)) : nil, fields: fields)
    }

    /// Whether the program's answer lets the proposal go on, so that nobody needs to say anything.
    private func isSettled(_ finding: RuleFinding) -> Bool { finding.answer == .met || finding.answer == .notAsked }

    private func outcome(_ model: ScreeningOnDesk, _ form: ActionForm, _ trouble: FormTrouble) -> [FormField] {
        let outcomes: [ScreeningOutcome] = model.form.document == .conceptNote ? ScreeningOutcome.allCases : [.eligible, .returned]
        return [
            FormField(
                "outcome", label: say("screening.outcome.label"),
                kind: .radio(
                    outcomes.map {
                        Choice(
                            $0.rawValue, say(SentenceKey("screening.outcome.\($0.rawValue)")),
                            help: say(SentenceKey("screening.outcome.\($0.rawValue).help")))
                    }),
                value: form.value("outcome") ?? "", refusals: trouble.refusals(of: "outcome")),
            FormField(
                "words", label: say("screening.words"), help: say("screening.words.help"), kind: .lines(),
                value: form.value("words"), refusals: trouble.refusals(of: "words"), isRequired: false),
            FormField(
                "revision_due", label: say("action.field.revision_due"), help: say("action.help.revision_due"), kind: .text(),
                value: form.value("revision_due"), refusals: trouble.refusals(of: "revision_due"), isRequired: false),
        ]
    }

    /// The answer of the program in as few words as there are, for a line that names the criterion.
    private func foundInShort(_ finding: RuleFinding, _ terms: Terms) -> String {
        let answer = say(SentenceKey("screening.answer.\(finding.answer.rawValue)"))
        let mark = finding.answer == .met ? "✓ " : ""
        return mark + (finding.found.isEmpty ? answer : "\(answer) · \(foundText(finding, terms))")
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
