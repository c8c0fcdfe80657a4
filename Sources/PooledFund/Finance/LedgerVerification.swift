public import Ledger
public import SQL

/// Recomputes a fund's journal: every entry balanced and well formed, every reversal exact, every row as its event recorded it.
public struct LedgerVerification: Sendable {
    public let entryCount: Int
    public let total: Money
    public let findings: [String]

    public var isIntact: Bool { findings.isEmpty }

    /// - Throws: `Refusal` if the fund is not on record.
    public static func run(on fund: String, database: any Database) async throws -> LedgerVerification {
        let damages = try await database.damages(in: try Schema.migrations())
        // One snapshot for both, so that what is recorded meanwhile is no contradiction.
        return try await database.read { transaction in
            let audit = try AuditVerification(in: transaction, damages: damages)
            let currency = try LedgerRules.currency(of: fund, known: .max, in: transaction)
            let entries = try LedgerQueries.entries(of: fund, currency: currency, in: transaction).map(\.entry)
            let journal = Journal(currency: currency, entries: entries)
            let debits = entries.flatMap(\.postings).filter { $0.account.normalSide == .debit }.map(\.amount)
            return LedgerVerification(
                entryCount: entries.count, total: try Money.sum(debits.filter { $0.currency == currency }, in: currency),
                findings: journal.verify().map(\.description)
                    + audit.findings.filter { $0.fund == fund || $0.event == nil }.map(\.description))
        }
    }
}
