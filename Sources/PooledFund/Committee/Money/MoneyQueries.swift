internal import Ledger
internal import SQL

/// The SQL of the money that the committee decides on.
enum MoneyQueries {
    /// What was stated last: of the latest day, and of that the latest statement.
    static func statement(of fund: String, _ currency: Currency, in transaction: any ReadTransaction) throws -> CashStatement? {
        guard
            let row = try transaction.first(
                """
                SELECT event, as_of, deposits, income, fees, transferred, reserved, note, document_digest, recorded_at FROM cash_statement
                JOIN audit_event ON audit_event.fund = cash_statement.fund AND audit_event.sequence = cash_statement.event
                WHERE cash_statement.fund = \(fund) ORDER BY as_of DESC, event DESC LIMIT 1
                """)
        else { return nil }
        let event = try row.integer("event")
        func money(_ row: Row, _ column: String) throws -> Money { Money(minorUnits: try row.integer(column), currency: currency) }
        let agreements = try transaction.rows(
            "SELECT agreement, contributor, amount FROM cash_agreement WHERE fund = \(fund) AND event = \(event) ORDER BY agreement"
        ) {
            CashStatement.Agreement(id: try $0.text("agreement"), contributor: try $0.text("contributor"), amount: try money($0, "amount"))
        }
        let transfers = try transaction.rows("SELECT proposal, amount FROM cash_transfer WHERE fund = \(fund) AND event = \(event)") {
            (try $0.text("proposal"), try money($0, "amount"))
        }
        return CashStatement(
            asOf: try CivilDate(parsing: try row.text("as_of")), deposits: try money(row, "deposits"), income: try money(row, "income"),
            fees: try money(row, "fees"), transferred: try money(row, "transferred"), reserved: try money(row, "reserved"),
            note: try row.text("note"), document: try row.bytes("document_digest"),
            statedAt: try Instant(microsecondsSince1970: try row.integer("recorded_at")), agreements: agreements,
            transfers: Dictionary(transfers, uniquingKeysWith: { $1 }))
    }

    /// Those that were not taken back, by their ids.
    static func earmarks(of fund: String, _ currency: Currency, in transaction: any ReadTransaction) throws -> [SoftEarmark] {
        try transaction.rows(
            """
            SELECT id, contributor, dimension, target, amount, note FROM soft_earmark AS version WHERE fund = \(fund) AND event = (
                SELECT MAX(event) FROM soft_earmark AS newer WHERE newer.fund = version.fund AND newer.id = version.id)
            AND amount > 0 ORDER BY id
            """
        ) { row -> SoftEarmark? in
            let target = try row.text("target")
            let isArea = try row.text("dimension") == EarmarkTarget.areaDimension
            guard let of = isArea ? Int(target).map(EarmarkTarget.area) : .region(target) else { return nil }
            return SoftEarmark(
                id: try row.text("id"), contributor: try row.text("contributor"), target: of,
                amount: Money(minorUnits: try row.integer("amount"), currency: currency), note: try row.text("note"))
        }.compactMap { $0 }
    }

    // MARK: Selections

    /// Every selection of a fund as it was saved last, by title.
    static func slates(of fund: String, _ currency: Currency, in transaction: any ReadTransaction) throws -> [Slate] {
        try slates("version.fund = \(fund)", fund, currency, transaction)
    }

    static func slate(_ id: String, of fund: String, _ currency: Currency, in transaction: any ReadTransaction) throws -> Slate? {
        try slates("version.fund = \(fund) AND version.id = \(id)", fund, currency, transaction).first
    }

    private static func slates(
        _ condition: Statement, _ fund: String, _ currency: Currency, _ transaction: any ReadTransaction
    ) throws -> [Slate] {
        let found = try transaction.rows(
            """
            SELECT version.id AS id, version.title AS title, version.note AS note, version.event AS event, saved.recorded_at AS saved_at,
                begun.actor AS author
            FROM slate AS version
            JOIN audit_event AS saved ON saved.fund = version.fund AND saved.sequence = version.event
            JOIN audit_event AS begun ON begun.fund = version.fund AND begun.sequence = (
                SELECT MIN(event) FROM slate AS older WHERE older.fund = version.fund AND older.id = version.id)
            WHERE \(condition) AND version.event = (
                SELECT MAX(event) FROM slate AS newer WHERE newer.fund = version.fund AND newer.id = version.id)
            ORDER BY version.title, version.id
            """
        ) { row in
            Slate(
                id: try row.text("id"), title: try row.text("title"), note: try row.text("note"), author: try row.text("author"),
                savedAt: try Instant(microsecondsSince1970: try row.integer("saved_at")), event: try row.integer("event"))
        }
        return try found.map { slate in
            var slate = slate
            slate.amounts = try amounts(of: slate.id, savedBy: slate.event, fund, currency, transaction)
            return slate
        }
    }

    static func amounts(
        of slate: String, savedBy event: Int64, _ fund: String, _ currency: Currency, _ transaction: any ReadTransaction
    ) throws -> [Slate.Amount] {
        try transaction.rows(
            """
            SELECT proposal, organization, amount FROM slate_amount WHERE fund = \(fund) AND slate = \(slate) AND event = \(event)
            ORDER BY proposal, organization
            """
        ) {
            Slate.Amount(
                proposal: try $0.text("proposal"), organization: try $0.text("organization"),
                amount: Money(minorUnits: try $0.integer("amount"), currency: currency))
        }
    }

    /// The selection that is proposed to each meeting, with the event that had saved it.
    static func proposedSlates(of fund: String, in transaction: any ReadTransaction) throws -> [String: (slate: String, event: Int64)] {
        let rows = try transaction.rows("SELECT meeting, slate, saved_by FROM slate_for_meeting WHERE fund = \(fund)") {
            (try $0.text("meeting"), (slate: try $0.text("slate"), event: try $0.integer("saved_by")))
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}

extension EarmarkTarget {
    static let areaDimension = "thematic-area"

    /// As it stands in the record.
    var columns: (dimension: String, target: String) {
        switch self {
        case .area(let number): (Self.areaDimension, String(number))
        case .region(let id): ("region", id)
        }
    }
}
