/// A local authority that a programme engages, as a source names or describes it.
public struct LocalAuthority: Sendable, Hashable, Identifiable {
    public let id: String
    public let programme: String
    public let naming: Naming
    /// The name, or the description where the source gives no name.
    public let name: String
    public let level: Level?
    /// ISO 3166-1 alpha-3.
    public let countries: [String]
    /// As the row says; nil if the thematic area's rule decides.
    public let placeClass: PlaceClass?
    public let evidence: Evidence
    public let source: String
    public let section: String
    public let note: String

    public enum Naming: String, Sendable, CaseIterable {
        case named
        /// The source speaks of an authority without naming it.
        case described
    }

    public enum Level: String, Sendable, CaseIterable {
        case region
        case province
        case district
        case municipality
        case subMunicipal = "sub-municipal"
        /// The source speaks of authorities at more than one level.
        case several
    }

    /// What shows that the authority takes part. Only a mention, so far: it says that a source speaks of it, not that it was asked.
    public enum Evidence: String, Sendable, CaseIterable {
        case mention
    }

    init?(_ row: RowReader) {
        let id = row.identifier("id")
        let programme = row.requiredText("programme")
        let naming = row.choice("naming", Naming.self)
        let name = row.requiredText("name")
        let evidence = row.choice("evidence", Evidence.self)
        let source = row.requiredText("source")
        level = row.optionalChoice("level", Level.self)
        placeClass = row.optionalChoice("place_class", PlaceClass.self)
        countries = row.list("countries")
        section = row.text("section")
        note = row.text("note")
        guard let id, let programme, let naming, let name, let evidence, let source else { return nil }
        self.id = id
        self.programme = programme
        self.naming = naming
        self.name = name
        self.evidence = evidence
        self.source = source
    }
}
