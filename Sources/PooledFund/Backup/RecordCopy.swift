public import SQL

/// A whole record, copied from one database into another, of the same engine or not.
///
/// Reading and writing are one transaction each: what is copied is the record as it was at one moment, while changes go on, and the other database
/// holds all of it or nothing. It is verified where it was written to before that is committed.
public struct RecordCopy: Sendable {
    /// The heads of the audit chains by fund.
    public let heads: [String: ChainHead]
    public let eventCount: Int
    /// The rows that the events vouch for.
    public let rowCount: Int

    /// Why a record is not copied.
    public enum Failure: Error, Hashable, CustomStringConvertible {
        /// The database that was to be filled has rows in `table`.
        case notEmpty(table: String)
        /// There is not one event to copy.
        case nothingOnRecord
        /// What was copied contradicts itself: it was altered, or damaged.
        case notIntact(findings: [String])

        public var description: String {
            switch self {
            case .notEmpty(let table): "the database is not empty: it has rows in \(table)"
            case .nothingOnRecord: "nothing is on record"
            case .notIntact(let findings):
                "the record does not verify: \(findings.prefix(5).joined(separator: "; "))"
                    + (findings.count > 5 ? "; and \(findings.count - 5) more" : "")
            }
        }
    }

    /// Copies everything on record in `source` into `destination`. Both were migrated to the same schema.
    ///
    /// - Throws: `Failure`; `DatabaseError` of either database; `CancellationError`. Then nothing was changed.
    public static func run(from source: any Database, into destination: any Database) async throws -> RecordCopy {
        let tables = try await destination.read { try $0.tables() }
        let left = Set(OperationalTable.leftBehind.map(\.rawValue))
        let ordered = try tables.inReferenceOrder().filter { !left.contains($0.name) }
        let channel = RowChannel()
        return try await withTaskCancellationHandler {
            async let reading: Void = failing(channel) { try await source.read { try send(ordered, in: $0, through: channel) } }
            let written = try await failing(channel) {
                try await destination.write { transaction in
                    try receive(ordered, in: transaction, from: channel)
                    // Else references are checked within the commit, which is not given as much time as a whole record may need.
                    if destination.engine == .postgresql { try transaction.execute("SET CONSTRAINTS ALL IMMEDIATE") }
                    return try verified(in: transaction)
                }
            }
            // All of it was read, or the writing would have failed: how the reading transaction ended does not matter.
            _ = try? await reading
            return written
        } onCancel: {
            channel.cancel()
        }
    }

    /// The other side's failure, where that is why this one ended.
    private static func failing<Result>(_ channel: RowChannel, _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch {
            channel.fail(error)
            throw channel.failure ?? error
        }
    }

    // MARK: Reading

    /// No statement is kept waiting for the other side for longer than so many rows take: engines limit the time of a statement.
    private static let pageSize = 5_000
    private static let batchSize = 100
    /// A batch is sent once it is as large, in bytes: a file has up to 25 MiB.
    private static let batchBytes = 4 * 1024 * 1024

    private static func send(_ tables: [TableDescription], in transaction: any ReadTransaction, through channel: RowChannel) throws {
        try channel.requireNothingSent()
        let found = try transaction.tables()
        for table in tables where !found.contains(table) {
            throw DatabaseError.unknownSchema("its table \(table.name) is missing, or not the one that this program makes")
        }
        for table in tables { try send(table, in: transaction, through: channel) }
        channel.finish()
    }

    private static func send(_ table: TableDescription, in transaction: any ReadTransaction, through channel: RowChannel) throws {
        let order = table.recordingOrder
        let orderList = Statement.joined(order.map { "\(name: $0)" }, separator: ", ")
        var last: [Value]?
        var count: Int
        repeat {
            count = 0
            let after: Statement = last.map { "WHERE (\(orderList)) > \(.list($0))" } ?? ""
            var batch = RowChannel.Batch(table: table)
            var bytes = 0
            try transaction.query(
                "SELECT \(table.columnList) FROM \(name: table.name) \(after) ORDER BY \(orderList) LIMIT \(pageSize)"
            ) { row in
                let values = try table.columns.map { try row.value($0.name) }
                batch.rows.append(values)
                bytes += values.reduce(0) { $0 + $1.size }
                last = try order.map { try row.value($0) }
                count += 1
                guard batch.rows.count == batchSize || bytes > batchBytes else { return }
                try channel.send(batch)
                batch.rows = []
                bytes = 0
            }
            if !batch.rows.isEmpty { try channel.send(batch) }
        } while count == pageSize
    }

    // MARK: Writing

    private static func receive(
        _ tables: [TableDescription], in transaction: any WriteTransaction, from channel: RowChannel
    ) throws {
        try channel.requireNothingReceived()
        // What is on record says more to whoever reads it than what stands beside.
        let ordered = tables.filter { $0.name == "audit_event" } + tables.filter { $0.name != "audit_event" }
        for table in ordered where try transaction.first("SELECT 1 AS one FROM \(name: table.name) LIMIT 1") != nil {
            throw Failure.notEmpty(table: table.name)
        }
        let insertions = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0.insertion) })
        while let batch = try channel.receive() {
            guard let insertion = insertions[batch.table.name] else { continue }
            for row in batch.rows { try transaction.execute(insertion.binding(row)) }
        }
    }

    private static func verified(in transaction: any ReadTransaction) throws -> RecordCopy {
        let verification = try RecordVerification(in: transaction)
        guard verification.isIntact else { throw Failure.notIntact(findings: verification.findings) }
        guard verification.audit.eventCount > 0 else { throw Failure.nothingOnRecord }
        return RecordCopy(
            heads: verification.audit.heads, eventCount: verification.audit.eventCount, rowCount: verification.audit.rowCount)
    }
}

extension TableDescription {
    fileprivate var columnList: Statement { .joined(columns.map { "\(name: $0.name)" }, separator: ", ") }

    /// A statement that inserts a row, with NULL in the place of every value.
    fileprivate var insertion: Statement { "INSERT INTO \(name: name) (\(columnList)) VALUES \(.list(columns.map { _ in .null }))" }

    /// A key whose order is the one in which the rows were recorded, so that a row that refers to another of its table finds it there.
    fileprivate var recordingOrder: [String] { uniqueKeys.first { $0 == ["fund", "event", "ordinal"] } ?? primaryKey }
}

extension Value {
    /// Roughly, in bytes.
    fileprivate var size: Int {
        switch self {
        case .null, .integer: 8
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }
}
