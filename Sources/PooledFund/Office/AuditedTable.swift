internal import SQL

/// A table of the record: append-only, each row tied to the event that recorded it.
///
/// Besides `columns` every such table has `fund`, `event` (the sequence number of the event), `ordinal` (the row's place within the event,
/// from 1) and `digest` (`AuditChain.rowDigest`).
public struct AuditedTable: Sendable, Hashable {
    public let name: String
    public let columns: [String]
    /// Adds a row; its values are still to be bound: `fund`, `event`, `ordinal`, `digest`, then those of `columns`.
    let insertion: Statement

    public init(_ name: String, _ columns: [String]) {
        self.name = name
        self.columns = columns
        let places = [Value](repeating: .null, count: 4 + columns.count)
        insertion =
            "INSERT INTO \(name: name) (fund, event, ordinal, digest, \(Self.list(columns))) VALUES \(.list(places))"
    }

    /// All of them, in the order in which a verification reads them. A table that is missing here would escape verification; a test compares this list with the schema.
    public static let all: [AuditedTable] =
        [.erasure, .terms, .fundText] + RecordKind.all.map(\.table) + [
            .entry, .posting, .person, .personErasure, .accessChange, .roleHolding, .roleEnd, .organizationPlace, .recordedOnBehalf,
        ] + ofProposals + ofAssessment

    static let erasure = AuditedTable("audit_erasure", ["erased_event", "reason"])
    static let terms = AuditedTable("terms", ["document"])
    static let fundText = AuditedTable("fund_text", ["name", "content"])
    static let entry = AuditedTable(
        "entry",
        ["id", "external_id", "kind", "effective_on", "takes_effect_on", "recorded_at", "reverses", "folder_row", "memo", "source"])
    static let posting = AuditedTable(
        "posting", ["entry", "number", "account", "amount", "currency", "contributor", "organization", "programme"])

    static let person = AuditedTable("person", ["id", "particulars_digest"])
    static let personErasure = AuditedTable("person_erasure", ["person", "reason"])
    static let accessChange = AuditedTable("access_change", ["person", "change", "subject"])
    static let roleHolding = AuditedTable(
        "role_holding", ["id", "person", "role", "organization", "seat", "engagement", "starts_on", "ends_on"])
    static let roleEnd = AuditedTable("role_end", ["holding", "ended_at", "reason"])
    static let organizationPlace = AuditedTable("organization_place", ["organization", "level", "place"])
    static let recordedOnBehalf = AuditedTable("recorded_on_behalf", ["person", "document", "note"])

    var columnList: Statement { Self.list(columns) }

    private static func list(_ columns: [String]) -> Statement { .joined(columns.map { "\(name: $0)" }, separator: ", ") }
}
