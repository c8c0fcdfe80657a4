internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    func programmesPage() throws -> Page {
        let programmes = try programmesOfPage()
        let filter = try ProgrammeQuery.filter(query, in: record)
        let (rows, pages) = try paged(programmes)
        return Page(
            title: say("programmes.title"),
            lead: .text(
                say(
                    filter == ProgrammeFilter() ? "programmes.lead" : "programmes.lead.filtered",
                    ["count": .number(programmes.count), "all": .number(record.programmes.count)])),
            content: try .fragment {
                p(.class("note")) {
                    coverageNote(.programmes, count: record.programmes(ProgrammeFilter(status: .known(.operational))).count)
                }
                details([.class("folded")] + (filter == ProgrammeFilter() ? [] : [.open()])) {
                    summary { say("filter.title") }
                    filterForm(filter)
                }
                programmeTable(
                    Array(rows), counting: try counting(), region: filter.region, all: pages == 1 ? programmes : nil, sortable: true)
                try pager(pages)
                totalsByStatus(programmes)
                if programmes.contains(where: { $0.status == nil }) { p(.class("note")) { say("programmes.unknown-note") } }
                block(say("overview.map"), note: .text(say("overview.map.note"))) {
                    map(
                        operational: programmes.filter { $0.status?.status == .operational },
                        pipeline: programmes.filter { $0.status?.status == .pipeline })
                }
            })
    }

    func pipelinePage() throws -> Page {
        let programmes = try programmesOfPage()
        let sum = try Money.sum(programmes.compactMap(\.budget?.amount), in: terms.currency)
        return Page(
            title: say("pipeline.title"),
            lead: .fragment {
                say("pipeline.lead", ["count": .number(programmes.count), "amount": .text(wording.money(sum))])
                " "
                coverageNote(.pipeline, count: programmes.count)
            },
            content: .fragment {
                text("ready-to-do")
                programmeTable(programmes, counting: .programmes, region: nil, all: programmes)
                p(.class("more")) { link(.booklet, say("booklet.title")) }
                withheld
                block(say("overview.map"), note: .text(say("overview.map.note"))) {
                    map(operational: [], pipeline: programmes)
                }
            })
    }

    /// Entries whose proposers have not agreed to be named, where there are enough of them to hide each.
    private var withheld: Markup {
        guard let total = record.withheld.total, total > 0 else { return .empty }
        return block(say("pipeline.withheld")) {
            p { say("pipeline.withheld.text", ["count": .number(total)]) }
            facts(
                record.withheld.byArea.map { area, count in
                    (terms.thematicArea(area)?.shortName ?? say("area.unknown"), .text(count.map(wording.integer) ?? say("suppressed")))
                })
        }
    }

    /// Programmes with their area, place, title, status and budget.
    func programmeTable(
        _ programmes: [ProgrammeOnRecord], counting: Counting, region: RegionOfProgramme?, all: [ProgrammeOnRecord]?, sortable: Bool = false
    ) -> Markup {
        func sort(_ order: ProgrammeOrder?) -> Address? { sortable ? address(changing: [.sort: order?.rawValue, .page: nil]) : nil }
        let order = sortable ? ProgrammeOrder(rawValue: query[.sort] ?? "") ?? .area : nil
        let counted = all?.compactMap { record in
            region.map { try? record.budget(in: $0) } ?? record.budget?.amount
        }.compactMap { $0 }
        // A sum over different statuses would add what runs to what waits and to what is unknown.
        // Where no programme is in several regions, what counts for the region is the budget itself.
        let part = programmes.contains { $0.regions.count > 1 } ? region : nil
        let isOneStatus = Set(programmes.map(\.status?.status)).count == 1 && programmes.allSatisfy { $0.status != nil }
        let total = isOneStatus ? counted.flatMap { try? Money.sum($0, in: terms.currency) } : nil
        return RecordTable(
            caption: say("programmes.caption"),
            columns: [
                .init(label: say("column.area"), sort: sort(nil), isSorted: order == .area),
                .init(label: say("column.programme"), isName: true, sort: sort(.country), isSorted: order == .country),
                .init(label: say("column.status")), .init(label: say("column.organizations")),
                .init(
                    label: say("column.budget", ["currency": .text(terms.currency.code)]), isNumber: true, sort: sort(.budget),
                    isSorted: order == .budget),
            ] + (part == nil ? [] : [.init(label: say("column.counted", ["currency": .text(terms.currency.code)]), isNumber: true)]),
            rows: programmes.map { record in
                [
                    areaTag(record.programme.thematicArea),
                    .fragment {
                        link(.programme(record.id), wording.place(of: record.programme, in: self.record))
                        span(.class("programme-title")) { record.programme.title }
                    },
                    statusTag(record.status?.status),
                    organizationLinks(record.programme), budgetCell(record),
                ]
                    + (part.map { region in
                        [.text((try? record.budget(in: region)).flatMap { $0 }.map(wording.amount) ?? say("figure.none"))]
                    } ?? [])
            },
            total: total.map { total in
                let name: Markup = .text(say("total.budgets", ["count": .number(programmes.count)]))
                return [.empty, name, .empty, .empty]
                    + (part == nil ? [.text(wording.amount(total))] : [.empty, .text(wording.amount(total))])
            }
        ).markup()
    }

    /// How many programmes of each status a list holds, with their budgets where they are on record.
    private func totalsByStatus(_ programmes: [ProgrammeOnRecord]) -> Markup {
        let statuses = ProgrammeStatus.allCases.map(Optional.some) + [nil]
        let totals = statuses.compactMap { status -> (String, Markup)? in
            let budgets = programmes.filter { $0.status?.status == status }
            guard !budgets.isEmpty, let sum = try? Money.sum(budgets.compactMap(\.budget?.amount), in: terms.currency) else { return nil }
            return (
                wording.status(status),
                .text(say("programmes.status-total", ["count": .number(budgets.count), "amount": .text(wording.money(sum))]))
            )
        }
        return totals.count > 1 ? facts(totals) : .empty
    }

    private func budgetCell(_ record: ProgrammeOnRecord) -> Markup {
        guard let budget = record.budget else { return .text(say("figure.none")) }
        return .fragment {
            wording.amount(budget.amount)
            unconfirmedMark(!budget.isConfirmed)
        }
    }

    func organizationLinks(_ programme: Programme) -> Markup {
        guard !programme.organizations.isEmpty else { return .text(say("figure.none")) }
        return .fragment {
            programme.organizations.enumerated().map { index, id in
                Markup.fragment {
                    if index > 0 { say("list.separator") }
                    link(.organization(id), record.organization(id)?.shortName ?? id)
                }
            }
            unconfirmedMark(programme.unconfirmed.contains("organizations"))
        }
    }

    private func filterForm(_ filter: ProgrammeFilter) -> Markup {
        let values = ProgrammeQuery.values(of: filter)
        let unknown = (ProgrammeQuery.unknown, say("filter.unknown"))
        let countries = Set(record.programmes.flatMap(\.programme.countries))
        let organizations = Set(record.programmes.flatMap(\.programme.organizations))
        return form(.class("filter"), .method(.get), .action(address(.programmes))) {
            choice(.status, values, ProgrammeStatus.allCases.map { ($0.rawValue, wording.status($0)) } + [unknown])
            choice(.area, values, terms.thematicAreas.map { (String($0.number), "\($0.number) \($0.shortName)") } + [unknown])
            choice(.region, values, terms.regions.map { ($0.id, $0.shortName) } + [unknown])
            choice(
                .country, values, record.countries.filter { countries.contains($0.iso3) }.map { ($0.iso3, $0.name) }.sorted { $0.1 < $1.1 })
            choice(
                .organization, values,
                record.organizations.filter { organizations.contains($0.id) }.map { ($0.id, $0.shortName) }.sorted { $0.1 < $1.1 })
            amountField(.minimumBudget, values)
            amountField(.maximumBudget, values)
            if let asOf = query[.asOf] { input(.type("hidden"), .name(QueryParameter.asOf.rawValue), .value(asOf)) }
            if let sort = query[.sort] { input(.type("hidden"), .name(QueryParameter.sort.rawValue), .value(sort)) }
            div(.class("actions")) {
                button(.type("submit")) { say("filter.apply") }
                if filter != ProgrammeFilter() { " "; link(.programmes, say("filter.clear")) }
            }
        }
    }

    private func choice(_ parameter: QueryParameter, _ values: [QueryParameter: String], _ choices: [(String, String)]) -> Markup {
        div(.class("field")) {
            label(.for("filter-\(parameter.rawValue)")) { say(SentenceKey("filter.\(parameter.rawValue)")) }
            select(.id("filter-\(parameter.rawValue)"), .name(parameter.rawValue)) {
                option(.value("")) { say("filter.all") }
                choices.map { value, name in option(.value(value), .selected(values[parameter] == value)) { name } }
            }
        }
    }

    private func amountField(_ parameter: QueryParameter, _ values: [QueryParameter: String]) -> Markup {
        div(.class("field")) {
            label(.for("filter-\(parameter.rawValue)")) {
                say(SentenceKey("filter.\(parameter.rawValue)"), ["currency": .text(terms.currency.code)])
            }
            input(
                .id("filter-\(parameter.rawValue)"), .name(parameter.rawValue), .type("text"), .inputmode(.decimal), .autocomplete(.off),
                .value(values[parameter] ?? ""))
        }
    }
}
