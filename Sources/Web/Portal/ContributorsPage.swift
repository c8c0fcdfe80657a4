internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    func contributorsPage() throws -> Page {
        let contributions = try contributionsOfPage()
        let (rows, pages) = try paged(contributions)
        let kinds = Contributor.Kind.allCases.filter { kind in record.contributions.contains { $0.contributor.kind == kind } }
        let sum = try Money.sum(contributions.map(\.amount), in: terms.currency)
        return Page(
            title: say("contributors.title"),
            lead: .text(say("contributors.lead", ["count": .number(contributions.count), "amount": .text(wording.money(sum))])),
            content: try .fragment {
                filterLinks(say("contributors.filter"), kinds.map { ($0.rawValue, wording.kind($0)) }, parameter: .kind)
                contributorTable(
                    Array(rows), caption: say("contributors.caption"), total: query[.kind] == nil && pages == 1, sortable: true)
                try pager(pages)
                concentration
                block(say("contributors.stage")) { p { contributionsStage } }
            })
    }

    /// What the records say of the stage of these amounts, and what they do not.
    var contributionsStage: Markup {
        .fragment {
            say("contributors.stage.text")
            if let coverage = record.coverage(of: .openingContributions) { " \(coverage.standing.note)" }
        }
    }

    private var concentration: Markup {
        guard record.contributions.count >= 5,
            let share = try? Money.sum(record.contributions.prefix(4).map(\.amount), in: terms.currency).share(
                of: record.contributionsMobilized)
        else { return .empty }
        return block(say("contributors.concentration")) {
            p {
                say(
                    "contributors.concentration.text",
                    [
                        "share": .text(wording.share(share)),
                        "names": .text(wording.list(record.contributions.prefix(4).map(\.contributor.name))),
                    ])
            }
        }
    }

    /// Contributors with their amounts, shares and bars.
    func contributorTable(_ contributions: [PublicRecord.ContributionOnRecord], caption: String, total: Bool, sortable: Bool = false)
        -> Markup
    {
        let maximum = record.contributions.first?.amount.minorUnits ?? 0
        let isByName = query[.sort] == ContributorOrder.name.rawValue
        let ranks = Dictionary(uniqueKeysWithValues: record.contributions.enumerated().map { ($1.id, $0 + 1) })
        return RecordTable(
            caption: caption,
            columns: [
                .init(label: say("column.rank"), isNumber: true),
                .init(
                    label: say("column.contributor"), isName: true,
                    sort: sortable ? address(changing: [.sort: ContributorOrder.name.rawValue, .page: nil]) : nil,
                    isSorted: sortable && isByName),
                .init(
                    label: say("column.mobilized", ["currency": .text(terms.currency.code)]), isNumber: true,
                    sort: sortable ? address(changing: [.sort: nil, .page: nil]) : nil, isSorted: sortable && !isByName),
                .init(label: say("column.share"), isNumber: true), .init(label: say("column.bar")),
            ],
            rows: contributions.map { contribution in
                [
                    .text(ranks[contribution.id].map(wording.integer) ?? ""),
                    link(.contributor(contribution.id), contribution.contributor.name), contributed(contribution),
                    .text((try? contribution.amount.share(of: record.contributionsMobilized)).map { wording.share($0) } ?? ""),
                    Bar(value: contribution.amount.minorUnits, maximum: maximum).markup(),
                ]
            },
            total: total
                ? [
                    .empty, .text(say("total")),
                    figure(record.figure(.contributionsMobilized), as: wording.amount(record.contributionsMobilized)),
                    .text(say.language.percent("100")), .empty,
                ] : nil
        ).markup()
    }

    /// Links that narrow a list to one value of a parameter.
    func filterLinks(_ label: String, _ choices: [(value: String, name: String)], parameter: QueryParameter) -> Markup {
        guard choices.count > 1 else { return .empty }
        return nav(.class("filters"), .aria(.label, label)) {
            ul {
                li { filterLink(nil, say("filter.all"), parameter) }
                choices.map { choice in li { filterLink(choice.value, choice.name, parameter) } }
            }
        }
    }

    private func filterLink(_ value: String?, _ name: String, _ parameter: QueryParameter) -> Markup {
        let isCurrent = query[parameter] == value
        return a([.href(address(changing: [parameter: value, .page: nil]))] + (isCurrent ? [.aria(.current, "true")] : [])) { name }
    }

    func contributorPage(_ id: String) throws(Failure) -> Page {
        guard let contributor = record.contributor(id) else { throw .notFound }
        let contribution = record.contributions.first { $0.id == id }
        let rank = record.contributions.firstIndex { $0.id == id }
        let areas = terms.thematicAreas
        return Page(
            title: contributor.name,
            lead: .text(
                contribution.map { say("contributor.lead", ["name": .text(contributor.name), "amount": .text(wording.money($0.amount))]) }
                    ?? say("contributor.lead.nothing", ["name": .text(contributor.name)])),
            content: .fragment {
                dl(.class("key-figures")) {
                    div {
                        dt { wording.label(.contributionsMobilized) }
                        dd(.class("value")) { if let contribution { contributed(contribution) } else { say("figure.none") } }
                        dd(.class("note")) { terms.currency.code }
                    }
                    if let contribution, let rank, let share = try? contribution.amount.share(of: record.contributionsMobilized) {
                        div {
                            dt { say("contributor.share") }
                            dd(.class("value")) { wording.share(share) }
                            dd(.class("note")) {
                                say("contributor.rank", ["rank": .number(rank + 1), "count": .number(record.contributions.count)])
                            }
                        }
                    }
                    for key in [FigureKey.contributionsCommitted, .contributionsDeposited] {
                        div {
                            dt { wording.label(key) }
                            dd(.class("value none")) { say("figure.none") }
                            dd(.class("note")) { wording.reason(.recordsDoNotReach) }
                        }
                    }
                }
                block(say("contributor.entries"), note: contributionsStage) {
                    let isWhole = ledgerLines.count <= Self.pageSize
                    ledgerTable(Array(ledgerLines.prefix(Self.pageSize)), total: isWhole ? contribution?.amount : nil)
                    if !isWhole { p { link(.ledger, say("contributor.all-entries"), [.contributor: id]) } }
                }
                block(say("contributor.together")) {
                    p { say("contributor.together.text", ["areas": .text(wording.list(areas.map(\.shortName)))]) }
                    p { link(.programmes, say("overview.all-programmes")) }
                }
                facts([
                    (say("fact.kind"), .text(wording.kind(contributor.kind))),
                    (say("fact.country"), contributor.country.map { link(.country($0), record.country($0)?.name ?? $0) } ?? .empty),
                    (say("fact.aliases"), .text(contributor.aliases.joined(separator: "; "))),
                    (say("fact.source"), sourceLink(contributor.source)),
                ])
            })
    }
}
