public import Ledger
internal import SQL

extension Office {
    /// What waits for somebody in every fund that they work in, and what they wait for: the most pressing first.
    public nonisolated func desk(of visitor: SignedInPerson, now: Instant) async throws -> [DeskItem] {
        try await database.read { transaction in
            let own = try DeskReading.ownItems(of: visitor, now: now, in: transaction)
            let others = try visitor.funds.flatMap { fund -> [DeskItem] in
                guard let people = try PeopleOfFund.read(fund, now: now, in: transaction) else { return [] }
                return try DeskReading(visitor: visitor, people: people, now: now, transaction: transaction).items()
            }
            return (own + others).sorted { $0.order < $1.order }
        }
    }
}

/// Finds what waits for somebody in one fund.
struct DeskReading {
    let visitor: SignedInPerson
    let people: PeopleOfFund
    let now: Instant
    let transaction: any ReadTransaction

    var fund: String { people.fund }
    var roles: Set<Role> { visitor.roles(in: fund) }

    func items() throws -> [DeskItem] {
        try ownRolesThatEnd() + othersRolesThatEnd() + vacantSeats() + invitations() + erasuresThatAreDue() + proposals() + assessments()
            + committee()
    }

    // MARK: Of the person alone

    static func ownItems(of visitor: SignedInPerson, now: Instant, in transaction: any ReadTransaction) throws -> [DeskItem] {
        // A demonstration proves nothing, and asks for nothing.
        guard visitor.level != .demonstration else { return [] }
        if let factor = try WorkspaceQueries.secondFactor(of: visitor.id, in: transaction) {
            guard factor.codesLeft < DeskItem.enoughRecoveryCodes else { return [] }
            return [
                DeskItem(
                    kind: .recoveryCodesFew, fund: nil, subject: .recoveryCodes(factor.codesLeft),
                    since: factor.lastUse ?? factor.confirmedAt, due: nil)
            ]
        }
        // What an identity provider asked for need not be asked again.
        guard visitor.level == .password else { return [] }
        let asking = visitor.holdings.filter { (visitor.rules[$0.fund] ?? .strictest).secondFactor.contains($0.role) }
        guard !asking.isEmpty else { return [] }
        let circumstances = try WorkspaceQueries.circumstances(.person(visitor.id), in: transaction)
        let since = asking.compactMap { circumstances[$0.id]?.recordedAt }.min() ?? now
        let roles = Set(asking.map(\.role))
        return [
            DeskItem(
                kind: .secondFactorMissing, fund: nil, subject: .roles(Role.allCases.filter(roles.contains)), since: since, due: nil)
        ]
    }

    // MARK: Roles that end

    private func ownRolesThatEnd() throws -> [DeskItem] {
        try visitor.holdings.filter { $0.fund == fund }.compactMap { try item(.ownRoleEnds, endOf: $0) }
    }

    private func othersRolesThatEnd() throws -> [DeskItem] {
        guard roles.contains(.administrator) else { return [] }
        return try people.people.filter { $0.id != visitor.id }.flatMap { person in
            try person.holdings.filter { $0.standing == .current }.compactMap { try item(.roleEnds, endOf: $0.holding) }
        }
    }

    private func item(_ kind: DeskItem.Kind, endOf holding: RoleHolding) throws -> DeskItem? {
        guard let last = holding.lastDay(people.days) else { return nil }
        let first = try last.adding(days: -DeskItem.noticeDays)
        guard first <= people.today else { return nil }
        return DeskItem(
            kind: kind, fund: fund, subject: .holding(holding, personName: people.person(holding.person)?.particulars?.name),
            since: try people.days.start(of: max(first, holding.startsOn)), due: last)
    }

    // MARK: Seats

    private func vacantSeats() throws -> [DeskItem] {
        guard !roles.isDisjoint(with: Role.steeringCommitteeMember.invitedBy) else { return [] }
        let holdings = people.people.flatMap(\.holdings).filter { $0.holding.role == .steeringCommitteeMember }
        return try people.terms.committee.seats.compactMap { seat in
            let ofSeat = holdings.filter { $0.holding.seat == seat.id }
            guard !ofSeat.contains(where: { $0.standing != .ended }) else { return nil }
            let lastDay = ofSeat.compactMap { $0.holding.lastDay(people.days) }.max()
            let ended = try lastDay.map { try people.days.start(of: try $0.adding(days: 1)) }
            let since = try ended ?? WorkspaceQueries.termsRecordedAt(fund, in: transaction) ?? now
            return DeskItem(
                kind: .seatVacant, fund: fund, subject: .seat(id: seat.id, name: people.terms.committee.name(of: seat)),
                since: min(since, now),
                due: nil)
        }
    }

    // MARK: Invitations

    /// Those that the person sent; to the secretariat and the administrators, all of the fund.
    private func invitations() throws -> [DeskItem] {
        let seesAll = roles.contains(.administrator) || roles.contains(.fundManagementUnitOfficer)
        return people.people.compactMap { person in
            guard person.id != visitor.id, person.particulars != nil,
                let invited = person.holdings.first(where: { $0.standing != .ended && (seesAll || $0.recordedBy == visitor.id) })
            else { return nil }
            let subject = DeskItem.Subject.holding(invited.holding, personName: person.particulars?.name)
            switch person.answer {
            case .joined: return nil
            case .awaited(let until):
                return DeskItem(
                    kind: .invitationUnanswered, fund: fund, subject: subject, since: invited.recordedAt,
                    due: until.map(people.days.day))
            case .expired(let at):
                return DeskItem(kind: .invitationExpired, fund: fund, subject: subject, since: at, due: nil)
            }
        }
    }

    // MARK: Erasure

    private func erasuresThatAreDue() throws -> [DeskItem] {
        guard roles.contains(.administrator), let years = people.terms.people.retention.particularsYears else { return [] }
        return try people.people.compactMap { person in
            guard let particulars = person.particulars, !person.isOfToday else { return nil }
            let all = try PeopleQueries.holdings(of: person.id, in: transaction)
            // Whoever works in another fund is kept for it.
            guard !all.contains(where: { $0.isCurrentOrToCome(today: people.today, now: now) }),
                let last = all.compactMap({ $0.lastDay(people.days) }).max()
            else { return nil }
            let due = try last.adding(years: years)
            guard due < people.today else { return nil }
            return DeskItem(
                kind: .erasureDue, fund: fund, subject: .person(id: person.id, name: particulars.name),
                since: try people.days.start(of: try due.adding(days: 1)), due: nil)
        }
    }
}

extension CivilDate {
    /// The same day so many years later; of 29 February the 28th where there is none.
    fileprivate func adding(years: Int) throws -> CivilDate {
        let isThere = (try? CivilDate(year: year + years, month: month, day: day)) != nil
        return try CivilDate(year: year + years, month: month, day: isThere ? day : 28)
    }
}

extension DeskItem {
    /// By the last day, then what waits longest; within that by kind, so that the order is always the same.
    fileprivate var order: (CivilDate, Instant, String, String) { (due ?? .latest, since, kind.rawValue, fund ?? "") }
}
