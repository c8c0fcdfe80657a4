/// A database engine, as the rest of the house sees it.
///
/// A transaction body is a synchronous closure: nothing slow can happen inside by accident, and an engine may run it on a thread of its own.
/// It may be run a second time, on a new connection, if the first one broke before anything was committed.
///
/// After an error of the engine a transaction is over, or the savepoint within which it occurred: its body cannot go on as if nothing had been.
public protocol Database: Sendable {
    var engine: Engine { get }

    /// Runs `body` on one consistent snapshot. Never waits for a writer.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Result
    ) async throws -> Result

    /// Runs `body` alone among writers, of other processes too; commits durably before it returns, or changes nothing.
    ///
    /// - Throws: `DatabaseError.outcomeUnknown` if the connection broke while the change was being committed.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws -> Result
    ) async throws -> Result

    /// Brings the schema to the last of `migrations`. Refuses a database that a newer program, or other migrations, made.
    func migrate(_ migrations: [Migration]) async throws

    /// What the engine finds damaged in its own structures, in its words; empty if nothing is. The schema is compared with what `migrations` make.
    func damages(in migrations: [Migration]) async throws -> [String]

    /// Yields when another process may have committed something, and at least every half second where other processes can.
    /// Finishes at once where none can.
    func changes() -> AsyncStream<Void>

    func close() throws
}

/// The engines that the house speaks to. Definitions of tables differ between them, queries do not.
public enum Engine: String, Sendable, CaseIterable {
    case sqlite
    case postgresql
}

/// A consistent view of the database.
public protocol ReadTransaction {
    /// Calls `each` for every row of the result, in order, without holding the whole result. `each` itself asks for nothing in this transaction.
    func query(_ statement: Statement, _ each: (Row) throws -> Void) throws

    /// The tables of the record by name: neither the engine's own nor its list of migrations.
    func tables() throws -> [TableDescription]
}

extension ReadTransaction {
    public func rows(_ statement: Statement) throws -> [Row] {
        try rows(statement) { $0 }
    }

    public func rows<Element>(_ statement: Statement, as transform: (Row) throws -> Element) throws -> [Element] {
        var elements: [Element] = []
        try query(statement) { elements.append(try transform($0)) }
        return elements
    }

    public func first(_ statement: Statement) throws -> Row? {
        var first: Row?
        try query(statement) { if first == nil { first = $0 } }
        return first
    }
}

/// A view that may also change.
public protocol WriteTransaction: ReadTransaction {
    /// Runs a statement that gives no rows. The engine may say what is wrong with it only when the transaction next asks for something,
    /// at the end of the savepoint or of the transaction at the latest.
    func execute(_ statement: Statement) throws

    /// Runs `body` so that, if it throws, what it wrote is undone and the transaction goes on.
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result
}
