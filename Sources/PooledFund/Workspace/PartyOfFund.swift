/// An organization, or a contributor, or both under one id: whoever takes part in a fund.
public struct PartyOfFund: Sendable, Identifiable {
    public let id: String
    public let organization: Organization?
    public let contributor: Contributor?
    /// Of a local authority that was registered with it.
    public let level: LocalAuthority.Level?
    public let place: String?

    public var name: String { organization?.name ?? contributor?.name ?? id }
    /// The abbreviation in use.
    public var shortName: String { organization?.shortName ?? contributor?.name ?? id }
    public var country: String? { organization?.country ?? contributor?.country }
}
