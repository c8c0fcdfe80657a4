// Text, lists, figures and what is said within a line (WHATWG HTML, 4.4 to 4.8).

/// A paragraph.
public let p = Element("p")

/// A link. In SVG: ``svgLink``.
public let a = Element("a")

/// A list in no order.
public let ul = Element("ul")

/// A list in order.
public let ol = Element("ol")

/// An item of a list.
public let li = Element("li")

/// Terms with what is said of them.
public let dl = Element("dl")

/// A term.
public let dt = Element("dt")

/// What is said of a term.
public let dd = Element("dd")

/// A quotation of its own.
public let blockquote = Element("blockquote")

/// Text whose spaces and lines count.
public let pre = Element("pre", swallowsLeadingLineFeed: true)

/// An illustration, with its caption.
public let figure = Element("figure")

/// The caption of a figure.
public let figcaption = Element("figcaption")

/// An image.
public let img = VoidElement("img")

/// What opens on demand.
public let details = Element("details")

/// What is shown of details that are closed.
public let summary = Element("summary")

/// A piece of text without a meaning of its own.
public let span = Element("span")

/// What matters.
public let strong = Element("strong")

/// What is stressed.
public let em = Element("em")

/// Side remarks.
public let small = Element("small")

/// What is highlighted because it was searched for.
public let mark = Element("mark")

/// What was removed.
public let del = Element("del")

/// What was added.
public let ins = Element("ins")

/// An abbreviation, spelled out in its title.
public let abbr = Element("abbr")

/// A date or a moment, machine-readable in `datetime`.
public let time = Element("time")

/// A value, machine-readable in `value`.
public let data = Element("data")

/// Code, an identifier.
public let code = Element("code")

/// What is typed.
public let kbd = Element("kbd")

/// What a program says.
public let samp = Element("samp")

/// The title of a work.
public let cite = Element("cite")

/// A quotation within a line.
public let q = Element("q")

/// Below the line.
public let sub = Element("sub")

/// Above the line.
public let sup = Element("sup")

/// Text whose direction is its own: a name, a title from elsewhere.
public let bdi = Element("bdi")

/// Text whose direction is imposed.
public let bdo = Element("bdo")

/// A new line.
public let br = VoidElement("br")

/// A place where a line may break.
public let wbr = VoidElement("wbr")

/// A change of subject.
public let hr = VoidElement("hr")
