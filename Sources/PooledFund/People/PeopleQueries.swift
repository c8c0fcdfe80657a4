internal import Ledger
internal import SQL

/// The SQL of people and of the roles that they hold.
enum PeopleQueries {
    // MARK: Particulars

    static func particulars(of person: String, in transaction: any ReadTransaction) throws -> PersonParticulars? {
        try transaction.first("SELECT person, name, email FROM person_particulars WHERE person = \(person)").map(particulars)
    }

    static func particulars(email: String, in transaction: any ReadTransaction) throws -> PersonParticulars? {
        try transaction.first("SELECT person, name, email FROM person_particulars WHERE email = \(email)").map(particulars)
    }

    /// Those of everybody who holds or held a role in a fund, in the order of their names.
    static func particulars(inFund fund: String, in transaction: any ReadTransaction) throws -> [PersonParticulars] {
        try transaction.rows(
            """
            SELECT person, name, email FROM person_particulars
            WHERE person IN (SELECT person FROM role_holding WHERE fund = \(fund)) ORDER BY name, person
            """, as: particulars)
    }

    private static func particulars(_ row: Row) throws -> PersonParticulars {
        PersonParticulars(id: try row.text("person"), name: try row.text("name"), email: try row.text("email"))
    }

    /// Whether a person is on record, erased or not.
    static func isOnRecord(_ person: String, in transaction: any ReadTransaction) throws -> Bool {
        try transaction.first("SELECT 1 AS one FROM person WHERE fund = \(PeopleChain.name) AND id = \(person) LIMIT 1") != nil
    }

    static func insert(_ particulars: PersonParticulars, salt: [UInt8], in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO person_particulars (person, salt, name, email)
            VALUES (\(particulars.id), \(salt), \(particulars.name), \(particulars.email))
            ON CONFLICT (person) DO UPDATE SET salt = excluded.salt, name = excluded.name, email = excluded.email
            """)
    }

    /// Every particulars with its salt, beside the digest of the latest row of the record that vouches for it; for the verification.
    static func forEachVouched(
        in transaction: any ReadTransaction, _ each: (PersonParticulars, _ salt: [UInt8], _ digest: [UInt8]?) throws -> Void
    ) throws {
        try transaction.query(
            """
            SELECT person_particulars.person AS person, name, email, salt, (
                SELECT particulars_digest FROM person AS version
                WHERE version.fund = \(PeopleChain.name) AND version.id = person_particulars.person ORDER BY event DESC LIMIT 1
            ) AS vouched FROM person_particulars ORDER BY person_particulars.person
            """
        ) { try each(try particulars($0), try $0.bytes("salt"), try $0.optionalBytes("vouched")) }
    }

    /// People on record who have no particulars though nothing says that they were erased.
    static func withoutParticulars(in transaction: any ReadTransaction) throws -> [String] {
        try transaction.rows(
            """
            SELECT DISTINCT id FROM person WHERE fund = \(PeopleChain.name)
            AND id NOT IN (SELECT person FROM person_particulars)
            AND id NOT IN (SELECT person FROM person_erasure WHERE fund = \(PeopleChain.name)) ORDER BY id
            """
        ) { try $0.text("id") }
    }

    // MARK: Roles

    static func currentHoldings(
        of person: String, in fund: String, today: CivilDate, now: Instant, in transaction: any ReadTransaction
    ) throws -> [RoleHolding] {
        try holdings("role_holding.person = \(person) AND role_holding.fund = \(fund)", in: transaction)
            .filter { $0.isCurrent(today: today, now: now) }
    }

    /// Everything that a person holds or held, in every fund.
    static func holdings(of person: String, in transaction: any ReadTransaction) throws -> [RoleHolding] {
        try holdings("role_holding.person = \(person)", in: transaction)
    }

    /// Everything that anybody holds or held in a fund.
    static func holdings(inFund fund: String, in transaction: any ReadTransaction) throws -> [RoleHolding] {
        try holdings("role_holding.fund = \(fund)", in: transaction)
    }

    /// How many roles somebody gave in a fund since an instant, whoever they gave them for.
    static func holdingsGiven(by actor: String, inFund fund: String, since: Instant, in transaction: any ReadTransaction) throws -> Int {
        let row = try transaction.first(
            """
            SELECT COUNT(*) AS number FROM role_holding
            JOIN audit_event ON audit_event.fund = role_holding.fund AND audit_event.sequence = role_holding.event
            WHERE role_holding.fund = \(fund) AND audit_event.actor = \(actor) AND audit_event.recorded_at > \(since.microsecondsSince1970)
            """)
        return Int(try row?.integer("number") ?? 0)
    }

    static func holding(_ id: String, inFund fund: String, in transaction: any ReadTransaction) throws -> RoleHolding? {
        try holdings("role_holding.fund = \(fund) AND role_holding.id = \(id)", in: transaction).first
    }

    private static func holdings(_ condition: Statement, in transaction: any ReadTransaction) throws -> [RoleHolding] {
        try transaction.rows(
            """
            SELECT role_holding.id AS id, role_holding.fund AS fund, person, role, organization, seat, engagement, starts_on, ends_on, (
                SELECT MIN(ended_at) FROM role_end WHERE role_end.fund = role_holding.fund AND role_end.holding = role_holding.id
            ) AS ended_at
            FROM role_holding WHERE \(condition) ORDER BY role_holding.fund, starts_on, role_holding.id
            """, as: holding
        ).compactMap { $0 }
    }

    /// - Returns: nil for a role that this program does not know: a newer one recorded it, and it gives no right here.
    private static func holding(_ row: Row) throws -> RoleHolding? {
        guard let role = Role(rawValue: try row.text("role")) else { return nil }
        let (seat, engagement, endsOn) = (try row.text("seat"), try row.text("engagement"), try row.text("ends_on"))
        return RoleHolding(
            id: try row.text("id"), fund: try row.text("fund"), person: try row.text("person"), role: role,
            organization: try row.text("organization"), seat: seat.isEmpty ? nil : seat, engagement: engagement.isEmpty ? nil : engagement,
            startsOn: try CivilDate(parsing: try row.text("starts_on")), endsOn: endsOn.isEmpty ? nil : try CivilDate(parsing: endsOn),
            endedAt: try row.optionalInteger("ended_at").map { try Instant(microsecondsSince1970: $0) })
    }

    // MARK: Erasure

    /// Takes away what is personal of somebody, and every way in.
    static func erase(_ person: String, in transaction: any WriteTransaction) throws {
        try transaction.execute("DELETE FROM mailed_notice WHERE notice IN (SELECT id FROM notice WHERE person = \(person))")
        // The answers of the person, but for one that is somebody else's as well or belongs to a proposal or to the committee; and what requests were answered
        // that name them.
        try transaction.execute(
            """
            DELETE FROM document_content WHERE digest IN (SELECT document FROM recorded_on_behalf WHERE person = \(person))
            AND digest NOT IN (SELECT document FROM recorded_on_behalf WHERE person <> \(person))
            AND digest NOT IN (SELECT content_digest FROM proposal_attachment)
            AND digest NOT IN (SELECT page_digest FROM proposal_sign_off WHERE page_digest IS NOT NULL)
            AND digest NOT IN (SELECT content_digest FROM committee_paper)
            AND digest NOT IN (SELECT minutes_digest FROM decision WHERE minutes_digest IS NOT NULL)
            AND digest NOT IN (SELECT document_digest FROM cash_statement)
            """)
        // What nobody but the person ever saw.
        try transaction.execute("DELETE FROM assessment_draft WHERE reviewer = \(person)")
        try transaction.execute("DELETE FROM proposal_draft_aside WHERE author = \(person)")
        try transaction.execute("DELETE FROM answered_request WHERE actor = \(person) OR answer LIKE \("%\(person)%")")
        for table in OperationalTable.ofPeople where table != .mailedNotice {
            try transaction.execute("DELETE FROM \(name: table.rawValue) WHERE person = \(person)")
        }
    }
}
