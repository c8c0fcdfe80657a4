internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// The page at a place of screening or assessment.
    ///
    /// - Throws: 404 for what there is not, and for what the reader may not see, alike.
    func assessmentPage(_ place: AssessmentPlace, of fund: String) async throws -> WorkspacePage {
        switch place {
        case .screenings: try await screeningsPage(fund)
        case .screening(let code): try await screeningPage(fund, code)
        case .assessments: try await assessmentsPage(fund)
        case .assessment(let code): try await assessmentPage(fund, code)
        }
    }

    /// What a form that was sent to such a place brings about.
    func submitAssessment(_ place: AssessmentPlace, of fund: String, _ form: any NamedValues) async throws -> WorkspaceAnswer {
        // Whoever only reads is told so, whatever they send.
        guard !roles.isDisjoint(with: [.fundManagementUnitOfficer, .technicalReviewer]) else {
            throw Failure(.forbidden, "error.rule", ["value": AssignReviewer.right.rule])
        }
        switch place {
        case .screenings: throw Failure(.methodNotAllowed, "error.method")
        case .screening(let code): return try await submitScreening(fund, code, form)
        case .assessments: return try await submitAssessments(fund, form)
        case .assessment(let code): return try await submitAssessment(fund, code, form)
        }
    }

    static func address(_ place: AssessmentPlace, in fund: String, query: [(String, String)] = []) -> Address {
        address(.assessment(fund: fund, place), query: query)
    }

    /// A link to a page of screening or assessment.
    func link(_ place: AssessmentPlace, in fund: String, _ text: String) -> Markup { link(.assessment(fund: fund, place), text) }

    /// Hundredths of a percent: `57.50 %`.
    func percent(_ hundredths: Int) -> String {
        "\(say.language.decimal(minorUnits: Int64(hundredths), places: 2))\u{A0}%"
    }

    /// Hundredths of a percentage point, without a sign.
    func points(_ hundredths: Int) -> String { say.language.decimal(minorUnits: Int64(hundredths), places: 2) }

    func documentName(_ document: ProposalDocument) -> String { say(SentenceKey("proposal.document.\(document.rawValue)")) }

    /// The days of a fund, or 404.
    func days(of terms: Terms) throws -> FundDays { try FundDays(timeZone: terms.identity.timeZone) }

    /// What was done a moment ago on this page, as the address says.
    func doneNotice(_ known: [String]) -> PageNotice? {
        guard let done = query.first("done"), known.contains(done) else { return nil }
        return PageNotice(kind: .success, text: .text(say(SentenceKey("assessment.done.\(done)"))))
    }
}

/// What stands in the way of what a form asked for.
struct FormTrouble: Sendable {
    var faults: [FieldFault] = []
    var errors: [String] = []
    var refusal: String?

    func refusals(of field: String) -> [String] {
        faults.filter { $0.field == field }.map { "\($0.problem.prefix(1).uppercased() + $0.problem.dropFirst()); \($0.remedy)." }
    }

    /// What belongs to none of the fields that are shown.
    func refusalsElsewhere(besides fields: [FormField]) -> [String] {
        let names = Set(fields.map(\.name))
        return faults.filter { !names.contains($0.field) }.map { "\($0.field): \($0.problem); \($0.remedy)" } + (refusal.map { [$0] } ?? [])
    }
}

extension WorkspaceContext {
    /// Performs what a form of this page asks for, or shows the page again with what stands in the way and all that was typed.
    ///
    /// - Parameters:
    ///   - pairs: the action's fields, as its own form would send them.
    ///   - done: where to go on to.
    ///   - again: the page with the form as it was sent.
    func performing(
        _ action: any RequestedAction.Type, in fund: String, _ pairs: [(name: String, value: String)], keyedBy form: ActionForm,
        done: (RequestAnswer) async throws -> WorkspaceAnswer, again: (ActionForm, FormTrouble) async throws -> WorkspacePage
    ) async throws -> WorkspaceAnswer {
        guard let currency = try await office.currency(of: fund) else { throw Failure.notFound }
        guard let request = form.request(action.name) else { throw Failure.formUnreadable }
        do {
            let input = ActionInput(form: pairs, currency: currency)
            let answer = try await Office.asking {
                try await office.perform(action, in: fund, input, by: visitor.actor, answering: request)
            }
            return try await done(answer)
        } catch is OutcomeUnknown {
            throw Failure(.serviceUnavailable, "action.problem.unknown-form")
        } catch let faults as FieldFaults {
            return .page(try await again(form, FormTrouble(faults: faults.faults)))
        } catch let refusal as Refusal {
            switch refusal.kind {
            case .right: throw Failure(.forbidden, "error.rule", ["value": refusal.sentence])
            case .busy: throw Failure(.serviceUnavailable, "error.rule", ["value": refusal.sentence])
            case .conflict: return .page(try await again(form.anew(), FormTrouble(errors: [say("action.sent-already")])))
            case .ordinary: return .page(try await again(form.anew(), FormTrouble(refusal: refusal.sentence)))
            }
        }
    }
}
