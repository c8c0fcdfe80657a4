internal import PooledFund

/// A page for people who are signed in: what a request asks for and what a link points to.
enum WorkspacePlace: Hashable, Sendable {
    /// What waits for the person, in every fund.
    case desk
    case settings
    case password
    case address
    case secondFactor
    case tokens
    case notices
    /// Accounts at identity providers.
    case identities
    case personalData
    case people(fund: String)
    case person(fund: String, String)
    case organizations(fund: String)
    case organization(fund: String, String)
    case audit(fund: String)
    /// The audit trail as CSV.
    case auditFile(fund: String)
    /// An answer that was attached to something recorded on behalf of somebody, by its SHA-256 in hexadecimal digits.
    case attachment(fund: String, String)
    case search(fund: String)
    case actions(fund: String)
    case action(fund: String, String)
    /// Calls and proposals.
    case proposals(fund: String, ProposalsPlace)

    /// - Parameter segments: what follows `/workspace` in the path.
    init?(segments: [String]) {
        guard segments.count <= 6, segments.allSatisfy({ isIdentifier($0) || Self.fileNames.contains($0) }),
            let place = Self.place(segments)
        else { return nil }
        self = place
    }

    private static func place(_ segments: [String]) -> WorkspacePlace? {
        guard segments.first == "funds" else { return personal.first { $0.segments == segments } }
        guard segments.count >= 3 else { return nil }
        if let place = ProposalsPlace(segments: Array(segments.dropFirst(2))) { return .proposals(fund: segments[1], place) }
        guard segments.count <= 4 else { return nil }
        let (fund, last) = (segments[1], segments.count == 4 ? segments[3] : nil)
        switch (segments[2], last) {
        case ("people", let id): return id.map { .person(fund: fund, $0) } ?? .people(fund: fund)
        case ("organizations", let id): return id.map { .organization(fund: fund, $0) } ?? .organizations(fund: fund)
        case ("actions", let name): return name.map { .action(fund: fund, $0) } ?? .actions(fund: fund)
        case ("audit", let digest): return digest.map { .attachment(fund: fund, $0) } ?? .audit(fund: fund)
        case (auditFileName, nil): return .auditFile(fund: fund)
        case ("search", nil): return .search(fund: fund)
        default: return nil
        }
    }

    private static let auditFileName = "audit.csv"
    /// What is no id, and may stand in a path all the same.
    private static let fileNames = Set([auditFileName] + ProposalsPlace.fileNames)

    private static let personal: [WorkspacePlace] = [
        .desk, .settings, .password, .address, .secondFactor, .tokens, .notices, .identities, .personalData,
    ]

    var segments: [String] {
        switch self {
        case .desk: []
        case .settings: ["settings"]
        case .password: ["settings", "password"]
        case .address: ["settings", "address"]
        case .secondFactor: ["settings", "second-factor"]
        case .tokens: ["settings", "tokens"]
        case .notices: ["settings", "notices"]
        case .identities: ["settings", "identities"]
        case .personalData: ["settings", "my-data"]
        case .people(let fund): ["funds", fund, "people"]
        case .person(let fund, let id): ["funds", fund, "people", id]
        case .organizations(let fund): ["funds", fund, "organizations"]
        case .organization(let fund, let id): ["funds", fund, "organizations", id]
        case .audit(let fund): ["funds", fund, "audit"]
        case .auditFile(let fund): ["funds", fund, Self.auditFileName]
        case .attachment(let fund, let digest): ["funds", fund, "audit", digest]
        case .search(let fund): ["funds", fund, "search"]
        case .actions(let fund): ["funds", fund, "actions"]
        case .action(let fund, let name): ["funds", fund, "actions", name]
        case .proposals(let fund, let place): ["funds", fund] + place.segments
        }
    }

    /// The fund that the page is of; nil for a person's own pages.
    var fund: String? {
        switch self {
        case .desk, .settings, .password, .address, .secondFactor, .tokens, .notices, .identities, .personalData: nil
        case .people(let fund), .person(let fund, _), .organizations(let fund), .organization(let fund, _), .audit(let fund),
            .auditFile(let fund), .attachment(let fund, _), .search(let fund), .actions(let fund), .action(let fund, _),
            .proposals(let fund, _):
            fund
        }
    }

    /// The page above it in the breadcrumb; nil for the desk.
    var parent: WorkspacePlace? {
        switch self {
        case .desk: nil
        case .password, .address, .secondFactor, .tokens, .notices, .identities, .personalData: .settings
        case .person(let fund, _): .people(fund: fund)
        case .organization(let fund, _): .organizations(fund: fund)
        case .action(let fund, _): .actions(fund: fund)
        case .auditFile(let fund), .attachment(let fund, _): .audit(fund: fund)
        case .proposals(let fund, let place): place.parent.map { .proposals(fund: fund, $0) } ?? .desk
        case .settings, .people, .organizations, .audit, .search, .actions: .desk
        }
    }

    private static let everybody = (roles: Set(Role.allCases), rule: "Only people with a role in the fund see its workspace.")

    /// Who may see the form of an action: those who may perform it, and those who record it for them.
    private static func readers(of action: any RequestedAction.Type) -> (roles: Set<Role>, rule: String) {
        if action.right.isOnes { return (Set(Role.allCases), action.right.rule) }
        return (action.right.roles.union(action.isRecordedOnBehalf ? [.fundManagementUnitOfficer] : []), action.right.rule)
    }

    /// Who may see the page, beside whoever it is a person's own for.
    var readers: (roles: Set<Role>, rule: String)? {
        switch self {
        case .desk, .settings, .password, .address, .secondFactor, .tokens, .notices, .identities, .personalData: nil
        case .action(_, let name):
            RequestedActions.named(name).map(Self.readers) ?? Self.everybody
        // Of a proposal that somebody may not see they learn no more than of one that there is not.
        case .people, .person, .organizations, .organization, .search, .actions, .proposals: Self.everybody
        case .audit, .auditFile, .attachment: ([.administrator, .auditor], "Only administrators and auditors read the audit trail.")
        }
    }

    /// The place itself, below all that stand above it.
    var path: [WorkspacePlace] { (parent?.path ?? []) + [self] }
}
