public import Ledger

/// What became of the proposals that a fund received, in numbers that point at nobody: who was not selected is told to nobody, and neither is how many of
/// a few.
public struct ProposalStatistics: Sendable, Hashable {
    /// What was recorded until the end of this day, in the fund's time zone.
    public let asOf: CivilDate
    /// Thematic areas with what became of their proposals; several together where one alone would give a small number away.
    public let groups: [Group]
    /// Nil if it would give a small number away.
    public let total: Counts?
    /// Stages that enough proposals have left, in the order in which they are gone through.
    public let durations: [StageDuration]

    /// How many proposals came how far.
    public struct Counts: Sendable, Hashable {
        /// Their concept note was submitted at least once.
        public var received: Int
        /// They were found to meet the criteria.
        public var eligible: Int
        /// The committee took them into the pipeline, or approved them.
        public var selected: Int

        static let none = Counts(received: 0, eligible: 0, selected: 0)

        mutating func add(_ other: Counts) {
            received += other.received
            eligible += other.eligible
            selected += other.selected
        }

        /// Whether no number of proposals that came no further is from 1 to 4.
        var isPublishable: Bool {
            [received - eligible, eligible - selected, selected].allSatisfy { $0 == 0 || $0 >= Suppression.threshold }
        }
    }

    public struct Group: Sendable, Hashable {
        /// Numbers of the Terms; nil for proposals that name no area.
        public let areas: [Int?]
        public let counts: Counts
    }

    /// How long proposals stayed at a stage.
    public struct StageDuration: Sendable, Hashable {
        public let stage: ProposalStage
        /// The median, in half days: between two in the middle it is half of their sum.
        public let medianHalfDays: Int
        /// How many stays it is the median of.
        public let count: Int
    }

    /// A proposal as the statistics see it.
    struct Passage {
        let area: Int?
        /// Oldest first.
        let stages: [(stage: ProposalStage, since: Instant)]
    }

    init(_ passages: [Passage], areas: [Int], asOf: CivilDate) {
        self.asOf = asOf
        var byArea: [Int?: Counts] = [:]
        for passage in passages { byArea[passage.area, default: .none].add(passage.counts) }
        // In the order of the Terms; an area that no proposal names is shown as such.
        let order: [Int?] = areas + (byArea[nil] == nil ? [] : [nil])
        let groups = Self.grouped(order.map { Group(areas: [$0], counts: byArea[$0] ?? .none) })
        self.groups = groups
        total = groups.isEmpty ? nil : groups.reduce(into: .none) { $0.add($1.counts) }
        durations = Self.durations(passages)
    }

    /// Puts areas together until no group gives a small number away. The groups add up to the total, so that nothing more follows from it.
    ///
    /// - Returns: none if all together are too few.
    private static func grouped(_ areas: [Group]) -> [Group] {
        var groups = areas
        while let small = groups.firstIndex(where: { !$0.counts.isPublishable }) {
            // With the others that cannot be shown alone first, then with the one of the fewest proposals.
            let others = groups.indices.filter { $0 != small }
            guard let other = others.min(by: { order(groups[$0], $0) < order(groups[$1], $1) }) else { return [] }
            var counts = groups[small].counts
            counts.add(groups[other].counts)
            let (first, second) = (min(small, other), max(small, other))
            let joined = Group(areas: groups[first].areas + groups[second].areas, counts: counts)
            groups.remove(at: second)
            groups[first] = joined
        }
        return groups
    }

    private static func order(_ group: Group, _ index: Int) -> (Int, Int, Int) {
        // An area without proposals hides nothing.
        (group.counts.isPublishable ? 1 : 0, group.counts.received == 0 ? .max : group.counts.received, index)
    }

    private static func durations(_ passages: [Passage]) -> [StageDuration] {
        var days: [ProposalStage: [Int]] = [:]
        for passage in passages {
            for (stay, next) in zip(passage.stages, passage.stages.dropFirst()) {
                let microseconds = next.since.microsecondsSince1970 - stay.since.microsecondsSince1970
                days[stay.stage, default: []].append(Int(microseconds / 86_400_000_000))
            }
        }
        return ProposalStage.allCases.compactMap { stage in
            guard let stays = days[stage]?.sorted(), stays.count >= Suppression.threshold, stage != .drafting else { return nil }
            let halves = stays[(stays.count - 1) / 2] + stays[stays.count / 2]
            return StageDuration(stage: stage, medianHalfDays: halves, count: stays.count)
        }
    }
}

extension ProposalStatistics.Passage {
    fileprivate var counts: ProposalStatistics.Counts {
        let reached = Set(stages.map(\.stage))
        guard reached.contains(.submitted) else { return .none }
        let isSelected = reached.contains(.pipeline) || reached.contains(.approved)
        return ProposalStatistics.Counts(received: 1, eligible: reached.contains(.eligible) ? 1 : 0, selected: isSelected ? 1 : 0)
    }
}
