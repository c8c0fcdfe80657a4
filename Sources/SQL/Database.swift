/// A database engine, as the rest of the house sees it.
///
/// A transaction body is a synchronous closure: nothing slow can happen inside by accident, and an engine may run it on a thread of its own.
public protocol Database: Sendable {
    var engine: Engine { get }

    /// Runs `body` on one consistent snapshot. Never waits for a writer.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Result
    ) async throws -> Result

    /// Runs `body` alone among writers; commits durably before it returns, or changes nothing.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws -> Result
    ) async throws -> Result

    /// Brings the schema to the last of `migrations`. Refuses a database that a newer program, or other migrations, made.
    func migrate(_ migrations: [Migration]) async throws

    /// What the engine finds damaged in its own structures, in its words; empty if nothing is.
    func damages() async throws -> [String]

    func close() throws
}

/// The engines that the house speaks to. Definitions of tables differ between them, queries do not.
public enum Engine: String, Sendable, CaseIterable {
    case sqlite
    case postgresql
}

/// A consistent view of the database.
public protocol ReadTransaction {
    /// Calls `each` for every row of the result, in order, without holding the whole result.
    func query(_ statement: Statement, _ each: (Row) throws -> Void) throws
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
    func execute(_ statement: Statement) throws

    /// Runs `body` so that, if it throws, what it wrote is undone and the transaction goes on.
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result
}
