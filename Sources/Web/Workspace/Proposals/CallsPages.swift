internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

// Calls as those see them who are signed in: what is asked there, and what they may do.
extension WorkspaceContext {
    private func calls(_ fund: String) async throws -> (calls: [ProposalCall], days: FundDays) {
        guard let terms = try await office.terms(ofFund: fund), let calls = try await office.calls(of: fund) else { throw Failure.notFound }
        return (calls, try FundDays(timeZone: terms.identity.timeZone))
    }

    func callsPage(_ fund: String) async throws -> WorkspacePage {
        let (calls, days) = try await calls(fund)
        return WorkspacePage(
            title: say("writing.calls.title"), lead: .text(say("writing.calls.lead")), notice: callNotice,
            content: .fragment {
                if roles.contains(.fundManagementUnitOfficer) {
                    p(.class("actions-line")) {
                        buttonLink(say("action.open-call"), to: actionAddress(OpenCall.name, in: fund), weight: .primary)
                    }
                }
                if calls.isEmpty { p(.class("dim")) { say("calls.none") } } else { table(calls, days, fund) }
            })
    }

    private func table(_ calls: [ProposalCall], _ days: FundDays, _ fund: String) -> Markup {
        RecordTable(
            caption: say("writing.calls.title"),
            columns: [
                .init(label: say("writing.call"), isName: true), .init(label: say("column.standing")), .init(label: say("calls.opens")),
                .init(label: say("calls.closes")),
            ],
            rows: calls.map { call in
                [
                    link(.proposals(fund: fund, .call(call.code)), call.title),
                    .text(say(SentenceKey("calls.state.\(call.state(at: now).rawValue)"))), moment(call.opensAt, days),
                    call.closesAt.map { moment($0, days) } ?? .text(say("calls.no-end")),
                ]
            }
        ).markup()
    }

    func callPage(_ fund: String, _ code: String) async throws -> WorkspacePage {
        let (calls, days) = try await calls(fund)
        guard let call = calls.first(where: { $0.code == code }) else { throw Failure.notFound }
        let questions = try await office.callQuestions(of: fund).filter { $0.call == code }
        let isOfficer = roles.contains(.fundManagementUnitOfficer)
        let state = call.state(at: now)
        return WorkspacePage(
            title: call.title,
            lead: .fragment {
                say(SentenceKey("calls.state.\(state.rawValue)"))
                if let closes = call.closesAt {
                    " · "
                    say.markup("writing.until", ["date": .markup(moment(closes, days)), "zone": .text(days.timeZone)])
                }
            }, notice: callNotice,
            content: .fragment {
                callSteps(call, state, fund)
                workspaceBlock(say("calls.asks"), id: "asks") {
                    call.summary.split(separator: "\n").map { line in p(.dir(.automatic)) { String(line) } }
                    if !call.reason.isEmpty { p(.class("note")) { say("calls.changed", ["reason": .text(call.reason)]) } }
                    p { publicLink(.call(call.code), in: fund, say("writing.call.public")) }
                }
                workspaceBlock(say("calls.questions"), id: "questions", note: .text(say("writing.questions.note"))) {
                    let shown = isOfficer ? questions : questions.filter { $0.answer != nil }
                    shown.isEmpty ? p(.class("dim")) { say("calls.questions.none") } : questionList(shown, days, fund, isOfficer)
                    if state == .open, !roles.isDisjoint(with: AskQuestion.right.roles) {
                        p { buttonLink(say("action.ask-question"), to: actionAddress(AskQuestion.name, in: fund, [("call", code)])) }
                    }
                }
            })
    }

    private func callSteps(_ call: ProposalCall, _ state: ProposalCall.State, _ fund: String) -> Markup {
        var links: [Markup] = []
        if state == .open, roles.contains(.participatingOrganizationFocalPoint) {
            links.append(
                buttonLink(
                    say("action.start-proposal"), to: actionAddress(StartProposal.name, in: fund, [("call", call.code)]), weight: .primary))
        }
        if roles.contains(.fundManagementUnitOfficer) {
            links.append(
                buttonLink(say("action.amend-call"), to: actionAddress(AmendCall.name, in: fund, [("call", call.code)])))
        }
        links.append(
            buttonLink(say("writing.call.proposals"), to: Self.address(.proposals(fund: fund, .list), query: [("call", call.code)])))
        return div(.class("buttons steps")) { links }
    }

    private func questionList(_ questions: [CallQuestion], _ days: FundDays, _ fund: String, _ isOfficer: Bool) -> Markup {
        ul(.class("plain")) {
            questions.map { asked in
                li {
                    strong(.dir(.automatic)) { asked.question }
                    span(.class("memo")) { moment(asked.askedAt, days) }
                    if let answer = asked.answer {
                        answer.split(separator: "\n").map { line in p(.dir(.automatic)) { String(line) } }
                    }
                    if isOfficer {
                        p {
                            a(.href(actionAddress(AnswerQuestion.name, in: fund, [("question", asked.id)]))) {
                                say(asked.answer == nil ? "writing.question.answer" : "writing.question.amend")
                            }
                        }
                    }
                }
            }
        }
    }

    private var callNotice: PageNotice? {
        guard let name = query.first("done"), RequestedActions.named(name) != nil else { return nil }
        return PageNotice(kind: .success, text: .text(say("writing.did", ["action": .text(say(SentenceKey("action.\(name)")))])))
    }
}
