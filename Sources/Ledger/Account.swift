/// The two sides of an account. In a posting's amount, a debit is positive and a credit negative.
public enum Side: String, Sendable, Hashable, CaseIterable {
    case debit
    case credit
}

/// What a posting is made to: the chart of accounts, the same for every fund.
///
/// A new kind of record adds its accounts here, and only together with the entries that use them: there is no
/// account that nothing posts to. The raw value is what stores keep, so it never changes.
public enum Account: String, Sendable, Hashable, CaseIterable {
    /// What the fund has, or has been promised, as far as published contributions say: their stage, committed or
    /// paid, is not known. Normal side: debit.
    case contributionsOnRecord
    /// Where the money comes from: the contributors. Normal side: credit.
    case contributions

    /// The side on which the account grows, and in which its balance is given.
    public var normalSide: Side {
        switch self {
        case .contributionsOnRecord: .debit
        case .contributions: .credit
        }
    }
}
