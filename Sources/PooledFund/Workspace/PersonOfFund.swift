public import Ledger

/// Somebody who holds or held a role in a fund.
public struct PersonOfFund: Sendable, Identifiable {
    /// Opaque and permanent.
    public let id: String
    /// Nil once what is personal was erased.
    public let particulars: PersonParticulars?
    /// In this fund, by their first day.
    public let holdings: [HoldingOnRecord]
    public let answer: Answer

    /// What came of the invitation.
    public enum Answer: Sendable, Hashable {
        /// The person came in.
        case joined
        /// Nothing yet.
        ///
        /// - until: when the link ceases to let the person in; nil while it is not sent.
        case awaited(until: Instant?)
        /// The link let nobody in while it did, and no longer does.
        case expired(at: Instant)
    }

    /// Whether a role is held now, or will be.
    public var isOfToday: Bool { holdings.contains { $0.standing != .ended } }
}

/// The people of a fund, as a page of its workspace shows them.
public struct PeopleOfFund: Sendable {
    public let fund: String
    public let terms: Terms
    public let days: FundDays
    public let today: CivilDate
    /// By name; those without one last.
    public let people: [PersonOfFund]
    /// What the fund calls its organizations and contributors, by id.
    public let parties: [String: PartyOfFund]

    public func person(_ id: String) -> PersonOfFund? { people.first { $0.id == id } }

    /// The name of an organization or a contributor; its id where the fund has none of it.
    public func partyName(_ id: String) -> String { parties[id]?.name ?? id }
}
