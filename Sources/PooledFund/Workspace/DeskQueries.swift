internal import Foundation
internal import Ledger
internal import SQL

/// The SQL of the notices on somebody's desk.
enum DeskQueries {
    static func notices(of person: String, limit: Int, in transaction: any ReadTransaction) throws -> [Notice] {
        try transaction.rows(
            """
            SELECT id, fund, kind, arguments, created_at, read_at FROM notice WHERE person = \(person)
            ORDER BY CASE WHEN read_at IS NULL THEN 0 ELSE 1 END, created_at DESC, id DESC LIMIT \(Int64(limit))
            """
        ) { row -> Notice? in
            // A kind that this program does not know: a newer one told it.
            guard let kind = Notice.Kind(rawValue: try row.text("kind")) else { return nil }
            return Notice(
                id: try row.text("id"), person: person, fund: try row.text("fund"), kind: kind,
                arguments: try JSONDecoder().decode([String: String].self, from: Data(try row.text("arguments").utf8)),
                createdAt: try Instant(microsecondsSince1970: try row.integer("created_at")),
                readAt: try row.optionalInteger("read_at").map { try Instant(microsecondsSince1970: $0) })
        }.compactMap { $0 }
    }

    static func markRead(_ notice: String?, of person: String, now: Instant, in transaction: any WriteTransaction) throws {
        let which: Statement = notice.map { " AND id = \($0)" } ?? ""
        try transaction.execute(
            "UPDATE notice SET read_at = \(now.microsecondsSince1970) WHERE person = \(person) AND read_at IS NULL\(which)")
    }
}
