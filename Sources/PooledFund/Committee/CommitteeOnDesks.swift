internal import Ledger
internal import SQL

/// What waits on desks for the committee, and because of it.
extension DeskReading {
    func committee() throws -> [DeskItem] {
        let isMember = !roles.isDisjoint(with: CommitteeRights.members.roles)
        let isOfficer = roles.contains(.fundManagementUnitOfficer)
        let isFocalPoint = roles.contains(.participatingOrganizationFocalPoint)
        guard isMember || isOfficer || isFocalPoint else { return [] }
        var items: [DeskItem] = []
        if isMember || isOfficer {
            let meetings = try MeetingQueries.meetings(of: fund, in: transaction)
            let decided = Set(try DecisionQueries.decisions(of: fund, people.terms.currency, in: transaction).map(\.id))
            items += try meetings.filter { !$0.isClosed }.flatMap { try waiting(in: $0, decided, isMember: isMember, isOfficer: isOfficer) }
            if isOfficer { items += try withoutAgenda(meetings, decided) }
        }
        if isOfficer || isFocalPoint { items += try pipeline(isOfficer: isOfficer) }
        return items
    }

    private func waiting(
        in meeting: CommitteeMeeting, _ decided: Set<String>, isMember: Bool, isOfficer: Bool
    ) throws -> [DeskItem] {
        let subject = DeskItem.Subject.meeting(id: meeting.id, title: meeting.title)
        let open = meeting.items.filter { !decided.contains("\(meeting.id)/\($0.proposal)") }
        let held = try people.days.start(of: meeting.heldOn)
        var items: [DeskItem] = []
        if let closesAt = meeting.closesAt {
            let answered = Set(
                try MeetingQueries.answers(of: meeting.id, in: fund, transaction).filter { $0.person == visitor.id }.map(\.proposal))
            if isMember, now <= closesAt, open.contains(where: { !answered.contains($0.proposal) }) {
                items.append(
                    DeskItem(kind: .objectionPossible, fund: fund, subject: subject, since: held, due: people.days.day(of: closesAt)))
            }
            if isOfficer, closesAt < now, !open.isEmpty {
                items.append(DeskItem(kind: .decisionUnrecorded, fund: fund, subject: subject, since: closesAt, due: nil))
            }
        } else if people.today <= meeting.heldOn {
            items.append(
                DeskItem(kind: .meetingAhead, fund: fund, subject: subject, since: min(held, now), due: meeting.heldOn))
        } else if isOfficer, !open.isEmpty {
            items.append(DeskItem(kind: .decisionUnrecorded, fund: fund, subject: subject, since: held, due: nil))
        }
        return items
    }

    private func withoutAgenda(_ meetings: [CommitteeMeeting], _ decided: Set<String>) throws -> [DeskItem] {
        let open = Set(
            meetings.filter { !$0.isClosed }.flatMap { meeting in
                meeting.items.map(\.proposal).filter { !decided.contains("\(meeting.id)/\($0)") }
            })
        return try ProposalQueries.proposals(of: fund, in: transaction).filter { $0.stage.waitsForCommittee && !open.contains($0.code) }.map
        {
            DeskItem(kind: .agendaWaits, fund: fund, subject: .proposal(code: $0.code), since: $0.stageSince, due: nil)
        }
    }

    private func pipeline(isOfficer: Bool) throws -> [DeskItem] {
        let own = Set(
            visitor.holdings.filter { $0.fund == fund && $0.role == .participatingOrganizationFocalPoint }.map(\.organization))
        return try PipelineEntry.read(fund, people.terms, in: transaction).compactMap { entry in
            let subject = DeskItem.Subject.proposal(code: entry.id)
            if isOfficer, entry.isExpired(on: people.today), entry.proposal.stage == .pipeline || entry.proposal.stage == .invited {
                return DeskItem(kind: .pipelineExpiryDue, fund: fund, subject: subject, since: entry.proposal.stageSince, due: nil)
            }
            guard own.contains(entry.proposal.lead), entry.fundsWaitedFor, let confirmBy = entry.confirmBy,
                try confirmBy.adding(days: -DeskItem.noticeDays) <= people.today
            else { return nil }
            return DeskItem(
                kind: .pipelineConfirmationDue, fund: fund, subject: subject, since: entry.proposal.stageSince, due: confirmBy)
        }
    }
}
