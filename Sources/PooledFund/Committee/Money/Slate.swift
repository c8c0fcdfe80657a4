public import Ledger

/// A selection of proposals with amounts, that the committee looks at before it decides.
public struct Slate: Sendable, Hashable, Identifiable {
    public let id: String
    public let title: String
    public let note: String
    /// The id of whoever began it.
    public let author: String
    public let savedAt: Instant
    let event: Int64
    public internal(set) var amounts: [Amount] = []

    public struct Amount: Sendable, Hashable {
        public let proposal: String
        public let organization: String
        public let amount: Money

        public init(proposal: String, organization: String, amount: Money) {
            self.proposal = proposal
            self.organization = organization
            self.amount = amount
        }
    }

    public var proposals: [String] { Set(amounts.map(\.proposal)).sorted() }

    public func total(of proposal: String, in currency: Currency) throws -> Money {
        try Money.sum(amounts.filter { $0.proposal == proposal }.map(\.amount), in: currency)
    }

    public func total(in currency: Currency) throws -> Money { try Money.sum(amounts.map(\.amount), in: currency) }
}
