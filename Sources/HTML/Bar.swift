/// A horizontal bar that draws a number of a table's row beside it. It is decoration: the number itself stands in the table.
///
/// Style it by `bar`, `bar-track`, `bar-fill` and, for what is added, `bar-addition`; its height and width come from the style sheet or else are 100 × 8.
public struct Bar: Sendable {
    /// The number, in the unit of `maximum`; below zero draws nothing.
    public var value: Int64
    /// What comes on top of the number, drawn behind it in another shade.
    public var addition: Int64
    /// The number that fills the bar.
    public var maximum: Int64
    /// A further class, such as that of a thematic area.
    public var className: String?

    public init(value: Int64, addition: Int64 = 0, maximum: Int64, className: String? = nil) {
        self.value = value
        self.addition = addition
        self.maximum = maximum
        self.className = className
    }

    public func markup() -> Markup {
        svg(
            .classes(["bar", className]), .viewBox("0 0 100 8"), .width(100), .height(8), .preserveAspectRatio("none"),
            .aria(.hidden, "true"), .focusable(false)
        ) {
            rect(.class("bar-track"), .width(100), .height(8))
            if addition > 0, end > length {
                rect(.class("bar-addition"), .x(length), .width(end - length), .height(8))
            }
            if length > 0 {
                rect(.class("bar-fill"), .width(length), .height(8))
            }
        }
    }

    /// Of 100; never so short that a value above zero cannot be seen.
    private var length: Double { Self.place(Double(value), of: maximum) }

    /// Where what is added ends.
    private var end: Double { Self.place(Double(max(0, value)) + Double(addition), of: maximum) }

    private static func place(_ value: Double, of maximum: Int64) -> Double {
        guard value > 0, maximum > 0 else { return 0 }
        return max(0.5, min(100, value / Double(maximum) * 100))
    }
}
