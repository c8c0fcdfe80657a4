/// A piece of HTML or SVG: a tree whose text can only get in through an escaping leaf.
///
/// There is no way to make markup out of a `String` except as text. What is written as markup is either an element of this module
/// or a `StaticString`, which only a literal in the source can be, so nothing that a person typed or a file held can become a tag.
public struct Markup: Sendable {
    indirect enum Node: Sendable {
        case empty
        case text(String)
        case trusted(StaticString)
        case element(Element, [Attribute], Node)
        case void(VoidElement, [Attribute])
        case sequence([Markup])
    }

    let node: Node

    init(node: Node) {
        self.node = node
    }

    /// Nothing at all.
    public static let empty = Markup(node: .empty)

    /// Text, escaped when rendered (see ``Escaping``).
    public static func text(_ text: String) -> Markup {
        Markup(node: .text(text))
    }

    /// Markup written in the source as a literal, rendered as it stands.
    public static func trusted(_ literal: StaticString) -> Markup {
        Markup(node: .trusted(literal))
    }

    /// Several pieces, one after the other.
    public static func sequence(_ pieces: [Markup]) -> Markup {
        Markup(node: .sequence(pieces))
    }

    /// Markup written with the builder's syntax where no element surrounds it.
    public static func fragment(@MarkupBuilder _ content: () throws -> Markup) rethrows -> Markup {
        try content()
    }

    /// The declaration that opens every page.
    public static let doctype = Markup.trusted("<!DOCTYPE html>\n")

    /// Whether nothing would be rendered.
    public var isEmpty: Bool {
        switch node {
        case .empty: true
        case .text(let text): text.isEmpty
        case .sequence(let pieces): pieces.allSatisfy(\.isEmpty)
        case .trusted(let literal): literal.hasPointerRepresentation && literal.utf8CodeUnitCount == 0
        case .element, .void: false
        }
    }
}
