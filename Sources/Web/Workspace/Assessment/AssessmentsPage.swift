internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// What is assessed: to the secretariat all of it, with who assesses what; to a reviewer their own.
    func assessmentsPage(
        _ fund: String, _ form: ActionForm? = nil, _ trouble: FormTrouble = FormTrouble(), isExpertise: Bool = false
    ) async throws -> WorkspacePage {
        let notice =
            doneNotice([AssignReviewer.name, DeclareExpertise.name, AssessProposal.name, ConcludeAssessment.name])
            ?? remindedNotice ?? doneNotice(in: fund)
        if let board = try await office.assessmentBoard(seenBy: visitor, in: fund, now: now) {
            return try boardPage(board, fund, notice, form, trouble)
        }
        if let own = try await office.ownAssessments(of: visitor, in: fund) {
            return try ownPage(own, fund, notice, isExpertise ? form : nil, trouble)
        }
        // The Terms have nothing assessed.
        return WorkspacePage(
            title: say("assessment.title"), lead: .text(say("assessment.lead")), content: p(.class("dim")) { say("assessment.no-rubric") })
    }

    private var remindedNotice: PageNotice? {
        query.first("reminded").flatMap(wholeNumber).map {
            PageNotice(kind: .success, text: .text(say("assessment.reminded", ["count": .number($0)])))
        }
    }

    // MARK: The secretariat's table

    private func boardPage(
        _ board: AssessmentBoard, _ fund: String, _ notice: PageNotice?, _ form: ActionForm?, _ trouble: FormTrouble
    ) throws -> WorkspacePage {
        let days = try days(of: board.terms)
        let mayAssign = roles.contains(.fundManagementUnitOfficer) && !visitor.isReadOnly
        let open = board.rows.filter(\.isOpen)
        return WorkspacePage(
            title: say("assessment.title"), lead: .text(say("assessment.lead")), notice: notice,
            content: .fragment {
                workspaceBlock(say("assessment.board"), id: "board") {
                    if board.rows.isEmpty { p(.class("dim")) { say("assessment.nothing") } } else { boardTable(board, fund, days) }
                    if mayAssign, !open.isEmpty {
                        singleButtonForm(
                            FormButton(label: say("assessment.remind"), weight: .secondary), action: Self.address(.assessments, in: fund),
                            hidden: [.hidden("do", "remind"), .hidden(ActionForm.key, ActionForm(query).key)])
                    }
                }
                if mayAssign, !open.isEmpty, !board.reviewers.isEmpty {
                    workspaceBlock(say("assessment.assign"), id: "assign", note: .text(say("assessment.assign.note"))) {
                        p(.class("actions-line")) {
                            a(.href(Self.address(.assessments, in: fund, query: [("propose", "yes")]))) { say("assessment.propose") }
                        }
                        assignmentForm(board, open, fund, form ?? ActionForm(query), trouble).markup(say)
                    }
                }
                workspaceBlock(say("assessment.reviewers"), id: "reviewers") { reviewerTable(board, fund) }
            })
    }

    private func boardTable(_ board: AssessmentBoard, _ fund: String, _ days: FundDays) -> Markup {
        RecordTable(
            caption: say("assessment.board.caption"),
            columns: [
                .init(label: say("assessment.column.proposal"), isName: true), .init(label: say("assessment.column.stage")),
                .init(label: say("assessment.column.progress"), isNumber: true),
                .init(label: say("assessment.column.spread"), isNumber: true),
                .init(label: say("assessment.column.final"), isNumber: true), .init(label: say("assessment.column.readers")),
            ],
            rows: board.rows.map { row in
                [
                    proposalName(row.title, row.id, .assessment(row.id), in: fund), stage(row.proposal, days),
                    .text(say("assessment.progress", ["done": .number(row.totals.count), "asked": .number(board.rules.reviewers)])),
                    row.totals.count < 2
                        ? .text("–")
                        : .fragment {
                            points(row.spread)
                            if row.asksForModeration, row.isOpen { " \(say("assessment.to-moderate"))" }
                        },
                    .text(row.conclusion.map { percent($0.score.hundredths) } ?? "–"), readers(row, board),
                ]
            }
        ).markup()
    }

    private func readers(_ row: AssessmentBoard.Row, _ board: AssessmentBoard) -> Markup {
        let assigned = row.candidates.filter(\.isAssigned)
        guard !assigned.isEmpty else { return span(.class("dim")) { say("assessment.nobody") } }
        return ul(.class("plain")) {
            assigned.map { candidate in
                li {
                    reviewerName(candidate.person, board.names)
                    " – "
                    if let total = row.totals[candidate.person] {
                        percent(total)
                    } else {
                        say("assessment.due", ["date": .text(candidate.assignment.map { wording.date($0.dueOn) } ?? "")])
                    }
                }
            }
        }
    }

    func reviewerName(_ person: String, _ names: [String: String]) -> String {
        names[person] ?? say("person.erased", ["id": .text(String(person.suffix(6)))])
    }

    private func reviewerTable(_ board: AssessmentBoard, _ fund: String) -> Markup {
        guard !board.reviewers.isEmpty else { return p(.class("dim")) { say("assessment.no-reviewers") } }
        return RecordTable(
            caption: say("assessment.reviewers"),
            columns: [
                .init(label: say("assessment.column.reviewer"), isName: true), .init(label: say("assessment.column.load"), isNumber: true),
                .init(label: say("assessment.column.expertise")),
            ],
            rows: board.reviewers.map { reviewer in
                [
                    link(.person(fund: fund, reviewer.person), reviewerName(reviewer.person, board.names)),
                    .text(wording.integer(reviewer.load)), .text(expertiseText(reviewer.expertise, board.terms)),
                ]
            }
        ).markup()
    }

    private func expertiseText(_ expertise: ReviewerExpertise, _ terms: Terms) -> String {
        let names =
            expertise.areas.map { terms.thematicArea($0)?.shortName ?? String($0) }
            + expertise.regions.map { terms.region($0)?.shortName ?? $0 } + expertise.languages
        return names.isEmpty ? say("assessment.undeclared") : wording.list(names)
    }

    // MARK: Assigning

    private static let pairs = "pairs."

    private func assignmentForm(
        _ board: AssessmentBoard, _ open: [AssessmentBoard.Row], _ fund: String, _ form: ActionForm, _ trouble: FormTrouble
    ) -> Form {
        let proposes = query.first("propose") == "yes"
        var fields: [FormField] = open.map { row in
            let name = Self.pairs + row.id
            let free = row.candidates.filter { $0.conflict == nil && !$0.isAssigned }
            let barred = row.candidates.filter { $0.conflict != nil && !$0.isAssigned }
            let typed = form.typed.filter { $0.name == name }.map(\.value)
            return FormField(
                name, label: say("assessment.assign.field", ["title": .text(row.title), "proposal": .text(row.id)]),
                help: barred.isEmpty ? nil : say("assessment.barred", ["names": .text(wording.list(barred.map { barredText($0, board) }))]),
                kind: .boxes(free.map { Choice($0.person, reviewerName($0.person, board.names), help: candidateText($0)) }),
                values: proposes && typed.isEmpty ? free.filter(\.isProposed).map(\.person) : typed, isRequired: false)
        }
        fields.append(
            FormField(
                "due", label: say("assessment.due.field"), help: say("assessment.due.help", ["count": .number(board.rules.days)]),
                kind: .date,
                value: form.value("due"), refusals: trouble.refusals(of: "due"), isRequired: false))
        return Form(
            action: Self.address(.assessments, in: fund), fields: fields + [.hidden("do", "assign")] + form.hiddenOwn,
            buttons: [FormButton(label: say("assessment.assign.submit"))], errors: trouble.errors,
            refusals: trouble.refusalsElsewhere(besides: fields))
    }

    private func candidateText(_ candidate: ReviewerCandidate) -> String {
        var pieces: [String] = []
        if candidate.matchesArea { pieces.append(say("assessment.knows-area")) }
        if candidate.matchesRegion { pieces.append(say("assessment.knows-region")) }
        pieces.append(say("assessment.has-to-deliver", ["count": .number(candidate.load)]))
        return pieces.joined(separator: " · ")
    }

    private func barredText(_ candidate: ReviewerCandidate, _ board: AssessmentBoard) -> String {
        let why = candidate.conflict.map { say(SentenceKey("assessment.conflict.\($0.kind.rawValue)"), ["party": .text($0.party)]) } ?? ""
        return say("assessment.barred.one", ["name": .text(reviewerName(candidate.person, board.names)), "why": .text(why)])
    }

    func submitAssessments(_ fund: String, _ sent: any NamedValues) async throws -> WorkspaceAnswer {
        let form = ActionForm(sent)
        switch sent.first("do") {
        case "assign":
            let chosen = sent.pairs.filter { $0.name.hasPrefix(Self.pairs) && !$0.value.isEmpty }
            var pairs: [(name: String, value: String)] = chosen.enumerated().flatMap { index, pair in
                [
                    (name: "assignments.\(index + 1).proposal", value: String(pair.name.dropFirst(Self.pairs.count))),
                    (name: "assignments.\(index + 1).reviewer", value: pair.value),
                ]
            }
            pairs.append((name: "due", value: sent.first("due") ?? ""))
            return try await performing(AssignReviewer.self, in: fund, pairs, keyedBy: form) { answer in
                .done(
                    Self.address(.assessments, in: fund, query: [("done", AssignReviewer.name)]),
                    seen: answer.event.map { (fund, $0.sequence) })
            } again: {
                try await assessmentsPage(fund, $0, $1)
            }
        case "remind":
            return try await performing(RemindReviewers.self, in: fund, [], keyedBy: form) { answer in
                let count = if case .integer(let count) = answer.outcome["reminded_count"] { count } else { Int64(0) }
                return .done(Self.address(.assessments, in: fund, query: [("reminded", String(count))]))
            } again: {
                try await assessmentsPage(fund, $0, $1)
            }
        case "expertise": return try await submitExpertise(fund, sent, form)
        default: throw Failure.formUnreadable
        }
    }
}
