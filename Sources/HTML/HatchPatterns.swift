/// The patterns of a map's hatched countries, one for each class of strokes; wide enough to be told from a filling on a phone.
struct HatchPatterns {
    private let id: String
    private let classes: [String]

    /// - Parameter classes: the classes in use, repeated or not.
    init(id: String, classes: [String]) {
        self.id = id
        self.classes = Set(classes).sorted()
    }

    func patternID(of className: String) -> String {
        SVGIdentifier.sanitized("\(id)-hatch-\(classes.firstIndex(of: className) ?? 0)")
    }

    func markup() -> Markup {
        guard !classes.isEmpty else { return .empty }
        return defs {
            for className in classes {
                pattern(
                    .id(patternID(of: className)), .width(10), .height(10), .patternUnitsUserSpace, .patternTransform("rotate(45)")
                ) {
                    path(.class("map-hatch \(className)"), .d("M5 0v10"), .strokeWidth(5))
                }
            }
        }
    }
}
