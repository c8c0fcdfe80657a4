internal import Foundation

/// A value of a request before it is known whether it is of the kind that its field takes.
public indirect enum InputValue: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    case list([Item])
    case object([String: InputValue])
    /// A file.
    case bytes([UInt8])
    /// What no field takes: `true`, `1.5`.
    case other(String)

    /// An element of a list, with what it is called by: its place from 1, or the number that a form gave it.
    public struct Item: Sendable, Hashable {
        public let key: String
        public let value: InputValue

        public init(key: String, value: InputValue) {
            self.key = key
            self.value = value
        }
    }

    /// A member of an object; nil for what is no object, and where the member is missing or null.
    public subscript(name: String) -> InputValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text of a text; nil for anything else.
    public var string: String? {
        if case .text(let text) = self { text } else { nil }
    }
}

extension InputValue: Decodable {
    public init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: AnyName.self) {
            var object: [String: InputValue] = [:]
            for name in members.allKeys where try !members.decodeNil(forKey: name) {
                object[name.stringValue] = try members.decode(InputValue.self, forKey: name)
            }
            self = .object(object)
        } else if var elements = try? decoder.unkeyedContainer() {
            var items: [Item] = []
            while !elements.isAtEnd { items.append(Item(key: String(items.count + 1), value: try elements.decode(InputValue.self))) }
            self = .list(items)
        } else {
            self = try Self.single(try decoder.singleValueContainer())
        }
    }

    private static func single(_ value: any SingleValueDecodingContainer) throws -> InputValue {
        if let text = try? value.decode(String.self) { return .text(text) }
        if value.decodeNil() { return .other("null") }
        if let boolean = try? value.decode(Bool.self) { return .other(String(boolean)) }
        if let integer = try? value.decode(Int64.self) { return .integer(integer) }
        return .other(String(try value.decode(Double.self)))
    }

    private struct AnyName: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension InputValue {
    /// How deep objects and lists may lie within each other: no action asks for as much.
    private static let depthLimit = 8
    /// How many values there may be in all, those in texts left aside.
    private static let valueLimit = 10_000

    /// - Returns: nil for what is not JSON (RFC 8259), or is nested too deeply.
    public init?(json bytes: [UInt8]) {
        let (depth, commas) = Self.shape(of: bytes)
        guard depth <= Self.depthLimit, commas < Self.valueLimit, String(validating: bytes, as: UTF8.self) != nil,
            let value = try? JSONDecoder().decode(InputValue.self, from: Data(bytes))
        else { return nil }
        self = value
    }

    /// How deep brackets lie within each other, and how many commas there are; those in texts left aside.
    private static func shape(of bytes: [UInt8]) -> (depth: Int, commas: Int) {
        var (depth, deepest, commas, isInText, isEscaped) = (0, 0, 0, false, false)
        for byte in bytes {
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                deepest = max(deepest, depth)
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ","): commas += 1
            default: break
            }
        }
        return (deepest, commas)
    }
}
