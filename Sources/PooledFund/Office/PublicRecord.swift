public import Ledger

/// What the public may know of a fund, as of a day and as known after an event: the one source of every page, file and feed.
///
/// Nothing that must not leave the house is in it: withheld programmes and sensitive places are removed before anything else sees them.
public struct PublicRecord: Sendable {
    public let fund: String
    public let terms: Terms
    public let asOf: CivilDate
    /// The last effective date on record.
    public let latestDate: CivilDate?
    public let earliestDate: CivilDate?
    /// When the record as of its latest date becomes another without any change: the first moment of the next effective date on record. Nil if there is
    /// none, or if a day was asked for.
    public let validUntil: Instant?
    /// The event after which the record is read.
    public let head: ChainHead
    public let sources: [Source]
    public let countries: [Country]
    public let organizations: [Organization]
    public let contributors: [Contributor]
    /// Contributors with something on record, largest first.
    public let contributions: [ContributionOnRecord]
    public let contributionsMobilized: Money
    public let balances: [(account: Account, balance: Money)]
    /// By thematic area, then the fund's own order, then code; those without an area last.
    public let programmes: [ProgrammeOnRecord]
    public let withheld: WithheldEntries
    public let statements: [PublishedStatement]
    public let texts: [String: TextTemplate]

    private let sourceIndex: [String: Source]
    private let countryIndex: [String: Country]
    private let organizationIndex: [String: Organization]

    /// What one contributor has on record.
    public struct ContributionOnRecord: Sendable, Identifiable {
        public var id: String { contributor.id }
        public let contributor: Contributor
        public let amount: Money
    }

    /// Entries of the pipeline whose proposers have not agreed to be named, by thematic area of the Terms; nil where the count is suppressed.
    public struct WithheldEntries: Sendable {
        public let byArea: [(area: Int?, count: Int?)]
        public let total: Int?
    }

    init(
        fund: String, terms: Terms, asOf: CivilDate, effectiveDays: [CivilDate], validUntil: Instant?, head: ChainHead, sources: [Source],
        countries: [Country],
        organizations: [Organization], contributors: [Contributor], amounts: [String: Money],
        balances: [(account: Account, balance: Money)],
        programmes: [ProgrammeOnRecord], statements: [PublishedStatement], texts: [String: TextTemplate]
    ) throws {
        self.fund = fund
        self.terms = terms
        self.asOf = asOf
        earliestDate = effectiveDays.first
        latestDate = effectiveDays.last
        self.validUntil = validUntil
        self.head = head
        self.sources = sources
        self.countries = countries
        self.organizations = organizations
        self.contributors = contributors
        self.balances = balances
        self.statements = statements
        self.texts = texts
        contributions = contributors.compactMap { contributor in
            guard let amount = amounts[contributor.id], !amount.isZero else { return nil }
            return ContributionOnRecord(contributor: contributor, amount: amount)
        }.sorted { ($1.amount.minorUnits, $0.contributor.name) < ($0.amount.minorUnits, $1.contributor.name) }
        contributionsMobilized = try Money.sum(amounts.values, in: terms.currency)
        self.programmes = programmes.filter { $0.programme.disclosure == .public }.sorted { $0.order < $1.order }
        // Only as they stand now: what they were on another day, less what they are, would give single entries away.
        let isLatest = effectiveDays.last.map { $0 <= asOf.lastDay } ?? false
        let hidden = isLatest ? programmes.filter { $0.programme.disclosure == .withheld && $0.status != nil } : []
        let areas = terms.thematicAreas.map { Optional($0.number) } + (hidden.contains { $0.programme.thematicArea == nil } ? [nil] : [])
        let counts = areas.map { area in hidden.count { $0.programme.thematicArea == area } }
        let published = Suppression.publish(counts)
        withheld = WithheldEntries(
            byArea: zip(areas, published.counts).map { (area: $0, count: $1) }, total: published.total)
        sourceIndex = Dictionary(uniqueKeysWithValues: sources.map { ($0.id, $0) })
        countryIndex = Dictionary(uniqueKeysWithValues: countries.map { ($0.iso3, $0) })
        organizationIndex = Dictionary(uniqueKeysWithValues: organizations.map { ($0.id, $0) })
    }

    /// Whether anything had taken effect by `asOf`.
    public var isBeforeFirstRecord: Bool { earliestDate.map { asOf.lastDay < $0.lastDay } ?? true }

    /// What is said of how far a kind of record reaches; nil if it does not reach this day.
    public func coverage(of records: Coverage.Records) -> Coverage? {
        terms.coverage(of: records).flatMap { $0.asOf.lastDay <= asOf.lastDay ? $0 : nil }
    }

    public func source(_ id: String) -> Source? { sourceIndex[id] }
    public func country(_ iso3: String) -> Country? { countryIndex[iso3] }
    public func organization(_ id: String) -> Organization? { organizationIndex[id] }
    public func contributor(_ id: String) -> Contributor? { contributors.first { $0.id == id } }
    public func programme(_ code: String) -> ProgrammeOnRecord? { programmes.first { $0.id == code } }
    public func programmes(_ filter: ProgrammeFilter) -> [ProgrammeOnRecord] { programmes.filter(filter.admits) }
    public func balance(of status: ProgrammeStatus) throws -> Balance { try Balance(self, status: status) }

    /// Every authority of every public programme, in the order of the programmes.
    public var localAuthorities: [AuthorityOnRecord] { programmes.flatMap(\.localAuthorities) }

    /// What the records give for what a statement states; nil where they hold nothing to compare.
    public func recorded(_ statement: PublishedStatement) -> Figure? {
        statement.figure.flatMap(FigureKey.init).map(figure)
    }

    /// The seat whose years a statement gives.
    public func seat(of statement: PublishedStatement) -> Committee.Seat? {
        guard let figure = statement.figure, figure.hasPrefix("committeeSeat:") else { return nil }
        return terms.seat(String(figure.dropFirst("committeeSeat:".count)))
    }

    public func statement(_ key: String) -> PublishedStatement? { statements.first { $0.key == key } }
}

extension ProgrammeOnRecord {
    fileprivate var order: (Int, Int, String) {
        (programme.thematicArea ?? .max, programme.place ?? .max, programme.code)
    }
}
