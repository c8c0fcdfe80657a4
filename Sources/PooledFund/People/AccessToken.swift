public import Ledger
internal import SQL

/// A personal access token: what a person's program comes in with. Its secret is shown once and kept nowhere.
public struct AccessToken: Sendable, Hashable, Identifiable {
    public let id: String
    public let name: String
    public let scope: Scope
    /// The only fund that it is for; nil for all of its owner's.
    public let fund: String?
    public let createdAt: Instant
    public let expiresAt: Instant
    public let usedAt: Instant?
    public let revokedAt: Instant?
    /// Whether it stays when its owner signs out everywhere.
    public let outlivesSignOut: Bool

    public enum Scope: String, Sendable, Hashable, CaseIterable {
        case read
        case act
    }

    /// The longest that one is good for, in days: a year, so that what was forgotten ends by itself.
    public static let longestDays = 366
    /// The longest name, in bytes.
    public static let nameLimit = 100
    /// More valid ones than this nobody has.
    static let most = 50

    public func isValid(now: Instant) -> Bool { revokedAt == nil && now < expiresAt }
}

/// A token that is to be issued.
public struct NewAccessToken: Sendable {
    public let id: String
    public let digest: [UInt8]
    public let name: String
    public let scope: AccessToken.Scope
    public let fund: String?
    public let expiresAt: Instant
    public let outlivesSignOut: Bool

    /// - Parameter digest: SHA-256 of the secret.
    public init(
        digest: [UInt8], name: String, scope: AccessToken.Scope, fund: String?, expiresAt: Instant, outlivesSignOut: Bool, now: Instant
    ) {
        id = uuidV7(at: now)
        self.digest = digest
        self.name = name
        self.scope = scope
        self.fund = fund
        self.expiresAt = expiresAt
        self.outlivesSignOut = outlivesSignOut
    }
}

extension Office {
    /// Every token of a person that is on record, the latest first.
    public nonisolated func accessTokens(of person: String) async throws -> [AccessToken] {
        try await database.read { try TokenQueries.tokens(of: person, in: $0) }
    }

    /// Notes that a token was used, at most once a minute.
    public nonisolated func touchToken(_ id: String, now: Instant) async throws {
        try await database.write { try TokenQueries.touch(id, now: now, in: $0) }
    }
}
