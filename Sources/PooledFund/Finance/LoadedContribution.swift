internal import Ledger
internal import SQL

/// A contribution of the folder as the journal holds it: the last entry made of its row.
struct LoadedContribution {
    let contribution: Contribution
    let entry: Entry
    let isReversed: Bool

    /// By the row's id in the folder.
    static func all(of fund: String, currency: Currency, in transaction: any ReadTransaction) throws -> [String: LoadedContribution] {
        let entries = try LedgerQueries.entries(of: fund, currency: currency, in: transaction)
        let reversed = Set(entries.compactMap(\.entry.reverses))
        var loaded: [String: LoadedContribution] = [:]
        for case (let entry, let row?) in entries where entry.kind == .openingContribution {
            guard let amount = entry.postings.first(where: { $0.account == .contributionsOnRecord }) else { continue }
            loaded[row] = LoadedContribution(
                contribution: Contribution(
                    externalID: row, contributor: amount.contributor ?? "", effectiveOn: entry.effectiveOn, amount: amount.amount,
                    source: entry.source, memo: entry.memo),
                entry: entry, isReversed: reversed.contains(entry.externalID))
        }
        return loaded
    }
}
