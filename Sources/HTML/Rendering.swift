extension Markup {
    /// Appends the markup as UTF-8 to `output`.
    public func render(into output: inout [UInt8]) {
        node.render(into: &output)
    }

    /// The markup as a string; for tests and small pieces. Pages are rendered as bytes.
    public func rendered() -> String {
        var output: [UInt8] = []
        render(into: &output)
        return String(decoding: output, as: UTF8.self)
    }
}

extension Markup.Node {
    func render(into output: inout [UInt8]) {
        switch self {
        case .empty:
            break
        case .text(let text):
            Escaping.append(text, to: &output)
        case .trusted(let literal):
            output.append(literal)
        case .sequence(let pieces):
            for piece in pieces {
                piece.node.render(into: &output)
            }
        case .void(let element, let attributes):
            output.append(UInt8(ascii: "<"))
            output.append(element.name)
            for attribute in attributes {
                attribute.render(into: &output)
            }
            output.append(UInt8(ascii: ">"))
        case .element(let element, let attributes, let content):
            output.append(UInt8(ascii: "<"))
            output.append(element.name)
            for attribute in attributes {
                attribute.render(into: &output)
            }
            output.append(UInt8(ascii: ">"))
            if element.swallowsLeadingLineFeed {
                output.append(UInt8(ascii: "\n"))
            }
            content.render(into: &output)
            output.append(UInt8(ascii: "<"))
            output.append(UInt8(ascii: "/"))
            output.append(element.name)
            output.append(UInt8(ascii: ">"))
        }
    }
}

extension [UInt8] {
    mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// Appends a string that needs no escaping: a name out of this module's own source.
    mutating func append(unescaped string: String) {
        append(contentsOf: string.utf8)
    }
}
