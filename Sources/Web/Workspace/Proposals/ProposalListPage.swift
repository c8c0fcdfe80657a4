internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// The proposals that the visitor sees, narrowed and sorted as the address says.
    func proposalListPage(_ fund: String) async throws -> WorkspacePage {
        let order = try choice("sort", ProposalOrder.self) ?? .code
        guard let number = filter("page").map(wholeNumber) ?? 1, number > 0 else { throw unreadable("page") }
        let listing = try await office.proposalListing(
            seenBy: visitor, in: fund, try proposalFilter(), by: order, from: (number - 1) * Self.pageSize, limit: Self.pageSize, now: now)
        guard let listing else { throw Failure.notFound }
        guard number == 1 || !listing.rows.isEmpty else { throw Failure.pageBeyondEnd }
        let view = ProposalListView(
            context: self, fund: fund, listing: listing, order: order, days: try FundDays(timeZone: listing.terms.identity.timeZone))
        return WorkspacePage(
            title: say("writing.list.title"), lead: .text(say("writing.list.lead", ["count": .number(listing.seenCount)])),
            content: .fragment {
                if listing.isWriter {
                    p(.class("actions-line")) {
                        buttonLink(say("writing.list.begin"), to: Self.address(.proposals(fund: fund, .calls)), weight: .primary)
                    }
                }
                filterForm(view.filters)
                if listing.rows.isEmpty { p(.class("dim")) { say("writing.list.none") } } else { view.table() }
                pager(number, of: listing.foundCount, keeping: Self.proposalFilters)
            })
    }

    private static let proposalFilters = ["words", "stage", "area", "region", "organization", "call", "mine", "sort"]

    private func proposalFilter() throws -> ProposalFilter {
        var wanted = ProposalFilter()
        guard let words = SearchText.words(of: filter("words") ?? "") else { throw unreadable("words") }
        wanted.words = words
        wanted.stage = try choice("stage", ProposalStage.self)
        wanted.area = try filter("area").map { text throws(Failure) in
            guard let number = wholeNumber(text) else { throw unreadable("area") }
            return number
        }
        (wanted.region, wanted.organization, wanted.call) = (filter("region"), filter("organization"), filter("call"))
        wanted.isMine = filter("mine") == FormField.ticked
        return wanted
    }

    /// Links to the other pages of a list of which this one alone was read.
    private func pager(_ number: Int, of count: Int, keeping filters: [String]) -> Markup {
        let pages = max(1, (count + Self.pageSize - 1) / Self.pageSize)
        guard pages > 1 else { return .empty }
        let address = { (page: Int) in Self.address(place, query: kept(filters) + (page == 1 ? [] : [("page", String(page))])) }
        return nav(.class("pager"), .aria(.label, say("pager.label"))) {
            if number > 1 { a(.rel("prev"), .href(address(number - 1))) { say("pager.previous") } }
            span { say("pager.position", ["page": .number(number), "pages": .number(pages)]) }
            if number < pages { a(.rel("next"), .href(address(number + 1))) { say("pager.next") } }
        }
    }

    fileprivate func sorted(by order: ProposalOrder, _ current: ProposalOrder) -> Address? {
        guard order != current else { return nil }
        let filters = Self.proposalFilters.filter { $0 != "sort" }
        return Self.address(place, query: kept(filters) + (order == .code ? [] : [("sort", order.rawValue)]))
    }
}

private struct ProposalListView {
    let context: WorkspaceContext
    let fund: String
    let listing: ProposalListing
    let order: ProposalOrder
    let days: FundDays

    private var say: Catalogue { context.say }
    private var terms: Terms { listing.terms }

    private func name(_ organization: String) -> String { listing.organizations.first { $0.id == organization }?.name ?? organization }

    var filters: [FilterField] {
        var fields = [
            FilterField("words", say("writing.list.words"), .text),
            FilterField(
                "stage", say("column.stage"), .choice(ProposalStage.allCases.map { Choice($0.rawValue, context.wording.stage($0)) })),
            FilterField("area", say("column.area"), .choice(terms.thematicAreas.map { Choice(String($0.number), $0.shortName) })),
            FilterField("region", say("writing.region"), .choice(terms.regions.map { Choice($0.id, $0.name) })),
            FilterField(
                "organization", say("column.organization"), .choice(listing.participating.map { Choice($0, name($0)) })),
            FilterField("call", say("writing.call"), .choice(listing.calls.map { Choice($0.code, $0.title) })),
        ]
        if listing.isWriter {
            fields.append(FilterField("mine", say("writing.list.whose"), .choice([Choice(FormField.ticked, say("writing.list.mine"))])))
        }
        return fields
    }

    func table() -> Markup {
        func column(_ label: String, _ order: ProposalOrder, isNumber: Bool = false, isName: Bool = false) -> RecordTable.Column {
            RecordTable.Column(
                label: label, isNumber: isNumber, isName: isName, sort: context.sorted(by: order, self.order),
                isSorted: order == self.order)
        }
        return RecordTable(
            caption: say("writing.list.caption"),
            columns: [
                column(say("writing.code"), .code), column(say("writing.title"), .title, isName: true), column(say("column.stage"), .stage),
                column(say("writing.since"), .since), .init(label: say("writing.organizations")),
                column(say("writing.budget-in", ["currency": .text(terms.currency.code)]), .budget, isNumber: true),
            ],
            rows: listing.rows.map(row),
            total: [
                .empty, .text(say("writing.list.found", ["count": .number(listing.foundCount)])), .empty, .empty, .empty,
                .text(listing.budget.map { $0.isZero ? "" : context.wording.amount($0) } ?? ""),
            ]
        ).markup()
    }

    private func row(_ row: ProposalRow) -> [Markup] {
        let proposal = row.proposal
        let area = row.thematicArea.flatMap { terms.thematicArea($0) }
        let places = row.regions.map { id in terms.regions.first { $0.id == id }?.name ?? id }
        return [
            code { proposal.code },
            .fragment {
                context.link(.proposals(fund: fund, .proposal(proposal.code)), row.title)
                span(.class("memo")) { ([area?.shortName].compactMap(\.self) + places).joined(separator: " · ") }
            },
            span(.class("status stage-\(proposal.stage.rawValue)")) { context.wording.stage(proposal.stage) },
            context.date(days.day(of: proposal.stageSince)),
            .text(proposal.organizations.map(name).joined(separator: ", ")),
            .text(row.budget.map(context.wording.amount) ?? ""),
        ]
    }
}
