public import Ledger
internal import SQL

/// How somebody wants to be told, and in which language they read.
public struct NoticePreference: Sendable, Hashable {
    public var delivery: Delivery
    /// The code of the language of the interface: of pages as of mails.
    public var language: String

    public init(delivery: Delivery, language: String) {
        self.delivery = delivery
        self.language = language
    }

    /// The names stand in the database.
    public enum Delivery: String, Sendable, Hashable, CaseIterable {
        case atOnce = "at-once"
        /// One mail a day; what is urgent still comes at once.
        case digest
    }
}

extension Office {
    /// What a person chose; nil if nothing was chosen yet.
    public nonisolated func noticePreference(of person: String) async throws -> NoticePreference? {
        try await database.read { try OutboxQueries.preference(of: person, in: $0) }
    }

    /// Keeps the language that a person chose for themselves; mail comes as before.
    public nonisolated func prefer(language: String, of person: String) async throws {
        try await database.write { transaction in
            // Whoever was erased a moment ago leaves nothing behind.
            guard try PeopleQueries.particulars(of: person, in: transaction) != nil else { return }
            let known = try OutboxQueries.preference(of: person, in: transaction)
            let preference = NoticePreference(delivery: known?.delivery ?? .atOnce, language: language)
            if preference != known { try OutboxQueries.put(preference, of: person, in: transaction) }
        }
    }

    /// Keeps what a person chose for themselves. It is no decision of a fund and leaves no event.
    ///
    /// Whoever wants mail at once gets what waits for the mail of the day now.
    public nonisolated func prefer(_ preference: NoticePreference, of person: String, now: Instant) async throws {
        try await database.write { transaction in
            // Whoever was erased a moment ago leaves nothing behind.
            guard try PeopleQueries.particulars(of: person, in: transaction) != nil else { return }
            try OutboxQueries.put(preference, of: person, in: transaction)
            if preference.delivery == .atOnce { try OutboxQueries.hasten(to: person, now: now, in: transaction) }
        }
    }
}
