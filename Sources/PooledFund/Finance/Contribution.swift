internal import Ledger

/// A contribution as a fund folder gives it; in the record it is an entry of the journal.
struct Contribution: Sendable, Hashable {
    let externalID: String
    let contributor: String
    let effectiveOn: CivilDate
    let amount: Money
    let source: String
    let memo: String

    enum Kind: String, CaseIterable {
        /// A published cumulative total whose split into committed and paid is not known.
        case openingContribution = "opening-contribution"
    }

    /// Reversals and replacements make their ids of this one, and an id has at most 80 characters.
    private static let idLimit = 56

    init(externalID: String, contributor: String, effectiveOn: CivilDate, amount: Money, source: String, memo: String) {
        self.externalID = externalID
        self.contributor = contributor
        self.effectiveOn = effectiveOn
        self.amount = amount
        self.source = source
        self.memo = memo
    }

    init?(_ row: RowReader, currency: Currency) {
        let externalID = row.identifier("external_id")
        if let externalID, externalID.utf8.count > Self.idLimit {
            row.report("external_id", "has more than \(Self.idLimit) characters", remedy: "shorten it: corrections add to it")
        }
        let contributor = row.requiredText("contributor")
        let kind = row.choice("kind", Kind.self)
        let effectiveOn = row.date("effective_on")
        let amount = row.amount("amount", currency: "currency", in: currency)
        let source = row.requiredText("source")
        memo = row.text("memo")
        guard let externalID, let contributor, kind != nil, let effectiveOn, let amount, let source else { return nil }
        self.externalID = externalID
        self.contributor = contributor
        self.effectiveOn = effectiveOn
        self.amount = amount
        self.source = source
    }
}
