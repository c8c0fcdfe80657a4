/// Who contributes to the fund. (The administrative agent's pages say “contributor”, not “donor”.)
public struct Contributor: Sendable, Hashable, Identifiable {
    public let id: String
    public let name: String
    public let kind: Kind
    /// ISO 3166-1 alpha-3; nil for a contributor that is not a State.
    public let country: String?
    /// Exact other names under which it appears elsewhere.
    public let aliases: [String]
    public let source: String

    public enum Kind: String, Sendable, CaseIterable {
        case memberState = "member-state"
        case foundation
        case faithBasedOrganization = "faith-based-organization"
        case privateSector = "private-sector"
        case localAuthority = "local-authority"
        case civilSociety = "civil-society"
        case other
    }

    init?(_ row: RowReader) {
        let id = row.identifier("id")
        let name = row.requiredText("name")
        let kind = row.choice("kind", Kind.self)
        let source = row.requiredText("source")
        aliases = row.list("aliases")
        country = row.text("country").isEmpty ? nil : row.text("country")
        if kind == .memberState, country == nil { row.report("country", "is empty for a member State", remedy: "give its alpha-3 code") }
        guard let id, let name, let kind, let source else { return nil }
        self.id = id
        self.name = name
        self.kind = kind
        self.source = source
    }
}
