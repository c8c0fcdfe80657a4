/// One row of a result. Reading a column as something that it is not is an error, never a silent zero.
public struct Row: Sendable {
    private let columns: [String: Int]
    private let values: [Value]

    public init(columns: [String: Int], values: [Value]) {
        self.columns = columns
        self.values = values
    }

    public func value(_ column: String) throws(RowError) -> Value {
        guard let index = columns[column] else { throw .noColumn(column) }
        return values[index]
    }

    public func text(_ column: String) throws(RowError) -> String {
        guard case .text(let text) = try value(column) else { throw .wrongType(column: column, expected: "text") }
        return text
    }

    public func optionalText(_ column: String) throws(RowError) -> String? {
        if case .null = try value(column) { return nil }
        return try text(column)
    }

    public func integer(_ column: String) throws(RowError) -> Int64 {
        guard case .integer(let integer) = try value(column) else { throw .wrongType(column: column, expected: "integer") }
        return integer
    }

    public func optionalInteger(_ column: String) throws(RowError) -> Int64? {
        if case .null = try value(column) { return nil }
        return try integer(column)
    }

    public func bytes(_ column: String) throws(RowError) -> [UInt8] {
        guard case .bytes(let bytes) = try value(column) else { throw .wrongType(column: column, expected: "bytes") }
        return bytes
    }

    public func optionalBytes(_ column: String) throws(RowError) -> [UInt8]? {
        if case .null = try value(column) { return nil }
        return try bytes(column)
    }
}

/// A result that does not have the shape that the code expects: the schema and the code differ, or the file was altered.
public enum RowError: Error, Hashable, CustomStringConvertible {
    case noColumn(String)
    case wrongType(column: String, expected: String)

    public var description: String {
        switch self {
        case .noColumn(let column): "the result has no column \(column)"
        case .wrongType(let column, let expected): "column \(column) does not hold \(expected)"
        }
    }
}
