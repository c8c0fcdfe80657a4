// Scalable Vector Graphics, within a page (SVG 2). Those whose names HTML also uses begin with `svg`.

/// A drawing.
public let svg = Element("svg")

/// Shapes that belong together.
public let g = Element("g")

/// What is kept to be used elsewhere.
public let defs = Element("defs")

/// A drawing kept to be used elsewhere.
public let symbol = Element("symbol")

/// Another use of a shape, by `.href(Address(fragment:))`.
public let use = Element("use")

/// A shape by its outline.
public let path = Element("path")

/// A rectangle.
public let rect = Element("rect")

/// A circle.
public let circle = Element("circle")

/// A straight line.
public let line = Element("line")

/// Straight lines, one after the other.
public let polyline = Element("polyline")

/// Text in a drawing.
public let svgText = Element("text")

/// A part of a text in a drawing.
public let tspan = Element("tspan")

/// A pattern to fill shapes with.
public let pattern = Element("pattern")

/// A region outside of which nothing is drawn.
public let clipPath = Element("clipPath")

/// The name of a drawing or of a shape.
public let svgTitle = Element("title")

/// The description of a drawing.
public let svgDesc = Element("desc")

/// A link around shapes.
public let svgLink = Element("a")
