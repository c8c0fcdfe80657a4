internal import Ledger

/// A JSON document whose objects keep the order in which they were written, so that the same answer is always the same bytes.
indirect enum JSON: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int)
    case string(String)
    case array([JSON])
    case object([Member])

    struct Member: Sendable, Hashable {
        let name: String
        let value: JSON
    }

    static func object(_ members: KeyValuePairs<String, JSON>) -> JSON { .object(members.map { Member(name: $0, value: $1) }) }

    static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// `{"amount": "57425741.00", "currency": "USD"}`.
    static func money(_ money: Money?) -> JSON {
        money.map { ["amount": .string($0.plainDecimal), "currency": .string($0.currency.code)] } ?? .null
    }

    /// A decimal string with ten places.
    static func share(_ share: Ratio?) -> JSON { .text(share?.decimal(places: 10)) }

    static func date(_ date: CivilDate?) -> JSON { .text(date?.description) }

    static func list(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }

    func render(into output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .boolean(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .string(let text): Self.append(text, to: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                element.render(into: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.append(member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.render(into: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    var bytes: [UInt8] {
        var output: [UInt8] = []
        render(into: &output)
        output.append(UInt8(ascii: "\n"))
        return output
    }

    private static func append(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 0..<0x20:
                output += "\\u00".utf8
                output += hexadecimal(byte)
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member(name: $0.0, value: $0.1) }) }
    init(stringLiteral text: String) { self = .string(text) }
    init(integerLiteral value: Int) { self = .integer(value) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
}
