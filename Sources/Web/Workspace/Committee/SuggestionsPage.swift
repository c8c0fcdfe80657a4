internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Portfolio
internal import Publications

extension WorkspaceContext {
    /// Selections that the program suggests: a form for what is asked of them, and what the solver found.
    ///
    /// They stand beside the members' own, and decide nothing.
    func suggestionsPage(_ fund: String) async throws -> WorkspacePage {
        let currency = try await slatesOfFund(fund).committee.terms.currency
        let (wish, errors) = slateWish(currency)
        guard let question = try await office.slateQuestion(of: fund, wishing: wish, seenBy: visitor, now: now) else {
            throw Failure.notFound
        }
        var answer: Markup = .empty
        if query.first(SuggestionsForm.ask) != nil, errors.isEmpty, let problem = question.problem, !question.candidates.isEmpty {
            answer = try await suggestions(question, problem)
        }
        return WorkspacePage(
            title: say("suggestions.title"), lead: .text(say("suggestions.lead")),
            content: .fragment {
                if question.problem == nil { p(.class("notice")) { say("committee.money.none") } }
                answer
                workspaceBlock(say("suggestions.ask"), note: .text(say("suggestions.ask.note"))) {
                    SuggestionsForm(context: self, question: question, wish: wish, errors: errors).markup()
                }
            })
    }

    private func slateWish(_ currency: Currency) -> (wish: SlateWish, errors: [String: String]) {
        var wish = SlateWish(pinnedIn: Set(query.all("in")), pinnedOut: Set(query.all("out")))
        var errors: [String: String] = [:]
        func money(_ name: String) -> Money? {
            guard let text = filter(name) else { return nil }
            let entered = EnteredAmount(text, currency)
            if let (problem, remedy) = entered.problem(of: text, currency) { errors[name] = "\(problem); \(remedy)" }
            return entered.amount
        }
        wish.atMost = money("at-most")
        wish.atLeast = money("at-least")
        if !wish.pinnedIn.isDisjoint(with: wish.pinnedOut) { errors["in"] = say("suggestions.in-and-out") }
        return (wish, errors)
    }

    private func suggestions(_ question: SlateQuestion, _ problem: SlateProblem) async throws -> Markup {
        let found: SuggestedSlates
        do {
            found = try await house.slates.solve(problem)
        } catch let error as SlateSolverError {
            return p(.class("notice")) { trouble(error) }
        }
        let view = SuggestionsView(context: self, question: question, problem: problem)
        return .fragment {
            if let conflict = found.conflict { view.conflict(conflict) }
            if found.isUndecided { p(.class("notice")) { say("suggestions.undecided") } }
            if found.slates.count > 1 { view.overview(found.slates) }
            found.slates.enumerated().map { view.slate($1, number: $0 + 1) }
        }
    }

    private func trouble(_ error: SlateSolverError) -> String {
        switch error {
        case .faulty: say("suggestions.trouble.faulty")
        case .busy: say("suggestions.trouble.busy")
        case .tookTooLong: say("suggestions.trouble.too-long")
        case .failed, .limitsNotSet: say("suggestions.trouble.failed")
        }
    }
}

/// What is asked of suggestions.
private struct SuggestionsForm {
    static let ask = "ask"

    let context: WorkspaceContext
    let question: SlateQuestion
    let wish: SlateWish
    let errors: [String: String]

    private var say: Catalogue { context.say }

    func markup() -> Markup {
        guard !question.candidates.isEmpty else { return p(.class("dim")) { say("committee.slates.no-candidates") } }
        return form(
            .class("form"), .method(.get), .action(WorkspaceContext.address(.committee(fund: question.committee.fund, .suggestions)))
        ) {
            amount("at-most")
            amount("at-least")
            if let error = errors["in"] { p(.class("notice")) { error } }
            RecordTable(
                caption: say("committee.slates.candidates"),
                columns: [
                    .init(label: say("committee.column.proposal"), isName: true),
                    .init(label: say("committee.column.asked"), isNumber: true),
                    .init(label: say("committee.column.score"), isNumber: true), .init(label: say("suggestions.column.in")),
                    .init(label: say("suggestions.column.out")),
                ],
                rows: question.candidates.map { entry in
                    [
                        context.proposalName(entry.proposal, entry.version), .text(context.wording.money(entry.amount)),
                        .text(entry.score.map(context.score) ?? ""), pin(entry, "in", wish.pinnedIn), pin(entry, "out", wish.pinnedOut),
                    ]
                }
            ).markup()
            if !question.others.isEmpty {
                p(.class("dim")) {
                    say("suggestions.others", ["codes": .text(question.others.map(\.id).joined(separator: say("list.separator")))])
                }
            }
            input(.type("hidden"), .name(Self.ask), .value(FormField.ticked))
            div(.class("buttons")) { button(.type("submit"), .class("button button-primary")) { say("suggestions.button") } }
        }
    }

    private func amount(_ name: String) -> Markup {
        var field = FormField(
            name, label: say(SentenceKey("suggestions.\(name)")), help: say(SentenceKey("suggestions.\(name).help")),
            kind: .amount(currency: question.committee.terms.currency.code), isRequired: false)
        field.values = context.filter(name).map { [$0] } ?? []
        field.refusals = errors[name].map { [$0] } ?? []
        return FieldMarkup(field, say).markup()
    }

    private func pin(_ entry: SlateView.Entry, _ name: String, _ chosen: Set<String>) -> Markup {
        // On a phone the column's heading does not stand above it.
        label {
            input(
                .type("checkbox"), .name(name), .value(entry.id), .checked(chosen.contains(entry.id)),
                .aria(.label, say(SentenceKey("suggestions.pin.\(name)"), ["proposal": .text(entry.version.facts.title)])))
            " "
            say(SentenceKey("suggestions.\(name)"))
        }
    }
}
