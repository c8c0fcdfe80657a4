/// A value that a statement binds or a row holds.
///
/// There is no floating point and no boolean: money and instants are integers, dates are text, and truth is 0 or 1 under a CHECK,
/// so that both engines store and compare the same.
public enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
}

/// Something that can be bound to a statement.
public protocol ValueConvertible {
    var sqlValue: Value { get }
}

extension Value: ValueConvertible {
    public var sqlValue: Value { self }
}

extension String: ValueConvertible {
    public var sqlValue: Value { .text(self) }
}

extension Int64: ValueConvertible {
    public var sqlValue: Value { .integer(self) }
}

extension Int: ValueConvertible {
    public var sqlValue: Value { .integer(Int64(self)) }
}

extension [UInt8]: ValueConvertible {
    public var sqlValue: Value { .bytes(self) }
}

extension Optional: ValueConvertible where Wrapped: ValueConvertible {
    public var sqlValue: Value { self?.sqlValue ?? .null }
}
