/// A local authority as the public may see it: of a sensitive place only the country.
public struct AuthorityOnRecord: Sendable, Identifiable {
    public let id: String
    public let programme: String
    public let countries: [String]
    public let evidence: LocalAuthority.Evidence
    public let source: String
    /// Nil if the place is sensitive.
    public let place: Place?

    /// What is said of an authority whose place is public.
    public struct Place: Sendable {
        public let name: String
        public let naming: LocalAuthority.Naming
        public let level: LocalAuthority.Level?
        public let section: String
        public let note: String
    }

    /// - Parameter number: stands in the id of an authority whose own id could give its place away.
    init(_ authority: LocalAuthority, number: Int, area: ThematicArea?, countriesOfProgramme: [String]) {
        programme = authority.programme
        countries = authority.countries.isEmpty ? countriesOfProgramme : authority.countries
        evidence = authority.evidence
        source = authority.source
        switch PlaceClass.of(authority, in: area) {
        case .public:
            id = authority.id
            place = Place(
                name: authority.name, naming: authority.naming, level: authority.level, section: authority.section, note: authority.note)
        case .sensitive:
            id = "\(authority.programme)-\(number)"
            place = nil
        }
    }
}
