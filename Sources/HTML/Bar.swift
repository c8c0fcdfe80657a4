/// A horizontal bar that draws a number of a table's row beside it. It is decoration: the number itself stands in the table.
///
/// Style it by `bar`, `bar-track` and `bar-fill`; its height and width come from the style sheet or else are 100 × 8.
public struct Bar: Sendable {
    /// The number, in the unit of `maximum`; below zero draws nothing.
    public var value: Int64
    /// The number that fills the bar.
    public var maximum: Int64
    /// A further class, such as that of a thematic area.
    public var className: String?

    public init(value: Int64, maximum: Int64, className: String? = nil) {
        self.value = value
        self.maximum = maximum
        self.className = className
    }

    public func markup() -> Markup {
        svg(
            .classes(["bar", className]), .viewBox("0 0 100 8"), .width(100), .height(8), .preserveAspectRatio("none"),
            .aria(.hidden, "true"), .focusable(false)
        ) {
            rect(.class("bar-track"), .width(100), .height(8))
            if length > 0 {
                rect(.class("bar-fill"), .width(length), .height(8))
            }
        }
    }

    /// Of 100; never so short that a value above zero cannot be seen.
    private var length: Double {
        guard value > 0, maximum > 0 else { return 0 }
        return max(0.5, min(100, Double(value) / Double(maximum) * 100))
    }
}
