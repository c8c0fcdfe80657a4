internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// How what waits on a desk is said, and where it is done.
struct DeskWords: Sendable {
    private let context: WorkspaceContext
    /// Of each fund that the visitor works in.
    private var funds: [String: Fund] = [:]

    private struct Fund: Sendable {
        let name: String
        let days: FundDays
        let parties: [String: PartyOfFund]
        let names: NamesInFund?
    }

    /// - Parameters:
    ///   - items: those that are shown.
    ///   - notices: those that are shown.
    init(_ context: WorkspaceContext, _ items: [DeskItem], _ notices: [Notice]) async throws {
        self.context = context
        for fund in context.visitor.funds {
            guard let people = try await context.office.people(ofFund: fund, now: context.now) else { continue }
            let codes = items.filter { $0.fund == fund }.compactMap(\.subject.proposal)
            let told = notices.filter { $0.fund == fund }.compactMap { $0.arguments["proposal"] }
            let names = try await context.office.names(
                ofProposals: Set(codes + told), seenBy: context.visitor, in: fund, now: context.now)
            funds[fund] = Fund(name: people.terms.identity.knownAs, days: people.days, parties: people.parties, names: names)
        }
    }

    private var say: Catalogue { context.say }

    // MARK: What waits

    /// - Parameter isNamed: whether what is to be done is said above it already.
    func item(_ item: DeskItem, isNamed: Bool = false) -> Desk.Item {
        let left = item.due.flatMap { due in (today(item.fund)).map { due.daysSince1970 - $0.daysSince1970 } }
        return Desk.Item(
            title: isNamed ? subject(item) ?? title(item) : title(item), address: address(item), about: about(item), due: item.due,
            isPressing: left.map { $0 <= 7 } ?? false, note: left.map(note))
    }

    /// What several items of a kind have in common.
    func heading(_ kind: DeskItem.Kind) -> String { say(SentenceKey("desk.group.\(kind.rawValue)")) }

    /// The list that shows all of a kind.
    func list(_ kind: DeskItem.Kind, in fund: String?) -> Address {
        guard let fund else { return WorkspaceContext.address(.secondFactor) }
        switch kind {
        case .secondFactorMissing, .recoveryCodesFew: return WorkspaceContext.address(.secondFactor)
        case .ownRoleEnds, .roleEnds, .seatVacant, .invitationExpired, .invitationUnanswered, .erasureDue:
            return WorkspaceContext.address(.people(fund: fund))
        case .draftDue: return proposals(fund, [("mine", FormField.ticked), ("stage", ProposalStage.drafting.rawValue)])
        case .proposalReturned: return proposals(fund, [("mine", FormField.ticked), ("stage", ProposalStage.returned.rawValue)])
        case .documentInvited: return proposals(fund, [("mine", FormField.ticked), ("stage", ProposalStage.invited.rawValue)])
        case .signOffWaits, .signOffAwaited: return proposals(fund, [("sort", ProposalOrder.since.rawValue)])
        case .questionUnanswered: return WorkspaceContext.address(.proposals(fund: fund, .calls))
        case .screeningWaits: return WorkspaceContext.address(.assessment(fund: fund, .screenings))
        case .reviewersMissing, .moderationWaits, .conclusionWaits, .assessmentDue, .assessmentAwaited:
            return WorkspaceContext.address(.assessment(fund: fund, .assessments))
        case .meetingAhead, .objectionPossible, .agendaWaits, .decisionUnrecorded:
            return WorkspaceContext.address(.committee(fund: fund, .meetings))
        case .pipelineConfirmationDue, .pipelineExpiryDue: return proposals(fund, [("stage", ProposalStage.pipeline.rawValue)])
        }
    }

    private func proposals(_ fund: String, _ query: [(String, String)]) -> Address {
        WorkspaceContext.address(.proposals(fund: fund, .list), query: query)
    }

    private func today(_ fund: String?) -> CivilDate? { fund.flatMap { funds[$0] }?.days.day(of: context.now) }

    private func note(_ left: Int) -> String {
        switch left {
        case ..<0: say("desk.late", ["count": .number(-left)])
        case 0: say("desk.today")
        default: say("desk.left", ["count": .number(left)])
        }
    }

    private func title(_ item: DeskItem) -> String {
        let key = SentenceKey("desk.item.\(item.kind.rawValue)")
        switch item.subject {
        case .roles: return say(key)
        case .recoveryCodes(let count): return say(key, ["count": .number(count)])
        case .holding(let holding, let name):
            return say(
                key,
                [
                    "role": .text(context.role(holding.role)), "party": .text(party(holding.organization, item.fund)),
                    "name": .text(name ?? context.name(holding.person, nil)),
                ])
        case .seat(_, let name): return say(key, ["seat": .text(name)])
        case .person(_, let name): return say(key, ["name": .text(name)])
        case .proposal(let code): return say(key, ["proposal": .text(proposal(code, item.fund))])
        case .question(let call, _): return say(key, ["call": .text(self.call(call, item.fund))])
        case .meeting(_, let title): return say(key, ["meeting": .text(title)])
        }
    }

    /// What an item is about, by itself; nil where that says too little.
    private func subject(_ item: DeskItem) -> String? {
        switch item.subject {
        case .roles, .recoveryCodes, .holding, .question: nil
        case .seat(_, let name), .person(_, let name), .meeting(_, let name): name
        case .proposal(let code): proposal(code, item.fund)
        }
    }

    private func names(_ fund: String?) -> NamesInFund? { fund.flatMap { funds[$0] }?.names }
    private func proposal(_ code: String, _ fund: String?) -> String { names(fund)?.proposals[code] ?? code }
    private func call(_ code: String, _ fund: String?) -> String { names(fund)?.calls[code] ?? code }
    private func meeting(_ id: String, _ fund: String?) -> String { names(fund)?.meetings[id] ?? id }

    private func about(_ item: DeskItem) -> Markup {
        var pieces: [String] = []
        switch item.subject {
        case .roles(let roles): pieces.append(say("desk.asked-by", ["roles": .text(context.wording.list(roles.map(context.role)))]))
        case .holding(let holding, _) where [.invitationUnanswered, .invitationExpired].contains(item.kind):
            pieces.append(
                say("role.for", ["role": .text(context.role(holding.role)), "party": .text(party(holding.organization, item.fund))]))
        case .proposal(let code) where names(item.fund)?.proposals[code] != nil: pieces.append(code)
        case .recoveryCodes, .holding, .person, .proposal, .question, .meeting, .seat: break
        }
        pieces.append(since(item.since, item.fund))
        if let fund = item.fund.flatMap({ funds[$0] }), funds.count > 1 { pieces.append(fund.name) }
        return .text(pieces.joined(separator: " · "))
    }

    private func address(_ item: DeskItem) -> Address {
        let fund = item.fund ?? ""
        if let place = CommitteePlace(item) { return WorkspaceContext.address(.committee(fund: fund, place)) }
        switch item.subject {
        case .proposal(let code) where item.kind == .pipelineConfirmationDue:
            return context.actionAddress(ReconfirmPipeline.name, in: fund, [("proposal", code)])
        case .meeting: return WorkspaceContext.address(.committee(fund: fund, .meetings))
        case .roles, .recoveryCodes: return WorkspaceContext.address(.secondFactor)
        case .holding(let holding, _): return WorkspaceContext.address(.person(fund: fund, holding.person))
        case .seat(let id, _):
            return context.actionAddress(
                InvitePerson.name, in: fund, [("role", Role.steeringCommitteeMember.rawValue), ("seat", id)])
        case .person(let id, _): return context.actionAddress(ErasePerson.name, in: fund, [("person", id)])
        case .proposal(let code) where AssessmentPlace.of(item.kind, code) != nil:
            return AssessmentPlace.of(item.kind, code).map { WorkspaceContext.address(.assessment(fund: fund, $0)) }
                ?? WorkspaceContext.address(.desk)
        case .proposal(let code):
            return WorkspaceContext.address(.proposals(fund: fund, item.kind == .signOffWaits ? .signOff(code) : .proposal(code)))
        case .question(_, let id): return context.actionAddress(AnswerQuestion.name, in: fund, [("question", id)])
        }
    }

    // MARK: What somebody was told

    func title(of notice: Notice) -> String {
        // A role that is ended after a day ends then, and not at once.
        let lastDay = notice.arguments["last_day"].flatMap { try? CivilDate(parsing: $0) }
        let due = notice.arguments["due"].flatMap { try? CivilDate(parsing: $0) }
        let hasDue = due != nil && (notice.kind == .proposalReturned || notice.kind == .decisionTaken)
        let key: SentenceKey =
            lastDay != nil ? "desk.notice.role-ends" : SentenceKey("desk.notice.\(notice.kind.rawValue)\(hasDue ? ".due" : "")")
        return say(
            key,
            [
                "date": .text((lastDay ?? due).map(context.wording.date) ?? ""),
                "role": .text(Role(rawValue: notice.arguments["role"] ?? "").map(context.role) ?? notice.arguments["role"] ?? ""),
                "party": .text(party(notice.arguments["organization"] ?? "", notice.fund)),
                "proposal": .text(notice.arguments["proposal"].map { proposal($0, notice.fund) } ?? ""),
                "call": .text(notice.arguments["call"].map { call($0, notice.fund) } ?? ""),
                "meeting": .text(notice.arguments["meeting"].map { meeting($0, notice.fund) } ?? ""),
                "outcome": .text(notice.arguments["outcome"].map { say(SentenceKey("committee.outcome.\($0)")) } ?? ""),
            ])
    }

    func address(of notice: Notice) -> Address {
        switch notice.kind {
        case .invitation, .roleGiven, .roleEnded:
            // Whoever holds no role there any more finds no page of the fund.
            context.visitor.roles(in: notice.fund).isEmpty
                ? WorkspaceContext.address(.desk) : WorkspaceContext.address(.person(fund: notice.fund, context.visitor.id))
        case .newPassword, .accessChanged: WorkspaceContext.address(.settings)
        case .addressProof, .addressAsked: WorkspaceContext.address(.address)
        case .callAmended, .questionAnswered, .proposalJoined, .proposalReturned, .proposalWithdrawn, .signOffAsked, .signOffReminder:
            page(of: notice)
        // The list leads on as long as the proposal is the reader's to assess; a notice stays longer.
        case .assessmentAsked, .assessmentReminder, .assessmentConcluded, .reviewerSteppedBack, .assignmentWithdrawn:
            WorkspaceContext.address(.assessment(fund: notice.fund, .assessments))
        case .proposalEligible, .proposalIneligible: page(of: notice)
        case .meetingConvened, .meetingAmended, .noObjectionOpened, .objectionRaised, .objectionReminder:
            WorkspaceContext.address(.committee(fund: notice.fund, .meeting(notice.arguments["meeting"] ?? "")))
        case .interestDeclared: WorkspaceContext.address(.committee(fund: notice.fund, .meetings))
        case .pipelineReviewed, .pipelineReminder: WorkspaceContext.address(.committee(fund: notice.fund, .pipeline))
        case .decisionTaken, .documentInvited, .pipelineExpired: page(of: notice)
        }
    }

    /// The page of the call or of the proposal that a notice is about.
    private func page(of notice: Notice) -> Address {
        guard !context.visitor.roles(in: notice.fund).isEmpty else { return WorkspaceContext.address(.desk) }
        if let code = notice.arguments["proposal"] { return WorkspaceContext.address(.proposals(fund: notice.fund, .proposal(code))) }
        return WorkspaceContext.address(.proposals(fund: notice.fund, notice.arguments["call"].map(ProposalsPlace.call) ?? .calls))
    }

    /// Since when something waits, in the days of its fund.
    private func since(_ instant: Instant, _ fund: String?) -> String { say("desk.since", ["date": .text(day(instant, fund))]) }

    /// When somebody was told something, with the code of the proposal that it is about.
    func about(_ notice: Notice) -> String {
        let code = notice.arguments["proposal"].flatMap { names(notice.fund)?.proposals[$0] == nil ? nil : $0 }
        return [code, day(notice.createdAt, notice.fund)].compactMap(\.self).joined(separator: " · ")
    }

    private func day(_ instant: Instant, _ fund: String?) -> String {
        context.wording.date(fund.flatMap { funds[$0] }?.days.day(of: instant) ?? instant.civilDate(secondsFromGMT: 0))
    }

    private func party(_ id: String, _ fund: String?) -> String { fund.flatMap { funds[$0] }?.parties[id]?.shortName ?? id }
}

extension DeskItem.Subject {
    /// The code of the proposal that it is.
    fileprivate var proposal: String? {
        if case .proposal(let code) = self { code } else { nil }
    }
}
