public import Ledger
public import Portfolio
internal import SQL

/// What somebody asks of suggested selections, beside the rules of the Terms.
public struct SlateWish: Sendable, Hashable {
    /// The most that may be spent; nil for all that is available.
    public var atMost: Money?
    /// The least that has to be spent; nil leaves it to the solver.
    public var atLeast: Money?
    /// Codes of proposals that have to be in.
    public var pinnedIn: Set<String>
    /// Codes of proposals that have to stay out.
    public var pinnedOut: Set<String>

    public init(atMost: Money? = nil, atLeast: Money? = nil, pinnedIn: Set<String> = [], pinnedOut: Set<String> = []) {
        self.atMost = atMost
        self.atLeast = atLeast
        self.pinnedIn = pinnedIn
        self.pinnedOut = pinnedOut
    }
}

/// A problem for the solver, and what its numbers stand for.
public struct SlateQuestion: Sendable {
    public let committee: CommitteeOnDesk
    /// What may be chosen from, in the order of the problem's candidates.
    public let candidates: [SlateView.Entry]
    /// What waits for the committee and is no candidate: it names no area or no region, asks for nothing, or the reader leaves it.
    public let others: [SlateView.Entry]
    /// Nil as long as no cash is stated.
    public let problem: SlateProblem?
}

extension Office {
    /// What may be chosen from, by the rules of the Terms and a wish; nil for whoever has no part in the committee.
    public nonisolated func slateQuestion(
        of fund: String, wishing wish: SlateWish, seenBy visitor: SignedInPerson, now: Instant
    ) async throws -> SlateQuestion? {
        try await database.read { transaction in
            guard let desk = try CommitteeDesk.read(fund, visitor, now: now, in: transaction) else { return nil }
            let ground = try SlateGround.read(fund, desk.terms, in: transaction)
            let left = desk.leaves(ground)
            let entries = try desk.candidates(ground, without: left)
            let space = SlateSpace(ground.terms)
            let candidates = entries.filter { space.candidate($0) != nil }
            let ids = Set(candidates.map(\.id))
            return SlateQuestion(
                committee: try desk.model(), candidates: candidates, others: entries.filter { !ids.contains($0.id) },
                problem: ground.cash.map { cash in
                    SlateProblem(
                        candidates: candidates.compactMap(space.candidate), areas: space.areas(ground.before),
                        regions: space.regions(ground.before),
                        available: max(0, min(wish.atMost?.minorUnits ?? .max, cash.available.minorUnits)),
                        spendAtLeast: wish.atLeast?.minorUnits,
                        threshold: ground.terms.committee.rules.portfolio.qualityThreshold?.hundredths(isRoundedUp: true),
                        pinnedIn: wish.pinnedIn.intersection(ids).sorted(), pinnedOut: wish.pinnedOut.intersection(ids).sorted(),
                        between: 3, milliseconds: 8_000)
                })
        }
    }
}

/// Thematic areas and regions of the Terms as cells of a problem.
private struct SlateSpace {
    let terms: Terms

    init(_ terms: Terms) { self.terms = terms }

    func candidate(_ entry: SlateView.Entry) -> SlateProblem.Candidate? {
        let facts = entry.version.facts
        let regions = facts.regions.compactMap { id in terms.regions.firstIndex { $0.id == id } }
        guard entry.amount.isPositive, let area = terms.thematicAreas.firstIndex(where: { $0.number == facts.thematicArea }),
            !regions.isEmpty, regions.count == facts.regions.count
        else { return nil }
        return SlateProblem.Candidate(
            id: entry.id, amount: entry.amount.minorUnits, score: entry.score, area: area, regions: regions)
    }

    func areas(_ before: Portfolio) -> [SlateProblem.Cell] {
        terms.thematicAreas.map { area in cell(.area(area.number), before) }
    }

    func regions(_ before: Portfolio) -> [SlateProblem.Cell] { terms.regions.map { region in cell(.region(region.id), before) } }

    private func cell(_ target: EarmarkTarget, _ before: Portfolio) -> SlateProblem.Cell {
        let limit = terms.committee.rules.portfolio.limits.first { $0.target == target }
        func share(_ ratio: Ratio?, isRoundedUp: Bool) -> SlateProblem.Limit? {
            ratio.map { .share(Int64($0.hundredths(isRoundedUp: isRoundedUp))) }
        }
        return SlateProblem.Cell(
            before: before.amount(of: target).minorUnits, floor: share(limit?.atLeast, isRoundedUp: true),
            ceiling: share(limit?.atMost, isRoundedUp: false))
    }
}

extension Ratio {
    /// In hundredths of a percent. What is no whole number of them is rounded to the side that keeps the rule.
    fileprivate func hundredths(isRoundedUp: Bool) -> Int {
        let (quotient, remainder) = (Int128(numerator) * 10_000).quotientAndRemainder(dividingBy: Int128(denominator))
        return Int(clamping: quotient + (isRoundedUp && remainder > 0 ? 1 : 0))
    }
}
