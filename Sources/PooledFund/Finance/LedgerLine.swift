public import Ledger

/// An entry of the journal as it touches one account: a line of a figure's trace.
public struct LedgerLine: Sendable, Hashable {
    /// Public and the same on every load of the same folder.
    public let externalID: String
    public let kind: EntryKind
    public let effectiveOn: CivilDate
    public let account: Account
    /// In the account's normal side.
    public let amount: Money
    public let contributor: String?
    /// The external id of the entry that this one reverses.
    public let reverses: String?
    public let memo: String
    public let source: String
    public let cursor: LedgerCursor
}

/// Which lines of the journal.
public struct LedgerFilter: Sendable, Hashable {
    public let account: Account
    public let contributor: String?

    public init(account: Account = .contributions, contributor: String? = nil) {
        self.account = account
        self.contributor = contributor
    }
}

/// A place in the journal's public order: the key of the last line seen.
public struct LedgerCursor: Sendable, Hashable, CustomStringConvertible {
    let takesEffectOn: String
    let externalID: String

    /// `YYYY-MM-DD.EXTERNAL-ID`, readable and without internal ids.
    public var description: String { "\(takesEffectOn).\(externalID)" }
}

extension LedgerCursor {
    public init?(parsing text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let date = try? CivilDate(parsing: parts[0]), date.isComplete, isIdentifier(parts[1]) else { return nil }
        self.init(takesEffectOn: parts[0], externalID: parts[1])
    }
}
