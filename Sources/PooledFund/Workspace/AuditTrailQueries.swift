internal import Ledger
internal import SQL

/// The SQL of the audit trail: events by what they are about, by whom, and when.
enum AuditTrailQueries {
    enum Chain {
        case all
        /// Of the chain of people, what concerns somebody who holds or held a role in a fund.
        case concerning(fund: String)
    }

    static func events(
        of chain: String, _ part: Chain, _ filter: AuditFilter, before sequence: Int64, limit: Int, in transaction: any ReadTransaction
    ) throws -> [FoundEvent] {
        var conditions: [Statement] = ["fund = \(chain)", "sequence < \(sequence)"]
        if let from = filter.from { conditions.append("recorded_at >= \(from.microsecondsSince1970)") }
        if let to = filter.to { conditions.append("recorded_at <= \(to.microsecondsSince1970)") }
        if let action = filter.action { conditions.append("action = \(action)") }
        if let actor = filter.actor {
            conditions.append(
                """
                (actor = \(actor) OR sequence IN (
                    SELECT event FROM recorded_on_behalf WHERE fund = \(chain) AND person = \(actor)))
                """)
        }
        if let subject = filter.subject { conditions.append("sequence IN (\(events(about: subject, chain: chain)))") }
        if case .concerning(let fund) = part { conditions.append("sequence IN (\(eventsOfPeople(of: fund)))") }
        return try transaction.rows(
            """
            SELECT fund, sequence, recorded_at, actor, action, public_effect, row_count, rows_digest, body_digest, previous_hash, hash
            FROM audit_event WHERE \(.joined(conditions, separator: " AND ")) ORDER BY sequence DESC LIMIT \(Int64(limit))
            """
        ) { row in
            let event = AuditEvent(
                fund: chain, sequence: try row.integer("sequence"),
                recordedAt: try Instant(microsecondsSince1970: try row.integer("recorded_at")), actor: try row.text("actor"),
                action: try row.text("action"), hasPublicEffect: try row.integer("public_effect") == 1,
                rowCount: try row.integer("row_count"), rowsDigest: try row.bytes("rows_digest"),
                bodyDigest: try row.bytes("body_digest"), previousHash: try row.bytes("previous_hash"))
            return FoundEvent(event: event, hash: try row.bytes("hash"))
        }
    }

    // MARK: What an event is about

    /// The columns of each table of the record that name what a row is about.
    static let subjectColumns: [AuditedTable: [String]] = [
        .erasure: [], .terms: [], .fundText: ["name"],
        RecordKind.sources.table: ["id"], RecordKind.countries.table: ["iso3"], RecordKind.organizations.table: ["id"],
        RecordKind.contributors.table: ["id"], RecordKind.programmes.table: ["code"], RecordKind.statuses.table: ["programme"],
        RecordKind.budgets.table: ["programme"], RecordKind.localAuthorities.table: ["id", "programme"],
        RecordKind.statements.table: ["key"],
        .entry: ["external_id", "reverses", "id"], .posting: ["contributor", "organization", "programme"],
        .person: ["id"], .personErasure: ["person"], .accessChange: ["person"],
        .roleHolding: ["id", "person", "organization"], .roleEnd: ["holding"], .organizationPlace: ["organization"],
        .recordedOnBehalf: ["person"],
        .proposal: ["code"], .proposalOrganization: ["proposal", "organization"], .proposalVersion: ["proposal"],
        .proposalAmount: ["proposal", "organization"], .proposalStage: ["proposal"], .revisionDue: ["proposal"],
        .proposalCall: ["code"], .callQuestion: ["id", "call"], .callAnswer: ["question"], .proposalAttachment: ["id", "proposal"],
        .proposalSignOff: ["proposal", "organization"],
        .eligibilityFinding: ["proposal"], .reviewerExpertise: ["person"], .reviewerAssignment: ["proposal", "reviewer"],
        .assessment: ["proposal", "reviewer"], .assessmentScore: ["proposal", "reviewer"], .finalScore: ["proposal"],
        .finalScoreCriterion: ["proposal"],
    ].merging(ofCommittee) { first, _ in first }

    private static let ofCommittee: [AuditedTable: [String]] = [
        .committeeMeeting: ["id"], .committeeItem: ["meeting", "proposal"], .committeePaper: ["id", "meeting", "proposal"],
        .committeeAttendance: ["meeting", "seat", "person"], .committeeClosure: ["meeting"],
        .committeeAnswer: ["meeting", "proposal", "seat", "person"], .declaredInterest: ["proposal", "person"],
        .cashStatement: [], .cashAgreement: ["agreement", "contributor"], .cashTransfer: ["proposal"],
        .softEarmark: ["id", "contributor"], .slate: ["id"], .slateAmount: ["slate", "proposal", "organization"],
        .slateForMeeting: ["meeting", "slate"], .decision: ["meeting", "proposal"],
        .decisionAmount: ["meeting", "proposal", "organization"], .decisionCondition: ["meeting", "proposal"],
        .decisionPart: ["meeting", "proposal", "seat"], .pipelineReview: ["proposal"], .pipelineCost: ["proposal", "organization"],
        .publicationConsent: ["proposal"],
    ]

    /// The events of a chain with a row about `subject`, whatever it is.
    private static func events(about subject: String, chain: String) -> Statement {
        var selects: [Statement] = []
        for table in AuditedTable.all {
            for column in subjectColumns[table] ?? [] {
                // The journal's index begins with the account.
                let all: Statement = table == .posting && column == "contributor" ? "account IN \(accounts) AND " : ""
                selects.append("SELECT event FROM \(name: table.name) WHERE fund = \(chain) AND \(all)\(name: column) = \(subject)")
            }
        }
        // The end of a holding names the holding, not the person and the organization.
        selects.append(
            """
            SELECT role_end.event FROM role_end JOIN role_holding
            ON role_holding.fund = role_end.fund AND role_holding.id = role_end.holding
            WHERE role_end.fund = \(chain) AND (role_holding.person = \(subject) OR role_holding.organization = \(subject))
            """)
        return .joined(selects, separator: " UNION ")
    }

    private static let accounts = Statement.list(Account.allCases.map { .text($0.rawValue) })

    private static func eventsOfPeople(of fund: String) -> Statement {
        let people: Statement = "(SELECT person FROM role_holding WHERE fund = \(fund))"
        let chain = PeopleChain.name
        return """
            SELECT event FROM person WHERE fund = \(chain) AND id IN \(people)
            UNION SELECT event FROM person_erasure WHERE fund = \(chain) AND person IN \(people)
            UNION SELECT event FROM access_change WHERE fund = \(chain) AND person IN \(people)
            """
    }

    // MARK: What belongs to an event

    /// The events with their rows counted, what they say, and for whom they were recorded.
    static func complete(_ found: [FoundEvent], fund: String, in transaction: any ReadTransaction) throws -> [AuditTrailEvent] {
        var counts: [String: [(table: String, count: Int)]] = [:]
        var bodies: [String: String] = [:]
        var recorded: [String: AuditTrailEvent.Recorded] = [:]
        for (chain, events) in Dictionary(grouping: found, by: \.event.fund) {
            for start in stride(from: 0, to: events.count, by: places) {
                let part = sequences(events.dropFirst(start).prefix(places))
                try transaction.query(rowCounts(chain, part)) { row in
                    counts["\(chain)-\(try row.integer("event"))", default: []].append(
                        (try row.text("name"), Int(try row.integer("count"))))
                }
                try transaction.query("SELECT sequence, body FROM audit_body WHERE fund = \(chain) AND sequence IN \(part)") { row in
                    bodies["\(chain)-\(try row.integer("sequence"))"] = String(
                        decoding: try row.bytes("body").prefix(bodyLimit), as: UTF8.self)
                }
                try transaction.query(
                    """
                    SELECT event, person, note, document, name FROM recorded_on_behalf
                    LEFT JOIN document_content ON document_content.digest = recorded_on_behalf.document
                    WHERE fund = \(chain) AND event IN \(part)
                    """
                ) { row in
                    recorded["\(chain)-\(try row.integer("event"))"] = AuditTrailEvent.Recorded(
                        person: try row.text("person"), note: try row.text("note"), document: try row.bytes("document"),
                        documentName: try row.optionalText("name") ?? "")
                }
            }
        }
        let order = Dictionary(uniqueKeysWithValues: AuditedTable.all.enumerated().map { ($1.name, $0) })
        return found.map { found in
            let id = "\(found.event.fund)-\(found.event.sequence)"
            // What an action of another fund says of it is that fund's own.
            let isOwn = found.event.fund == fund || [AmendParticulars.name, ChangeAccess.name].contains(found.event.action)
            return AuditTrailEvent(
                event: found.event, hash: found.hash,
                rows: (counts[id] ?? []).sorted { order[$0.table] ?? 0 < order[$1.table] ?? 0 },
                body: isOwn ? bodies[id].map(AuditTrailEvent.Body.text) ?? .erased : .elsewhere, onBehalf: recorded[id])
        }
    }

    /// As many events are asked about at a time; always as many, the last ones the same, so that there is one text to prepare.
    private static let places = 64
    /// More of what an event says is not shown, in bytes.
    private static let bodyLimit = 4_000

    private static func sequences(_ events: some Collection<FoundEvent>) -> Statement {
        let sequences = events.map(\.event.sequence)
        return .list((sequences + Array(repeating: sequences.last ?? 0, count: places - sequences.count)).map { .integer($0) })
    }

    private static func rowCounts(_ chain: String, _ events: Statement) -> Statement {
        let counts = AuditedTable.all.map { table -> Statement in
            """
            SELECT '\(name: table.name)' AS name, event, COUNT(*) AS count FROM \(name: table.name)
            WHERE fund = \(chain) AND event IN (SELECT sequence FROM asked) GROUP BY event
            """
        }
        return """
            WITH asked (sequence) AS (SELECT sequence FROM audit_event WHERE fund = \(chain) AND sequence IN \(events))
            \(.joined(counts, separator: " UNION ALL "))
            """
    }

    static func document(
        _ digest: [UInt8], fund: String, in transaction: any ReadTransaction
    ) throws -> AttachedDocument? {
        try transaction.first(
            """
            SELECT name, media_type, content FROM document_content
            WHERE digest = \(digest) AND EXISTS (
                SELECT 1 FROM recorded_on_behalf WHERE recorded_on_behalf.fund = \(fund) AND recorded_on_behalf.document = \(digest))
            """
        ).map { AttachedDocument(kept: try $0.text("name"), mediaType: try $0.text("media_type"), content: try $0.bytes("content")) }
    }
}
