internal import Ledger
internal import SQL

/// Who sits on a seat.
public struct HeldSeat: Sendable, Identifiable {
    public var id: String { seat.id }
    public let seat: Committee.Seat
    public let member: RoleHolding?
    public let alternate: RoleHolding?

    func holding(of person: String) -> RoleHolding? { [member, alternate].compactMap { $0 }.first { $0.person == person } }
}

/// How a seat stands to an item: who takes part for it, with which interests, and what follows from them.
public struct SeatStanding: Sendable, Identifiable {
    public var id: String { seat.id }
    public let seat: Committee.Seat
    /// Whoever takes part for it; nil where nobody does.
    public let holding: RoleHolding?
    public let interests: [Interest]
    /// What the person declared; empty if nothing.
    public let declared: String
    /// Nil without an interest.
    public let consequence: Consequence?

    /// Whether it counts towards the quorum of the item.
    public var isCounted: Bool { holding != nil && seat.part.decides && consequence != .leave }
    /// Whether it takes part in the decision.
    public var takesPart: Bool { isCounted && consequence != .abstain }
}

/// Finds interests and what follows from them, by the Terms.
struct InterestReader {
    let committee: Committee
    let choices: FormChoices
    let seats: [HeldSeat]
    /// Everybody who holds a seat now, those whose seat the Terms name no more included.
    let holders: [RoleHolding]
    /// By proposal and person.
    let declared: [String: [String: String]]

    static func read(
        _ fund: String, _ terms: Terms, _ choices: FormChoices? = nil, now: Instant, in transaction: any ReadTransaction
    ) throws -> InterestReader {
        let today = try FundTimeZone(terms.identity.timeZone).today(at: now)
        let holdings = try PeopleQueries.holdings(inFund: fund, in: transaction).filter { $0.isCurrent(today: today, now: now) }
        return InterestReader(
            committee: terms.committee, choices: try choices ?? FormChoices.read(fund, terms, in: transaction),
            seats: terms.committee.seats.map { seat in
                let own = holdings.filter { $0.seat == seat.id }
                return HeldSeat(
                    seat: seat, member: own.first { $0.role == .steeringCommitteeMember },
                    alternate: own.first { $0.role == .steeringCommitteeAlternate })
            },
            holders: holdings.filter { CommitteeRights.members.roles.contains($0.role) },
            declared: try MeetingQueries.declaredInterests(of: fund, in: transaction))
    }

    func interests(of holding: RoleHolding, in proposal: Proposal, countries: [String]) -> [Interest] {
        var found: [Interest] = []
        if proposal.organizations.contains(holding.organization) { found.append(.organizationTakesPart) }
        if let country = choices.organization(holding.organization)?.country, countries.contains(country) {
            found.append(.countryIsRecipient)
        }
        if committee.rules.secretariatHost == holding.organization { found.append(.hostsSecretariat) }
        if declared[proposal.code]?[holding.person] != nil { found.append(.declared) }
        return found
    }

    func consequence(of holding: RoleHolding, in proposal: Proposal, countries: [String]) -> Consequence? {
        let found = interests(of: holding, in: proposal, countries: countries)
        // The Terms do not say what follows for a seat that they name no more.
        guard let seat = committee.seats.first(where: { $0.id == holding.seat }) else { return found.isEmpty ? nil : .leave }
        return found.map { committee.rules.consequence(of: $0, for: seat) }.max()
    }

    /// Whether a person has a seat and leaves the item with every seat that they hold.
    func leaves(_ person: String, _ proposal: Proposal, countries: [String]) -> Bool {
        holders.contains { $0.person == person && consequence(of: $0, in: proposal, countries: countries) == .leave }
    }

    /// How every seat stands to an item: for a meeting by who was there, otherwise by who holds it.
    func standings(in meeting: CommitteeMeeting, _ proposal: Proposal, countries: [String]) -> [SeatStanding] {
        seats.map { held in
            let holding = participant(held, in: meeting, proposal, countries)
            let interests = holding.map { self.interests(of: $0, in: proposal, countries: countries) } ?? []
            return SeatStanding(
                seat: held.seat, holding: holding, interests: interests,
                declared: holding.flatMap { declared[proposal.code]?[$0.person] } ?? "",
                consequence: interests.map { committee.rules.consequence(of: $0, for: held.seat) }.max())
        }
    }

    /// Before attendance is recorded, whoever would be there.
    private func participant(
        _ held: HeldSeat, in meeting: CommitteeMeeting, _ proposal: Proposal, _ countries: [String]
    ) -> RoleHolding? {
        guard meeting.kind == .meeting, !meeting.attendance.isEmpty else {
            // An alternate is there for what the member cannot take part in.
            let both = [held.member, held.alternate].compactMap { $0 }
            return both.first { consequence(of: $0, in: proposal, countries: countries) != .leave } ?? both.first
        }
        guard let person = meeting.attendance[held.id]?.person else { return nil }
        return held.holding(of: person)
    }

    /// What each rule of the quorum finds.
    func quorum(of standings: [SeatStanding]) -> [QuorumFinding] {
        committee.rules.quorum.map { rule in
            QuorumFinding(
                rule: rule,
                present: standings.count { $0.isCounted && (rule.constituency == nil || $0.seat.constituency == rule.constituency) })
        }
    }
}

/// What a rule of the quorum asks for, and how many are there.
public struct QuorumFinding: Sendable, Hashable {
    public let rule: CommitteeRules.Quorum
    public let present: Int

    public var isMet: Bool { present >= rule.atLeast }
}
