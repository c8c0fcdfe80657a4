/// Whether naming a place could put people at risk.
public enum PlaceClass: String, Sendable, CaseIterable {
    case `public`
    /// Of a sensitive place only the country ever leaves the house: on pages, maps, in data and documents alike.
    case sensitive

    /// The class of a place: what its row says; else the rule of its programme's thematic area; sensitive where neither is known.
    static func of(_ authority: LocalAuthority, in area: ThematicArea?) -> PlaceClass {
        authority.placeClass ?? (area.map { $0.hasSensitivePlaces ? .sensitive : .public } ?? .sensitive)
    }
}
