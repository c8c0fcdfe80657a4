public import Ledger
public import SQL

/// What an action sees and writes: the record as it is within the transaction, and the rows that its event will vouch for.
public final class Recording {
    public let transaction: any WriteTransaction
    public let fund: String
    /// The sequence number that the action's event will have.
    public let event: Int64
    public let now: Instant
    /// The event before the action's own.
    let last: AuditQueries.LastEvent?
    let memory: TransactionMemory
    private var digests: [[UInt8]] = []

    init(transaction: any WriteTransaction, fund: String, after last: AuditQueries.LastEvent?, now: Instant, memory: TransactionMemory) {
        self.transaction = transaction
        self.fund = fund
        self.last = last
        event = (last?.head.sequence ?? 0) + 1
        self.now = now
        self.memory = memory
    }

    var rowCount: Int64 { Int64(digests.count) }
    var rowsDigest: [UInt8] { AuditChain.rowsDigest(digests) }

    /// Adds a row; `values` in the order of the table's columns.
    func insert(into table: AuditedTable, _ values: [Value]) throws {
        precondition(values.count == table.columns.count, "a row of \(table.name) has \(table.columns.count) values")
        let ordinal = rowCount + 1
        let digest = AuditChain.rowDigest(table: table, fund: fund, event: event, ordinal: ordinal, values: values)
        let row: [Value] = [.text(fund), .integer(event), .integer(ordinal), .bytes(digest)] + values
        try transaction.execute(table.insertion.binding(row))
        digests.append(digest)
    }
}
