public import Ledger

/// A role that a person holds in a fund.
public struct RoleHolding: Sendable, Hashable, Identifiable {
    /// Opaque and permanent.
    public let id: String
    public let fund: String
    /// The person's id.
    public let person: String
    public let role: Role
    /// The organization, or for the role of a contributor the contributor, that the person speaks for.
    public let organization: String
    /// The seat of the Steering Committee; nil for other roles.
    public let seat: String?
    /// What an auditor was engaged for; nil for other roles.
    public let engagement: String?
    /// The first day, in the fund's time zone.
    public let startsOn: CivilDate
    /// The last day; nil if none is foreseen.
    public let endsOn: CivilDate?
    /// When it was ended before its time; it is none from then on.
    public let endedAt: Instant?

    public init(
        id: String, fund: String, person: String, role: Role, organization: String, seat: String? = nil, engagement: String? = nil,
        startsOn: CivilDate, endsOn: CivilDate? = nil, endedAt: Instant? = nil
    ) {
        self.id = id
        self.fund = fund
        self.person = person
        self.role = role
        self.organization = organization
        self.seat = seat
        self.engagement = engagement
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.endedAt = endedAt
    }

    /// Whether it is held: begun, not past its last day, and not ended.
    ///
    /// - Parameter today: in the fund's time zone.
    public func isCurrent(today: CivilDate, now: Instant) -> Bool {
        isCurrentOrToCome(today: today, now: now) && startsOn <= today
    }

    /// Whether it is held, or will be.
    public func isCurrentOrToCome(today: CivilDate, now: Instant) -> Bool {
        (endsOn.map { today <= $0 } ?? true) && (endedAt.map { now < $0 } ?? true)
    }
}
