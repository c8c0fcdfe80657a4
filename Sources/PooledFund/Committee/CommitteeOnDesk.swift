/// The committee as somebody of it, or of the secretariat, sees it.
public struct CommitteeOnDesk: Sendable {
    public let fund: String
    public let terms: Terms
    public let days: FundDays
    public let seats: [HeldSeat]
    /// The latest first.
    public let meetings: [CommitteeMeeting]
    /// Decisions by meeting and proposal: `meeting/proposal`. Of items that the reader leaves there are none.
    public let decisions: [String: CommitteeDecision]
    /// What waits for the committee and is on no open agenda; for the secretariat.
    public let waiting: [WaitingItem]
    public let cash: CashPosition?
    public let earmarks: [SoftEarmark]
    public let reader: Reader
    public let names: Names

    public struct WaitingItem: Sendable, Identifiable {
        public var id: String { proposal.code }
        public let proposal: Proposal
        public let version: ProposalVersion
    }

    /// What it is worth offering; the door asks again.
    public struct Reader: Sendable, Hashable {
        public let person: String
        public let isOfficer: Bool
        public let isMember: Bool
        /// Whether the way in lets them change something.
        public let acts: Bool
    }

    /// What people, organizations and contributors are called.
    public struct Names: Sendable {
        let people: [String: String]
        let parties: [String: String]

        /// Nil for somebody who was erased.
        public func person(_ id: String) -> String? { people[id] }
        public func party(_ id: String) -> String { parties[id] ?? id }
    }
}

/// A meeting with all that the reader may know of it.
public struct MeetingOnDesk: Sendable {
    public let committee: CommitteeOnDesk
    public let meeting: CommitteeMeeting
    public let items: [Item]
    /// By who was recorded as there, or would be.
    public let quorum: [QuorumFinding]
    /// The selection that is proposed.
    public let slate: String?

    public var hasQuorum: Bool { quorum.allSatisfy(\.isMet) }

    public struct Item: Sendable, Identifiable {
        public var id: String { item.proposal }
        public let item: CommitteeMeeting.AgendaItem
        public let proposal: Proposal
        public let version: ProposalVersion
        public let standings: [SeatStanding]
        public let quorum: [QuorumFinding]
        /// The reader's own seat in it; nil for whoever holds none.
        public let own: SeatStanding?
        /// Whether the reader leaves it: then there is nothing below.
        public let isLeft: Bool
        public let answers: [ItemAnswer]
        public let comments: [ItemComment]
        public let papers: [CommitteeMeeting.Paper]
        public let decision: CommitteeDecision?
        /// What the selection that is proposed gives it, by organization.
        public let proposed: [Slate.Amount]
        /// In hundredths of a per cent of full marks.
        public let score: Int?
    }
}
