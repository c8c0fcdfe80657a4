public import Ledger
internal import SQL

/// What somebody who signs in is compared with.
public struct SignInAccount: Sendable {
    public let particulars: PersonParticulars
    /// As the house of credentials writes it; nil for somebody who has none.
    public let passwordHash: String?
    public let secondFactor: SecondFactor?
    /// Whether the browser is one on which the person signed in before.
    public let knowsDevice: Bool
    public let recoveryCodesLeft: Int

    public var id: String { particulars.id }
}

/// The secret of a person's codes, and the last step of which one was taken.
public struct SecondFactor: Sendable {
    public let secret: [UInt8]
    public let lastStep: Int64

    public init(secret: [UInt8], lastStep: Int64) {
        self.secret = secret
        self.lastStep = lastStep
    }
}

extension Office {
    /// - Parameters:
    ///   - email: as typed, in any case.
    ///   - device: the digest of the secret that the browser brings, if it brings one.
    /// - Returns: nil if nobody has the address.
    public nonisolated func signInAccount(email: String, device: [UInt8]? = nil, now: Instant) async throws -> SignInAccount? {
        let email = email.lowercased()
        return try await database.read { transaction in
            try PeopleQueries.particulars(email: email, in: transaction)
                .map { try SignInAccount.read($0, device, now: now, in: transaction) }
        }
    }

    /// - Parameter person: an id.
    public nonisolated func signInAccount(of person: String, device: [UInt8]? = nil, now: Instant) async throws -> SignInAccount? {
        try await database.read { transaction in
            try PeopleQueries.particulars(of: person, in: transaction)
                .map { try SignInAccount.read($0, device, now: now, in: transaction) }
        }
    }
}

extension SignInAccount {
    fileprivate static func read(
        _ particulars: PersonParticulars, _ device: [UInt8]?, now: Instant, in transaction: any ReadTransaction
    ) throws -> SignInAccount {
        let person = particulars.id
        return SignInAccount(
            particulars: particulars, passwordHash: try CredentialQueries.passwordHash(of: person, in: transaction),
            secondFactor: try CredentialQueries.secondFactor(of: person, in: transaction),
            knowsDevice: try device.map { try SessionQueries.isKnown($0, of: person, now: now, in: transaction) } ?? false,
            recoveryCodesLeft: try CredentialQueries.recoveryCodesLeft(of: person, in: transaction))
    }
}
