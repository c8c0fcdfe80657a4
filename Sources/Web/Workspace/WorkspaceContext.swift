internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Portfolio
internal import Publications

/// What a page of the workspace is made of: who asks, what for, and the house to ask.
struct WorkspaceContext: Sendable {
    let house: WorkspaceHouse
    let visitor: SignedInPerson
    let place: WorkspacePlace
    /// The query of the address.
    let query: FormBody
    let now: Instant
    /// What the browser calls itself.
    var agent = ""
    /// What the visitor has seen of the record.
    var seen = SeenCookie([])
    /// The address as it was asked for, where whoever chooses another language stays.
    var path = "/workspace"

    var say: Catalogue { house.say }
    var office: Office { house.office }

    static func address(_ place: WorkspacePlace, query: [(String, String)] = []) -> Address {
        Address(segments: ["workspace"] + place.segments, query: query)
    }

    func link(_ place: WorkspacePlace, _ text: String) -> Markup { a(.href(Self.address(place))) { text } }

    /// The roles that count on this page: those of its fund, or of every fund where the page is the person's own.
    var roles: Set<Role> {
        if let fund = place.fund { return visitor.roles(in: fund) }
        return visitor.funds.reduce(into: []) { $0.formUnion(visitor.roles(in: $1)) }
    }

    /// - Throws: 403 with the rule if the page is not for the visitor.
    func requireReader() throws(Failure) {
        guard let (allowed, rule) = place.readers else { return }
        guard roles.isDisjoint(with: allowed) else { return }
        // A role that asks for a second factor counts for nothing before it was given.
        let fund = place.fund ?? ""
        if visitor.lacksSecondFactor, visitor.holdings.contains(where: { $0.fund == fund && allowed.contains($0.role) }) {
            throw Failure(.forbidden, "error.second-factor-first")
        }
        throw Failure(.forbidden, "error.rule", ["value": rule])
    }
}

/// What the pages of the workspace, and those on the way to it, work with.
struct WorkspaceHouse: Sendable {
    let office: Office
    /// Keeps the record that public pages are made of.
    let records: RecordReader
    private(set) var say: Catalogue
    private(set) var layout: Layout
    let clock: @Sendable () -> Instant
    let isDemonstration: Bool
    /// What guards passwords and codes.
    var gate = SignInGate()
    /// The way in through an identity provider; nil without one.
    var provider: ProviderEntrance?
    /// Works out suggested selections, one at a time for the whole server.
    var slates = SlateSolver()

    var wording: Wording { Wording(say) }

    /// The same house in another language.
    func speaking(_ say: Catalogue) -> WorkspaceHouse {
        var house = self
        house.say = say
        house.layout = layout.speaking(say)
        return house
    }

    /// The names of the funds that somebody works in, for headings.
    func fundName(_ fund: String) async throws -> String {
        try await office.fundName(fund) ?? fund
    }
}

/// A page before the frame is put around it.
struct WorkspacePage: Sendable {
    let title: String
    /// One sentence that says what the page is for.
    var lead: Markup = .empty
    var notice: PageNotice?
    let content: Markup
    /// What places above it are called, where the page knows more than their addresses say.
    var names: [WorkspacePlace: String] = [:]
}

/// A file that is kept rather than shown.
struct WorkspaceFile: Sendable {
    let contentType: String
    /// Printable ASCII without quotation marks: made here, never sent by anybody.
    let name: String
    let bytes: [UInt8]
}

/// What somebody gets who sent a form.
enum WorkspaceAnswer: Sendable {
    /// It is done: on to another page, so that going back sends nothing again.
    ///
    /// - seen: the event that the visitor's change made, so that no page that they get is older.
    case done(Address, seen: (fund: String, sequence: Int64)? = nil)
    /// The same, with cookies that replace the browser's.
    case doneSetting([SetCookie], Address)
    /// A page that is shown once, with cookies that replace the browser's.
    case pageSetting([SetCookie], WorkspacePage)
    /// What the script of a page is told.
    case json(JSON)
    /// Nobody is signed in any more.
    case signedOut
    /// Something is wrong, or to be confirmed: the form again, with everything that was typed.
    case page(WorkspacePage, isRefused: Bool = true)
}
