// Attributes of drawings: geometry, and those of presentation that a style sheet cannot set for a single drawing.
// Colours come from the style sheet by class.

extension Attribute {
    /// The region of the drawing that is shown: `0 0 100 8`.
    public static func viewBox(_ value: String) -> Attribute { Attribute("viewBox", value) }

    /// How the drawing is fitted to its size.
    public static func preserveAspectRatio(_ value: String) -> Attribute { Attribute("preserveAspectRatio", value) }

    /// The outline of a path.
    public static func d(_ value: String) -> Attribute { Attribute("d", value) }

    /// The corners of a polyline.
    public static func points(_ value: String) -> Attribute { Attribute("points", value) }

    /// The left edge.
    public static func x(_ number: Double) -> Attribute { Attribute("x", number.markupText) }

    /// The top edge.
    public static func y(_ number: Double) -> Attribute { Attribute("y", number.markupText) }

    /// The width, of a drawing or of an image too.
    public static func width(_ number: Double) -> Attribute { Attribute("width", number.markupText) }

    /// The height, of a drawing or of an image too.
    public static func height(_ number: Double) -> Attribute { Attribute("height", number.markupText) }

    /// The radius of a circle.
    public static func r(_ number: Double) -> Attribute { Attribute("r", number.markupText) }

    /// The rounding of corners.
    public static func rx(_ number: Double) -> Attribute { Attribute("rx", number.markupText) }

    /// The centre of a circle, from the left.
    public static func cx(_ number: Double) -> Attribute { Attribute("cx", number.markupText) }

    /// The centre of a circle, from the top.
    public static func cy(_ number: Double) -> Attribute { Attribute("cy", number.markupText) }

    /// Where a line begins, from the left.
    public static func x1(_ number: Double) -> Attribute { Attribute("x1", number.markupText) }

    /// Where a line begins, from the top.
    public static func y1(_ number: Double) -> Attribute { Attribute("y1", number.markupText) }

    /// Where a line ends, from the left.
    public static func x2(_ number: Double) -> Attribute { Attribute("x2", number.markupText) }

    /// Where a line ends, from the top.
    public static func y2(_ number: Double) -> Attribute { Attribute("y2", number.markupText) }

    /// A shift to the right.
    public static func dx(_ number: Double) -> Attribute { Attribute("dx", number.markupText) }

    /// A shift downwards.
    public static func dy(_ number: Double) -> Attribute { Attribute("dy", number.markupText) }

    /// The left edge as a percentage of the drawing's width.
    public static func x(percent: Double) -> Attribute { Attribute("x", percent.markupText + "%") }

    /// The width as a percentage of the drawing's width.
    public static func width(percent: Double) -> Attribute { Attribute("width", percent.markupText + "%") }

    /// The centre of a circle as a percentage of the drawing's width.
    public static func cx(percent: Double) -> Attribute { Attribute("cx", percent.markupText + "%") }

    /// Where a line begins as a percentage of the drawing's width.
    public static func x1(percent: Double) -> Attribute { Attribute("x1", percent.markupText + "%") }

    /// Where a line ends as a percentage of the drawing's width.
    public static func x2(percent: Double) -> Attribute { Attribute("x2", percent.markupText + "%") }

    /// A translation, a rotation.
    public static func transform(_ value: String) -> Attribute { Attribute("transform", value) }

    /// How a pattern is transformed.
    public static func patternTransform(_ value: String) -> Attribute { Attribute("patternTransform", value) }

    /// That a pattern is measured in the units of the drawing.
    public static let patternUnitsUserSpace = Attribute("patternUnits", "userSpaceOnUse")

    /// Which end of a text is at its place.
    public static func textAnchor(_ anchor: TextAnchor) -> Attribute { Attribute("text-anchor", anchor.rawValue) }

    /// That the shape is filled with the pattern of this id. In the id, all but letters, digits, `-` and `_` becomes `-`.
    public static func fill(pattern id: String) -> Attribute {
        Attribute("fill", "url(#" + SVGIdentifier.sanitized(id) + ")")
    }

    /// How wide a stroke is.
    public static func strokeWidth(_ number: Double) -> Attribute { Attribute("stroke-width", number.markupText) }

    /// How a stroke ends: `round`.
    public static func strokeLinecap(_ value: String) -> Attribute { Attribute("stroke-linecap", value) }

    /// How a stroke is dashed.
    public static func strokeDasharray(_ value: String) -> Attribute { Attribute("stroke-dasharray", value) }

    /// Whether the keyboard reaches the drawing itself, which old browsers assume.
    public static func focusable(_ isFocusable: Bool) -> Attribute { Attribute("focusable", isFocusable ? "true" : "false") }
}

/// Which end of a text is at its place.
public enum TextAnchor: String, Sendable, Hashable {
    case start
    case middle
    case end
}

enum SVGIdentifier {
    /// An id that can stand in `url(#…)` without closing it.
    static func sanitized(_ id: String) -> String {
        let bytes = id.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"):
                byte
            default: UInt8(ascii: "-")
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Double {
    /// As short as a tenth of a unit allows: `12`, `12.5`; what is no number is 0.
    var markupText: String {
        guard isFinite, magnitude < 1e9 else { return "0" }
        let tenths = Int((self * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, fraction) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        return sign + String(whole) + (fraction == 0 ? "" : "." + String(fraction))
    }
}
