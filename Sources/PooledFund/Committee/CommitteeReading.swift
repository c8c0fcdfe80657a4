public import Ledger
internal import SQL

extension Office {
    /// The committee of a fund as somebody sees it; nil if the fund is not on record, or for whoever has no part in it.
    public nonisolated func committee(of fund: String, seenBy visitor: SignedInPerson, now: Instant) async throws -> CommitteeOnDesk? {
        try await database.read { try CommitteeDesk.read(fund, visitor, now: now, in: $0)?.model() }
    }

    /// A meeting as somebody sees it; nil if there is none, or for whoever has no part in the committee.
    public nonisolated func meeting(
        _ id: String, of fund: String, seenBy visitor: SignedInPerson, now: Instant
    ) async throws -> MeetingOnDesk? {
        try await database.read { try CommitteeDesk.read(fund, visitor, now: now, in: $0)?.meeting(id) }
    }

    /// A paper with its content; nil if there is none that the reader may see.
    public nonisolated func paper(
        _ id: String, of meeting: String, in fund: String, seenBy visitor: SignedInPerson, now: Instant
    ) async throws -> (paper: CommitteeMeeting.Paper, content: [UInt8])? {
        try await database.read { transaction in
            guard let model = try CommitteeDesk.read(fund, visitor, now: now, in: transaction)?.meeting(meeting) else { return nil }
            let papers = model.meeting.papers.filter { $0.proposal == nil } + model.items.flatMap(\.papers)
            guard let paper = papers.first(where: { $0.id == id }),
                let content = try DocumentQueries.content(paper.digest, in: transaction)
            else { return nil }
            return (paper, content)
        }
    }

    /// The selections of a fund, each with what it would mean, by title; nil for whoever has no part in the committee.
    public nonisolated func slates(
        of fund: String, seenBy visitor: SignedInPerson, now: Instant
    ) async throws -> (committee: CommitteeOnDesk, slates: [SlateView], candidates: [SlateView.Entry])? {
        try await database.read { transaction in
            guard let desk = try CommitteeDesk.read(fund, visitor, now: now, in: transaction) else { return nil }
            let ground = try SlateGround.read(fund, desk.terms, in: transaction)
            let left = desk.leaves(ground)
            let slates = try MoneyQueries.slates(of: fund, desk.terms.currency, in: transaction).map {
                try SlateView($0, ground, without: left)
            }
            return (try desk.model(), slates, try desk.candidates(ground, without: left))
        }
    }

    /// The entries of the pipeline, those that wait longest first; nil for whoever may not see them all.
    public nonisolated func pipeline(
        of fund: String, seenBy visitor: SignedInPerson, now: Instant
    ) async throws -> (committee: CommitteeOnDesk, entries: [PipelineEntry])? {
        try await database.read { transaction in
            guard let desk = try CommitteeDesk.read(fund, visitor, now: now, in: transaction) else { return nil }
            return (try desk.model(), try PipelineEntry.read(fund, desk.terms, in: transaction))
        }
    }
}

/// Puts together what somebody sees of the committee.
struct CommitteeDesk {
    let fund: String
    let terms: Terms
    let visitor: SignedInPerson
    let now: Instant
    let reader: InterestReader
    let transaction: any ReadTransaction

    static let readers: Set<Role> = CommitteeRights.all.roles.union([.auditor])

    /// - Returns: nil if the fund is not on record, or for whoever has no part in the committee.
    static func read(
        _ fund: String, _ visitor: SignedInPerson, now: Instant, in transaction: any ReadTransaction
    ) throws -> CommitteeDesk? {
        guard !visitor.roles(in: fund).isDisjoint(with: readers), let terms = try TermsOnRecord.read(fund, in: transaction) else {
            return nil
        }
        return CommitteeDesk(
            fund: fund, terms: terms, visitor: visitor, now: now,
            reader: try InterestReader.read(fund, terms, now: now, in: transaction), transaction: transaction)
    }

    var isOfficer: Bool { visitor.roles(in: fund).contains(.fundManagementUnitOfficer) }

    func leaves(_ proposal: Proposal, _ version: ProposalVersion) -> Bool {
        reader.leaves(visitor.id, proposal, countries: version.facts.countries)
    }

    /// The codes of the proposals that the reader leaves.
    func leaves(_ ground: SlateGround) -> Set<String> {
        Set(ground.candidates.values.filter { leaves($0.proposal, $0.version) }.map { $0.proposal.code })
    }

    /// What a selection can be made of, with what it asks for, by code.
    func candidates(_ ground: SlateGround, without left: Set<String>) throws -> [SlateView.Entry] {
        let costs = try DecisionQueries.costs(of: fund, terms.currency, in: transaction)
        return try SlateSight.proposals(of: fund, isOfficer: isOfficer, in: transaction).sorted().compactMap { code in
            guard !left.contains(code), let (proposal, version) = ground.candidates[code] else { return nil }
            let amounts = costs[code] ?? version.facts.amounts
            return SlateView.Entry(
                proposal: proposal, version: version, amount: try Money.sum(amounts.map(\.amount), in: terms.currency),
                score: ground.scores[code]?.hundredths)
        }
    }

    func model() throws -> CommitteeOnDesk {
        let meetings = try MeetingQueries.meetings(of: fund, in: transaction)
        let roles = visitor.roles(in: fund)
        let decisions = try DecisionQueries.decisions(of: fund, terms.currency, in: transaction)
        let decided = Set(decisions.map(\.id))
        let open = Set(
            meetings.filter { !$0.isClosed }.flatMap { meeting in
                meeting.items.map(\.proposal).filter { !decided.contains("\(meeting.id)/\($0)") }
            })
        let (waiting, left) = try waitingAndLeft(open: open, decided: Set(decisions.map(\.proposal)))
        return CommitteeOnDesk(
            fund: fund, terms: terms, days: try FundDays(timeZone: terms.identity.timeZone), seats: reader.seats, meetings: meetings,
            decisions: Dictionary(
                decisions.filter { !left.contains($0.proposal) }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            waiting: waiting, cash: try CashPosition.read(fund, terms.currency, in: transaction),
            earmarks: try MoneyQueries.earmarks(of: fund, terms.currency, in: transaction),
            reader: CommitteeOnDesk.Reader(
                person: visitor.id, isOfficer: isOfficer, isMember: !roles.isDisjoint(with: CommitteeRights.members.roles),
                acts: !visitor.isReadOnly),
            names: try names())
    }

    /// What waits and is on no open agenda, for the secretariat; and what was decided and the reader leaves.
    private func waitingAndLeft(
        open: Set<String>, decided: Set<String>
    ) throws -> (waiting: [CommitteeOnDesk.WaitingItem], left: Set<String>) {
        var versions: [ProposalDocument: [String: ProposalVersion]] = [:]
        for document in ProposalDocument.allCases {
            versions[document] = try ProposalQueries.latestVersions(
                of: document, in: fund, terms.currency, withContent: false, in: transaction)
        }
        var waiting: [CommitteeOnDesk.WaitingItem] = []
        var left: Set<String> = []
        for proposal in try ProposalQueries.proposals(of: fund, in: transaction) {
            let isWaiting = isOfficer && proposal.stage.waitsForCommittee && !open.contains(proposal.code)
            guard isWaiting || decided.contains(proposal.code),
                let version = versions[proposal.stage.document]?[proposal.code] ?? versions[.conceptNote]?[proposal.code]
            else { continue }
            if isWaiting { waiting.append(CommitteeOnDesk.WaitingItem(proposal: proposal, version: version)) }
            if leaves(proposal, version) { left.insert(proposal.code) }
        }
        return (waiting, left)
    }

    private func names() throws -> CommitteeOnDesk.Names {
        let people = try PeopleQueries.particulars(inFund: fund, in: transaction).map { ($0.id, $0.name) }
        let contributors = try RecordQueries.current(.contributors, of: fund, known: .max, in: transaction).map { ($0["id"], $0["name"]) }
        let parties = reader.choices.organizations.map { ($0.id, $0.name) } + contributors
        return CommitteeOnDesk.Names(
            people: Dictionary(people, uniquingKeysWith: { first, _ in first }),
            parties: Dictionary(parties, uniquingKeysWith: { first, _ in first }))
    }

    // MARK: A meeting

    func meeting(_ id: String) throws -> MeetingOnDesk? {
        guard let meeting = try MeetingQueries.meeting(id, of: fund, in: transaction) else { return nil }
        let committee = try model()
        let answers = try MeetingQueries.answers(of: id, in: fund, transaction)
        let comments = try MeetingQueries.comments(of: id, in: fund, transaction)
        let proposed = try MoneyQueries.proposedSlates(of: fund, in: transaction)[id]
        let amounts = try proposed.map {
            try MoneyQueries.amounts(of: $0.slate, savedBy: $0.event, fund, terms.currency, transaction)
        }
        let scores = try AssessmentQueries.finalScores(of: fund, in: transaction)
        let decisions = Dictionary(
            grouping: try DecisionQueries.decisions(of: fund, terms.currency, in: transaction).filter { $0.meeting == id }, by: \.proposal)
        let items = try meeting.items.compactMap { item -> MeetingOnDesk.Item? in
            let code = item.proposal
            guard let proposal = try ProposalQueries.proposal(code, of: fund, in: transaction),
                let version = try ProposalQueries.versions(of: code, item.document, in: fund, terms.currency, in: transaction)
                    .first(where: { $0.number == item.version })
            else { return nil }
            let standings = reader.standings(in: meeting, proposal, countries: version.facts.countries)
            let isLeft = leaves(proposal, version)
            let own = reader.seats.first { $0.holding(of: visitor.id) != nil }
            return MeetingOnDesk.Item(
                item: item, proposal: proposal, version: version, standings: standings, quorum: reader.quorum(of: standings),
                own: own.flatMap { own in standing(of: own, proposal, version) }, isLeft: isLeft,
                answers: isLeft ? [] : answers.filter { $0.proposal == code },
                comments: isLeft ? [] : comments.filter { $0.proposal == code },
                papers: isLeft ? [] : meeting.papers.filter { $0.proposal == code }, decision: isLeft ? nil : decisions[code]?.first,
                proposed: isLeft ? [] : (amounts ?? []).filter { $0.proposal == code }, score: isLeft ? nil : scores[code]?.hundredths)
        }
        return MeetingOnDesk(
            committee: committee, meeting: meeting, items: items, quorum: reader.quorum(of: presence(meeting)), slate: proposed?.slate)
    }

    private func standing(of held: HeldSeat, _ proposal: Proposal, _ version: ProposalVersion) -> SeatStanding? {
        guard let holding = held.holding(of: visitor.id) else { return nil }
        let countries = version.facts.countries
        return SeatStanding(
            seat: held.seat, holding: holding, interests: reader.interests(of: holding, in: proposal, countries: countries),
            declared: reader.declared[proposal.code]?[visitor.id] ?? "",
            consequence: reader.consequence(of: holding, in: proposal, countries: countries))
    }

    /// Every seat without regard to any item.
    private func presence(_ meeting: CommitteeMeeting) -> [SeatStanding] {
        reader.seats.map { held in
            let isRecorded = meeting.kind == .meeting && !meeting.attendance.isEmpty
            let person = isRecorded ? meeting.attendance[held.id]?.person : (held.member ?? held.alternate)?.person
            return SeatStanding(
                seat: held.seat, holding: person.flatMap { held.holding(of: $0) }, interests: [], declared: "", consequence: nil)
        }
    }
}
