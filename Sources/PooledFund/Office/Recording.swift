public import Ledger
public import SQL

/// What an action sees and writes: the record as it is within the transaction, and the rows that its event will vouch for.
public final class Recording {
    public let transaction: any WriteTransaction
    /// The chain that the event goes to: a fund's slug, or the chain of people.
    public let fund: String
    /// The sequence number that the action's event will have.
    public let event: Int64
    public let now: Instant
    /// The id of whoever does it, or for whom it is done: what is written beside the record has no event that would say so.
    var performer = ""
    /// Whether the secretariat records it for somebody who answered otherwise.
    var isOnBehalf = false
    /// The event before the action's own.
    let last: AuditQueries.LastEvent?
    let memory: TransactionMemory
    /// Begins what the action records in another chain.
    private let begin: (_ chain: String) throws -> Recording
    private var companion: Recording?
    private var digests: [[UInt8]] = []
    private let keepsRows: Bool
    /// What was inserted, if this is but a preview.
    private(set) var rows: [(table: AuditedTable, values: [Value])] = []

    init(
        transaction: any WriteTransaction, fund: String, after last: AuditQueries.LastEvent?, now: Instant, memory: TransactionMemory,
        keepsRows: Bool = false, begin: @escaping (String) throws -> Recording
    ) {
        self.transaction = transaction
        self.fund = fund
        self.last = last
        event = (last?.head.sequence ?? 0) + 1
        self.now = now
        self.memory = memory
        self.keepsRows = keepsRows
        self.begin = begin
    }

    var rowCount: Int64 { Int64(digests.count) }
    var rowsDigest: [UInt8] { AuditChain.rowsDigest(digests) }

    /// Whether anything would have to be undone: in the record, or beside it.
    var hasWritten: Bool { rowCount > 0 || wroteBeside || (companion?.hasWritten ?? false) }
    private var wroteBeside = false

    /// The transaction, to change what is not of the record: particulars, notices, sessions.
    var beside: any WriteTransaction {
        wroteBeside = true
        return transaction
    }

    /// What the action records in the chains that it changes: its own first.
    var withCompanion: [Recording] { [self] + (companion.map { [$0] } ?? []) }

    /// What the action records of people themselves, in their chain: it gets an event there, of the same action, in the same commit.
    func ofPeople() throws -> Recording {
        if fund == PeopleChain.name { return self }
        if let companion { return companion }
        let begun = try begin(PeopleChain.name)
        companion = begun
        return begun
    }

    /// Adds a row; `values` in the order of the table's columns.
    func insert(into table: AuditedTable, _ values: [Value]) throws {
        precondition(values.count == table.columns.count, "a row of \(table.name) has \(table.columns.count) values")
        let ordinal = rowCount + 1
        let digest = AuditChain.rowDigest(table: table, fund: fund, event: event, ordinal: ordinal, values: values)
        let row: [Value] = [.text(fund), .integer(event), .integer(ordinal), .bytes(digest)] + values
        try transaction.execute(table.insertion.binding(row))
        digests.append(digest)
        if keepsRows { rows.append((table, values)) }
    }
}
