/// A party of the fund: a participating UN organization, a network, an authority.
public struct Organization: Sendable, Hashable, Identifiable {
    public let id: String
    public let name: String
    /// The abbreviation in use; the name itself where there is none.
    public let shortName: String
    public let kind: Kind
    /// ISO 3166-1 alpha-3; nil for an organization that is of no one country.
    public let country: String?
    public let aliases: [String]
    public let source: String

    public enum Kind: String, Sendable, CaseIterable {
        case unitedNations = "united-nations"
        case government
        case localAuthority = "local-authority"
        case localAuthorityNetwork = "local-authority-network"
        case civilSociety = "civil-society"
        case academia
        case privateSector = "private-sector"
        case other
    }

    init?(_ row: RowReader) {
        let id = row.identifier("id")
        let name = row.requiredText("name")
        let kind = row.choice("kind", Kind.self)
        let source = row.requiredText("source")
        aliases = row.list("aliases")
        country = row.text("country").isEmpty ? nil : row.text("country")
        guard let id, let name, let kind, let source else { return nil }
        self.id = id
        self.name = name
        self.kind = kind
        self.source = source
        shortName = row.text("short_name").isEmpty ? name : row.text("short_name")
    }
}
