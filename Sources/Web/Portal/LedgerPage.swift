internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    func ledgerPage() throws -> Page {
        let filter = try ledgerFilter()
        let (rows, pages) = try paged(ledgerLines)
        // Lines were read to one beyond this page: how many pages there are is not known before the last.
        let isWhole = pages == 1
        let total =
            filter.contributor == nil
            ? record.balances.first { $0.account == filter.account }?.balance
            : record.contributions.first { $0.id == filter.contributor }?.amount
        let accounts = Account.allCases.filter { account in record.balances.contains { $0.account == account } }
        return Page(
            title: say("ledger.title"),
            lead: filter.contributor.flatMap(record.contributor).map { .text(say("ledger.lead.contributor", ["name": .text($0.name)])) }
                ?? .text(say("ledger.lead", ["account": .text(wording.account(filter.account))])),
            content: try .fragment {
                accountLinks(accounts, current: filter.account)
                ledgerTable(Array(rows), total: isWhole ? total : nil)
                try pager(pages, isLast: pages == (try query.pageNumber))
                block(say("ledger.how")) {
                    p { say("ledger.how.text") }
                    p { contributionsStage }
                }
            })
    }

    func ledgerFilter() throws(Failure) -> LedgerFilter {
        if let id = query[.contributor], record.contributor(id) == nil { throw PageQuery.unreadable(.contributor, id) }
        return LedgerFilter(account: try query.choice(.account, Account.self) ?? .contributions, contributor: query[.contributor])
    }

    private func accountLinks(_ accounts: [Account], current: Account) -> Markup {
        nav(.class("filters"), .aria(.label, say("ledger.accounts"))) {
            ul {
                accounts.map { account in
                    li {
                        a(
                            [.href(address(.ledger, account == .contributions ? [:] : [.account: account.rawValue]))]
                                + (account == current && query[.contributor] == nil ? [.aria(.current, "true")] : [])
                        ) { wording.account(account) }
                    }
                }
            }
        }
    }

    /// Entries as they touch one account.
    func ledgerTable(_ lines: [LedgerLine], total: Money?) -> Markup {
        let memo = Set(lines.map(\.memo)).count == 1 && lines.count > 1 ? lines.first?.memo : nil
        return .fragment {
            if let memo, !memo.isEmpty { p(.class("note")) { say("ledger.common-memo", ["memo": .text(memo)]) } }
            RecordTable(
                caption: say("ledger.caption"),
                columns: [
                    .init(label: say("column.contributor"), isName: true), .init(label: say("column.effective")),
                    .init(label: say("column.kind")),
                    .init(label: say("column.entry")), .init(label: say("column.source")),
                    .init(label: say("column.amount", ["currency": .text(terms.currency.code)]), isNumber: true),
                ],
                rows: lines.map { line in
                    [
                        line.contributor.map { link(.contributor($0), record.contributor($0)?.name ?? $0) } ?? .text(say("figure.none")),
                        time(.datetime(line.effectiveOn.description)) { wording.date(line.effectiveOn) },
                        .fragment {
                            wording.kind(line.kind)
                            if let reverses = line.reverses { " "; say("ledger.reverses", ["entry": .text(reverses)]) }
                            if memo == nil, !line.memo.isEmpty { span(.class("memo")) { line.memo } }
                        },
                        code { line.externalID }, sourceLink(line.source), .text(wording.amount(line.amount)),
                    ]
                },
                total: total.map { [.text(say("total")), .empty, .empty, .empty, .empty, .text(wording.amount($0))] }
            ).markup()
        }
    }
}
