internal import Ledger
internal import SQL

/// The SQL of the audit chain.
enum AuditQueries {
    struct LastEvent {
        let head: ChainHead
        let recordedAt: Instant
    }

    static func lastEvent(of fund: String, upTo sequence: Int64 = .max, in transaction: any ReadTransaction) throws -> LastEvent? {
        try transaction.first(
            """
            SELECT sequence, recorded_at, hash FROM audit_event
            WHERE fund = \(fund) AND sequence <= \(sequence) ORDER BY sequence DESC LIMIT 1
            """
        ).map { row in
            let head = ChainHead(sequence: try row.integer("sequence"), hash: try row.bytes("hash"))
            return LastEvent(head: head, recordedAt: try Instant(microsecondsSince1970: try row.integer("recorded_at")))
        }
    }

    /// The last event with public effect of every fund that has one. The cost grows with the funds, not with their events.
    static func lastPublicEvents(in transaction: any ReadTransaction) throws -> [String: ChainHead] {
        let heads = try transaction.rows(
            """
            WITH RECURSIVE on_record (fund) AS (
                SELECT MIN(fund) FROM audit_event WHERE public_effect = 1
                UNION ALL
                SELECT (SELECT MIN(event.fund) FROM audit_event AS event WHERE event.public_effect = 1 AND event.fund > on_record.fund)
                FROM on_record WHERE on_record.fund IS NOT NULL
            ), last_public (fund, sequence) AS (
                SELECT on_record.fund, (
                    SELECT event.sequence FROM audit_event AS event
                    WHERE event.public_effect = 1 AND event.fund = on_record.fund ORDER BY event.sequence DESC LIMIT 1)
                FROM on_record WHERE on_record.fund IS NOT NULL
            )
            SELECT audit_event.fund AS fund, audit_event.sequence AS sequence, audit_event.hash AS hash
            FROM last_public JOIN audit_event ON audit_event.fund = last_public.fund AND audit_event.sequence = last_public.sequence
            """
        ) { (try $0.text("fund"), ChainHead(sequence: try $0.integer("sequence"), hash: try $0.bytes("hash"))) }
        return Dictionary(uniqueKeysWithValues: heads)
    }

    /// The hash of an event; nil if it is not on record.
    static func hash(of fund: String, sequence: Int64, in transaction: any ReadTransaction) throws -> [UInt8]? {
        try transaction.first("SELECT hash FROM audit_event WHERE fund = \(fund) AND sequence = \(sequence)")?.bytes("hash")
    }

    /// The last event recorded at or before `instant`; 0 if there is none.
    static func lastEvent(of fund: String, knownAt instant: Instant, in transaction: any ReadTransaction) throws -> Int64 {
        try transaction.first(
            """
            SELECT COALESCE(MAX(sequence), 0) AS sequence FROM audit_event
            WHERE fund = \(fund) AND recorded_at <= \(instant.microsecondsSince1970)
            """
        )?.integer("sequence") ?? 0
    }

    static func append(_ event: AuditEvent, hash: [UInt8], salt: [UInt8], body: [UInt8], in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO audit_event (fund, sequence, recorded_at, actor, action, public_effect,
                                     row_count, rows_digest, body_digest, previous_hash, hash)
            VALUES (\(event.fund), \(event.sequence), \(event.recordedAt.microsecondsSince1970), \(event.actor), \(event.action),
                    \(event.hasPublicEffect ? 1 : 0), \(event.rowCount), \(event.rowsDigest), \(event.bodyDigest),
                    \(event.previousHash), \(hash))
            """)
        try transaction.execute(
            "INSERT INTO audit_body (fund, sequence, salt, body) VALUES (\(event.fund), \(event.sequence), \(salt), \(body))")
    }

    /// Calls `each` for every event of a chain in the order of their sequence numbers, with the hash that is stored beside it, or why it cannot be read.
    static func forEachEvent(
        of fund: String, in transaction: any ReadTransaction,
        _ each: (_ sequence: Int64, Result<(event: AuditEvent, storedHash: [UInt8]), any Error>) throws -> Void
    ) throws {
        try transaction.query("SELECT * FROM audit_event WHERE fund = \(fund) ORDER BY sequence") { row in
            try each(try row.integer("sequence"), Result { (try event(row, of: fund), try row.bytes("hash")) })
        }
    }

    private static func event(_ row: Row, of fund: String) throws -> AuditEvent {
        AuditEvent(
            fund: fund, sequence: try row.integer("sequence"),
            recordedAt: try Instant(microsecondsSince1970: try row.integer("recorded_at")), actor: try row.text("actor"),
            action: try row.text("action"), hasPublicEffect: try publicEffect(row),
            rowCount: try row.integer("row_count"), rowsDigest: try row.bytes("rows_digest"),
            bodyDigest: try row.bytes("body_digest"), previousHash: try row.bytes("previous_hash"))
    }

    private static func publicEffect(_ row: Row) throws -> Bool {
        switch try row.integer("public_effect") {
        case 0: false
        case 1: true
        default: throw DatabaseError.damaged("public_effect is neither 0 nor 1")
        }
    }
}
