internal import SQL

/// The SQL of the versions of what a fund's folder says.
enum RecordQueries {
    /// The current version of every record of a kind, as known after the event `known`, in the order of their keys.
    static func current(_ kind: RecordKind, of fund: String, known: Int64, in transaction: any ReadTransaction) throws -> [Fields] {
        let sameKey = Statement.joined(kind.key.map { "newer.\(name: $0) = version.\(name: $0)" }, separator: " AND ")
        let order = Statement.joined(kind.key.map { "version.\(name: $0)" }, separator: ", ")
        let statement: Statement = """
            SELECT \(kind.table.columnList) FROM \(name: kind.table.name) AS version
            WHERE fund = \(fund) AND event = (
                SELECT MAX(event) FROM \(name: kind.table.name) AS newer
                WHERE newer.fund = version.fund AND \(sameKey) AND newer.event <= \(known))
            ORDER BY \(order)
            """
        return try transaction.rows(statement) { row in
            Fields(kind: kind, values: try kind.table.columns.map { try row.text($0) })
        }
    }

    /// `terms.yaml` as last loaded by the event `known`; nil if the fund is not on record.
    static func terms(of fund: String, known: Int64, in transaction: any ReadTransaction) throws -> String? {
        try transaction.first(
            "SELECT document FROM terms WHERE fund = \(fund) AND event <= \(known) ORDER BY event DESC LIMIT 1"
        )?.text("document")
    }

    /// The current texts by name.
    static func texts(of fund: String, known: Int64, in transaction: any ReadTransaction) throws -> [String: String] {
        let rows = try transaction.rows(
            """
            SELECT name, content FROM fund_text AS version WHERE fund = \(fund) AND event = (
                SELECT MAX(event) FROM fund_text AS newer
                WHERE newer.fund = version.fund AND newer.name = version.name AND newer.event <= \(known))
            """
        ) { (try $0.text("name"), try $0.text("content")) }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}
