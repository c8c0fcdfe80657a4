internal import Foundation
public import Ledger
internal import SQL

/// Gives somebody a role in a fund. Whoever the house does not know yet becomes a person of it and is sent a link with which they join.
public struct InvitePerson: Action {
    public static let name = "invite-person"
    public static let hasPublicEffect = false
    public static let isRecordedOnBehalf = true
    public static let right = Right(
        Role.allCases.reduce(into: []) { $0.formUnion($1.invitedBy) }, operators: true,
        rule: """
            An administrator invites to every role, an officer of the Fund Management Unit to those of partners and of the committee, the \
            Administrative Agent to the role of agent, and a focal point to those that it may, both for their own organization only.
            """)

    /// One person gives no more roles in a day: the whole committee and every organization of a call are invited in that many, and a session that was
    /// stolen does not write to the world.
    static let mostADay = 100
    /// No more links go to one person in a day, whoever invites them.
    static let mostLinksADay = 5

    /// The roles that invite, and end roles, for the organization that they are held for, and for no other.
    static let ownOrganizationOnly: Set<Role> = [.administrativeAgent, .participatingOrganizationFocalPoint]

    public let fund: String
    public let email: String
    /// Of somebody who is known already, the name on record stays.
    public let personName: String
    public let role: Role
    /// An organization, or for the role of a contributor a contributor, of the fund.
    public let organization: String
    public let seat: String?
    public let engagement: String?
    /// Nil for today.
    public let startsOn: CivilDate?
    public let endsOn: CivilDate?

    public init(
        fund: String, email: String, personName: String, role: Role, organization: String, seat: String? = nil, engagement: String? = nil,
        startsOn: CivilDate? = nil, endsOn: CivilDate? = nil
    ) {
        self.fund = fund
        self.email = email
        self.personName = personName
        self.role = role
        self.organization = organization
        self.seat = seat
        self.engagement = engagement
        self.startsOn = startsOn
        self.endsOn = endsOn
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let person: String
        public let holding: String
        /// Whether the person was not known to the house before.
        public let isNew: Bool
    }

    public func auditBody() throws -> [UInt8] {
        Array(try JSONEncoder().encode(["role": role.rawValue, "organization": organization, "seat": seat ?? ""]))
    }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireInPerson(role, by: actor, for: Self.name)
        // The rule of the very role, of which `right` is the sum.
        let right = Right(role.invitedBy, operators: true, rule: Self.right.rule)
        try recording.require(right, of: actor, for: Self.name) { holding in
            !Self.ownOrganizationOnly.contains(holding.role) || holding.organization == organization
        }
        guard actor.passage != .machine else { return }
        let since = recording.now.adding(seconds: -86_400)
        let given = try PeopleQueries.holdingsGiven(by: actor.id, inFund: fund, since: since, in: recording.transaction)
        guard given < Self.mostADay else {
            throw Refusal(
                "you have given \(given) roles in the last 24 hours, and nobody gives more",
                remedy: "go on tomorrow, or ask the operator of the machine")
        }
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let terms = try recording.terms()
        let (today, now) = (try recording.today(), recording.now)
        let starts = startsOn ?? today
        try check(starts: starts, today: today, terms)
        try RoleRules.checkParty(of: role, organization, in: recording)
        let email = try PersonParticulars.checkedEmail(email)
        let known = try PeopleQueries.particulars(email: email, in: recording.transaction)
        let person: PersonParticulars
        if let known {
            person = known
        } else {
            person = PersonParticulars(id: uuidV7(at: now), name: try PersonParticulars.checkedName(personName), email: email)
        }
        let others = try PeopleQueries.holdings(of: person.id, in: recording.transaction)
            .filter { $0.fund == fund && $0.isCurrentOrToCome(today: today, now: now) }
        try RoleRules.checkFirewall(role, beside: others, terms.people)
        if let held = others.first(where: { $0.role == role && $0.organization == organization && $0.seat == seat }) {
            guard try !AccessQueries.hasJoined(person.id, in: recording.transaction) else {
                throw Refusal("the person holds this role already", remedy: "end that holding first if its dates are to change")
            }
            // Whoever did not join in time is sent another link.
            try tell(person.id, .invitation, in: recording)
            return Outcome(person: person.id, holding: held.id, isNew: false)
        }
        try checkSeat(in: recording, today: today)
        if known == nil { try recording.introduce(person) }
        let holding = uuidV7(at: now)
        try recording.insert(
            into: .roleHolding,
            [
                .text(holding), .text(person.id), .text(role.rawValue), .text(organization), .text(seat ?? ""), .text(engagement ?? ""),
                .text(starts.description), .text(endsOn?.description ?? ""),
            ])
        let isKnown = try AccessQueries.hasJoined(person.id, in: recording.transaction)
        try tell(person.id, isKnown ? .roleGiven : .invitation, in: recording)
        return Outcome(person: person.id, holding: holding, isNew: known == nil)
    }

    private func tell(_ person: String, _ kind: Notice.Kind, in recording: Recording) throws {
        let since = recording.now.adding(seconds: -86_400)
        let limit = Self.mostLinksADay
        guard try kind != .invitation || NoticeQueries.count(to: person, kind, since: since, upTo: limit, in: recording.transaction) < limit
        else {
            throw Refusal("\(limit) links were sent to the person in the last 24 hours", remedy: "ask them to look for one, or wait a day")
        }
        try recording.notify(person, kind, ["role": role.rawValue, "organization": organization])
    }

    private func check(starts: CivilDate, today: CivilDate, _ terms: Terms) throws {
        guard starts.isComplete, endsOn?.isComplete ?? true else {
            throw Refusal("a role is held from a day to a day", remedy: "write YYYY-MM-DD")
        }
        if let endsOn, endsOn < max(starts, today) {
            throw Refusal("the last day, \(endsOn), is past, or before the first", remedy: "give a later one, or none")
        }
        guard role.needsSeat == (seat != nil) else {
            throw Refusal(
                role.needsSeat ? "a member of the committee, and an alternate, holds a seat" : "only members of the committee hold a seat",
                remedy: role.needsSeat ? "name the seat" : "leave the seat out")
        }
        if let seat, terms.seat(seat) == nil {
            throw Refusal("the Terms have no seat “\(seat)”", remedy: didYouMean(seat, among: terms.committee.seats.map(\.id)))
        }
        guard role.needsEngagement == (engagement.map { !$0.isEmpty } ?? false) else {
            throw Refusal(
                role.needsEngagement ? "an auditor is engaged for something" : "only auditors have an engagement",
                remedy: role.needsEngagement ? "name the engagement" : "leave the engagement out")
        }
        if role.needsEngagement, endsOn == nil { throw Refusal("an engagement has an end", remedy: "give its last day") }
        if let engagement, engagement.utf8.count > 500 { throw Refusal("the engagement has more than 500 bytes", remedy: "shorten it") }
    }

    /// A seat has one member and one alternate at a time.
    private func checkSeat(in recording: Recording, today: CivilDate) throws {
        guard let seat else { return }
        let holders = try PeopleQueries.holdings(inFund: fund, in: recording.transaction).filter {
            $0.seat == seat && $0.role == role && $0.isCurrentOrToCome(today: today, now: recording.now)
        }
        let (first, last) = (startsOn ?? today, endsOn ?? .latest)
        guard !holders.contains(where: { $0.startsOn <= last && first <= $0.endsOn ?? .latest }) else {
            throw Refusal("the seat “\(seat)” is held in that time", remedy: "end that holding first, or choose other days")
        }
    }
}

/// What a fund asks of whoever takes a role.
enum RoleRules {
    /// - Throws: `Refusal` unless the fund knows the party, and it is of a kind that the role goes with.
    static func checkParty(of role: Role, _ party: String, in recording: Recording) throws {
        let kind: RecordKind = role.party == .contributor ? .contributors : .organizations
        let records = try RecordQueries.current(kind, of: recording.fund, known: recording.event - 1, in: recording.transaction)
        guard let record = records.first(where: { $0["id"] == party }) else {
            throw Refusal(
                "the fund has no \(role.party == .contributor ? "contributor" : "organization") “\(party)”",
                remedy: didYouMean(party, among: records.map { $0["id"] }))
        }
        guard case .organization(let kinds) = role.party else { return }
        guard let kind = Organization.Kind(rawValue: record["kind"]), kinds.contains(kind) else {
            throw Refusal(
                "“\(party)” is of the kind \(record["kind"]), and the role “\(role.rawValue)” is for \(kinds.map(\.rawValue).sorted().joined(separator: ", "))",
                remedy: "choose another organization, or another role")
        }
    }

    /// - Throws: `Refusal` if the firewall of the Terms stands between the role and one that the person holds.
    static func checkFirewall(_ role: Role, beside holdings: [RoleHolding], _ rules: PeopleRules) throws {
        guard let (one, other) = rules.conflict(among: holdings.map(\.role) + [role]) else { return }
        throw Refusal(
            "the firewall of the fund's Terms: nobody is “\(one.rawValue)” and “\(other.rawValue)” at a time",
            remedy: "invite somebody else, or end the other role first", kind: .right)
    }
}

extension Recording {
    /// Puts somebody new on record, in the chain of people.
    func introduce(_ person: PersonParticulars) throws {
        let salt = randomSalt()
        try ofPeople().insert(into: .person, [.text(person.id), .bytes(person.digest(salt: salt))])
        try PeopleQueries.insert(person, salt: salt, in: beside)
    }
}
