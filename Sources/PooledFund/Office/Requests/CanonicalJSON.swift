internal import Foundation

extension InputValue {
    /// The one text of a value as JSON: members in the order of their names' bytes, no white space, nothing escaped that need not be. What was typed
    /// stays as it was typed, in whatever form of Unicode.
    var canonicalJSON: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(into bytes: inout [UInt8]) {
        switch self {
        case .text(let text): Self.write(text, into: &bytes)
        case .integer(let integer): bytes += String(integer).utf8
        case .list(let items):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                item.value.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let inOrder = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (index, member) in inOrder.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.key, into: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .other(let word) where ["true", "false"].contains(word): bytes += word.utf8
        case .other, .bytes: bytes += "null".utf8
        }
    }

    private static func write(_ text: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += "\\n".utf8
            case ..<0x20: bytes += "\\u00\(hexadecimal([byte]))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Reads what this program wrote itself, without the limits of a request.
    init?(stored text: String) {
        guard let value = try? JSONDecoder().decode(InputValue.self, from: Data(text.utf8)) else { return nil }
        self = value
    }

    static func texts(_ texts: [String]) -> InputValue {
        .list(texts.enumerated().map { Item(key: String($0 + 1), value: .text($1)) })
    }

    /// The elements of a list; none for what is no list.
    var elements: [InputValue] {
        if case .list(let items) = self { items.map(\.value) } else { [] }
    }
}
