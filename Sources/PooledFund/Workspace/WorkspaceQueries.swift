internal import Ledger
internal import SQL

/// The SQL of what pages of the workspace tell of people, beside their roles.
enum WorkspaceQueries {
    struct Circumstances {
        let recordedAt: Instant
        let actor: String
        let endReason: String?
    }

    /// How each holding of a fund, or of a person in every fund, came on record; by its id.
    static func circumstances(_ scope: Scope, in transaction: any ReadTransaction) throws -> [String: Circumstances] {
        let rows = try transaction.rows(
            """
            SELECT role_holding.id AS id, audit_event.recorded_at AS recorded_at, audit_event.actor AS actor, (
                SELECT reason FROM role_end WHERE role_end.fund = role_holding.fund AND role_end.holding = role_holding.id
                ORDER BY ended_at, event LIMIT 1
            ) AS end_reason
            FROM role_holding
            JOIN audit_event ON audit_event.fund = role_holding.fund AND audit_event.sequence = role_holding.event
            WHERE \(scope.condition)
            """
        ) { row in
            let circumstances = Circumstances(
                recordedAt: try Instant(microsecondsSince1970: try row.integer("recorded_at")), actor: try row.text("actor"),
                endReason: try row.optionalText("end_reason"))
            return (try row.text("id"), circumstances)
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    enum Scope {
        case fund(String)
        case person(String)

        fileprivate var condition: Statement {
            switch self {
            case .fund(let fund): "role_holding.fund = \(fund)"
            case .person(let person): "role_holding.person = \(person)"
            }
        }
    }

    /// Those of a fund who came in at least once: they have a password, an identity of a provider, or the record says that they joined. The ready
    /// accounts of a demonstration are not invited, and open to anybody.
    static func joined(inFund fund: String, in transaction: any ReadTransaction) throws -> Set<String> {
        let people: Statement = "(SELECT person FROM role_holding WHERE fund = \(fund))"
        return Set(
            try transaction.rows(
                """
                SELECT person FROM credential WHERE person IN \(people)
                UNION SELECT person FROM linked_identity WHERE person IN \(people)
                UNION SELECT person FROM access_change
                WHERE fund = \(PeopleChain.name) AND change = \(AccessChange.joined.rawValue) AND person IN \(people)
                UNION SELECT person FROM person_particulars WHERE email LIKE \("%@" + OpenDemonstration.domain) AND person IN \(people)
                """
            ) { try $0.text("person") })
    }

    /// When the last link to join that a person of a fund was sent ceases to let them in, by person.
    static func invitations(inFund fund: String, in transaction: any ReadTransaction) throws -> [String: Instant] {
        let rows = try transaction.rows(
            """
            SELECT person, MAX(expires_at) AS expires_at FROM invitation
            WHERE purpose = 'join' AND used_at IS NULL AND person IN (SELECT person FROM role_holding WHERE fund = \(fund)) GROUP BY person
            """
        ) { (try $0.text("person"), try Instant(microsecondsSince1970: try $0.integer("expires_at"))) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// When the Terms of a fund last changed.
    static func termsRecordedAt(_ fund: String, in transaction: any ReadTransaction) throws -> Instant? {
        try transaction.first(
            """
            SELECT recorded_at FROM audit_event
            WHERE fund = \(fund) AND sequence = (SELECT MAX(event) FROM terms WHERE fund = \(fund))
            """
        ).map { try Instant(microsecondsSince1970: try $0.integer("recorded_at")) }
    }

    /// When somebody's second factor was set up, how many recovery codes are left, and when the last was used or made.
    struct SecondFactor {
        let confirmedAt: Instant
        let codesLeft: Int
        let lastUse: Instant?
    }

    /// - Returns: nil for somebody without a second factor.
    static func secondFactor(of person: String, in transaction: any ReadTransaction) throws -> SecondFactor? {
        try transaction.first(
            """
            SELECT confirmed_at,
                   (SELECT COUNT(*) FROM recovery_code WHERE person = \(person) AND used_at IS NULL) AS codes_left,
                   (SELECT MAX(used_at) FROM recovery_code WHERE person = \(person)) AS last_use
            FROM second_factor WHERE person = \(person)
            """
        ).map { row in
            SecondFactor(
                confirmedAt: try Instant(microsecondsSince1970: try row.integer("confirmed_at")),
                codesLeft: Int(try row.integer("codes_left")),
                lastUse: try row.optionalInteger("last_use").map { try Instant(microsecondsSince1970: $0) })
        }
    }

    /// The level and the place of each authority that was registered with them, by its id; the latest row counts.
    static func places(
        inFund fund: String, in transaction: any ReadTransaction
    ) throws -> [String: (level: LocalAuthority.Level?, place: String)] {
        let rows = try transaction.rows(
            "SELECT organization, level, place FROM organization_place WHERE fund = \(fund) ORDER BY event"
        ) { (try $0.text("organization"), (LocalAuthority.Level(rawValue: try $0.text("level")), try $0.text("place"))) }
        return Dictionary(rows, uniquingKeysWith: { $1 })
    }

    /// What is personal of each of `people`, by id; those that were erased, and whoever is none, are left out.
    static func particulars(of people: [String], in transaction: any ReadTransaction) throws -> [String: PersonParticulars] {
        // Always as many places, the last ones the same, so that there is one text to prepare.
        let places = 32
        var found: [String: PersonParticulars] = [:]
        for start in stride(from: 0, to: people.count, by: places) {
            let part = people[start..<min(start + places, people.count)]
            let values = (part + Array(repeating: people[start], count: places - part.count)).map(\.sqlValue)
            try transaction.query("SELECT person, name, email FROM person_particulars WHERE person IN \(.list(values))") { row in
                let person = try row.text("person")
                found[person] = PersonParticulars(id: person, name: try row.text("name"), email: try row.text("email"))
            }
        }
        return found
    }
}
