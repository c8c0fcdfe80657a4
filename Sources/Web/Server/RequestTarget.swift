internal import HTML
internal import HTTPTypes
internal import PooledFund

/// The form in which a page is asked for.
enum PageFormat: String, Sendable {
    case html
    case json
    case csv

    var contentType: String {
        switch self {
        case .html: "text/html; charset=utf-8"
        case .json: "application/json"
        case .csv: "text/csv; charset=utf-8"
        }
    }
}

/// What a request's path asks for.
struct RequestTarget {
    enum Route {
        case root
        /// The choice of a language.
        case language
        case live
        case ready
        case asset(String)
        case withoutSlash(String)
        case page(fund: String, Place, PageFormat)
        case funds
        /// The JSON interface as OpenAPI describes it.
        case interface
        case list(fund: String, APIList)
        case signIn(SignInPlace)
        case workspace(WorkspacePlace)
        /// An action of the JSON interface, by its name.
        case action(fund: String, String)
        /// The proposals of a fund, or one of them, to whoever may see them.
        case proposals(fund: String, code: String?)
        /// A file of a proposal.
        case proposalFile(fund: String, code: String, String)
        /// A public file of a proposal.
        case publicFile(fund: String, code: String, String)
    }

    let route: Route
    /// As it was sent.
    let query: String

    /// The query as it may stand in an address that is sent back: printable ASCII, or nothing.
    var printableQuery: String {
        query.isEmpty || !query.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? "" : "?\(query)"
    }

    /// The longest path that is read at all.
    private static let lengthLimit = 1_000

    /// - Parameter text: the request's target, a path with or without a query.
    init(_ text: String) throws(Failure) {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts[0])
        query = parts.count == 2 ? String(parts[1]) : ""
        guard path.utf8.count <= Self.lengthLimit else { throw Failure(.badRequest, "error.query-too-long") }
        guard path.hasPrefix("/") else { throw .notFound }
        route = try Self.route(path)
    }

    private static func route(_ path: String) throws(Failure) -> Route {
        switch path {
        case "/": return .root
        case LanguageChoice.address.text: return .language
        case "/health/live": return .live
        case "/health/ready": return .ready
        case InterfaceDescription.path: return .interface
        default: break
        }
        if path.hasPrefix("/assets/") { return .asset(path) }
        var segments: [String] = []
        for segment in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            // In a path a plus is a plus.
            guard
                let decoded = percentDecoded(
                    Substring(segment.split(separator: "+", omittingEmptySubsequences: false).joined(separator: "%2B")))
            else {
                throw Failure(.badRequest, "error.query-unreadable")
            }
            segments.append(decoded)
        }
        if segments.last == "" {
            segments.removeLast()
            guard !segments.isEmpty, segments.allSatisfy({ !$0.isEmpty && isPlainSegment($0) }) else { throw .notFound }
            return .withoutSlash("/" + segments.joined(separator: "/"))
        }
        if segments.starts(with: ["api", "v1", "funds"]) { return try apiRoute(Array(segments.dropFirst(3))) }
        if let place = SignInPlace.allCases.first(where: { $0.segments == segments }) { return .signIn(place) }
        if segments[0] == "workspace" {
            guard let place = WorkspacePlace(segments: Array(segments.dropFirst())) else { throw .notFound }
            return .workspace(place)
        }
        guard segments.count >= 2, segments[0] == "funds" else { throw .notFound }
        if segments.count == 5, segments[2] == "files", segments.allSatisfy(isIdentifier) {
            return .publicFile(fund: segments[1], code: segments[3], segments[4])
        }
        var (rest, format) = (Array(segments.dropFirst()), PageFormat.html)
        for ending in [PageFormat.json, .csv] where rest[rest.count - 1].hasSuffix(".\(ending.rawValue)") {
            rest[rest.count - 1].removeLast(ending.rawValue.count + 1)
            format = ending
        }
        guard isIdentifier(rest[0]), let place = Place(segments: Array(rest.dropFirst())) else { throw .notFound }
        return .page(fund: rest[0], place, format)
    }

    private static func apiRoute(_ segments: [String]) throws(Failure) -> Route {
        guard let fund = segments.first else { return .funds }
        guard isIdentifier(fund) else { throw .notFound }
        if segments.count == 3, segments[1] == "actions", isIdentifier(segments[2]) { return .action(fund: fund, segments[2]) }
        if segments.count >= 2, segments[1] == "proposals" {
            if segments.count == 2 { return .proposals(fund: fund, code: nil) }
            guard isIdentifier(segments[2]) else { throw .notFound }
            if segments.count == 5, segments[3] == "files", isIdentifier(segments[4]) {
                return .proposalFile(fund: fund, code: segments[2], segments[4])
            }
            guard segments.count == 3 else { throw .notFound }
            return .proposals(fund: fund, code: segments[2])
        }
        guard let list = APIList(rawValue: segments.dropFirst().joined(separator: "/")) else { throw .notFound }
        return .list(fund: fund, list)
    }

    /// Letters, digits, hyphens and full stops: what may stand in an address that the server sends back.
    private static func isPlainSegment(_ segment: String) -> Bool {
        segment.utf8.allSatisfy { (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 }
    }
}

extension RequestTarget {
    /// What may be asked of the target.
    var methods: Set<HTTPRequest.Method> {
        switch route {
        case .action, .language: [.post]
        case .signIn(let place) where [.signOut, .demonstration, .provider].contains(place): [.post]
        case .signIn(.providerReturn): [.get]
        case .signIn, .workspace: [.get, .head, .post]
        default: [.get, .head]
        }
    }

    /// Whether a program may ask with a token, from wherever it runs.
    var takesBearer: Bool {
        switch route {
        case .action, .proposals, .proposalFile: true
        default: false
        }
    }
}

/// The lists of the JSON interface.
enum APIList: String, Sendable, CaseIterable {
    case figures
    case contributors
    case contributions
    case programmes
    case statements
    case balance
    case localEngagement = "local-engagement"
    case ledgerEntries = "ledger/entries"
    case ledgerBalances = "ledger/balances"
    case calls
    case decisions

    /// The page that shows the same.
    var place: Place {
        switch self {
        case .figures: .figures
        case .contributors: .contributors
        case .programmes: .programmes
        case .statements: .statements
        case .balance: .balance
        case .calls: .calls
        case .decisions: .decisions
        case .localEngagement: .localEngagement
        case .contributions, .ledgerEntries, .ledgerBalances: .ledger
        }
    }

    func listing(of context: PageContext) throws -> Listing {
        switch self {
        case .ledgerBalances: context.balancesListing()
        default: try context.listing() ?? Listing([], [])
        }
    }
}
