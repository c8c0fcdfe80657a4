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
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.replacingCarriageReturn }
        blocks = lines.split { $0.trimmed.isEmpty }.map { block in
            block.contains { $0.hasPrefix("- ") } ? Self.list(block) : .paragraph(Self.parts(block.map(\.trimmed).joined(separator: " ")))
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
            if line.hasPrefix("- ") || items.isEmpty {
                items.append(line.hasPrefix("- ") ? String(line.dropFirst(2)) : line)
            } else {
                items[items.count - 1] += " " + line.trimmed
            }
        }
        return .list(items.map(parts))
    }

    private static func parts(_ text: String) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(part(named: String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        return parts
    }

    private static func part(named name: String) -> Part {
        if name.hasPrefix("stated:") { return .stated(String(name.dropFirst("stated:".count))) }
        return FigureKey(rawValue: name).map(Part.figure) ?? .unknown(name)
    }
}

extension Substring {
    fileprivate var replacingCarriageReturn: String { String(last == "\r" ? dropLast() : self) }
}
