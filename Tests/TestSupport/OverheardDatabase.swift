public import SQL

/// A real engine whose statements a test hears before they are run: it may hold them up, or let them fail.
public struct OverheardDatabase: Database {
    public typealias Listener = @Sendable (_ statement: Statement) throws -> Void

    private let inner: any Database
    private let listener: Listener

    public init(_ inner: any Database, listener: @escaping Listener) {
        self.inner = inner
        self.listener = listener
    }

    public var engine: Engine { inner.engine }

    public func read<Result: Sendable>(_ body: @escaping @Sendable (any ReadTransaction) throws -> Result) async throws -> Result {
        try await inner.read { [listener] in try body(OverheardReading(inner: $0, listener: listener)) }
    }

    public func write<Result: Sendable>(_ body: @escaping @Sendable (any WriteTransaction) throws -> Result) async throws -> Result {
        try await inner.write { [listener] in try body(OverheardWriting(inner: $0, listener: listener)) }
    }

    public func migrate(_ migrations: [Migration]) async throws { try await inner.migrate(migrations) }
    public func damages(in migrations: [Migration]) async throws -> [String] { try await inner.damages(in: migrations) }
    public func changes() -> AsyncStream<Void> { inner.changes() }
    public func close() throws { try inner.close() }
}

private struct OverheardReading: ReadTransaction {
    let inner: any ReadTransaction
    let listener: OverheardDatabase.Listener

    func query(_ statement: Statement, _ each: (Row) throws -> Void) throws {
        try listener(statement)
        try inner.query(statement, each)
    }

    func tables() throws -> [TableDescription] { try inner.tables() }
}

private struct OverheardWriting: WriteTransaction {
    let inner: any WriteTransaction
    let listener: OverheardDatabase.Listener

    func query(_ statement: Statement, _ each: (Row) throws -> Void) throws {
        try listener(statement)
        try inner.query(statement, each)
    }

    func tables() throws -> [TableDescription] { try inner.tables() }

    func execute(_ statement: Statement) throws {
        try listener(statement)
        try inner.execute(statement)
    }

    func savepoint<Result>(_ body: () throws -> Result) throws -> Result { try inner.savepoint(body) }
}
