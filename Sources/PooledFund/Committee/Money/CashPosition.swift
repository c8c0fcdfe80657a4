public import Ledger
internal import SQL

/// What the Administrative Agent stated last of the fund's cash.
public struct CashStatement: Sendable, Hashable {
    public let asOf: CivilDate
    public let deposits: Money
    public let income: Money
    public let fees: Money
    public let transferred: Money
    /// Set aside for what is no proposal: direct costs, for one.
    public let reserved: Money
    public let note: String
    public let document: [UInt8]
    public let statedAt: Instant
    public let agreements: [Agreement]
    /// How much of what was approved was transferred, by proposal.
    public let transfers: [String: Money]

    /// An agreement that is signed and not paid in full.
    public struct Agreement: Sendable, Hashable, Identifiable {
        public let id: String
        public let contributor: String
        /// Still to be paid.
        public let amount: Money
    }
}

/// The money that the committee can decide on.
public struct CashPosition: Sendable, Hashable {
    public let statement: CashStatement
    /// Approved on cash in hand, and not transferred.
    public let approved: Money
    /// Set aside: what the statement says, and what was approved conditional on agreements that are paid by now.
    public let reserved: Money
    /// Deposits + income − fees − transferred − approved but not transferred − reserved. May be below zero.
    public let available: Money
    public let agreements: [AgreementLeft]

    /// An agreement, with what of it is not yet approved for anything.
    public struct AgreementLeft: Sendable, Hashable, Identifiable {
        public var id: String { agreement.id }
        public let agreement: CashStatement.Agreement
        public let left: Money
    }

    public var currency: Currency { available.currency }

    /// What is left of every agreement together.
    public func agreed() throws -> Money { try Money.sum(agreements.map(\.left), in: currency) }

    init(_ statement: CashStatement, approvals: [CommitteeDecision]) throws {
        let currency = statement.deposits.currency
        self.statement = statement
        func open(_ decisions: [CommitteeDecision]) throws -> Money {
            try Money.sum(
                decisions.map { decision in
                    let left = try decision.total(in: currency).subtracting(statement.transfers[decision.proposal] ?? .zero(currency))
                    return left.isNegative ? .zero(currency) : left
                }, in: currency)
        }
        let approvals = approvals.filter { $0.outcome == .approved }
        approved = try open(approvals.filter { $0.basis == .cash })
        // An agreement that is paid, or a part of one, has become cash: what was approved on it then takes cash.
        var (turned, agreements) = (Money.zero(currency), [AgreementLeft]())
        let conditional = Dictionary(grouping: approvals.filter { $0.basis == .agreement }, by: \.agreement)
        for agreement in statement.agreements {
            let left = try agreement.amount.subtracting(try open(conditional[agreement.id] ?? []))
            if left.isNegative { turned = try turned.adding(try left.negated()) }
            agreements.append(AgreementLeft(agreement: agreement, left: left.isNegative ? .zero(currency) : left))
        }
        for (agreement, decisions) in conditional where !statement.agreements.contains(where: { $0.id == agreement }) {
            turned = try turned.adding(try open(decisions))
        }
        reserved = try statement.reserved.adding(turned)
        self.agreements = agreements
        available = try statement.deposits.adding(statement.income).subtracting(statement.fees).subtracting(statement.transferred)
            .subtracting(approved).subtracting(reserved)
    }

    /// What the committee can decide on; nil as long as nothing is stated.
    static func read(_ fund: String, _ currency: Currency, in transaction: any ReadTransaction) throws -> CashPosition? {
        guard let statement = try MoneyQueries.statement(of: fund, currency, in: transaction) else { return nil }
        return try CashPosition(statement, approvals: DecisionQueries.decisions(of: fund, currency, in: transaction))
    }
}

/// What a contributor would like its money to be used for.
public struct SoftEarmark: Sendable, Hashable, Identifiable {
    public let id: String
    public let contributor: String
    public let target: EarmarkTarget
    /// Zero for one that was taken back.
    public let amount: Money
    public let note: String
}
