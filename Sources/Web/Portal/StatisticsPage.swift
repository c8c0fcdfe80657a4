internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    /// How many proposals came how far, and how long they waited: nothing that tells of one of them.
    func statisticsPage() throws -> Page {
        guard let statistics else { throw Failure.notFound }
        let isEmpty = statistics.groups.allSatisfy { $0.counts.received == 0 }
        return Page(
            title: say("statistics.title"),
            lead: .text(say("statistics.lead", ["date": .text(wording.date(statistics.asOf))])),
            content: .fragment {
                if statistics.groups.isEmpty {
                    p(.class("note")) { say("statistics.too-few", ["count": fewest]) }
                } else if isEmpty {
                    p(.class("note")) {
                        say.markup("statistics.none", ["statements": .markup(link(.statements, say("statements.title")))])
                    }
                } else {
                    areaCounts(statistics)
                    p(.class("note")) { say("statistics.suppressed", ["count": fewest]) }
                }
                if !statistics.durations.isEmpty {
                    block(say("statistics.durations")) {
                        durationTable(statistics.durations)
                        p(.class("note")) { say("statistics.durations.note", ["count": fewest]) }
                    }
                }
            },
            hasData: !isEmpty)
    }

    private var fewest: Argument { .text(wording.integer(Suppression.threshold)) }

    private func areaCounts(_ statistics: ProposalStatistics) -> Markup {
        RecordTable(
            caption: say("statistics.caption"),
            columns: [
                .init(label: say("column.area"), isName: true), .init(label: say("column.received"), isNumber: true),
                .init(label: say("column.eligible"), isNumber: true), .init(label: say("column.selected"), isNumber: true),
            ],
            rows: statistics.groups.map { [areas(of: $0)] + numbers($0.counts) },
            total: statistics.total.map { [.text(say("total"))] + numbers($0) }
        ).markup()
    }

    private func areas(of group: ProposalStatistics.Group) -> Markup {
        .fragment {
            group.areas.enumerated().map { index, number in
                Markup.fragment {
                    if index > 0 { say("list.separator") }
                    if let number, let area = terms.thematicArea(number) {
                        areaTag(number)
                        " "
                        link(.thematicArea(number), area.shortName)
                    } else {
                        say("statistics.no-area")
                    }
                }
            }
        }
    }

    private func numbers(_ counts: ProposalStatistics.Counts) -> [Markup] {
        [counts.received, counts.eligible, counts.selected].map { .text(wording.integer($0)) }
    }

    private func durationTable(_ durations: [ProposalStatistics.StageDuration]) -> Markup {
        RecordTable(
            caption: say("statistics.durations.caption"),
            columns: [
                .init(label: say("column.stage"), isName: true), .init(label: say("column.median-days"), isNumber: true),
                .init(label: say("column.stays"), isNumber: true),
            ],
            rows: durations.map { [.text(wording.stage($0.stage)), .text(wording.days($0)), .text(wording.integer($0.count))] }
        ).markup()
    }

    /// The counts by area, then the days at each stage.
    func statisticsListing() -> Listing {
        let groups = (statistics?.groups ?? []).map { group in
            let areas = group.areas.map { $0.map(String.init) ?? "none" }
            return Listing.Row(
                key: "area-\(areas.joined(separator: "-"))",
                values: [
                    .list(areas), .integer(group.counts.received), .integer(group.counts.eligible), .integer(group.counts.selected), .null,
                    .null, .null,
                ])
        }
        let durations = (statistics?.durations ?? []).map { duration in
            Listing.Row(
                key: "stage-\(duration.stage.rawValue)",
                values: [
                    .null, .null, .null, .null, .string(duration.stage.rawValue),
                    .string("\(duration.medianHalfDays / 2)\(duration.medianHalfDays % 2 == 0 ? "" : ".5")"), .integer(duration.count),
                ])
        }
        return Listing(["thematicAreas", "received", "eligible", "selected", "stage", "medianDays", "stays"], groups + durations)
    }
}

extension Wording {
    /// What a stage is called.
    func stage(_ stage: ProposalStage) -> String { say(SentenceKey("stage.\(stage.rawValue)")) }

    /// A median of days, to the half day.
    fileprivate func days(_ duration: ProposalStatistics.StageDuration) -> String {
        integer(duration.medianHalfDays / 2) + (duration.medianHalfDays % 2 == 0 ? "" : say("statistics.half"))
    }
}
