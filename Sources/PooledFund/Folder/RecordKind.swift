internal import SQL

/// One kind of record of a fund folder: a CSV file, and the table that keeps its versions.
public struct RecordKind: Sendable, Hashable {
    /// Relative to the folder.
    public let file: String
    /// The header, in order.
    public let columns: [String]
    /// The columns that tell one record from another, for good.
    let key: [String]
    let table: AuditedTable

    private init(_ name: String, table: String, key: [String], _ columns: [String]) {
        file = "records/\(name).csv"
        self.columns = columns
        self.key = key
        // “order” is a word of SQL.
        self.table = AuditedTable(table, columns.map { $0 == "order" ? "place" : $0 })
    }

    /// The kinds that the folder keeps as versions, in an order in which each refers only to kinds before it.
    static let all: [RecordKind] = [
        .sources, .countries, .organizations, .contributors, .programmes, .statuses, .budgets, .localAuthorities, .statements,
    ]

    static let sources = RecordKind(
        "sources", table: "source", key: ["id"], ["id", "title", "publisher", "published_on", "address", "note"])
    static let countries = RecordKind(
        "countries", table: "country", key: ["iso3"], ["iso3", "iso2", "m49", "name", "region"])
    static let organizations = RecordKind(
        "organizations", table: "organization", key: ["id"], ["id", "name", "short_name", "kind", "country", "aliases", "source"])
    static let contributors = RecordKind(
        "contributors", table: "contributor", key: ["id"], ["id", "name", "kind", "country", "aliases", "source"])
    static let programmes = RecordKind(
        "programmes", table: "programme", key: ["code"],
        [
            "code", "title", "thematic_area", "countries", "regions", "organizations", "objectives", "starts_on", "ends_on", "order",
            "disclosure", "summary", "source", "unconfirmed", "note",
        ])
    static let statuses = RecordKind(
        "statuses", table: "programme_status", key: ["programme", "effective_on"],
        ["programme", "status", "effective_on", "source", "note"])
    static let budgets = RecordKind(
        "budgets", table: "programme_budget", key: ["programme", "effective_on"],
        ["programme", "amount", "currency", "effective_on", "source", "unconfirmed", "note"])
    static let localAuthorities = RecordKind(
        "local-authorities", table: "local_authority", key: ["id"],
        ["id", "programme", "naming", "name", "level", "countries", "place_class", "evidence", "source", "section", "note"])
    static let statements = RecordKind(
        "statements", table: "published_statement", key: ["key"],
        ["key", "figure", "qualifier", "stated", "unit", "as_of", "source", "section", "label", "note"])

    /// Contributions become entries of the journal, so that a changed amount is a reversal and a new entry; their file has no table of its own.
    static let contributions = RecordKind(
        "contributions", table: "entry", key: ["external_id"],
        ["external_id", "contributor", "kind", "effective_on", "amount", "currency", "source", "memo"])

    /// The files of `records/`, all of which a folder must have.
    static let files = all + [.contributions]
}

/// One row of a record kind as text, from the folder or from the database.
struct Fields: Sendable, Hashable {
    let kind: RecordKind
    let values: [String]

    subscript(_ column: String) -> String {
        kind.columns.firstIndex(of: column).map { values[$0] } ?? ""
    }

    /// What tells this record from others of its kind.
    var key: [String] { kind.key.map { self[$0] } }
}
