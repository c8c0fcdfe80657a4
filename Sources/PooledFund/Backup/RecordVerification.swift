internal import Ledger
internal import SQL

/// Everything that can be recomputed of a whole record: the audit chains, the digests of the rows, the journal of every fund.
public struct RecordVerification: Sendable {
    public let audit: AuditVerification
    /// What does not fit, in words for a person; a finding of the audit stands before one of a journal.
    public let findings: [String]

    public var isIntact: Bool { findings.isEmpty }

    /// - Parameter damages: what the engine itself finds damaged.
    init(in transaction: any ReadTransaction, damages: [String] = []) throws {
        audit = try AuditVerification(in: transaction, damages: damages)
        var findings = audit.findings.map(\.description)
        // A journal that cannot be read is one of a record whose rows were altered: those are found above.
        if findings.isEmpty {
            for fund in audit.heads.keys.sorted() where fund != PeopleChain.name {
                do {
                    let currency = try LedgerRules.currency(of: fund, known: .max, in: transaction)
                    let entries = try LedgerQueries.entries(of: fund, currency: currency, in: transaction).map(\.entry)
                    findings += Journal(currency: currency, entries: entries).verify().map { "\(fund): \($0)" }
                } catch let refusal as Refusal {
                    findings.append("\(fund): its journal cannot be read: \(refusal.reason)")
                }
            }
        }
        self.findings = findings
    }
}
