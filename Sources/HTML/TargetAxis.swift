/// A line from nothing to the longest target, filled to the value reached, with a tick, a label and a date at each target.
///
/// Places are percentages and sizes are pixels, so that the text keeps its size from 320 px to the width of a wide page. Labels that would
/// touch on the narrowest screen go to another row, with a longer tick. Style it by `axis`, `axis-track`, `axis-fill`, `axis-tick`,
/// `axis-marker`, `axis-value`, `axis-label` and `axis-date`; the text must be set at 13 px or less, its value at 15 px or less. Texts come
/// after the ticks, so that `paint-order: stroke` with the paper's colour keeps them readable where a long tick passes behind one.
public struct TargetAxis: Sendable {
    /// An amount to be reached, with its label (`150`) and its date (`2026`).
    public struct Target: Sendable {
        public var value: Int64
        public var label: String
        public var date: String

        public init(value: Int64, label: String, date: String) {
            self.value = value
            self.label = label
            self.date = date
        }
    }

    /// The beginning of the ids of the title and of the description, unique in the page.
    public var id: String
    public var title: String
    /// What the drawing shows, in words: it is all that those who do not see it are given.
    public var description: String
    /// The value reached, in the unit of the targets. Beyond the longest target the line is full.
    public var value: Int64
    public var valueLabel: String
    public var targets: [Target]

    public init(
        id: String = "axis", title: String, description: String, value: Int64, valueLabel: String, targets: [Target]
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.value = value
        self.valueLabel = valueLabel
        self.targets = targets
    }

    public func markup() -> Markup {
        let ticks = TargetAxisLayout.ticks(for: targets, end: end)
        let reached = TargetAxisLayout.place(of: value, end: end)
        let rows = ticks.map(\.row).max().map { $0 + 1 } ?? 0
        return svg(
            .class("axis"), .width(percent: 100), .height(TargetAxisLayout.height(rows: rows)), .role("img"),
            .aria(.labelledby, "\(id)-title"), .aria(.describedby, "\(id)-description"), .focusable(false)
        ) {
            svgTitle(.id("\(id)-title")) { title }
            svgDesc(.id("\(id)-description")) { description }
            line(.class("axis-track"), .x1(percent: TargetAxisLayout.start), .x2(percent: TargetAxisLayout.finish), .y1(32), .y2(32))
            line(.class("axis-fill"), .x1(percent: TargetAxisLayout.start), .x2(percent: reached), .y1(32), .y2(32))
            for tick in ticks {
                line(
                    .class("axis-tick"), .x1(percent: tick.place), .x2(percent: tick.place), .y1(24),
                    .y2(TargetAxisLayout.labelTop(row: tick.row) - 14))
            }
            circle(.class("axis-marker"), .cx(percent: reached), .cy(32), .r(6))
            text(valueLabel, .class("axis-value"), at: TargetAxisLayout.Label(texts: [valueLabel], place: reached), y: 16)
            for tick in ticks {
                let top = TargetAxisLayout.labelTop(row: tick.row)
                text(tick.target.label, .class("axis-label"), at: tick.label, y: top)
                text(tick.target.date, .class("axis-date"), at: tick.label, y: top + 16)
            }
        }
    }

    private func text(_ text: String, _ className: Attribute, at label: TargetAxisLayout.Label, y: Double) -> Markup {
        svgText(className, .x(percent: label.x), .y(y), .textAnchor(label.anchor)) { text }
    }

    /// The longest target; without any, the value itself.
    private var end: Int64 {
        targets.map(\.value).max() ?? value
    }
}
