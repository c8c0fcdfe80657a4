/// The shade of a heat table's cell: five steps of equal width up to the greatest value, and none for nothing.
public struct HeatScale: Sendable {
    /// The greatest value of the table, in the unit of the values.
    public var maximum: Int64

    public init(maximum: Int64) {
        self.maximum = maximum
    }

    /// 1 to 5 for a value above zero, else 0.
    public func level(of value: Int64) -> Int {
        guard value > 0, maximum > 0 else { return 0 }
        return max(1, min(5, Int((Double(value) / Double(maximum) * 5).rounded(.up))))
    }

    /// `heat-0` to `heat-5`.
    public func className(of value: Int64) -> String {
        "heat-\(level(of: value))"
    }
}
