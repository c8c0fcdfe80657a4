/// One of a fund's texts: paragraphs and lists, with figures that are computed when it is shown.
public struct TextTemplate: Sendable, Hashable {
    public let blocks: [Block]

    public enum Block: Sendable, Hashable {
        case paragraph([Part])
        case list([[Part]])
    }

    public enum Part: Sendable, Hashable {
        case text(String)
        /// `{contributionsMobilized}`: a figure of the record.
        case figure(FigureKey)
        /// `{stated:KEY}`: what a publication states.
        case stated(String)
        /// Braces around something that is neither; `fund check` refuses it.
        case unknown(String)
    }

    /// Reads paragraphs separated by empty lines; a block whose lines all begin with `- ` is a list.
    public init(parsing text: String) {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Self.line)
        blocks = lines.split { $0.trimmed.isEmpty }.map { block in
            block.contains(where: Self.isItem) ? Self.list(block) : .paragraph(Self.parts(block.map(\.trimmed).joined(separator: " ")))
        }
    }

    /// Every part, in order.
    public var parts: [Part] {
        blocks.flatMap { block in
            switch block {
            case .paragraph(let parts): parts
            case .list(let items): items.flatMap { $0 }
            }
        }
    }

    /// A line that does not begin with `- ` continues the item before it.
    private static func list(_ lines: some Sequence<String>) -> Block {
        var items: [String] = []
        for line in lines {
            if isItem(line) || items.isEmpty {
                items.append(isItem(line) ? String(decoding: line.utf8.dropFirst(2), as: UTF8.self) : line)
            } else {
                items[items.count - 1] += " " + line.trimmed
            }
        }
        return .list(items.map(parts))
    }

    private static func isItem(_ line: String) -> Bool { line.utf8.starts(with: "- ".utf8) }

    /// Without the CR of a line's end, which Swift takes for one `Character` with the LF.
    private static func line(_ utf8: Substring.UTF8View) -> String {
        String(decoding: utf8.last == UInt8(ascii: "\r") ? utf8.dropLast() : utf8, as: UTF8.self)
    }

    private static func parts(_ text: String) -> [Part] {
        var parts: [Part] = []
        var rest = text.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")), let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) {
            if open > rest.startIndex { parts.append(.text(String(decoding: rest[..<open], as: UTF8.self))) }
            parts.append(part(named: String(decoding: rest[rest.index(after: open)..<close], as: UTF8.self)))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(decoding: rest, as: UTF8.self))) }
        return parts
    }

    private static func part(named name: String) -> Part {
        if name.hasPrefix("stated:") { return .stated(String(name.dropFirst("stated:".count))) }
        return FigureKey(rawValue: name).map(Part.figure) ?? .unknown(name)
    }
}
