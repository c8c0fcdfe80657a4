public import Ledger

/// A figure that one of the fund's publications states, to be read beside what the records give.
public struct PublishedStatement: Sendable, Hashable, Identifiable {
    public var id: String { key }
    public let key: String
    /// The figure on record that it speaks of; nil where the records hold nothing to compare.
    public let figure: String?
    public let qualifier: Qualifier
    /// As published: a decimal, or years such as `2019/2022`.
    public let stated: String
    /// A currency code, `share`, `year`, `years`, or the plural noun of what is counted.
    public let unit: String
    public let asOf: CivilDate
    public let source: String
    /// The section of the publication.
    public let section: String
    public let label: String
    public let note: String

    /// How the publication puts the figure.
    public enum Qualifier: String, Sendable, CaseIterable {
        case exactly
        case moreThan = "more-than"
        case approximately
    }

    init?(_ row: RowReader) {
        let key = row.requiredText("key")
        let qualifier = row.choice("qualifier", Qualifier.self)
        let stated = row.requiredText("stated")
        let unit = row.requiredText("unit")
        let asOf = row.date("as_of")
        let source = row.requiredText("source")
        let label = row.requiredText("label")
        figure = row.text("figure").isEmpty ? nil : row.text("figure")
        section = row.text("section")
        note = row.text("note")
        guard let key, let qualifier, let stated, let unit, let asOf, let source, let label else { return nil }
        if !isIdentifier(key) { row.report("key", "“\(key)” is not an id", remedy: "use letters, digits and hyphens") }
        self.key = key
        self.qualifier = qualifier
        self.stated = stated
        self.unit = unit
        self.asOf = asOf
        self.source = source
        self.label = label
    }
}
