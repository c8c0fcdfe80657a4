/// A map of the world on which some countries are marked, drawn on the server.
///
/// Style it by `map` (the drawing), `map-land` (all countries without a mark), `map-dots` (those too small for an outline),
/// `map-borders` (disputed lines), `map-link`, `map-country` with the mark's own class (a filled country), `map-hatch` with the
/// mark's own class (the strokes of the hatching, to be given a `stroke`) and `map-dot` (the disc around a small marked country).
public enum WorldMap {
    /// A country to be marked. Two marks of one country, a filled and a hatched one, are best put together as one mark.
    public struct Mark: Sendable {
        /// ISO 3166-1 alpha-3; `XKX` for Kosovo.
        public var iso3: String
        /// Where the country leads; without it, it takes no focus.
        public var href: Address?
        /// The country's name, and what the mark says, in words.
        public var label: String
        /// The class of the fill, if the country is filled.
        public var fillClass: String?
        /// The class of the hatching's strokes, if the country is hatched.
        public var hatchClass: String?

        public init(iso3: String, href: Address? = nil, label: String, fillClass: String? = nil, hatchClass: String? = nil) {
            self.iso3 = iso3
            self.href = href
            self.label = label
            self.fillClass = fillClass
            self.hatchClass = hatchClass
        }
    }

    /// The map. Marks of countries that it does not know are left out (see ``knows(_:)``): the table beside it has them all.
    ///
    /// - Parameters:
    ///   - id: the beginning of the ids within the drawing, unique in the page.
    ///   - description: what the map shows, in words.
    ///   - disclaimerID: the id of the text on boundaries and names that must stand beside the map.
    public static func markup(
        id: String = "map", title: String, description: String, marks: [Mark], disclaimerID: String? = nil
    ) -> Markup {
        let marked = Dictionary(marks.map { ($0.iso3, $0) }, uniquingKeysWith: { first, _ in first })
        let hatches = HatchPatterns(id: id, classes: marks.compactMap(\.hatchClass))
        // By name, so that the keyboard goes through the marks in an order that can be guessed.
        let shown = marked.values.sorted { ($0.label, $0.iso3) < ($1.label, $1.iso3) }
        return svg(
            .class("map"), .viewBox("0 0 1000 436"), .role("group"), .aria(.labelledby, "\(id)-title"),
            .aria(.describedby, ["\(id)-description", disclaimerID].compactMap(\.self).joined(separator: " ")), .focusable(false)
        ) {
            svgTitle(.id("\(id)-title")) { title }
            svgDesc(.id("\(id)-description")) { description }
            hatches.markup()
            path(.class("map-land"), .d(Geography.world.outlines(except: Set(marked.keys))), .aria(.hidden, "true"))
            path(
                .class("map-dots"), .d(Geography.world.dots(except: Set(marked.keys))), .strokeWidth(2.4), .strokeLinecap("round"),
                .aria(.hidden, "true"))
            path(
                .class("map-borders"), .d(Geography.world.disputedLines), .strokeWidth(0.6), .strokeDasharray("2 2"),
                .aria(.hidden, "true"))
            for mark in shown {
                if let country = Geography.world.countries[mark.iso3] {
                    markup(of: country, mark: mark, hatches: hatches)
                }
            }
        }
    }

    /// Whether the map has a country of this code, ISO 3166-1 alpha-3.
    public static func knows(_ iso3: String) -> Bool {
        Geography.world.countries[iso3] != nil
    }

    /// The codes of all countries and territories of the map.
    public static var knownCodes: Set<String> { Set(Geography.world.countries.keys) }

    private static func markup(of country: Country, mark: Mark, hatches: HatchPatterns) -> Markup {
        let shapes = Markup.fragment {
            svgTitle { mark.label }
            if let fillClass = mark.fillClass {
                shape(of: country, .class("map-country \(fillClass)"))
            }
            if let hatchClass = mark.hatchClass {
                shape(of: country, .class("map-hatched"), .fill(pattern: hatches.patternID(of: hatchClass)))
            }
            if mark.fillClass == nil, mark.hatchClass == nil {
                shape(of: country, .class("map-country"))
            }
        }
        if let href = mark.href {
            return svgLink(.class("map-link"), .href(href)) { shapes }
        }
        return g(.role("img"), .aria(.label, mark.label)) { shapes }
    }

    /// The outline, and for a country too small to be seen a disc, large enough to be pointed at.
    private static func shape(of country: Country, _ attributes: Attribute...) -> Markup {
        .fragment {
            if !country.outline.isEmpty {
                path(attributes + [.d(country.outline)])
            }
            if country.isSmall {
                circle(attributes + [.cx(country.x), .cy(country.y), .r(smallCountryRadius)])
            }
        }
    }

    static let smallCountryRadius = 4.0
}
