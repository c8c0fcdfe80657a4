/// The entries of a fund's books, in one currency, and what follows from them.
public struct Journal: Sendable {
    /// The fund's currency. Amounts received in another are converted before they are posted.
    public let currency: Currency
    /// In the order given.
    public let entries: [Entry]

    /// Takes the entries as they are, sound or not: ``verify()`` says what is wrong with them.
    public init(currency: Currency, entries: [Entry]) {
        self.currency = currency
        self.entries = entries
    }

    /// What stands on an account at the end of a day, as far as was known at an instant.
    ///
    /// Counts the postings of the entries that take effect on or before the last day of `asOf` and were recorded
    /// at or before `knownAt`. A dimension that is not given does not restrict the sum.
    ///
    /// - Parameter knownAt: everything recorded so far, if not given.
    /// - Returns: the balance in the account's normal side: positive if the account has grown on it.
    /// - Throws: ``MoneyError/overflow(_:)``; ``MoneyError/differentCurrencies(_:_:)`` if a posting that counts is
    ///   not in the journal's currency.
    public func balance(
        of account: Account, contributor: String? = nil, organization: String? = nil, programme: String? = nil,
        asOf: CivilDate, knownAt: Instant? = nil
    ) throws(MoneyError) -> Money {
        let lastDay = asOf.daysSince1970
        var amounts: [Money] = []
        for entry in entries {
            guard entry.effectiveOn.daysSince1970 <= lastDay else { continue }
            if let knownAt, entry.recordedAt > knownAt { continue }
            for posting in entry.postings where posting.account == account {
                guard matches(posting.contributor, contributor), matches(posting.organization, organization),
                    matches(posting.programme, programme)
                else { continue }
                amounts.append(posting.amount)
            }
        }
        let debits = try Money.total(amounts, in: currency)
        return try Money(exactly: account.normalSide == .debit ? debits : -debits, currency: currency)
    }
}

/// Whether a posting's dimension is the one asked for, or none is asked for.
private func matches(_ value: String?, _ wanted: String?) -> Bool {
    wanted == nil || value == wanted
}
