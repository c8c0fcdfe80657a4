public import Ledger

/// What the committee decided on an item: on that very version.
public struct CommitteeDecision: Sendable, Hashable, Identifiable {
    public var id: String { "\(meeting)/\(proposal)" }
    public let meeting: String
    public let proposal: String
    public let document: ProposalDocument
    public let version: Int
    /// SHA-256 of the version's content.
    public let contentDigest: [UInt8]
    public let outcome: Outcome
    public let takenBy: Way
    /// Nil unless money was approved.
    public let basis: Basis?
    /// The agreement that an approval is conditional on; empty for none.
    public let agreement: String
    public let rationale: String
    public let minutes: [UInt8]?
    public let recordedAt: Instant
    public internal(set) var amounts: [ProposalFacts.Amount] = []
    public internal(set) var conditions: [Condition] = []
    /// How seats with an interest, or that abstained, took part.
    public internal(set) var parts: [Part] = []

    /// The names are permanent: they stand in the record.
    public enum Outcome: String, Sendable, Hashable, CaseIterable, Codable {
        case approved
        case pipeline
        case deferred
        case returned
        case notSelected = "not-selected"
    }

    public enum Way: String, Sendable, Hashable, CaseIterable, Codable {
        case consensus
        case noObjection = "no-objection"
    }

    /// What an approval rests on.
    public enum Basis: String, Sendable, Hashable, CaseIterable, Codable {
        case cash
        /// On an agreement that is signed and still to be paid; money is transferred only once it is.
        case agreement
    }

    public struct Condition: Sendable, Hashable {
        public let condition: String
        /// Who sees to it.
        public let owner: String
        /// Nil without a day.
        public let due: CivilDate?

        public init(condition: String, owner: String, due: CivilDate? = nil) {
            self.condition = condition
            self.owner = owner
            self.due = due
        }
    }

    public struct Part: Sendable, Hashable {
        public let seat: String
        public let part: Kind
        public let reason: String

        public enum Kind: String, Sendable, Hashable, CaseIterable {
            case disclosed
            case abstained
            case left
        }
    }

    public func total(in currency: Currency) throws(MoneyError) -> Money { try Money.sum(amounts.map { $0.amount }, in: currency) }
}
