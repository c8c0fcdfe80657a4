internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// How money spreads over thematic areas and regions before a selection and with it: a bar for each, and a heat table of both together.
struct SlateSpread {
    let context: WorkspaceContext
    let terms: Terms
    let before: Portfolio
    let after: Portfolio

    private var say: Catalogue { context.say }

    /// An area or a region, or neither where proposals do not say.
    private struct Part {
        let name: String
        let isWhole: (Portfolio.Cell) -> Bool
    }

    func markup() -> Markup {
        .fragment {
            bars(say("committee.column.area"), areas, after.evennessOfAreas, before.evennessOfAreas)
            bars(say("committee.column.region"), regions, after.evennessOfRegions, before.evennessOfRegions)
            if !shownAreas.isEmpty { heat }
        }
    }

    private var areas: [Part] {
        terms.thematicAreas.map { area in Part(name: area.shortName) { $0.area == area.number } }
            + (after.hasUnknownArea ? [Part(name: say("committee.unknown")) { $0.area == nil }] : [])
    }

    private var regions: [Part] {
        terms.regions.map { region in Part(name: region.shortName) { $0.region == region.id } }
            + (after.hasUnknownRegion ? [Part(name: say("committee.unknown")) { $0.region == nil }] : [])
    }

    // MARK: Bars

    /// Those that have money, with the bar of it; those that have none in a line, so that what is missing is seen.
    private func bars(_ label: String, _ parts: [Part], _ after: Evenness?, _ before: Evenness?) -> Markup {
        let shown = parts.filter { !self.after.amount(where: $0.isWhole).isZero }
        let missing = parts.filter { self.after.amount(where: $0.isWhole).isZero }.map(\.name)
        let maximum = shown.map { self.after.amount(where: $0.isWhole).minorUnits }.max() ?? 0
        return .fragment {
            if !shown.isEmpty {
                RecordTable(
                    caption: say("committee.slate.in-currency", ["what": .text(label), "currency": .text(self.after.currency.code)]),
                    columns: [
                        .init(label: label, isName: true), .init(label: say("committee.slate.before"), isNumber: true),
                        .init(label: say("committee.slate.after"), isNumber: true), .init(label: say("column.bar")),
                    ],
                    rows: shown.map { row($0, maximum) }
                ).markup()
            }
            if !missing.isEmpty {
                p(.class("dim")) {
                    say("committee.slate.missing", ["names": .text(missing.joined(separator: say("list.separator")))])
                }
            }
            p(.class("dim")) {
                say(
                    "committee.slate.evenness",
                    ["before": .text(context.evenness(before)), "after": .text(context.evenness(after))])
            }
        }
    }

    private func row(_ part: Part, _ maximum: Int64) -> [Markup] {
        let (old, new) = (before.amount(where: part.isWhole), after.amount(where: part.isWhole))
        return [
            .text(part.name), .text(old.isZero ? "" : context.wording.amount(old)), .text(context.wording.amount(new)),
            Bar(value: old.minorUnits, addition: max(0, new.minorUnits - old.minorUnits), maximum: maximum).markup(),
        ]
    }

    // MARK: Areas by regions

    private var shownAreas: [Part] { areas.filter { !after.amount(where: $0.isWhole).isZero } }
    private var shownRegions: [Part] { regions.filter { !after.amount(where: $0.isWhole).isZero } }

    /// With the selection; areas and regions without anything are left out.
    private var heat: Markup {
        let (areas, regions) = (shownAreas, shownRegions)
        let cell = { (area: Part, region: Part) in after.amount { area.isWhole($0) && region.isWhole($0) } }
        let scale = HeatScale(maximum: areas.flatMap { area in regions.map { cell(area, $0).minorUnits } }.max() ?? 0)
        return table(.class("heat")) {
            caption(.class("visually-hidden")) {
                say("committee.slate.in-currency", ["what": .text(say("committee.slate.after")), "currency": .text(after.currency.code)])
            }
            thead {
                tr {
                    th(.scope(.col)) { say("committee.slate.after") }
                    regions.map { region in th(.scope(.col), .class("number")) { region.name } }
                    th(.scope(.col), .class("number")) { say("total") }
                }
            }
            tbody {
                areas.map { area in
                    tr {
                        th(.scope(.row)) { area.name }
                        regions.map { region in
                            let amount = cell(area, region)
                            return td(.class("number \(scale.className(of: amount.minorUnits))"), .data("label", region.name)) {
                                amount.isZero ? "" : context.wording.amount(amount)
                            }
                        }
                        total(after.amount(where: area.isWhole))
                    }
                }
            }
            tfoot {
                tr {
                    th(.scope(.row)) { say("total") }
                    regions.map { region in
                        td(.class("number total"), .data("label", region.name)) {
                            context.wording.amount(after.amount(where: region.isWhole))
                        }
                    }
                    total(after.total)
                }
            }
        }
    }

    private func total(_ amount: Money) -> Markup {
        td(.class("number total"), .data("label", say("total"))) { context.wording.amount(amount) }
    }
}
