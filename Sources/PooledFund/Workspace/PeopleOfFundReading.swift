public import Ledger
internal import SQL

extension Office {
    /// The people of a fund with their roles there; nil if the fund is not on record.
    public nonisolated func people(ofFund fund: String, now: Instant) async throws -> PeopleOfFund? {
        try await database.read { try PeopleOfFund.read(fund, now: now, in: $0) }
    }

    /// What a person holds and held in funds other than `fund`, as far as `visitor` holds a role there.
    public nonisolated func otherHoldings(
        of person: String, than fund: String, seenBy visitor: SignedInPerson, now: Instant
    ) async throws -> [HoldingOnRecord] {
        let funds = Set(visitor.funds.filter { !visitor.roles(in: $0).isEmpty && $0 != fund })
        guard !funds.isEmpty else { return [] }
        return try await database.read { transaction in
            let circumstances = try WorkspaceQueries.circumstances(.person(person), in: transaction)
            return try PeopleQueries.holdings(of: person, in: transaction).compactMap { holding in
                guard funds.contains(holding.fund), let terms = try TermsOnRecord.read(holding.fund, in: transaction) else { return nil }
                let today = try FundTimeZone(terms.identity.timeZone).today(at: now)
                return HoldingOnRecord(holding, circumstances[holding.id], today: today, now: now)
            }
        }
    }

    /// The Terms of a fund; nil if it is not on record.
    public nonisolated func terms(ofFund fund: String) async throws -> Terms? {
        try await database.read { try TermsOnRecord.read(fund, in: $0) }
    }
}

extension HoldingOnRecord {
    init?(_ holding: RoleHolding, _ circumstances: WorkspaceQueries.Circumstances?, today: CivilDate, now: Instant) {
        guard let circumstances else { return nil }
        self.init(
            holding, recordedAt: circumstances.recordedAt, recordedBy: circumstances.actor, endReason: circumstances.endReason,
            today: today, now: now)
    }
}

extension PeopleOfFund {
    static func read(_ fund: String, now: Instant, in transaction: any ReadTransaction) throws -> PeopleOfFund? {
        guard let terms = try TermsOnRecord.read(fund, in: transaction) else { return nil }
        let days = try FundDays(timeZone: terms.identity.timeZone)
        let today = days.day(of: now)
        let circumstances = try WorkspaceQueries.circumstances(.fund(fund), in: transaction)
        let holdings = try PeopleQueries.holdings(inFund: fund, in: transaction).compactMap {
            HoldingOnRecord($0, circumstances[$0.id], today: today, now: now)
        }
        let particulars = Dictionary(
            try PeopleQueries.particulars(inFund: fund, in: transaction).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let joined = try WorkspaceQueries.joined(inFund: fund, in: transaction)
        let invitations = try WorkspaceQueries.invitations(inFund: fund, in: transaction)
        let people = Dictionary(grouping: holdings, by: \.holding.person).map { id, holdings in
            PersonOfFund(
                id: id, particulars: particulars[id], holdings: holdings,
                answer: answer(hasJoined: joined.contains(id), until: invitations[id], now: now))
        }
        return PeopleOfFund(
            fund: fund, terms: terms, days: days, today: today, people: people.sorted { $0.order < $1.order },
            parties: try PartyOfFund.all(of: fund, in: transaction))
    }

    private static func answer(hasJoined: Bool, until: Instant?, now: Instant) -> PersonOfFund.Answer {
        if hasJoined { return .joined }
        if let until, until <= now { return .expired(at: until) }
        return .awaited(until: until)
    }
}

extension PersonOfFund {
    /// Those without a name last.
    fileprivate var order: (Int, SearchText, String) { (particulars == nil ? 1 : 0, SearchText(particulars?.name ?? ""), id) }
}

extension PartyOfFund {
    /// Every party that the fund has on record, by id.
    static func all(of fund: String, in transaction: any ReadTransaction) throws -> [String: PartyOfFund] {
        let faults = FaultCollector()
        func current<Record>(_ kind: RecordKind, _ make: (RowReader) -> Record?) throws -> [Record] {
            try RecordQueries.current(kind, of: fund, known: .max, in: transaction).compactMap {
                make(RowReader(fields: $0, line: nil, faults: faults))
            }
        }
        let organizations = try current(.organizations, Organization.init)
        let contributors = try current(.contributors, Contributor.init)
        try faults.throwIfAny()
        let places = try WorkspaceQueries.places(inFund: fund, in: transaction)
        var parties: [String: PartyOfFund] = [:]
        for organization in organizations {
            let place = places[organization.id]
            parties[organization.id] = PartyOfFund(
                id: organization.id, organization: organization, contributor: nil, level: place?.level, place: place?.place)
        }
        for contributor in contributors {
            let other = parties[contributor.id]
            parties[contributor.id] = PartyOfFund(
                id: contributor.id, organization: other?.organization, contributor: contributor, level: other?.level, place: other?.place)
        }
        return parties
    }
}
