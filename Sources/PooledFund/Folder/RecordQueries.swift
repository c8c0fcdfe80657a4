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

    /// Those of `identifiers` that a record of the kind has, as known after the event `known`.
    static func identifiers(
        _ identifiers: [String], among kind: RecordKind, of fund: String, known: Int64, in transaction: any ReadTransaction
    ) throws -> [String] {
        // Always as many places, the last ones the same, so that there is one text to prepare.
        let places = 32
        return try stride(from: 0, to: identifiers.count, by: places).flatMap { start in
            let part = identifiers[start..<min(start + places, identifiers.count)]
            let values = (part + Array(repeating: identifiers[start], count: places - part.count)).map(\.sqlValue)
            return try transaction.rows(
                "SELECT DISTINCT id FROM \(name: kind.table.name) WHERE fund = \(fund) AND event <= \(known) AND id IN \(.list(values))"
            ) { try $0.text("id") }
        }
    }

    /// The keys of records of a kind that came from elsewhere than the folder first.
    static func registered(_ kind: RecordKind, of fund: String, in transaction: any ReadTransaction) throws -> Set<[String]> {
        let keys = Statement.joined(kind.key.map { "version.\(name: $0) AS \(name: $0)" }, separator: ", ")
        let rows = try transaction.rows(
            """
            SELECT \(keys) FROM \(name: kind.table.name) AS version
            JOIN audit_event ON audit_event.fund = version.fund AND audit_event.sequence = version.event
            WHERE version.fund = \(fund) AND audit_event.action <> \(LoadFund.name)
            """
        ) { row in try kind.key.map { try row.text($0) } }
        return Set(rows)
    }

    /// `terms.yaml` as last loaded by the event `known`; nil if the fund is not on record.
    static func terms(of fund: String, known: Int64, in transaction: any ReadTransaction) throws -> String? {
        try transaction.first(
            "SELECT document FROM terms WHERE fund = \(fund) AND event <= \(known) ORDER BY event DESC LIMIT 1"
        )?.text("document")
    }

    /// The digest of the row that holds `terms.yaml` as last loaded by the event `known`; it tells whether the text is another one.
    static func termsDigest(of fund: String, known: Int64, in transaction: any ReadTransaction) throws -> [UInt8]? {
        try transaction.first(
            "SELECT digest FROM terms WHERE fund = \(fund) AND event <= \(known) ORDER BY event DESC LIMIT 1"
        )?.bytes("digest")
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
