import Foundation
public import Ledger
public import PooledFund
public import SQL

/// People of a made-up fund, put on record through the door, and what lets them in, put beside it as the sign-in would.
public struct PeopleOnRecord: Sendable {
    public let office: Office
    public let fund: String
    public let now: Instant

    public init(_ office: Office, fund: String = "river-towns", now: Instant) {
        self.office = office
        self.fund = fund
        self.now = now
    }

    /// An invitation to a role that the fund takes: with a party of the right kind, a seat or an engagement where the role asks for one.
    public func invitation(to role: Role, of name: String? = nil, organization: String? = nil, until: String? = nil) throws -> InvitePerson
    {
        let name = name ?? "holder-of-\(role.rawValue)"
        let endsOn = role.needsEngagement ? until ?? "2024-12-31" : until
        return InvitePerson(
            fund: fund, email: "\(name)@example.org", personName: "Holder (\(name))", role: role,
            organization: organization ?? Self.party(of: role),
            seat: role.needsSeat ? "river-league" : nil, engagement: role.needsEngagement ? "Audit of a made-up year" : nil,
            endsOn: try endsOn.map { try CivilDate(parsing: $0) })
    }

    /// A party of the made-up fund that goes with a role.
    public static func party(of role: Role) -> String {
        switch role {
        case .contributor: "lakeland"
        case .governmentCounterpart: "ministry-water"
        case .localAuthority: "example-city"
        case .technicalReviewer: "hydro-school"
        default: "river-office"
        }
    }

    /// Invites by the operator of the machine, and lets the person in.
    public func admit(
        _ role: Role, of name: String? = nil, organization: String? = nil, level: PassageLevel = .secondFactor,
        by inviter: Actor = .machineOperator
    ) async throws -> Admitted {
        let outcome = try await office.perform(try invitation(to: role, of: name, organization: organization), by: inviter).outcome
        return Admitted(
            person: outcome.person, holding: outcome.holding, actor: try await session(of: outcome.person, level: level))
    }

    public struct Admitted: Sendable {
        public let person: String
        public let holding: String
        public let actor: Actor

        public init(person: String, holding: String, actor: Actor) {
            self.person = person
            self.holding = holding
            self.actor = actor
        }
    }

    /// Somebody with a session.
    ///
    /// - Parameter digest: of the secret in the browser's cookie.
    public func session(
        of person: String, level: PassageLevel = .secondFactor, lasting hours: Int64 = 8, digest: [UInt8] = Self.randomBytes()
    ) async throws -> Actor {
        let expiresAt = now.microsecondsSince1970 + hours * 3_600_000_000
        try await write(
            """
            INSERT INTO session (digest, person, level, created_at, seen_at, expires_at, agent)
            VALUES (\(digest), \(person), \(level.rawValue), \(now.microsecondsSince1970), \(now.microsecondsSince1970), \(expiresAt), 'A test')
            """)
        return .person(person, through: .session(digest: digest))
    }

    /// Somebody with a token.
    ///
    /// - Parameters:
    ///   - scope: `act` or `read`.
    ///   - fund: empty for every fund.
    public func token(
        of person: String, scope: String = "act", level: PassageLevel = .secondFactor, fund: String = "",
        digest: [UInt8] = Self.randomBytes()
    ) async throws -> Actor {
        let id = UUID().uuidString.lowercased()
        let expiresAt = now.microsecondsSince1970 + 3_600_000_000
        try await write(
            """
            INSERT INTO access_token
                (id, digest, person, name, scope, level, fund, created_at, expires_at, used_at, revoked_at, outlives_sign_out)
            VALUES (\(id), \(digest), \(person), 'A test', \(scope), \(level.rawValue), \(fund), \(now.microsecondsSince1970), \(expiresAt),
                    NULL, NULL, 0)
            """)
        return .person(person, through: .token(id: id))
    }

    /// Fourteen events of the fund and seven of the chain of people, between them a row in every table of people, of proposals, of assessments and of the
    /// committee; and a row in every table beside.
    public func fill() async throws {
        let administrator = try await admit(.administrator)
        let registration = RegisterOrganization(
            fund: fund, id: "quay-town", organizationName: "Quay Town (fictional)", shortName: "", kind: .localAuthority, country: "XAB",
            level: .municipality, place: "Upper bank", source: "charter")
        _ = try await office.perform(registration, by: administrator.actor)
        let officer = try await admit(.fundManagementUnitOfficer, by: administrator.actor)
        let reviewer = try await admit(.technicalReviewer, by: administrator.actor)
        let letter = OnBehalf(
            person: administrator.person, answer: try AttachedDocument(name: "letter.txt", content: Array("An answer by letter\n".utf8)),
            note: "By letter")
        _ = try await office.perform(
            EndRole(fund: fund, holding: reviewer.holding, reason: "Moved on"),
            by: .person(officer.person, through: officer.actor.passage, onBehalf: letter))
        _ = try await office.perform(ErasePerson(fund: fund, person: reviewer.person, reason: "Asked for it"), by: administrator.actor)
        for change in [AccessChange.passwordChanged, .secondFactorSet] {
            _ = try await office.perform(
                ChangeAccess(person: administrator.person, change: change) { _ in }, by: administrator.actor)
        }
        try await PutProposalOnRecord.perform(try .example(in: fund), in: office)
        _ = try await office.perform(PutWritingOnRecord(fund: fund, proposal: "boats-for-two-banks"), by: .machineOperator)
        _ = try await office.perform(
            PutAssessmentOnRecord(fund: fund, proposal: "boats-for-two-banks", reviewer: "a-reviewer"), by: .machineOperator)
        _ = try await office.perform(PutCommitteeOnRecord(fund: fund, proposal: "boats-for-two-banks"), by: .machineOperator)
        _ = try await admit(.governmentCounterpart, by: administrator.actor)
        try await fillBeside(administrator)
    }

    /// A row in each table of what is beside the record and that no action above has filled.
    private func fillBeside(_ person: Admitted) async throws {
        let (id, now, bytes) = (person.person, now.microsecondsSince1970, Self.randomBytes())
        _ = try await token(of: id)
        let statements: [Statement] = [
            "INSERT INTO credential (person, password_hash, changed_at) VALUES (\(id), 'no hash of anything', \(now))",
            "INSERT INTO second_factor (person, secret, confirmed_at, last_step) VALUES (\(id), \(bytes), \(now), 0)",
            "INSERT INTO recovery_code (person, digest, used_at) VALUES (\(id), \(bytes), NULL)",
            "INSERT INTO known_device (digest, person, created_at) VALUES (\(bytes), \(id), \(now))",
            """
            INSERT INTO invitation (digest, person, purpose, created_at, expires_at, used_at)
            VALUES (\(bytes), \(id), 'join', \(now), \(now + 1), NULL)
            """,
            "INSERT INTO linked_identity (issuer, subject, person, linked_at) VALUES ('https://id.example.org', 'somebody', \(id), \(now))",
            """
            INSERT INTO provider_visit (digest, issuer, nonce, verifier, return_to, person, expires_at)
            VALUES (\(bytes), 'https://id.example.org', '', '', '/', '', \(now))
            """,
            "INSERT INTO preference (person, language, delivery) VALUES (\(id), 'en', 'at-once')",
            """
            INSERT INTO address_change (person, email, digest, created_at, expires_at)
            VALUES (\(id), 'another@example.org', \(bytes), \(now), \(now))
            """,
            "INSERT INTO house_mark (name, value) VALUES ('test', 'yes')",
            """
            INSERT INTO answered_request (fund, actor, key, request_digest, answer, recorded_at)
            VALUES (\(fund), \(id), 'a-key', \(bytes), '{}', \(now))
            """,
            """
            INSERT INTO proposal_draft (fund, proposal, document, section, revision, answers, author, saved_at)
            VALUES (\(fund), 'boats-for-two-banks', 'concept-note', 'boat', 1, '{}', \(id), \(now))
            """,
            """
            INSERT INTO proposal_draft_aside (fund, proposal, document, section, author, revision, answers, saved_at)
            VALUES (\(fund), 'boats-for-two-banks', 'concept-note', 'boat', \(id), 0, '{}', \(now))
            """,
            """
            INSERT INTO proposal_section_owner (fund, proposal, document, section, owner)
            VALUES (\(fund), 'boats-for-two-banks', 'concept-note', 'boat', \(id))
            """,
            """
            INSERT INTO proposal_comment (id, fund, proposal, document, section, audience, author, remark, written_at, settled_at)
            VALUES ('a-comment', \(fund), 'boats-for-two-banks', 'concept-note', 'boat', 'writers', \(id), 'A test', \(now), NULL)
            """,
            """
            INSERT INTO assessment_draft (fund, proposal, document, reviewer, revision, content, saved_at)
            VALUES (\(fund), 'boats-for-two-banks', 'concept-note', \(id), 1, '{}', \(now))
            """,
            """
            INSERT INTO committee_comment (id, fund, meeting, proposal, author, remark, written_at)
            VALUES ('a-comment', \(fund), 'spring', 'boats-for-two-banks', \(id), 'A test', \(now))
            """,
            """
            INSERT INTO reminder (fund, kind, subject, person, due, created_at)
            VALUES (\(fund), 'assessment', 'boats-for-two-banks', \(id), '2024-02-15', \(now))
            """,
        ]
        for statement in statements { try await write(statement) }
    }

    /// Changes what is beside the record.
    public func write(_ statement: Statement) async throws {
        try await office.database.write { try $0.execute(statement) }
    }

    public static func randomBytes() -> [UInt8] { (0..<32).map { _ in UInt8.random(in: 0...255) } }
}
