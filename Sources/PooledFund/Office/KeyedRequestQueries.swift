internal import Ledger
internal import SQL

/// The SQL of requests that were answered.
enum KeyedRequestQueries {
    static func answer(
        to key: String, of actor: String, fund: String, in transaction: any ReadTransaction
    ) throws -> (digest: [UInt8], answer: String)? {
        try transaction.first(
            "SELECT request_digest, answer FROM answered_request WHERE fund = \(fund) AND actor = \(actor) AND key = \(key)"
        ).map { (try $0.bytes("request_digest"), try $0.text("answer")) }
    }

    static func keep(
        _ answer: String, to request: KeyedRequest, of actor: String, fund: String, at now: Instant, in transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO answered_request (fund, actor, key, request_digest, answer, recorded_at)
            VALUES (\(fund), \(actor), \(request.key), \(request.digest), \(answer), \(now.microsecondsSince1970))
            """)
    }
}
