public import Ledger

/// A meeting of the committee, or a decision between meetings for which a window is open.
public struct CommitteeMeeting: Sendable, Hashable, Identifiable {
    public let id: String
    public let kind: Kind
    public let title: String
    /// The day of the meeting, or on which the window opened.
    public let heldOn: CivilDate
    /// Empty for a decision between meetings.
    public let place: String
    public let note: String
    /// The last moment at which an objection is taken; nil for a meeting.
    public let closesAt: Instant?
    /// In the order of the agenda; without those that were taken off it.
    public internal(set) var items: [AgendaItem] = []
    public internal(set) var papers: [Paper] = []
    /// By seat; none before it is recorded.
    public internal(set) var attendance: [String: Attendance] = [:]
    /// What was said when it was closed; nil as long as it is open.
    public internal(set) var closure: String?

    public var isClosed: Bool { closure != nil }
    public func item(_ proposal: String) -> AgendaItem? { items.first { $0.proposal == proposal } }

    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case meeting
        case noObjection = "no-objection"
    }

    /// A proposal on the agenda, with the version that is decided on.
    public struct AgendaItem: Sendable, Hashable, Identifiable {
        public var id: String { proposal }
        public let proposal: String
        public let document: ProposalDocument
        public let version: Int
        public let position: Int
    }

    public struct Paper: Sendable, Hashable, Identifiable {
        public let id: String
        /// Nil for a paper of the whole meeting.
        public let proposal: String?
        public let title: String
        public let name: String
        public let mediaType: String
        public let size: Int
        public let digest: [UInt8]
    }

    public struct Attendance: Sendable, Hashable {
        /// Nil where nobody sat on the seat.
        public let person: String?
        public let part: Part

        public enum Part: String, Sendable, Hashable, CaseIterable {
            case member
            case alternate
            case absent
        }
    }
}

/// What the holder of a seat answers on an item.
public struct ItemAnswer: Sendable, Hashable {
    public let proposal: String
    public let seat: String
    public let person: String
    public let answer: Answer
    public let reason: String
    public let givenAt: Instant

    public enum Answer: String, Sendable, Hashable, CaseIterable {
        case agrees
        case abstains
        case objects
    }
}

/// What somebody said of an item.
public struct ItemComment: Sendable, Hashable, Identifiable {
    public let id: String
    public let proposal: String
    public let author: String
    public let remark: String
    public let writtenAt: Instant
}
