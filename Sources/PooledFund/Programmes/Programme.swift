public import Ledger

/// A joint programme, or an entry of the pipeline: what does not change by date. Its status and budget are dated claims.
public struct Programme: Sendable, Hashable, Identifiable {
    public var id: String { code }
    /// The proposal's code, kept for good.
    public let code: String
    public let title: String
    /// A number of the Terms; nil if not on record.
    public let thematicArea: Int?
    /// ISO 3166-1 alpha-3, in the order of the source.
    public let countries: [String]
    /// Regions of the Terms, only where the countries are not on record.
    public let regions: [String]
    public let organizations: [String]
    /// Objectives on record; empty if none are, which does not mean that it pursues none.
    public let objectives: [Int]
    public let startsOn: CivilDate?
    public let endsOn: CivilDate?
    /// Its place within the thematic area in the fund's own order.
    public let place: Int?
    public let disclosure: Disclosure
    public let summary: String
    public let source: String
    /// The columns of its record that no published source confirms.
    public let unconfirmed: Set<String>
    public let note: String

    /// Whether the public may see it.
    public enum Disclosure: String, Sendable, CaseIterable {
        case `public`
        /// A pipeline entry whose proposers have not agreed to be named: it appears nowhere, save in counts large enough to hide it.
        case withheld
    }

    init?(_ row: RowReader) {
        let code = row.identifier("code")
        let title = row.requiredText("title")
        let disclosure = row.choice("disclosure", Disclosure.self)
        let source = row.requiredText("source")
        thematicArea = row.optionalInteger("thematic_area")
        countries = row.list("countries")
        regions = row.list("regions")
        organizations = row.list("organizations")
        objectives = row.integers("objectives")
        startsOn = row.optionalDate("starts_on")
        endsOn = row.optionalDate("ends_on")
        place = row.optionalInteger("order")
        summary = row.text("summary")
        unconfirmed = row.unconfirmed()
        note = row.text("note")
        if !countries.isEmpty, !regions.isEmpty {
            row.report(
                "regions", "is given although the countries are on record", remedy: "leave it empty: the regions follow from the countries")
        }
        if let startsOn, let endsOn, endsOn.lastDay < startsOn.firstDay {
            row.report("ends_on", "\(endsOn) is before the start, \(startsOn)", remedy: "correct one of the two")
        }
        guard let code, let title, let disclosure, let source else { return nil }
        self.code = code
        self.title = title
        self.disclosure = disclosure
        self.source = source
    }
}
