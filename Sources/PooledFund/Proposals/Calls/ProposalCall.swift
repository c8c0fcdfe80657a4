public import Ledger

/// A call for proposals, or a window that stays open.
public struct ProposalCall: Sendable, Hashable, Identifiable {
    public var id: String { code }
    public let code: String
    public let title: String
    /// What it asks for.
    public let summary: String
    public let opensAt: Instant
    /// The last instant at which a proposal is taken; nil for a window that stays open.
    public let closesAt: Instant?
    /// Why it was last changed; empty as long as it was not.
    public let reason: String

    public enum State: String, Sendable, Hashable, CaseIterable {
        case toCome = "to-come"
        case open
        case closed
    }

    public func state(at now: Instant) -> State {
        if now < opensAt { return .toCome }
        return closesAt.map { now > $0 } ?? false ? .closed : .open
    }
}

/// What somebody wanted to know of a call, with the answer that all may read.
public struct CallQuestion: Sendable, Hashable, Identifiable {
    public let id: String
    public let call: String
    public let question: String
    public let askedAt: Instant
    /// Nil as long as it waits.
    public let answer: String?
    public let answeredAt: Instant?
}
