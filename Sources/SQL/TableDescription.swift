/// A table as its engine describes it, in words that every engine shares.
public struct TableDescription: Sendable, Hashable {
    public let name: String
    /// In the order in which the table declares them.
    public let columns: [Column]
    public let primaryKey: [String]
    /// Besides the primary key.
    public let uniqueKeys: Set<[String]>
    public let foreignKeys: Set<ForeignKey>

    public init(
        name: String, columns: [Column], primaryKey: [String], uniqueKeys: Set<[String]>, foreignKeys: Set<ForeignKey>
    ) {
        self.name = name
        self.columns = columns
        self.primaryKey = primaryKey
        self.uniqueKeys = uniqueKeys
        self.foreignKeys = foreignKeys
    }

    public struct Column: Sendable, Hashable {
        public let name: String
        public let type: ColumnType
        public let isNullable: Bool

        public init(name: String, type: ColumnType, isNullable: Bool) {
            self.name = name
            self.type = type
            self.isNullable = isNullable
        }
    }

    /// What `Value` a column holds.
    public enum ColumnType: Sendable, Hashable {
        case integer
        case text
        case bytes
        /// One that the record does not use, in the engine's word.
        case other(String)
    }

    public struct ForeignKey: Sendable, Hashable {
        public let columns: [String]
        public let table: String
        /// The columns of `table`, in the order of `columns`.
        public let referenced: [String]
        /// Checked when the transaction commits, not when the row is written.
        public let isDeferred: Bool

        public init(columns: [String], table: String, referenced: [String], isDeferred: Bool) {
            self.columns = columns
            self.table = table
            self.referenced = referenced
            self.isDeferred = isDeferred
        }
    }
}

extension [TableDescription] {
    /// The same tables, each behind those that it refers to.
    ///
    /// - Throws: `DatabaseError.unknownSchema` if two tables refer to each other.
    public func inReferenceOrder() throws(DatabaseError) -> [TableDescription] {
        var waiting = self
        var ordered: [TableDescription] = []
        while !waiting.isEmpty {
            let names = Set(waiting.map(\.name))
            let ready = waiting.filter { table in
                table.foreignKeys.allSatisfy { $0.table == table.name || !names.contains($0.table) }
            }
            guard !ready.isEmpty else { throw .unknownSchema("tables refer to each other: \(names.sorted().joined(separator: ", "))") }
            ordered += ready
            waiting.removeAll(where: ready.contains)
        }
        return ordered
    }
}
