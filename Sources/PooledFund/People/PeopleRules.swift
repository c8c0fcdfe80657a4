/// What a fund's Terms say of the people who work in it.
public struct PeopleRules: Sendable, Hashable {
    /// The roles that ask for a second factor.
    public let secondFactor: Set<Role>
    /// Groups of roles; nobody holds roles of two of them at a time.
    public let firewall: [FirewallSide]
    /// The roles that see the addresses of people; everybody who has a role in the fund sees names, organizations and roles.
    public let addressesVisibleTo: Set<Role>
    public let retention: Retention
    public let standing: Standing?

    /// Roles that one person may hold together.
    public struct FirewallSide: Sendable, Hashable, Identifiable {
        public let id: String
        public let name: String
        public let roles: Set<Role>
    }

    /// How long what is personal is kept; nil where the Terms set no end.
    public struct Retention: Sendable, Hashable {
        /// Of name and address, after the last role ended.
        public let particularsYears: Int?
        /// Of sessions that ended, devices, used invitations, sent mail and read notices.
        public let tracesDays: Int?
    }

    /// What holds where the Terms say nothing: the strictest. Every role asks for a second factor, nobody holds two roles at a time, and none but
    /// administrators see addresses.
    public static let strictest = PeopleRules(
        secondFactor: Set(Role.allCases),
        firewall: Role.allCases.map { FirewallSide(id: $0.rawValue, name: $0.rawValue, roles: [$0]) },
        addressesVisibleTo: [.administrator], retention: Retention(particularsYears: nil, tracesDays: 90), standing: nil)

    /// The side of the firewall that a role is on; nil if it is on none, and goes with every other.
    func side(of role: Role) -> FirewallSide? { firewall.first { $0.roles.contains(role) } }

    /// Two of `roles` that one person may not hold together; nil if there are none.
    func conflict(among roles: some Sequence<Role>) -> (Role, Role)? {
        var first: (side: FirewallSide, role: Role)?
        for role in roles {
            guard let side = side(of: role) else { continue }
            if let first, first.side != side { return (first.role, role) }
            first = first ?? (side, role)
        }
        return nil
    }
}
