internal import Ledger
public import SQL

/// Recomputes the audit chain and the digests of every row of the record, and says what does not fit.
public struct AuditVerification: Sendable {
    /// The heads of the chains that were read, by fund.
    public private(set) var heads: [String: ChainHead] = [:]
    public private(set) var eventCount = 0
    public private(set) var rowCount = 0
    public private(set) var findings: [Finding] = []

    public var isIntact: Bool { findings.isEmpty }

    /// Something that was altered, removed, inserted or reordered.
    public struct Finding: Sendable, Hashable, CustomStringConvertible {
        public let fund: String
        /// The event concerned; nil if it concerns the whole chain.
        public let event: Int64?
        public let problem: String

        public var description: String { event.map { "\(fund), event \($0): \(problem)" } ?? "\(fund): \(problem)" }
    }

    /// Reads everything in one snapshot.
    ///
    /// - Parameter expected: heads that were published. A chain that does not contain one was cut or rewritten.
    public static func run(on database: any Database, expecting expected: [ChainHead] = []) async throws -> AuditVerification {
        let damages = try await database.damages(in: try Schema.migrations())
        return try await database.read { try AuditVerification(in: $0, damages: damages, expecting: expected) }
    }

    init(in transaction: any ReadTransaction, damages: [String], expecting expected: [ChainHead] = []) throws {
        findings = damages.map { Finding(fund: "the database", event: nil, problem: $0) }
        var hashes: Set<ChainHead> = []
        for fund in try Self.fundsWithAnyRow(in: transaction) { try verify(fund, in: transaction, hashes: &hashes) }
        findings += try PeopleVerification.problems(in: transaction).map { Finding(fund: PeopleChain.name, event: nil, problem: $0) }
        for head in expected where !hashes.contains(head) {
            let problem = "no event has the hash \(hexadecimal(head.hash)): the last events were removed, or the chain was rewritten"
            findings.append(Finding(fund: "every chain", event: head.sequence, problem: problem))
        }
    }

    private static func fundsWithAnyRow(in transaction: any ReadTransaction) throws -> [String] {
        let tables = ["audit_event", "audit_body"] + AuditedTable.all.map(\.name)
        let selects = tables.map { "SELECT fund FROM \(name: $0)" as Statement }
        return try transaction.rows("\(.joined(selects, separator: " UNION ")) ORDER BY fund") { try $0.text("fund") }
    }

    private mutating func verify(_ fund: String, in transaction: any ReadTransaction, hashes: inout Set<ChainHead>) throws {
        var rows = try RecordedRows(of: fund, in: transaction)
        rowCount += rows.count
        for problem in rows.problems { report(fund, problem.event, problem.text) }
        var bodies = try EventBodies(of: fund, in: transaction)

        var previous: (sequence: Int64, hash: [UInt8]?, recordedAt: Int64) = (0, AuditChain.origin, .min)
        try AuditQueries.forEachEvent(of: fund, in: transaction) { sequence, result in
            eventCount += 1
            if sequence != previous.sequence + 1 {
                let (first, last) = (previous.sequence + 1, sequence &- 1)
                report(fund, sequence, "\(first == last ? "event \(first) is" : "events \(first) to \(last) are") missing before it")
            }
            let event: AuditEvent
            let storedHash: [UInt8]
            do {
                (event, storedHash) = try result.get()
            } catch {
                report(fund, sequence, "it was altered: it cannot be read (\(error))")
                previous = (sequence, nil, previous.recordedAt)
                return
            }
            let hash = AuditChain.hash(of: event)
            if sequence == previous.sequence + 1, event.previousHash != previous.hash {
                report(fund, sequence, "it does not follow from the event before it: one of the two was altered, inserted or moved")
            }
            if hash != storedHash { report(fund, sequence, "it was altered: its content no longer gives its hash") }
            if event.recordedAt.microsecondsSince1970 <= previous.recordedAt {
                report(fund, sequence, "it was recorded no later than the event before it")
            }
            if let problem = bodies.take(event) { report(fund, sequence, problem) }
            for problem in rows.take(event) { report(fund, sequence, problem) }
            hashes.insert(ChainHead(sequence: sequence, hash: hash))
            heads[fund] = ChainHead(sequence: sequence, hash: hash)
            previous = (sequence, storedHash, event.recordedAt.microsecondsSince1970)
        }
        for event in bodies.withoutEvent { report(fund, event, "a body names this event, which is not on record") }
        for (event, table) in rows.withoutEvent { report(fund, event, "a row of \(table) names this event, which is not on record") }
    }

    private mutating func report(_ fund: String, _ event: Int64?, _ problem: String) {
        findings.append(Finding(fund: fund, event: event, problem: problem))
    }
}

/// The rows of one fund by the event that recorded them, each with its digest recomputed.
private struct RecordedRows {
    private struct Recorded {
        let ordinal: Int64
        let table: String
        let digest: [UInt8]
    }

    private var byEvent: [Int64: [Recorded]] = [:]
    private(set) var count = 0
    private(set) var problems: [(event: Int64, text: String)] = []

    init(of fund: String, in transaction: any ReadTransaction) throws {
        for table in AuditedTable.all {
            let statement: Statement =
                "SELECT event, ordinal, digest, \(table.columnList) FROM \(name: table.name) WHERE fund = \(fund) ORDER BY event, ordinal"
            try transaction.query(statement) { row in
                let event = try row.integer("event")
                let ordinal = try row.integer("ordinal")
                let values = try table.columns.map { try row.value($0) }
                let digest = AuditChain.rowDigest(table: table, fund: fund, event: event, ordinal: ordinal, values: values)
                if digest != (try row.bytes("digest")) {
                    problems.append((event, "row \(ordinal) was altered: \(table.name) \(Self.summary(of: values))"))
                }
                byEvent[event, default: []].append(Recorded(ordinal: ordinal, table: table.name, digest: digest))
                count += 1
            }
        }
    }

    /// Compares the rows of `event` with what the event vouches for.
    mutating func take(_ event: AuditEvent) -> [String] {
        let rows = (byEvent.removeValue(forKey: event.sequence) ?? []).sorted { $0.ordinal < $1.ordinal }
        var problems: [String] = []
        let present = Set(rows.map(\.ordinal))
        // Lazily: an altered event may claim any number of rows.
        let missing = event.rowCount > 0 ? (1...event.rowCount).lazy.filter { !present.contains($0) }.prefix(11).map(String.init) : []
        if !missing.isEmpty {
            let rest = missing.count > 10 ? ", …" : ""
            let places = "\(missing.count == 1 ? "row" : "rows") \(missing.prefix(10).joined(separator: ", "))\(rest)"
            problems.append("\(places) of its \(event.rowCount) removed")
        }
        for row in rows where row.ordinal > event.rowCount {
            problems.append("a row was inserted: \(row.table), row \(row.ordinal) of \(event.rowCount)")
        }
        if present.count != rows.count { problems.append("two rows have the same place: one was inserted") }
        if problems.isEmpty, AuditChain.rowsDigest(rows.map(\.digest)) != event.rowsDigest {
            problems.append("its \(event.rowCount) rows no longer give the digest that it recorded: one was altered, replaced or moved")
        }
        return problems
    }

    /// Rows that are left when every event has taken its own.
    var withoutEvent: [(event: Int64, table: String)] {
        byEvent.flatMap { event, rows in Set(rows.map(\.table)).map { (event, $0) } }.sorted { $0 < $1 }
    }

    /// The first values of a row, so that a person can find it.
    private static func summary(of values: [Value]) -> String {
        values.prefix(3).map { value in
            switch value {
            case .null: "–"
            case .integer(let integer): "\(integer)"
            case .text(let text): "“\(text.prefix(60))”"
            case .bytes(let bytes): hexadecimal(bytes.prefix(8))
            }
        }.joined(separator: ", ")
    }
}

/// The bodies of one fund's events, and which of them were erased.
private struct EventBodies {
    private var digests: [Int64: [UInt8]] = [:]
    private var erased: Set<Int64> = []

    init(of fund: String, in transaction: any ReadTransaction) throws {
        try transaction.query("SELECT sequence, salt, body FROM audit_body WHERE fund = \(fund)") { row in
            digests[try row.integer("sequence")] = AuditChain.bodyDigest(salt: try row.bytes("salt"), body: try row.bytes("body"))
        }
        try transaction.query("SELECT erased_event FROM audit_erasure WHERE fund = \(fund)") {
            erased.insert(try $0.integer("erased_event"))
        }
    }

    /// Compares the body of `event` with what the event vouches for.
    mutating func take(_ event: AuditEvent) -> String? {
        let digest = digests.removeValue(forKey: event.sequence)
        if erased.contains(event.sequence) { return digest == nil ? nil : "its body was erased, and is there again" }
        switch digest {
        case event.bodyDigest: return nil
        case nil: return "its body is missing, and no erasure is on record"
        default: return "its body was altered"
        }
    }

    /// The events that are left when every event on record has taken its own body.
    var withoutEvent: [Int64] { digests.keys.sorted() }
}
