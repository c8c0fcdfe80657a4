public import Ledger

/// What became of the proposals that a fund received, in numbers that point at nobody: who was not selected is told to nobody, and neither is how many of
/// a few.
public struct ProposalStatistics: Sendable, Hashable {
    /// What was recorded until the end of this day, in the fund's time zone: the last of a month, at which enough had changed.
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
        var isPublishable: Bool { isPublishable(after: .none) }

        /// The same of the difference from earlier numbers.
        func isPublishable(after earlier: Counts) -> Bool {
            zip(steps, earlier.steps).allSatisfy { $0 == $1 || abs($0 - $1) >= Suppression.threshold }
        }

        /// How many came no further than to each step.
        private var steps: [Int] { [received - eligible, eligible - selected, selected] }
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

    /// - Parameter earlier: the numbers that were published last. What is told then tells nothing of a few by the difference either: where it would,
    ///   areas are counted together, and if all together are too few there are no groups.
    init(_ passages: [Passage], areas: [Int], asOf: CivilDate, after earlier: ProposalStatistics? = nil) {
        self.asOf = asOf
        var byArea: [Int?: Counts] = [:]
        for passage in passages { byArea[passage.area, default: .none].add(passage.counts) }
        // In the order of the Terms; an area that no proposal names is shown as such.
        let order: [Int?] = areas + (byArea[nil] == nil ? [] : [nil])
        let groups = Self.grouped(order.map { Group(areas: [$0], counts: byArea[$0] ?? .none) }, after: earlier?.groups ?? [])
        self.groups = groups
        total = groups.isEmpty ? nil : groups.reduce(into: .none) { $0.add($1.counts) }
        durations = Self.durations(passages, after: earlier?.durations ?? [])
    }

    /// Puts areas together until no group gives a small number away. The groups add up to the total, so that nothing more follows from it.
    ///
    /// - Returns: none if all together are too few.
    private static func grouped(_ areas: [Group], after earlier: [Group]) -> [Group] {
        var groups = areas
        while let small = groups.firstIndex(where: { !$0.counts.isPublishable }) ?? telling(groups, after: earlier) {
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

    /// A group of which the difference from what was published before would tell of a few.
    private static func telling(_ groups: [Group], after earlier: [Group]) -> Int? {
        guard !earlier.isEmpty else { return nil }
        return groups.indices.first { index in
            // Whoever compares adds up what is comparable: the smallest sets of areas that are whole groups then and now.
            var areas = Set(groups[index].areas)
            var count = 0
            while count < areas.count {
                count = areas.count
                for group in groups + earlier where !areas.isDisjoint(with: group.areas) { areas.formUnion(group.areas) }
            }
            func counts(_ groups: [Group]) -> Counts {
                groups.filter { !areas.isDisjoint(with: $0.areas) }.reduce(into: .none) { $0.add($1.counts) }
            }
            return !counts(groups).isPublishable(after: counts(earlier))
        }
    }

    private static func order(_ group: Group, _ index: Int) -> (Int, Int, Int) {
        // An area without proposals hides nothing.
        (group.counts.isPublishable ? 1 : 0, group.counts.received == 0 ? .max : group.counts.received, index)
    }

    /// A median of a few more stays than the one that was published last would tell of these: until there are enough, that one stays.
    private static func durations(_ passages: [Passage], after earlier: [StageDuration]) -> [StageDuration] {
        var days: [ProposalStage: [Int]] = [:]
        for passage in passages {
            for (stay, next) in zip(passage.stages, passage.stages.dropFirst()) {
                let microseconds = next.since.microsecondsSince1970 - stay.since.microsecondsSince1970
                days[stay.stage, default: []].append(Int(microseconds / 86_400_000_000))
            }
        }
        return ProposalStage.allCases.compactMap { stage in
            guard let stays = days[stage]?.sorted(), stays.count >= Suppression.threshold, stage != .drafting else { return nil }
            if let known = earlier.first(where: { $0.stage == stage }), stays.count - known.count < Suppression.threshold { return known }
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
