internal import Foundation
internal import SQL

/// Puts a party on record that the fund's folder does not name: a ministry, a municipality, a partner.
public struct RegisterOrganization: Action {
    public static let name = "register-organization"
    public static let hasPublicEffect = true
    public static let right = Right(
        [.administrator, .fundManagementUnitOfficer],
        rule: "Only an administrator or an officer of the Fund Management Unit registers an organization.")

    public let fund: String
    public let id: String
    public let organizationName: String
    public let shortName: String
    public let kind: Organization.Kind
    /// ISO 3166-1 alpha-3; nil for an organization that is of no one country.
    public let country: String?
    /// Of a local authority.
    public let level: LocalAuthority.Level?
    /// Where a local authority is.
    public let place: String?
    /// The source of the fact, among those of the fund.
    public let source: String

    public init(
        fund: String, id: String, organizationName: String, shortName: String, kind: Organization.Kind, country: String?,
        level: LocalAuthority.Level? = nil, place: String? = nil, source: String
    ) {
        self.fund = fund
        self.id = id
        self.organizationName = organizationName
        self.shortName = shortName
        self.kind = kind
        self.country = country
        self.level = level
        self.place = place
        self.source = source
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let organization: String
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["id": id, "kind": kind.rawValue])) }

    public func perform(in recording: Recording) throws -> Outcome {
        func current(_ kind: RecordKind) throws -> Set<String> {
            let column = kind == .countries ? "iso3" : "id"
            return Set(
                try RecordQueries.current(kind, of: fund, known: recording.event - 1, in: recording.transaction).map { $0[column] })
        }
        try requireSlug(id, "an id")
        guard try !current(.organizations).contains(id) else {
            throw Refusal("there is an organization “\(id)” already", remedy: "choose another id")
        }
        for text in [organizationName, shortName, place ?? ""] {
            guard text.utf8.count <= 300, !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
                throw Refusal("a name has at most 300 bytes and no line breaks", remedy: "shorten it")
            }
        }
        guard !organizationName.isEmpty else { throw Refusal("an organization has a name", remedy: "give it") }
        if let country, try !current(.countries).contains(country) {
            throw Refusal("there is no country “\(country)”", remedy: "give its three letters of ISO 3166-1, or none")
        }
        guard try current(.sources).contains(source) else {
            throw Refusal("there is no source “\(source)”", remedy: "name one of the fund's sources")
        }
        guard (kind == .localAuthority) == (level != nil), level != .several, (level != nil) == (place.map { !$0.isEmpty } ?? false) else {
            throw Refusal("a local authority has a level and a place, and no other organization has", remedy: "give both, or neither")
        }
        try recording.insert(
            into: RecordKind.organizations.table,
            [.text(id), .text(organizationName), .text(shortName), .text(kind.rawValue), .text(country ?? ""), .text(""), .text(source)])
        if let level, let place { try recording.insert(into: .organizationPlace, [.text(id), .text(level.rawValue), .text(place)]) }
        return Outcome(organization: id)
    }
}
