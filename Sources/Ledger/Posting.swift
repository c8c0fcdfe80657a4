/// One line of an entry: an amount debited or credited to an account, and whom it concerns.
public struct Posting: Sendable, Hashable {
    public let account: Account
    /// Debit positive, credit negative.
    public let amount: Money
    /// The public id of the contributor, if the posting concerns one.
    public let contributor: String?
    /// The public id of the participating organization, if the posting concerns one.
    public let organization: String?
    /// The public id of the programme, if the posting concerns one.
    public let programme: String?

    public init(
        account: Account, amount: Money,
        contributor: String? = nil, organization: String? = nil, programme: String? = nil
    ) {
        self.account = account
        self.amount = amount
        self.contributor = contributor
        self.organization = organization
        self.programme = programme
    }

    /// The same posting on the other side.
    ///
    /// - Throws: ``MoneyError/overflow(_:)`` for the most negative amount.
    public func opposite() throws(MoneyError) -> Posting {
        Posting(
            account: account, amount: try amount.negated(),
            contributor: contributor, organization: organization, programme: programme)
    }
}
