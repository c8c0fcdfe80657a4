internal import HTML
internal import PooledFund

/// A page of a fund's portal: what a request asks for and what a link points to, so that no link can lead nowhere.
enum Place: Hashable, Sendable {
    case overview
    case contributors
    case contributor(String)
    case programmes
    case programme(String)
    case pipeline
    case organizations
    case organization(String)
    case countries
    case country(String)
    case thematicAreas
    case thematicArea(Int)
    case objectives
    case localEngagement
    case balance
    case statements
    case ledger
    case figures
    case terms
    case documents
    case brief
    case data
    /// What became of the proposals that the fund received.
    case statistics
    /// Calls for proposals.
    case calls
    case call(String)
    /// What the committee approved, and what waits in the pipeline and may be published.
    case decisions
    case decision(meeting: String, proposal: String)
    case booklet

    /// - Parameter segments: what follows `/funds/{fund}` in the path.
    init?(segments: [String]) {
        // Compared by bytes: to Unicode, and so to `String`, the sign for kelvin is a K.
        guard segments.count <= 3, segments.allSatisfy(isIdentifier) else { return nil }
        if let place = Self.ofCommittee(segments) {
            self = place
            return
        }
        guard segments.count <= 2,
            let place = Self.place(segments.first, segments.count == 2 ? segments[1] : nil)
        else { return nil }
        self = place
    }

    private static func place(_ first: String?, _ second: String?) -> Place? {
        switch (first, second) {
        case (nil, nil): .overview
        case ("contributors", let id): id.map(Place.contributor) ?? .contributors
        case ("programmes", let code): code.map(Place.programme) ?? .programmes
        case ("organizations", let id): id.map(Place.organization) ?? .organizations
        case ("calls", let code): code.map(Place.call) ?? .calls
        case ("countries", let iso3): iso3.map(Place.country) ?? .countries
        case ("thematic-areas", let number?): areaNumber(number).map(Place.thematicArea)
        case ("thematic-areas", nil): .thematicAreas
        case (let name?, nil): singlePages.first { $0.segments == [name] }
        default: nil
        }
    }

    private static func ofCommittee(_ segments: [String]) -> Place? {
        switch (segments.first, segments.count) {
        case ("decisions", 3): .decision(meeting: segments[1], proposal: segments[2])
        case ("pipeline", 2) where segments[1] == "booklet": .booklet
        default: nil
        }
    }

    private static let singlePages: [Place] = [
        .pipeline, .objectives, .localEngagement, .balance, .statements, .ledger, .figures, .terms, .documents, .brief, .data, .statistics,
        .decisions,
    ]

    /// Digits only, without a leading zero: one page, one address.
    private static func areaNumber(_ text: String) -> Int? { wholeNumber(text) }

    var segments: [String] {
        switch self {
        case .overview: []
        case .contributors: ["contributors"]
        case .contributor(let id): ["contributors", id]
        case .programmes: ["programmes"]
        case .programme(let code): ["programmes", code]
        case .pipeline: ["pipeline"]
        case .organizations: ["organizations"]
        case .organization(let id): ["organizations", id]
        case .countries: ["countries"]
        case .country(let iso3): ["countries", iso3]
        case .thematicAreas: ["thematic-areas"]
        case .thematicArea(let number): ["thematic-areas", String(number)]
        case .objectives: ["objectives"]
        case .localEngagement: ["local-engagement"]
        case .balance: ["balance"]
        case .statements: ["statements"]
        case .ledger: ["ledger"]
        case .figures: ["figures"]
        case .terms: ["terms"]
        case .documents: ["documents"]
        case .brief: ["brief"]
        case .data: ["data"]
        case .statistics: ["statistics"]
        case .calls: ["calls"]
        case .call(let code): ["calls", code]
        case .decisions: ["decisions"]
        case .decision(let meeting, let proposal): ["decisions", meeting, proposal]
        case .booklet: ["pipeline", "booklet"]
        }
    }

    /// The page above it in the breadcrumb; nil for the overview.
    var parent: Place? {
        switch self {
        case .overview: nil
        case .contributor: .contributors
        case .programme: .programmes
        case .organization: .organizations
        case .country: .countries
        case .decision: .decisions
        case .booklet: .pipeline
        case .thematicArea: .thematicAreas
        case .call: .calls
        default: .overview
        }
    }

    /// The query parameters that the page understands besides `as-of`; others are ignored, so that they do not fill the cache.
    var parameters: [QueryParameter] {
        switch self {
        case .programmes: ProgrammeQuery.parameters + [.page, .sort, .counting]
        case .contributors: [.kind, .sort, .page]
        case .organizations, .countries, .documents, .decisions: [.page]
        case .localEngagement: [.status, .page]
        case .ledger: [.account, .contributor, .page]
        case .figures: [.ratio]
        case .terms: [.section]
        default: []
        }
    }
}

/// What a page's address may ask for.
enum QueryParameter: String, CaseIterable, Sendable {
    case asOf = "as-of"
    case status, area, region, country, organization, objective
    case minimumBudget = "minimum-budget"
    case maximumBudget = "maximum-budget"
    case sort, counting, kind, account, contributor, ratio, section, page
    /// Of lists in JSON only.
    case cursor, limit

    /// Whether its value is an id of the record.
    var isIdentifier: Bool {
        switch self {
        case .region, .country, .organization, .contributor: true
        default: false
        }
    }
}
