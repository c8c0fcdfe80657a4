import Foundation

/// A country or territory of the map.
struct Country: Sendable {
    /// ISO 3166-1 alpha-3, empty where the source has none.
    let iso3: String
    /// The middle of its largest part.
    let x: Double
    let y: Double
    /// Whether it is too small for its outline to be seen.
    let isSmall: Bool
    /// SVG path data, empty where nothing is left after simplification.
    let outline: String
}

/// The outlines of the world, read once from `Resources/world.csv` and `Resources/disputed.csv`.
struct Geography: Sendable {
    static let world = Geography(world: resource("world"), disputed: resource("disputed"))

    /// The countries that have a code, by their code.
    let countries: [String: Country]
    /// SVG path data of the lines that are disputed.
    let disputedLines: String
    private let all: [Country]

    init(world: String, disputed: String) {
        all = CSV.rows(of: world).dropFirst().compactMap(Country.init(row:))
        countries = Dictionary(
            all.filter { !$0.iso3.isEmpty }.map { ($0.iso3, $0) }, uniquingKeysWith: { first, _ in first })
        disputedLines = CSV.rows(of: disputed).dropFirst().joined().joined()
    }

    /// The outlines of all countries but those excluded, as the data of one path.
    func outlines(except excluded: Set<String>) -> String {
        all.filter { !excluded.contains($0.iso3) }.map(\.outline).joined()
    }

    /// A point, to be drawn as a dot by a round stroke, for each small country but those excluded.
    func dots(except excluded: Set<String>) -> String {
        all.filter { $0.isSmall && !$0.iso3.isEmpty && !excluded.contains($0.iso3) }
            .map { "M\($0.x.markupText) \($0.y.markupText)h0" }.joined()
    }

    private static func resource(_ name: String) -> String {
        guard let url = Bundle.module.url(forResource: name, withExtension: "csv"), let data = try? Data(contentsOf: url) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }
}

extension Country {
    /// A row of `iso3,name,x,y,small,path`; nil if it is not one.
    fileprivate init?(row: [String]) {
        guard row.count == 6, let x = Double(row[2]), let y = Double(row[3]) else { return nil }
        self.init(iso3: row[0], x: x, y: y, isSmall: row[4] == "1", outline: row[5])
    }
}

/// Comma-separated values (RFC 4180), for this module's own files.
enum CSV {
    static func rows(of text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        func finished() -> String { String(decoding: field, as: UTF8.self) }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""):
                isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted:
                row.append(finished())
                field = []
            case UInt8(ascii: "\r") where !isQuoted:
                break
            case UInt8(ascii: "\n") where !isQuoted:
                row.append(finished())
                field = []
                if row != [""] { rows.append(row) }
                row = []
            default:
                field.append(byte)
            }
        }
        row.append(finished())
        if row != [""] { rows.append(row) }
        return rows
    }
}
