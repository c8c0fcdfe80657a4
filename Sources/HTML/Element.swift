/// An element that may have content. Its values are called like functions: `section(.class("lead")) { h2 { title } }`.
///
/// Only this module makes elements, so `script` with content and `style` do not exist.
public struct Element: Sendable {
    let name: StaticString

    /// Whether the parser drops a line feed right after the start tag (`textarea`, `pre`), so that one has to be given up to it.
    let swallowsLeadingLineFeed: Bool

    init(_ name: StaticString, swallowsLeadingLineFeed: Bool = false) {
        self.name = name
        self.swallowsLeadingLineFeed = swallowsLeadingLineFeed
    }

    /// The element with these attributes and this content.
    public func callAsFunction(_ attributes: Attribute..., @MarkupBuilder content: () throws -> Markup) rethrows -> Markup {
        Markup(node: .element(self, attributes, try content().node))
    }

    /// The element without content.
    public func callAsFunction(_ attributes: Attribute...) -> Markup {
        Markup(node: .element(self, attributes, .empty))
    }

    /// The element with attributes put together beforehand.
    public func callAsFunction(_ attributes: [Attribute], @MarkupBuilder content: () throws -> Markup) rethrows -> Markup {
        Markup(node: .element(self, attributes, try content().node))
    }

    /// The element without content, with attributes put together beforehand.
    public func callAsFunction(_ attributes: [Attribute]) -> Markup {
        Markup(node: .element(self, attributes, .empty))
    }
}

/// An element that never has content nor an end tag: `input(.name("q"))`.
public struct VoidElement: Sendable {
    let name: StaticString

    init(_ name: StaticString) {
        self.name = name
    }

    /// The element with these attributes.
    public func callAsFunction(_ attributes: Attribute...) -> Markup {
        Markup(node: .void(self, attributes))
    }

    /// The element with attributes put together beforehand.
    public func callAsFunction(_ attributes: [Attribute]) -> Markup {
        Markup(node: .void(self, attributes))
    }
}
