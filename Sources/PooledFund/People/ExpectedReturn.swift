public import Ledger
internal import SQL

/// Somebody who was sent to an identity provider and is expected back.
public struct ExpectedReturn: Sendable, Hashable {
    public let issuer: String
    public let nonce: String
    public let verifier: String
    /// Where they want to go once they are signed in; empty for their desk.
    public let returnPath: String
    /// The id of who was signed in and is to link the identity; nil for who is to sign in.
    public let linkingPerson: String?

    public init(issuer: String, nonce: String, verifier: String, returnPath: String, linkingPerson: String?) {
        self.issuer = issuer
        self.nonce = nonce
        self.verifier = verifier
        self.returnPath = returnPath
        self.linkingPerson = linkingPerson
    }

    /// How long they may take, in seconds.
    public static let patience: Int64 = 600
    /// Anybody can be sent away, and never come back: more than these are not kept.
    static let most: Int64 = 10_000
}

extension Office {
    /// Keeps what is needed when somebody comes back.
    ///
    /// - Parameter digest: of a secret that the browser alone has.
    public nonisolated func expect(_ visit: ExpectedReturn, _ digest: [UInt8], now: Instant) async throws {
        try await database.write { transaction in
            try IdentityQueries.tidyVisits(most: ExpectedReturn.most, now: now, in: transaction)
            try IdentityQueries.insert(visit, digest, expiresAt: now.adding(seconds: ExpectedReturn.patience), in: transaction)
        }
    }

    /// Whoever is back, once.
    public nonisolated func takeReturn(_ digest: [UInt8], now: Instant) async throws -> ExpectedReturn? {
        // Looked for first: whoever makes a secret up does not stand in the way of writers.
        guard try await database.read({ try IdentityQueries.visit(digest, now: now, in: $0) }) != nil else { return nil }
        return try await database.write { transaction in
            guard let visit = try IdentityQueries.visit(digest, now: now, in: transaction) else { return nil }
            try IdentityQueries.endVisit(digest, in: transaction)
            return visit
        }
    }
}
