public import Ledger
internal import SQL

/// All that is kept of a person, for the person. No secret is in it, nor the digest of one.
public struct PersonalData: Sendable {
    public let particulars: PersonParticulars
    /// An address that is to be theirs and is not proved yet; nil if there is none.
    public let addressToProve: String?
    /// Every role that the person holds or held.
    public let holdings: [RoleHolding]
    public let hasPassword: Bool
    public let hasSecondFactor: Bool
    public let recoveryCodesLeft: Int
    public let sessions: [Session]
    /// When each browser that is known became so.
    public let devices: [Instant]
    public let tokens: [AccessToken]
    public let notices: [Notice]
    public let identities: [LinkedIdentity]
    /// How and when the way in was changed.
    public let changes: [Change]
    /// What the person wrote of proposals.
    public let writing: [Writing]
    public let remarks: [Remark]
    /// What the person assessed, or is assessing, and what they declared for it.
    public let assessments: [Assessment]
    public let expertise: [Expertise]
    /// What the person said to the committee, and of their interests.
    public let statements: [Statement]

    public struct Session: Sendable, Hashable {
        public let stage: SessionStage
        public let createdAt: Instant
        public let seenAt: Instant
        public let expiresAt: Instant
        public let agent: String
    }

    /// An account at an identity provider.
    public struct LinkedIdentity: Sendable, Hashable {
        public let issuer: String
        public let subject: String
        public let linkedAt: Instant
    }

    public struct Change: Sendable, Hashable {
        /// As the record names it.
        public let name: String
        public let at: Instant
    }
}

extension Office {
    /// - Returns: nil if the person is not known, or what was personal is erased.
    public nonisolated func personalData(of person: String) async throws -> PersonalData? {
        try await database.read { transaction in
            guard let particulars = try PeopleQueries.particulars(of: person, in: transaction) else { return nil }
            return PersonalData(
                particulars: particulars, addressToProve: try AddressQueries.change(of: person, in: transaction)?.email,
                holdings: try PeopleQueries.holdings(of: person, in: transaction),
                hasPassword: try CredentialQueries.passwordHash(of: person, in: transaction) != nil,
                hasSecondFactor: try CredentialQueries.secondFactor(of: person, in: transaction) != nil,
                recoveryCodesLeft: try CredentialQueries.recoveryCodesLeft(of: person, in: transaction),
                sessions: try PersonalDataQueries.sessions(of: person, in: transaction),
                devices: try PersonalDataQueries.devices(of: person, in: transaction),
                tokens: try TokenQueries.tokens(of: person, in: transaction),
                notices: try PersonalDataQueries.notices(of: person, in: transaction),
                identities: try PersonalDataQueries.identities(of: person, in: transaction),
                changes: try PersonalDataQueries.changes(of: person, in: transaction),
                writing: try PersonalDataQueries.writing(of: person, in: transaction),
                remarks: try PersonalDataQueries.remarks(of: person, in: transaction),
                assessments: try PersonalDataQueries.assessments(of: person, in: transaction),
                expertise: try PersonalDataQueries.expertise(of: person, in: transaction),
                statements: try PersonalDataQueries.statements(of: person, in: transaction))
        }
    }
}
