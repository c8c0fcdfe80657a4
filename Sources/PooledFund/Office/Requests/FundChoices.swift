public import Ledger
internal import SQL

/// What can be chosen in a form of a fund's actions, and what a preview compares with.
public struct FundChoices: Sendable {
    /// A record that a field may name.
    public struct Named: Sendable, Hashable, Identifiable {
        public let id: String
        public let name: String
        /// What it is one of, where there are kinds.
        public let kind: String
    }

    public let organizations: [Named]
    public let contributors: [Named]
    public let sources: [Named]
    public let countries: [Named]
    /// The seats of the committee, by their constituencies.
    public let seats: [Named]
    /// Those who hold or held a role in the fund and were not erased.
    public let people: [Named]
    /// The roles that are held, or will be.
    public let holdings: [RoleHolding]
    public let balances: [Account: Money]
    /// The keys of every record of the folder that is on record, by table.
    let keys: [String: Set<[String]>]

    /// The name of a person, if it was not erased.
    public func name(ofPerson id: String) -> String? { people.first { $0.id == id }?.name }

    /// The name of an organization or a contributor; the id where there is none.
    public func name(ofParty id: String) -> String { (organizations + contributors).first { $0.id == id }?.name ?? id }
}

extension FundChoices {
    static func read(_ fund: String, now: Instant, in transaction: any ReadTransaction) throws -> FundChoices? {
        guard let terms = try TermsOnRecord.read(fund, in: transaction) else { return nil }
        let records = Dictionary(
            uniqueKeysWithValues: try RecordKind.all.map { ($0, try RecordQueries.current($0, of: fund, known: .max, in: transaction)) })
        func named(_ kind: RecordKind, id: String = "id", name: String = "name") -> [Named] {
            (records[kind] ?? []).map { Named(id: $0[id], name: $0[name], kind: $0["kind"]) }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        }
        let today = try FundTimeZone(terms.identity.timeZone).today(at: now)
        let holdings = try PeopleQueries.holdings(inFund: fund, in: transaction).filter { $0.isCurrentOrToCome(today: today, now: now) }
        let people = try PeopleQueries.particulars(inFund: fund, in: transaction).map { Named(id: $0.id, name: $0.name, kind: "") }
        let balances = try LedgerQueries.balances(of: fund, currency: terms.currency, asOf: .latest, known: .max, in: transaction)
        return FundChoices(
            organizations: named(.organizations), contributors: named(.contributors), sources: named(.sources, name: "title"),
            countries: named(.countries, id: "iso3"),
            seats: terms.committee.seats.map { Named(id: $0.id, name: $0.constituency, kind: "") }, people: people, holdings: holdings,
            balances: Dictionary(balances.map { ($0.account, $0.balance) }, uniquingKeysWith: { first, _ in first }),
            keys: Dictionary(uniqueKeysWithValues: records.map { ($0.table.name, Set($1.map(\.key))) }))
    }
}

extension Office {
    /// What can be chosen in the forms of a fund's actions; nil if the fund is not on record.
    public nonisolated func choices(of fund: String, now: Instant) async throws -> FundChoices? {
        try await database.read { try FundChoices.read(fund, now: now, in: $0) }
    }
}

extension RequestPreview {
    /// What a folder would add and change, by table, in the order in which the rows are recorded.
    public struct TableChange: Sendable, Hashable {
        public let table: String
        public internal(set) var added = 0
        /// The keys of the records that would get a newer version.
        public internal(set) var changed: [String] = []
    }

    /// An entry that would be posted.
    public struct Entry: Sendable, Hashable {
        public let externalID: String
        public let kind: EntryKind
        public let effectiveOn: String
        public let memo: String
        public let postings: [Posting]
    }

    /// The changes of the folder's records.
    public func changes(besides choices: FundChoices) -> [TableChange] {
        var changes: [TableChange] = []
        for row in rows {
            guard let kind = RecordKind.all.first(where: { $0.table.name == row.table }) else { continue }
            if changes.last?.table != row.table { changes.append(TableChange(table: row.table)) }
            let key = kind.key.map { row[$0] }
            if choices.keys[row.table]?.contains(key) ?? false {
                changes[changes.count - 1].changed.append(key.joined(separator: ", "))
            } else {
                changes[changes.count - 1].added += 1
            }
        }
        return changes
    }

    /// The entries with their postings.
    public func entries(in currency: Currency) -> [Entry] {
        rows.filter { $0.table == AuditedTable.entry.name }.compactMap { row in
            guard let kind = EntryKind(rawValue: row["kind"]) else { return nil }
            let postings = rows.filter { $0.table == AuditedTable.posting.name && $0["entry"] == row["id"] }.compactMap {
                posting -> Posting? in
                guard let account = Account(rawValue: posting["account"]), let amount = Int64(posting["amount"]) else { return nil }
                let contributor = posting["contributor"]
                return Posting(
                    account: account, amount: Money(minorUnits: amount, currency: currency),
                    contributor: contributor.isEmpty ? nil : contributor)
            }
            return Entry(
                externalID: row["external_id"], kind: kind, effectiveOn: row["effective_on"], memo: row["memo"], postings: postings)
        }
    }
}
