internal import Ledger
internal import SQL

/// The SQL of proposals, of what was submitted and of the stages that they came to.
enum ProposalQueries {
    /// A proposal as it stands; nil if the fund has none with the code.
    static func proposal(_ code: String, of fund: String, in transaction: any ReadTransaction) throws -> Proposal? {
        try proposals("proposal.fund = \(fund) AND proposal.code = \(code)", in: transaction).first
    }

    /// Every proposal of a fund, in the order of the codes.
    ///
    /// - Parameter codes: those that are asked for; nil for all.
    static func proposals(of fund: String, among codes: [String]? = nil, in transaction: any ReadTransaction) throws -> [Proposal] {
        let among: Statement = codes.map { " AND proposal.code IN \(.list($0.map(\.sqlValue)))" } ?? ""
        return try proposals("proposal.fund = \(fund)\(among)", in: transaction)
    }

    private static func proposals(_ condition: Statement, in transaction: any ReadTransaction) throws -> [Proposal] {
        let parts = try transaction.rows(
            """
            SELECT part.proposal AS proposal, part.organization AS organization FROM proposal_organization AS part
            JOIN proposal ON proposal.fund = part.fund AND proposal.code = part.proposal
            WHERE \(condition) AND part.part <> 'left' AND part.event = (
                SELECT MAX(event) FROM proposal_organization AS newer
                WHERE newer.fund = part.fund AND newer.proposal = part.proposal AND newer.organization = part.organization)
            ORDER BY part.proposal, part.part = 'lead' DESC, part.organization
            """
        ) { (proposal: try $0.text("proposal"), organization: try $0.text("organization")) }
        let organizations = Dictionary(grouping: parts, by: { $0.proposal }).mapValues { $0.map { $0.organization } }
        return try transaction.rows(
            """
            SELECT proposal.code AS code, proposal.call AS call, proposal.lead AS lead, stage.stage AS stage, stage.reason AS reason,
                audit_event.recorded_at AS since, due.due_at AS due_at, due.reason AS due_reason
            FROM proposal
            JOIN proposal_stage AS stage ON stage.fund = proposal.fund AND stage.proposal = proposal.code AND stage.event = (
                SELECT MAX(event) FROM proposal_stage AS newer WHERE newer.fund = proposal.fund AND newer.proposal = proposal.code)
            JOIN audit_event ON audit_event.fund = stage.fund AND audit_event.sequence = stage.event
            LEFT JOIN revision_due AS due ON due.fund = stage.fund AND due.proposal = stage.proposal AND due.event >= stage.event
                AND due.event = (
                    SELECT MAX(event) FROM revision_due AS newer WHERE newer.fund = due.fund AND newer.proposal = due.proposal)
            WHERE \(condition) ORDER BY proposal.code
            """
        ) { row in
            guard let stage = ProposalStage(rawValue: try row.text("stage")) else { return nil }
            let code = try row.text("code")
            return Proposal(
                code: code, call: try row.text("call"), lead: try row.text("lead"), organizations: organizations[code] ?? [], stage: stage,
                stageSince: try Instant(microsecondsSince1970: try row.integer("since")), stageReason: try row.text("reason"),
                revisionDue: try row.optionalInteger("due_at").map {
                    RevisionDue(at: try Instant(microsecondsSince1970: $0), reason: try row.text("due_reason"))
                })
        }.compactMap { $0 }
    }

    // MARK: Versions

    /// The latest version of a document; nil if none was submitted.
    static func latestVersion(
        of proposal: String, _ document: ProposalDocument, in fund: String, _ currency: Currency, in transaction: any ReadTransaction
    ) throws -> ProposalVersion? {
        try versions("proposal_version.proposal = \(proposal)", document, fund, currency, transaction).last
    }

    /// All versions of a document, oldest first.
    static func versions(
        of proposal: String, _ document: ProposalDocument, in fund: String, _ currency: Currency, in transaction: any ReadTransaction
    ) throws -> [ProposalVersion] {
        try versions("proposal_version.proposal = \(proposal)", document, fund, currency, transaction)
    }

    /// The latest version of a document of every proposal of a fund, by the proposals' codes.
    ///
    /// - Parameters:
    ///   - withContent: whether the answers are read; a list does not show them, and they are long.
    ///   - proposals: a query of the codes that are asked for; nil for all.
    static func latestVersions(
        of document: ProposalDocument, in fund: String, _ currency: Currency, withContent: Bool = true, among proposals: Statement? = nil,
        in transaction: any ReadTransaction
    ) throws -> [String: ProposalVersion] {
        let among: Statement = proposals.map { "proposal_version.proposal IN (\($0)) AND " } ?? ""
        let latest: Statement = """
            \(among)proposal_version.number = (
                SELECT MAX(number) FROM proposal_version AS newer WHERE newer.fund = proposal_version.fund
                AND newer.proposal = proposal_version.proposal AND newer.document = proposal_version.document)
            """
        let found = try versions(latest, document, fund, currency, withContent: withContent, transaction)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.proposal, $0) })
    }

    private static func versions(
        _ condition: Statement, _ document: ProposalDocument, _ fund: String, _ currency: Currency, withContent: Bool = true,
        _ transaction: any ReadTransaction
    ) throws -> [ProposalVersion] {
        let content: Statement = withContent ? "content" : "'' AS content"
        let amounts = try transaction.rows(
            """
            SELECT proposal_amount.proposal AS proposal, proposal_amount.number AS number, organization, amount FROM proposal_amount
            JOIN proposal_version ON proposal_version.fund = proposal_amount.fund AND proposal_version.proposal = proposal_amount.proposal
                AND proposal_version.document = proposal_amount.document AND proposal_version.number = proposal_amount.number
            WHERE proposal_amount.fund = \(fund) AND proposal_amount.document = \(document.rawValue) AND \(condition)
            """
        ) { row in
            let amount = Money(minorUnits: try row.integer("amount"), currency: currency)
            return (
                proposal: try row.text("proposal"), number: try row.integer("number"),
                amount: ProposalFacts.Amount(organization: try row.text("organization"), amount: amount)
            )
        }
        let byVersion = Dictionary(grouping: amounts) { "\($0.proposal) \($0.number)" }.mapValues { $0.map { $0.amount } }
        return try transaction.rows(
            """
            SELECT proposal_version.proposal AS proposal, number, \(content), content_digest, title, thematic_area, objectives, countries, regions,
                local_authorities, duration_months, audit_event.recorded_at AS submitted_at
            FROM proposal_version
            JOIN audit_event ON audit_event.fund = proposal_version.fund AND audit_event.sequence = proposal_version.event
            WHERE proposal_version.fund = \(fund) AND proposal_version.document = \(document.rawValue) AND \(condition)
            ORDER BY proposal_version.proposal, number
            """
        ) { row in
            let (proposal, number) = (try row.text("proposal"), try row.integer("number"))
            return ProposalVersion(
                proposal: proposal, document: document, number: Int(number), content: try row.text("content"),
                contentDigest: try row.bytes("content_digest"),
                submittedAt: try Instant(microsecondsSince1970: try row.integer("submitted_at")),
                facts: try facts(row, amounts: byVersion["\(proposal) \(number)"] ?? []))
        }
    }

    private static func facts(_ row: Row, amounts: [ProposalFacts.Amount]) throws -> ProposalFacts {
        ProposalFacts(
            title: try row.text("title"), thematicArea: try row.optionalInteger("thematic_area").map { Int($0) },
            objectives: list(try row.text("objectives")).compactMap { Int($0) }, countries: list(try row.text("countries")),
            regions: list(try row.text("regions")), localAuthorities: list(try row.text("local_authorities")),
            durationMonths: try row.optionalInteger("duration_months").map { Int($0) }, amounts: amounts)
    }

    private static func list(_ text: String) -> [String] { text.split(separator: ";").map(String.init) }

    /// What a list shows of what was submitted last, without what it says.
    struct Headline {
        let title: String
        let thematicArea: Int?
        let countries: [String]
        let regions: [String]
        let budget: Money
    }

    /// Of every proposal of a fund of which something was submitted, by the codes.
    ///
    /// - Parameter codes: those that are asked for; nil for all.
    static func headlines(
        of fund: String, among codes: [String]? = nil, _ currency: Currency, in transaction: any ReadTransaction
    ) throws -> [String: Headline] {
        let among: Statement = codes.map { " AND proposal IN \(.list($0.map(\.sqlValue)))" } ?? ""
        let rows = try transaction.rows(
            """
            SELECT version.proposal AS proposal, title, thematic_area, countries, regions, budget FROM proposal_version AS version
            JOIN (SELECT proposal, MAX(event) AS event FROM proposal_version WHERE fund = \(fund)\(among) GROUP BY proposal) AS latest
                ON latest.proposal = version.proposal AND latest.event = version.event
            WHERE version.fund = \(fund)
            """
        ) { row in
            (
                try row.text("proposal"),
                Headline(
                    title: try row.text("title"), thematicArea: try row.optionalInteger("thematic_area").map { Int($0) },
                    countries: list(try row.text("countries")), regions: list(try row.text("regions")),
                    budget: Money(minorUnits: try row.integer("budget"), currency: currency))
            )
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    // MARK: Stages

    /// Each stage that a proposal came to, oldest first.
    static func stages(of proposal: String, in fund: String, _ transaction: any ReadTransaction) throws -> [StageReached] {
        try transaction.rows(
            """
            SELECT stage, document, version, reason, recorded_at FROM proposal_stage
            JOIN audit_event ON audit_event.fund = proposal_stage.fund AND audit_event.sequence = proposal_stage.event
            WHERE proposal_stage.fund = \(fund) AND proposal = \(proposal) ORDER BY event, ordinal
            """
        ) { row -> StageReached? in
            guard let stage = ProposalStage(rawValue: try row.text("stage")) else { return nil }
            return StageReached(
                stage: stage, since: try Instant(microsecondsSince1970: try row.integer("recorded_at")), reason: try row.text("reason"))
        }.compactMap { $0 }
    }

    // MARK: Statistics

    /// How every proposal went from stage to stage before an instant, with the thematic area that its latest concept note named by then.
    static func passages(
        of fund: String, before end: Instant, in transaction: any ReadTransaction
    ) throws -> [ProposalStatistics.Passage] {
        let areas = try transaction.rows(
            """
            SELECT proposal, thematic_area FROM proposal_version AS version
            JOIN audit_event ON audit_event.fund = version.fund AND audit_event.sequence = version.event
            WHERE version.fund = \(fund) AND document = \(ProposalDocument.conceptNote.rawValue)
            AND recorded_at < \(end.microsecondsSince1970) ORDER BY number
            """
        ) { (proposal: try $0.text("proposal"), area: try $0.optionalInteger("thematic_area").map { Int($0) }) }
        let area = Dictionary(areas.map { ($0.proposal, $0.area) }, uniquingKeysWith: { $1 })
        let stages = try transaction.rows(
            """
            SELECT proposal, stage, recorded_at FROM proposal_stage
            JOIN audit_event ON audit_event.fund = proposal_stage.fund AND audit_event.sequence = proposal_stage.event
            WHERE proposal_stage.fund = \(fund) AND recorded_at < \(end.microsecondsSince1970) ORDER BY proposal, event
            """
        ) { row in
            let since = try Instant(microsecondsSince1970: try row.integer("recorded_at"))
            return (proposal: try row.text("proposal"), stage: ProposalStage(rawValue: try row.text("stage")), since: since)
        }
        return Dictionary(grouping: stages, by: { $0.proposal }).map { proposal, rows in
            ProposalStatistics.Passage(
                area: area[proposal] ?? nil, stages: rows.compactMap { row in row.stage.map { (stage: $0, since: row.since) } })
        }
    }
}
