internal import Ledger
internal import SQL

/// The SQL of the journal.
enum LedgerQueries {
    /// All entries in the order in which they were recorded, each with the row of the fund folder that it was made of.
    static func entries(
        of fund: String, currency: Currency, in transaction: any ReadTransaction
    ) throws -> [(entry: Entry, folderRow: String?)] {
        var postings: [String: [Posting]] = [:]
        try transaction.query("SELECT * FROM posting WHERE fund = \(fund) ORDER BY entry, number") { row in
            postings[try row.text("entry"), default: []].append(try posting(row, currency: currency))
        }
        return try transaction.rows("SELECT * FROM entry WHERE fund = \(fund) ORDER BY event, ordinal") { row in
            let id = try row.text("id")
            return (try entry(row, postings: postings[id] ?? []), try row.optionalText("folder_row"))
        }
    }

    static func externalIDs(of fund: String, in transaction: any ReadTransaction) throws -> [String] {
        try transaction.rows("SELECT external_id FROM entry WHERE fund = \(fund)") { try $0.text("external_id") }
    }

    static func sources(of fund: String, known: Int64, in transaction: any ReadTransaction) throws -> [String] {
        try transaction.rows("SELECT DISTINCT source FROM entry WHERE fund = \(fund) AND event <= \(known)") { try $0.text("source") }
    }

    /// The days on which something in the journal takes effect.
    static func dates(of fund: String, known: Int64, in transaction: any ReadTransaction) throws -> [CivilDate] {
        try transaction.rows("SELECT DISTINCT takes_effect_on FROM entry WHERE fund = \(fund) AND event <= \(known)") {
            try CivilDate(parsing: try $0.text("takes_effect_on"))
        }
    }

    /// What each contributor has on record, in the fund's currency, by id.
    static func contributions(
        of fund: String, currency: Currency, asOf day: CivilDate, known: Int64, in transaction: any ReadTransaction
    ) throws -> [String: Money] {
        let rows = try transaction.rows(
            """
            SELECT posting.contributor AS contributor, CAST(-SUM(posting.amount) AS BIGINT) AS amount
            FROM posting JOIN entry ON entry.fund = posting.fund AND entry.id = posting.entry
            WHERE posting.fund = \(fund) AND posting.account = \(Account.contributions.rawValue)
              AND entry.takes_effect_on <= \(day.lastDay.description) AND entry.event <= \(known)
            GROUP BY posting.contributor
            """
        ) { (try $0.optionalText("contributor") ?? "", Money(minorUnits: try $0.integer("amount"), currency: currency)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// The balance of every account that has postings, in its normal side.
    static func balances(
        of fund: String, currency: Currency, asOf day: CivilDate, known: Int64, in transaction: any ReadTransaction
    ) throws -> [(account: Account, balance: Money)] {
        let sums = try transaction.rows(
            """
            SELECT posting.account AS account, CAST(SUM(posting.amount) AS BIGINT) AS amount
            FROM posting JOIN entry ON entry.fund = posting.fund AND entry.id = posting.entry
            WHERE posting.fund = \(fund) AND entry.takes_effect_on <= \(day.lastDay.description) AND entry.event <= \(known)
            GROUP BY posting.account
            """
        ) { (try $0.text("account"), Money(minorUnits: try $0.integer("amount"), currency: currency)) }
        return try Account.allCases.compactMap { account in
            guard let sum = sums.first(where: { $0.0 == account.rawValue })?.1 else { return nil }
            return (account, account.normalSide == .debit ? sum : try sum.negated())
        }
    }

    /// One page of the journal as the public reads it, in the order of date and external id.
    ///
    /// - Parameter after: the last line of the page before.
    static func lines(
        of fund: String, currency: Currency, filter: LedgerFilter, asOf day: CivilDate, known: Int64, after: LedgerCursor?, limit: Int,
        in transaction: any ReadTransaction
    ) throws -> [LedgerLine] {
        var conditions: [Statement] = [
            // Not the bare column: SQLite would look for each entry's postings among all of the account, by its index.
            "posting.fund = \(fund)", "COALESCE(posting.account, '') = \(filter.account.rawValue)",
            "entry.takes_effect_on <= \(day.lastDay.description)", "entry.event <= \(known)",
        ]
        if let contributor = filter.contributor { conditions.append("posting.contributor = \(contributor)") }
        if let after { conditions.append("(entry.takes_effect_on, entry.external_id) > (\(after.takesEffectOn), \(after.externalID))") }
        let sign: Statement = filter.account.normalSide == .debit ? "" : "-"
        let statement: Statement = """
            SELECT entry.external_id AS external_id, entry.kind AS kind, entry.effective_on AS effective_on,
                   entry.takes_effect_on AS takes_effect_on, entry.reverses AS reverses, entry.memo AS memo, entry.source AS source,
                   posting.contributor AS contributor, CAST(\(sign)SUM(posting.amount) AS BIGINT) AS amount
            FROM posting JOIN entry ON entry.fund = posting.fund AND entry.id = posting.entry
            WHERE \(.joined(conditions, separator: " AND "))
            GROUP BY entry.takes_effect_on, entry.external_id, entry.kind, entry.effective_on, entry.reverses, entry.memo, entry.source,
                     posting.contributor
            ORDER BY entry.takes_effect_on, entry.external_id
            LIMIT \(limit)
            """
        return try transaction.rows(statement) { row in
            guard let kind = EntryKind(rawValue: try row.text("kind")) else { throw DatabaseError.damaged("an entry has an unknown kind") }
            return LedgerLine(
                externalID: try row.text("external_id"), kind: kind, effectiveOn: try CivilDate(parsing: try row.text("effective_on")),
                account: filter.account, amount: Money(minorUnits: try row.integer("amount"), currency: currency),
                contributor: try row.optionalText("contributor"), reverses: try row.optionalText("reverses"), memo: try row.text("memo"),
                source: try row.text("source"),
                cursor: LedgerCursor(takesEffectOn: try row.text("takes_effect_on"), externalID: try row.text("external_id")))
        }
    }

    private static func posting(_ row: Row, currency: Currency) throws -> Posting {
        guard let account = Account(rawValue: try row.text("account")) else {
            throw DatabaseError.damaged("a posting names an unknown account")
        }
        let code = try row.text("currency")
        let own = code == currency.code ? currency : try Currency(code: code, minorUnits: currency.minorUnits)
        return Posting(
            account: account, amount: Money(minorUnits: try row.integer("amount"), currency: own),
            contributor: try row.optionalText("contributor"), organization: try row.optionalText("organization"),
            programme: try row.optionalText("programme"))
    }

    private static func entry(_ row: Row, postings: [Posting]) throws -> Entry {
        guard let kind = EntryKind(rawValue: try row.text("kind")) else { throw DatabaseError.damaged("an entry has an unknown kind") }
        return Entry.asStored(
            id: try row.text("id"), externalID: try row.text("external_id"), kind: kind,
            effectiveOn: try CivilDate(parsing: try row.text("effective_on")),
            recordedAt: try Instant(microsecondsSince1970: try row.integer("recorded_at")), postings: postings,
            reverses: try row.optionalText("reverses"), memo: try row.text("memo"), source: try row.text("source"))
    }
}
