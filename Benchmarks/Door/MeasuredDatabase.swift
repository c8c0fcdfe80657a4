internal import SQL
internal import Synchronization

/// Where the time of writing went.
struct WriteCosts {
    var commits = 0
    /// From asking for the transaction to knowing that it is durable.
    var total: Duration = .zero
    /// The transaction's body: the rules, the digests, and the SQL.
    var body: Duration = .zero
    /// The engine's part of the body.
    var sql: Duration = .zero

    static func - (left: WriteCosts, right: WriteCosts) -> WriteCosts {
        WriteCosts(
            commits: left.commits - right.commits, total: left.total - right.total, body: left.body - right.body, sql: left.sql - right.sql)
    }
}

/// A database that adds up what its writing transactions cost.
final class MeasuredDatabase: Database {
    private let database: any Database
    private let measured = Mutex(WriteCosts())

    init(_ database: any Database) {
        self.database = database
    }

    var engine: Engine { database.engine }
    var costs: WriteCosts { measured.withLock { $0 } }

    func read<Result: Sendable>(_ body: @escaping @Sendable (any ReadTransaction) throws -> Result) async throws -> Result {
        try await database.read(body)
    }

    func write<Result: Sendable>(_ body: @escaping @Sendable (any WriteTransaction) throws -> Result) async throws -> Result {
        let start = ContinuousClock.now
        let result = try await database.write { transaction in
            let measuredTransaction = MeasuredTransaction(transaction)
            let start = ContinuousClock.now
            let result = try body(measuredTransaction)
            let elapsed = ContinuousClock.now - start
            self.measured.withLock {
                $0.body += elapsed
                $0.sql += measuredTransaction.sql
            }
            return result
        }
        let elapsed = ContinuousClock.now - start
        measured.withLock {
            $0.commits += 1
            $0.total += elapsed
        }
        return result
    }

    func migrate(_ migrations: [Migration]) async throws { try await database.migrate(migrations) }
    func damages(in migrations: [Migration]) async throws -> [String] { try await database.damages(in: migrations) }
    func changes() -> AsyncStream<Void> { database.changes() }
    func close() throws { try database.close() }
}

private final class MeasuredTransaction: WriteTransaction {
    private let transaction: any WriteTransaction
    private(set) var sql: Duration = .zero

    init(_ transaction: any WriteTransaction) {
        self.transaction = transaction
    }

    func query(_ statement: Statement, _ each: (Row) throws -> Void) throws {
        let start = ContinuousClock.now
        defer { sql += ContinuousClock.now - start }
        try transaction.query(statement, each)
    }

    func tables() throws -> [TableDescription] { try transaction.tables() }

    func execute(_ statement: Statement) throws {
        let start = ContinuousClock.now
        defer { sql += ContinuousClock.now - start }
        try transaction.execute(statement)
    }

    func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        let start = ContinuousClock.now
        var inside: Duration = .zero
        defer { sql += ContinuousClock.now - start - inside }
        return try transaction.savepoint {
            let start = ContinuousClock.now
            defer { inside = ContinuousClock.now - start }
            return try body()
        }
    }
}
