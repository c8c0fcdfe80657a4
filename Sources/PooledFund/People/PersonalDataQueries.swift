internal import Foundation
internal import Ledger
internal import SQL

/// The SQL of what is kept of a person, for the person.
enum PersonalDataQueries {
    /// Of each list no more than so many, the latest.
    private static let limit = 1_000

    static func sessions(of person: String, in transaction: any ReadTransaction) throws -> [PersonalData.Session] {
        try transaction.rows(
            """
            SELECT level, created_at, seen_at, expires_at, agent FROM session WHERE person = \(person)
            ORDER BY created_at DESC, digest LIMIT \(limit)
            """
        ) { row in
            try SessionStage(rawValue: try row.text("level")).map { stage in
                PersonalData.Session(
                    stage: stage, createdAt: try instant(row, "created_at"), seenAt: try instant(row, "seen_at"),
                    expiresAt: try instant(row, "expires_at"), agent: try row.text("agent"))
            }
        }.compactMap { $0 }
    }

    static func devices(of person: String, in transaction: any ReadTransaction) throws -> [Instant] {
        try transaction.rows("SELECT created_at FROM known_device WHERE person = \(person) ORDER BY created_at DESC LIMIT \(limit)") {
            try instant($0, "created_at")
        }
    }

    static func notices(of person: String, in transaction: any ReadTransaction) throws -> [Notice] {
        try transaction.rows(
            """
            SELECT id, fund, kind, arguments, created_at, read_at FROM notice WHERE person = \(person)
            ORDER BY created_at DESC, id LIMIT \(limit)
            """
        ) { row in
            guard let kind = Notice.Kind(rawValue: try row.text("kind")) else { return nil }
            let arguments = try JSONDecoder().decode([String: String].self, from: Data(try row.text("arguments").utf8))
            return Notice(
                id: try row.text("id"), person: person, fund: try row.text("fund"), kind: kind, arguments: arguments,
                createdAt: try instant(row, "created_at"),
                readAt: try row.optionalInteger("read_at").map { try Instant(microsecondsSince1970: $0) })
        }.compactMap { $0 }
    }

    static func identities(of person: String, in transaction: any ReadTransaction) throws -> [PersonalData.LinkedIdentity] {
        try transaction.rows(
            "SELECT issuer, subject, linked_at FROM linked_identity WHERE person = \(person) ORDER BY linked_at, issuer, subject"
        ) { row in
            PersonalData.LinkedIdentity(
                issuer: try row.text("issuer"), subject: try row.text("subject"), linkedAt: try instant(row, "linked_at"))
        }
    }

    static func changes(of person: String, in transaction: any ReadTransaction) throws -> [PersonalData.Change] {
        try transaction.rows(
            """
            SELECT change, recorded_at FROM access_change
            JOIN audit_event ON audit_event.fund = access_change.fund AND audit_event.sequence = access_change.event
            WHERE access_change.fund = \(PeopleChain.name) AND person = \(person)
            ORDER BY access_change.event DESC, ordinal LIMIT \(limit)
            """
        ) { PersonalData.Change(name: try $0.text("change"), at: try instant($0, "recorded_at")) }
    }

    private static func instant(_ row: Row, _ column: String) throws -> Instant {
        try Instant(microsecondsSince1970: try row.integer(column))
    }
}
