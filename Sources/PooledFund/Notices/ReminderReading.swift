internal import Ledger
internal import SQL

/// Finds of what people are to be reminded by the Terms, whether they were or not.
struct ReminderReading {
    let people: PeopleOfFund
    let now: Instant
    let transaction: any ReadTransaction

    private var fund: String { people.fund }
    private var terms: Terms { people.terms }

    /// Those that were not sent yet, in the order in which they are due.
    static func unsent(in fund: String, now: Instant, _ transaction: any ReadTransaction) throws -> [Reminder] {
        guard let people = try PeopleOfFund.read(fund, now: now, in: transaction) else { return [] }
        return try ReminderReading(people: people, now: now, transaction: transaction).all().filter {
            try !ReminderQueries.wasSent($0, in: fund, transaction)
        }
    }

    private func all() throws -> [Reminder] {
        let found = try assessments() + signOffs() + objections() + expiries()
        return Set(found).sorted { ($0.due, $0.subject, $0.person) < ($1.due, $1.subject, $1.person) }
    }

    /// Whether a day is no further away than so many days.
    private func isNear(_ due: CivilDate, _ days: Int) throws -> Bool { try due.adding(days: -days) <= people.today }

    private var holdings: [RoleHolding] {
        people.people.flatMap { person in person.holdings.filter { $0.standing == .current }.map(\.holding) }
    }

    private func holders(of role: Role) -> Set<String> { Set(holdings.filter { $0.role == role }.map(\.person)) }

    private func assessments() throws -> [Reminder] {
        guard let days = terms.reminders.assessmentDays else { return [] }
        let reviewers = holders(of: .technicalReviewer)
        return try AssessmentFile.underWay(in: fund, terms, transaction).filter(\.isOpen).flatMap { file in
            let outstanding = file.active.filter { file.assessment(by: $0.reviewer) == nil && reviewers.contains($0.reviewer) }
            return try outstanding.filter { try isNear($0.dueOn, days) }.map { assignment in
                Reminder(
                    kind: assignment.dueOn < people.today ? .assessmentLate : .assessmentDue, subject: file.proposal.code,
                    person: assignment.reviewer, due: assignment.dueOn)
            }
        }
    }

    private func signOffs() throws -> [Reminder] {
        guard let days = terms.reminders.signOffDays else { return [] }
        let closing = try CallQueries.calls(of: fund, in: transaction).reduce(into: [String: CivilDate]()) { closing, call in
            guard let closesAt = call.closesAt, now <= closesAt else { return }
            let due = people.days.day(of: closesAt)
            if try isNear(due, days) { closing[call.code] = due }
        }
        guard !closing.isEmpty else { return [] }
        let choices = try FormChoices.read(fund, terms, in: transaction)
        return try ProposalQueries.proposals(of: fund, in: transaction).flatMap { proposal -> [Reminder] in
            guard let due = closing[proposal.call] else { return [] }
            return try unsigned(proposal, choices).map {
                Reminder(kind: .signOffDue, subject: proposal.code, person: $0, due: due)
            }
        }
    }

    /// Whoever is asked to sign off what was submitted last of a proposal, and for whose party nobody has.
    private func unsigned(_ proposal: Proposal, _ choices: FormChoices) throws -> [String] {
        guard proposal.stage.isSignedOff(proposal.stage.document), let form = terms.form(proposal.stage.document),
            let version = try ProposalQueries.latestVersion(of: proposal.code, form.document, in: fund, terms.currency, in: transaction)
        else { return [] }
        let given = try SubmissionQueries.signOffs(of: proposal.code, in: fund, transaction).filter {
            $0.document == form.document && $0.version == version.number
        }
        return form.signatures.flatMap { signature in
            let rule = SignOffRule(signature.party, proposal, version, form, choices)
            return holdings.filter { holding in
                rule.lets(holding) && !given.contains { $0.party == signature.party && $0.organization == holding.organization }
            }.map(\.person)
        }
    }

    private func objections() throws -> [Reminder] {
        guard let days = terms.reminders.noObjectionDays else { return [] }
        let windows = try MeetingQueries.meetings(of: fund, in: transaction).compactMap { meeting -> (CommitteeMeeting, CivilDate)? in
            guard !meeting.isClosed, let closesAt = meeting.closesAt, now <= closesAt else { return nil }
            let due = people.days.day(of: closesAt)
            return try isNear(due, days) ? (meeting, due) : nil
        }
        guard !windows.isEmpty else { return [] }
        let reader = try InterestReader.read(fund, terms, now: now, in: transaction)
        let decided = Set(try DecisionQueries.decisions(of: fund, terms.currency, in: transaction).map(\.id))
        return try windows.flatMap { meeting, due in
            let open = meeting.items.filter { !decided.contains("\(meeting.id)/\($0.proposal)") }
            return try silent(in: meeting, open, reader).map {
                Reminder(kind: .objectionDue, subject: meeting.id, person: $0, due: due)
            }
        }
    }

    /// Holders of the seats that have not answered on an item that they do not leave.
    private func silent(
        in meeting: CommitteeMeeting, _ open: [CommitteeMeeting.AgendaItem], _ reader: InterestReader
    ) throws -> [String] {
        let answers = try MeetingQueries.answers(of: meeting.id, in: fund, transaction)
        let items = try open.compactMap { item -> (proposal: Proposal, countries: [String])? in
            guard let proposal = try ProposalQueries.proposal(item.proposal, of: fund, in: transaction),
                let version = try ProposalQueries.latestVersion(
                    of: item.proposal, item.document, in: fund, terms.currency, in: transaction)
            else { return nil }
            return (proposal, version.facts.countries)
        }
        return reader.seats.filter(\.seat.part.decides).flatMap { held in
            let unanswered = items.filter { item in
                !answers.contains { $0.proposal == item.proposal.code && $0.seat == held.id }
            }
            return [held.member, held.alternate].compactMap { $0?.person }.filter { person in
                unanswered.contains { !reader.leaves(person, $0.proposal, countries: $0.countries) }
            }
        }
    }

    private func expiries() throws -> [Reminder] {
        guard let days = terms.reminders.pipelineDays else { return [] }
        let officers = holders(of: .fundManagementUnitOfficer)
        return try PipelineEntry.read(fund, terms, in: transaction).flatMap { entry -> [Reminder] in
            guard let last = entry.expiresAfter, try isNear(last, days) else { return [] }
            return officers.map { officer in
                Reminder(kind: last < people.today ? .expiryLate : .expiryDue, subject: entry.id, person: officer, due: last)
            }
        }
    }
}

/// The SQL of what people were reminded of.
enum ReminderQueries {
    static func wasSent(_ reminder: Reminder, in fund: String, _ transaction: any ReadTransaction) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 AS one FROM reminder WHERE fund = \(fund) AND kind = \(reminder.kind.rawValue) AND subject = \(reminder.subject)
            AND person = \(reminder.person) AND due = \(reminder.due.description)
            """) != nil
    }

    static func insert(_ reminder: Reminder, in fund: String, at now: Instant, _ transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO reminder (fund, kind, subject, person, due, created_at)
            VALUES (\(fund), \(reminder.kind.rawValue), \(reminder.subject), \(reminder.person), \(reminder.due.description),
                    \(now.microsecondsSince1970))
            """)
    }
}
