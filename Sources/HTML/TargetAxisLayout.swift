/// Where the ticks and the labels of a ``TargetAxis`` stand, for a drawing as narrow as a page at 320 px leaves it.
enum TargetAxisLayout {
    /// A tick's place, in percent of the width, its label, and the row of the label.
    struct Tick {
        let target: TargetAxis.Target
        let place: Double
        let label: Label
        let row: Int
    }

    /// The ends of the line: far enough from the edges for half the marker at the narrowest width.
    static let start = 3.0
    static let finish = 97.0
    static let narrowestWidth = 280.0

    /// Where a value stands on the line.
    static func place(of value: Int64, end: Int64) -> Double {
        guard end > 0 else { return start }
        return start + (finish - start) * max(0, min(1, Double(value) / Double(end)))
    }

    /// The targets in their order on the line, each in the first row where it touches no other.
    static func ticks(for targets: [TargetAxis.Target], end: Int64) -> [Tick] {
        var rowEnds: [Double] = []
        return targets.sorted { $0.value < $1.value }.map { target in
            let place = place(of: target.value, end: end)
            let label = Label(texts: [target.label, target.date], place: place)
            let row = rowEnds.firstIndex { $0 + gap <= label.left } ?? rowEnds.count
            if row == rowEnds.count { rowEnds.append(0) }
            rowEnds[row] = label.left + label.width
            return Tick(target: target, place: place, label: label, row: row)
        }
    }

    static func labelTop(row: Int) -> Double { 60 + Double(row) * 36 }

    static func height(rows: Int) -> Double { rows == 0 ? 44 : labelTop(row: rows - 1) + 22 }

    /// Between two labels of a row, in percent.
    private static let gap = 2.5

    /// Texts one under the other at a place of the line: in the middle of it but where they would leave the drawing, then beside it.
    struct Label {
        let x: Double
        let anchor: TextAnchor
        /// In percent at the narrowest: no letter of a sans-serif at 13 px is reckoned narrower than 7.5 px.
        let width: Double

        init(texts: [String], place: Double) {
            let letters = texts.map(\.unicodeScalars.count).max() ?? 0
            width = Double(letters) * 7.5 / narrowestWidth * 100
            if place - width / 2 >= 0, place + width / 2 <= 100 {
                (x, anchor) = (place, .middle)
            } else if place < 50 {
                (x, anchor) = (max(0, min(place, 100 - width)), .start)
            } else {
                (x, anchor) = (min(100, max(place, width)), .end)
            }
        }

        var left: Double {
            switch anchor {
            case .start: x
            case .middle: x - width / 2
            case .end: x - width
            }
        }
    }
}
