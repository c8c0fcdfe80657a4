public import Ledger
internal import SQL

/// What a selection would mean: the fund before it and after it.
public struct SlateView: Sendable {
    public let slate: Slate
    /// Nil as long as no cash is stated.
    public let cash: CashPosition?
    public let total: Money
    /// Cash available less the selection; nil as long as no cash is stated.
    public let remaining: Money?
    public let entries: [Entry]
    public let before: Portfolio
    public let after: Portfolio
    /// Objectives that the selection serves and nothing before it does, in the order of the Terms.
    public let newObjectives: [Int]
    /// What each organization would receive, the most first.
    public let organizations: [(organization: String, amount: Money)]
    /// The money of proposals that name local authorities.
    public let withLocalAuthorities: Money
    /// How many of its proposals the reader leaves.
    public let leftOut: Int
    /// How many of its proposals were approved since: they stand in what was before, and their money is no longer there.
    public let approvedSince: Int
    public let earmarks: [EarmarkFinding]

    public struct Entry: Sendable, Identifiable {
        public var id: String { proposal.code }
        public let proposal: Proposal
        public let version: ProposalVersion
        public let amount: Money
        /// In hundredths of a per cent of full marks; nil if none is on record, or not for the reader.
        public let score: Int?
    }

    public struct EarmarkFinding: Sendable, Identifiable {
        public var id: String { earmark.id }
        public let earmark: SoftEarmark
        /// What the area or the region receives, by what was approved before and by the selection.
        public let amount: Money
        public var isRespected: Bool { amount.minorUnits >= earmark.amount.minorUnits }
    }

    /// - Parameter left: the proposals that the reader leaves: nothing of them is in what is shown, sums included.
    init(_ slate: Slate, _ ground: SlateGround, without left: Set<String>) throws {
        let currency = ground.terms.currency
        var slate = slate
        leftOut = slate.proposals.filter(left.contains).count
        slate.amounts.removeAll { left.contains($0.proposal) }
        approvedSince = slate.proposals.filter(ground.approved.contains).count
        slate.amounts.removeAll { ground.approved.contains($0.proposal) }
        self.slate = slate
        cash = ground.cash
        let total = try slate.total(in: currency)
        self.total = total
        remaining = try ground.cash.map { try $0.available.subtracting(total) }
        entries = try slate.proposals.compactMap { code in
            guard let (proposal, version) = ground.candidates[code] else { return nil }
            return Entry(
                proposal: proposal, version: version, amount: try slate.total(of: code, in: currency),
                score: ground.scores[code]?.hundredths)
        }
        before = ground.before
        var after = ground.before
        for entry in entries { try after.add(entry.version.facts, entry.amount) }
        self.after = after
        let known = ground.before.objectives
        newObjectives = ground.terms.objectives.map(\.number).filter { after.objectives.contains($0) && !known.contains($0) }
        organizations = try Dictionary(grouping: slate.amounts, by: \.organization).map { id, amounts in
            (organization: id, amount: try Money.sum(amounts.map(\.amount), in: currency))
        }.sorted { ($1.amount.minorUnits, $0.organization) < ($0.amount.minorUnits, $1.organization) }
        withLocalAuthorities = try Money.sum(
            entries.filter { !$0.version.facts.localAuthorities.isEmpty }.map(\.amount), in: currency)
        earmarks = ground.earmarks.map { EarmarkFinding(earmark: $0, amount: after.amount(of: $0.target)) }
    }

    /// The mean of the scores of what is selected and has one, in hundredths of a per cent, rounded half up; nil if nothing has.
    public var meanScore: Int? {
        let scores = entries.compactMap(\.score)
        guard !scores.isEmpty else { return nil }
        return (2 * scores.reduce(0, +) + scores.count) / (2 * scores.count)
    }
}

/// Money by thematic area and region. What concerns several regions is split evenly, without losing a unit.
public struct Portfolio: Sendable {
    public let areas: [Int]
    public let regions: [String]
    public private(set) var cells: [Cell: Money] = [:]
    public private(set) var objectives: Set<Int> = []
    public let currency: Currency

    public struct Cell: Sendable, Hashable {
        /// Nil where the proposal names none.
        public let area: Int?
        public let region: String?
    }

    init(_ terms: Terms) {
        areas = terms.thematicAreas.map(\.number)
        regions = terms.regions.map(\.id)
        currency = terms.currency
    }

    mutating func add(_ facts: ProposalFacts, _ amount: Money) throws {
        objectives.formUnion(facts.objectives)
        let regions = facts.regions.isEmpty ? [nil] : facts.regions.map(Optional.some)
        for (region, part) in zip(regions, try amount.split(by: regions.map { _ in 1 })) {
            let cell = Cell(area: facts.thematicArea, region: region)
            cells[cell] = try (cells[cell] ?? .zero(currency)).adding(part)
        }
    }

    public func amount(_ area: Int?, _ region: String?) -> Money { cells[Cell(area: area, region: region)] ?? .zero(currency) }

    /// What the cells that a condition takes add up to; none of them can be beyond 64 bits unless all of them are.
    public func amount(where condition: (Cell) -> Bool) -> Money {
        // Sums of what was approved fit; those of somebody's what-if need not, and are no reason to end the program.
        let sum = cells.reduce(Int128(0)) { condition($1.key) ? $0 + Int128($1.value.minorUnits) : $0 }
        return Money(minorUnits: Int64(clamping: sum), currency: currency)
    }

    public func amount(of target: EarmarkTarget) -> Money {
        switch target {
        case .area(let number): amount { $0.area == number }
        case .region(let id): amount { $0.region == id }
        }
    }

    public var hasUnknownArea: Bool { cells.keys.contains { $0.area == nil } }
    public var hasUnknownRegion: Bool { cells.keys.contains { $0.region == nil } }
    public var total: Money { amount { _ in true } }
    /// Pielou's J over the thematic areas of the Terms; nil where nothing is in any.
    public var evennessOfAreas: Evenness? { Evenness(of: areas.map { area in amount { $0.area == area }.minorUnits }) }
    public var evennessOfRegions: Evenness? { Evenness(of: regions.map { region in amount { $0.region == region }.minorUnits }) }
}

/// What every selection of a fund is looked at against.
struct SlateGround {
    let terms: Terms
    let cash: CashPosition?
    let candidates: [String: (proposal: Proposal, version: ProposalVersion)]
    let scores: [String: FinalScore]
    let earmarks: [SoftEarmark]
    /// What was approved, by its codes and by area and region.
    let approved: Set<String>
    let before: Portfolio

    static func read(_ fund: String, _ terms: Terms, in transaction: any ReadTransaction) throws -> SlateGround {
        var versions: [ProposalDocument: [String: ProposalVersion]] = [:]
        for document in ProposalDocument.allCases {
            versions[document] = try ProposalQueries.latestVersions(
                of: document, in: fund, terms.currency, withContent: false, in: transaction)
        }
        var candidates: [String: (proposal: Proposal, version: ProposalVersion)] = [:]
        for proposal in try ProposalQueries.proposals(of: fund, in: transaction) {
            let version = versions[.jointProgrammeDocument]?[proposal.code] ?? versions[.conceptNote]?[proposal.code]
            if let version { candidates[proposal.code] = (proposal, version) }
        }
        var before = Portfolio(terms)
        let approvals = try DecisionQueries.decisions(of: fund, terms.currency, in: transaction).filter { $0.outcome == .approved }
        for decision in approvals {
            guard let facts = candidates[decision.proposal]?.version.facts else { continue }
            try before.add(facts, try decision.total(in: terms.currency))
        }
        return SlateGround(
            terms: terms, cash: try CashPosition.read(fund, terms.currency, in: transaction), candidates: candidates,
            scores: try AssessmentQueries.finalScores(of: fund, in: transaction),
            earmarks: try MoneyQueries.earmarks(of: fund, terms.currency, in: transaction),
            approved: Set(approvals.map(\.proposal)), before: before)
    }
}
