// The page and its parts (WHATWG HTML, 4.1 to 4.3).

/// The page. Comes after ``Markup/doctype``.
public let html = Element("html")

/// What is said about the page.
public let head = Element("head")

/// The page's title, for tabs, bookmarks and search. In SVG: ``svgTitle``.
public let title = Element("title")

/// A statement about the page: its character set, its description.
public let meta = VoidElement("meta")

/// A style sheet, an icon, another form of the same page.
public let link = VoidElement("link")

/// A script from an address (`.src`). It takes no content, so there is no inline script.
public func script(_ attributes: Attribute...) -> Markup {
    Markup(node: .element(Element("script"), attributes, .empty))
}

/// What the page shows.
public let body = Element("body")

/// The head of the page or of a section.
public let header = Element("header")

/// Links to places.
public let nav = Element("nav")

/// What this page, and no other, is about.
public let main = Element("main")

/// The foot of the page or of a section.
public let footer = Element("footer")

/// A part with a heading.
public let section = Element("section")

/// A part that stands on its own.
public let article = Element("article")

/// A part beside the point.
public let aside = Element("aside")

/// What searches or filters.
public let search = Element("search")

/// The page's heading.
public let h1 = Element("h1")

/// A heading of the second level.
public let h2 = Element("h2")

/// A heading of the third level.
public let h3 = Element("h3")

/// A heading of the fourth level.
public let h4 = Element("h4")

/// A heading with its subtitle.
public let hgroup = Element("hgroup")

/// How to reach who answers for the page.
public let address = Element("address")

/// A block without a meaning of its own.
public let div = Element("div")

/// Markup kept for a script.
public let template = Element("template")

/// What is shown where scripts do not run.
public let noscript = Element("noscript")
