/// A sentence of the catalogue, with its forms if it has several.
enum Sentence: Sendable {
    enum Part: Sendable, Hashable {
        case text(String)
        case placeholder(String)
    }

    case simple([Part])
    case plural([PluralCategory: [Part]], other: [Part])

    var placeholders: Set<String> {
        switch self {
        case .simple(let parts):
            Sentence.placeholders(of: parts)
        case .plural(let forms, let other):
            forms.values.reduce(into: Sentence.placeholders(of: other)) { $0.formUnion(Sentence.placeholders(of: $1)) }
        }
    }

    /// The sentence with its literal text changed and its placeholders kept.
    func mappingText(_ change: (String) -> String) -> Sentence {
        func changed(_ parts: [Part]) -> [Part] {
            parts.map { part in
                if case .text(let text) = part { .text(change(text)) } else { part }
            }
        }
        return switch self {
        case .simple(let parts): .simple(changed(parts))
        case .plural(let forms, let other): .plural(forms.mapValues(changed), other: changed(other))
        }
    }

    /// The parts of a sentence as written: `{name}` is a placeholder, `{{` and `}}` are braces. Nil if a brace is left over or a name is empty.
    static func parts(of text: String) -> [Part]? {
        var parts: [Part] = []
        var literal: [UInt8] = []
        var bytes = text.utf8[...]
        let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
        while let byte = bytes.popFirst() {
            if byte == open || byte == close, bytes.first == byte {
                literal.append(byte)
                bytes.removeFirst()
            } else if byte == open {
                guard let end = bytes.firstIndex(of: close) else { return nil }
                let name = String(decoding: bytes[..<end], as: UTF8.self)
                guard isName(name) else { return nil }
                if !literal.isEmpty { parts.append(.text(String(decoding: literal, as: UTF8.self))) }
                literal = []
                parts.append(.placeholder(name))
                bytes = bytes[bytes.index(after: end)...]
            } else if byte == close {
                return nil
            } else {
                literal.append(byte)
            }
        }
        if !literal.isEmpty { parts.append(.text(String(decoding: literal, as: UTF8.self))) }
        return parts
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { PercentEncoding.isUnreserved($0) }
    }

    private static func placeholders(of parts: [Part]) -> Set<String> {
        Set(parts.compactMap { if case .placeholder(let name) = $0 { name } else { nil } })
    }
}
