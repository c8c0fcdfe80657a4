internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// What an action will do, in words and tables.
struct ActionConsequences {
    let action: any RequestedAction.Type
    let preview: RequestPreview
    let choices: FundChoices
    let form: ActionForm
    let currency: Currency
    let wording: Wording

    var say: Catalogue { wording.say }

    var sentences: [String] {
        if let ofAssessment { return ofAssessment }
        guard !preview.rows.isEmpty else { return [say("action.will.nothing")] }
        switch action.name {
        case PostEntries.name, ReverseEntry.name: return [say("action.will.post", ["count": .number(entries.count)])]
        case LoadFund.name: return [loading] + (entries.isEmpty ? [] : [say("action.will.post", ["count": .number(entries.count)])])
        case InvitePerson.name: return invitation
        case EndRole.name: return [ending]
        case ErasePerson.name: return [say("action.will.erase-person", ["name": .text(personName(value("person")))])]
        case ResetAccess.name: return [say("action.will.reset-access", ["name": .text(personName(value("person")))])]
        case RegisterOrganization.name:
            return [say("action.will.register", ["name": .text(value("name")), "id": .text(value("id"))])]
        case EraseEventBody.name: return [say("action.will.erase-body", ["event": .text(value("event"))])]
        default: return ofCommittee ?? [say("action.will.rows", ["count": .number(preview.rows.count)])]
        }
    }

    /// Tables of what is too much for sentences.
    @MarkupBuilder func markup() -> Markup {
        if !entries.isEmpty {
            entryTable
            balanceTable
        }
        if action.name == LoadFund.name, !changes.isEmpty { changeTable }
    }

    func value(_ name: String) -> String { form.value(name) ?? "" }
    private func personName(_ id: String) -> String { choices.name(ofPerson: id) ?? id }
    private func roleName(_ role: String) -> String { say(SentenceKey("role.\(role)")) }

    // MARK: People

    private var invitation: [String] {
        let given = say(
            "action.will.invite",
            [
                "email": .text(value("email")), "role": .text(roleName(value("role"))),
                "party": .text(choices.name(ofParty: value("organization"))),
            ])
        let isNew = preview.rows.contains { $0.table == "person" }
        return [given, say(isNew ? "action.will.invite.new" : "action.will.invite.known")]
    }

    private var ending: String {
        let holding = choices.holdings.first { $0.id == value("holding") }
        let arguments: KeyValuePairs<String, Argument> = [
            "name": .text(personName(holding?.person ?? "")), "role": .text(roleName(holding?.role.rawValue ?? "")),
            "party": .text(choices.name(ofParty: holding?.organization ?? "")), "date": .text(lastDay),
        ]
        return say(value("last_day").isEmpty ? "action.will.end.now" : "action.will.end.later", arguments)
    }

    private var lastDay: String {
        guard let day = try? CivilDate(parsing: value("last_day")) else { return value("last_day") }
        return wording.date(day)
    }

    // MARK: The folder

    private var changes: [RequestPreview.TableChange] { preview.changes(besides: choices) }

    private var loading: String {
        say(
            "action.will.load",
            [
                "added": .number(changes.reduce(0) { $0 + $1.added }), "changed": .number(changes.reduce(0) { $0 + $1.changed.count }),
                "texts": .number(preview.rows.count { $0.table == "terms" || $0.table == "fund_text" }),
            ])
    }

    private var changeTable: Markup {
        RecordTable(
            caption: say("action.table.changes"),
            columns: [
                RecordTable.Column(label: say("action.table.records"), isName: true),
                RecordTable.Column(label: say("action.table.added"), isNumber: true),
                RecordTable.Column(label: say("action.table.changed"), isNumber: true),
                RecordTable.Column(label: say("action.table.which")),
            ],
            rows: changes.map { change in
                [
                    .text(say(SentenceKey("action.table.\(change.table)"))), .text(wording.integer(change.added)),
                    .text(wording.integer(change.changed.count)), .text(shown(change.changed)),
                ]
            }
        ).markup()
    }

    /// As many as a person reads.
    private func shown(_ names: [String]) -> String {
        let first = names.prefix(50).joined(separator: "; ")
        return names.count > 50 ? say("action.table.more", ["names": .text(first), "count": .number(names.count - 50)]) : first
    }

    // MARK: The ledger

    private var entries: [RequestPreview.Entry] { preview.entries(in: currency) }

    private var entryTable: Markup {
        RecordTable(
            caption: say("action.table.entries"),
            columns: [
                RecordTable.Column(label: say("action.table.entry"), isName: true), RecordTable.Column(label: say("action.table.account")),
                RecordTable.Column(label: say("action.table.debit"), isNumber: true),
                RecordTable.Column(label: say("action.table.credit"), isNumber: true),
                RecordTable.Column(label: say("action.table.effective")),
            ],
            rows: entries.prefix(200).flatMap(rows)
        ).markup()
    }

    private func rows(of entry: RequestPreview.Entry) -> [[Markup]] {
        let name = Markup.text("\(entry.externalID) (\(wording.kind(entry.kind)))")
        let day = Markup.text((try? CivilDate(parsing: entry.effectiveOn)).map(wording.date) ?? entry.effectiveOn)
        return entry.postings.map { posting in
            let isCredit = posting.amount.isNegative
            return [
                name, .text(account(posting)), amount(posting.amount, shown: !isCredit), amount(posting.amount, shown: isCredit), day,
            ]
        }
    }

    private func account(_ posting: Posting) -> String {
        guard let contributor = posting.contributor else { return wording.account(posting.account) }
        return say(
            "action.table.account-of",
            ["account": .text(wording.account(posting.account)), "party": .text(choices.name(ofParty: contributor))])
    }

    /// Without its sign: the column says the side.
    private func amount(_ amount: Money, shown: Bool) -> Markup {
        guard shown else { return .empty }
        let positive = amount.isNegative ? (try? amount.negated()) ?? amount : amount
        return .text(wording.money(positive))
    }

    private var balanceTable: Markup {
        let accounts = Account.allCases.filter { account in entries.contains { $0.postings.contains { $0.account == account } } }
        return RecordTable(
            caption: say("action.table.balances"),
            columns: [
                RecordTable.Column(label: say("action.table.account"), isName: true),
                RecordTable.Column(label: say("action.table.before"), isNumber: true),
                RecordTable.Column(label: say("action.table.after"), isNumber: true),
            ],
            rows: accounts.map { account in
                let before = choices.balances[account] ?? .zero(currency)
                return [
                    .text(wording.account(account)), .text(wording.money(before)), .text(after(before, account).map(wording.money) ?? "–"),
                ]
            }
        ).markup()
    }

    /// - Returns: nil for a balance that is larger than an amount can be.
    private func after(_ before: Money, _ account: Account) -> Money? {
        let postings = entries.flatMap(\.postings).filter { $0.account == account }.map(\.amount)
        guard let change = try? Money.sum(postings, in: currency) else { return nil }
        guard account.normalSide == .credit else { return try? Money.sum([before, change], in: currency) }
        return (try? change.negated()).flatMap { try? Money.sum([before, $0], in: currency) }
    }
}
