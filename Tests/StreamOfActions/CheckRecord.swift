internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import PooledFund
internal import SQL

/// `stream-of-actions check`
struct CheckRecord: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Writes what the record holds as JSON.")

    @Option(help: "sqlite:PATH or postgres://…")
    var database: String
    @Option(help: "Only entries whose external id begins with this; it ends with a hyphen.")
    var beginning = ""
    @Flag(help: "Verifies the audit chain and every fund's ledger too.")
    var verify = false

    private struct Answer: Encodable {
        var entries: [FundEntry] = []
        /// The last event of each fund, as `SEQUENCE:HASH`.
        var heads: [String: String] = [:]
        /// The debits of each fund's journal, in the main unit of its currency.
        var totals: [String: String] = [:]
        /// What the verification of the audit chain and of the ledgers found; nil if it was not asked for.
        var findings: [String]?
    }

    private struct FundEntry: Encodable {
        let fund: String
        let id: String
        let event: Int64
        let postings: Int64
        /// Zero in a balanced entry.
        let sum: Int64
    }

    func run() async throws {
        let record = try await StreamedRecord.open(database)
        var answer = try await record.database.read { [beginning] in try Self.entries(beginningWith: beginning, in: $0) }
        if verify {
            let audit = try await AuditVerification.run(on: record.database)
            answer.heads = audit.heads.mapValues(\.description)
            var findings = audit.findings.map(\.description)
            for fund in audit.heads.keys.sorted() where fund != PeopleChain.name {
                let ledger = try await LedgerVerification.run(on: fund, database: record.database)
                answer.totals[fund] = ledger.total.plainDecimal
                findings += ledger.findings
            }
            answer.findings = findings
        }
        try record.close()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        print(String(decoding: try encoder.encode(answer), as: UTF8.self))
    }

    private static func entries(beginningWith beginning: String, in transaction: any ReadTransaction) throws -> Answer {
        // A tilde comes behind every character of an id.
        let statement: Statement = """
            SELECT entry.fund AS fund, entry.external_id AS external_id, entry.event AS event, COUNT(posting.number) AS postings,
                   CAST(COALESCE(SUM(posting.amount), 0) AS BIGINT) AS total
            FROM entry LEFT JOIN posting ON posting.fund = entry.fund AND posting.entry = entry.id
            WHERE entry.external_id >= \(beginning) AND entry.external_id < \(beginning + "~")
            GROUP BY entry.fund, entry.id, entry.external_id, entry.event
            """
        let entries = try transaction.rows(statement) { row in
            FundEntry(
                fund: try row.text("fund"), id: try row.text("external_id"), event: try row.integer("event"),
                postings: try row.integer("postings"), sum: try row.integer("total"))
        }
        return Answer(entries: entries)
    }
}
