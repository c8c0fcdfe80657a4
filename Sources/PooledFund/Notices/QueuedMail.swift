public import Ledger
internal import SQL

/// A mail and what became of it, for those who may see that.
public struct QueuedMail: Sendable, Hashable, Identifiable {
    public let id: String
    public let person: String
    /// Nil if it was erased.
    public let personName: String?
    public let state: State
    /// When it is to be sent, or to be tried again.
    public let dueAt: Instant
    /// How many attempts were begun.
    public let attempts: Int
    public let sentAt: Instant?
    /// Why the last attempt failed, often in the words of a mail server; empty if none did.
    public let problem: String
    /// What its notices are of.
    public let kinds: [Notice.Kind]

    /// The names stand in the database.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case waiting
        case sent
        case givenUp = "given-up"
    }
}

extension Office {
    /// The last mails to a person, the newest first.
    public nonisolated func mails(to person: String, limit: Int) async throws -> [QueuedMail] {
        try await database.read { try OutboxQueries.mails(to: person, limit: limit, in: $0) }
    }

    /// The last mails that were given up, to people who hold or held a role in a fund, with what they tell of the fund and of how people get in; for its
    /// administrators.
    public nonisolated func givenUpMails(inFund fund: String, limit: Int) async throws -> [QueuedMail] {
        try await database.read { try OutboxQueries.givenUpMails(inFund: fund, limit: limit, in: $0) }
    }
}
