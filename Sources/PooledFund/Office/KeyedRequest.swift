internal import Crypto
internal import Foundation
internal import Ledger
internal import SQL

/// A request that may be sent again without doing anything twice: the key of its sender, and what it asks.
public struct KeyedRequest: Sendable, Hashable {
    /// Chosen by the sender; its own among all of the sender's for the fund.
    public let key: String
    /// SHA-256 of what is asked.
    public let digest: [UInt8]

    /// The longest key, in bytes.
    public static let keyLimit = 100

    /// - Returns: nil if the key is empty, too long or not printable ASCII.
    public init?(key: String, body: [UInt8]) {
        guard (1...Self.keyLimit).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        self.key = key
        digest = Array(SHA256.hash(data: body))
    }
}

/// Where the answer to a keyed request is kept. It holds no secret and nothing personal: an outcome is made of ids and counts.
struct KeyedAnswers<Outcome: Sendable>: Sendable {
    private let request: KeyedRequest
    private let encode: @Sendable (Office.Performed<Outcome>) throws -> String
    private let decode: @Sendable (String) throws -> Office.Performed<Outcome>

    init(_ request: KeyedRequest) where Outcome: Codable {
        self.request = request
        encode = {
            String(decoding: try JSONEncoder().encode(KeyedAnswer(outcome: $0.outcome, event: $0.event?.description)), as: UTF8.self)
        }
        decode = { text in
            let answer = try JSONDecoder().decode(KeyedAnswer<Outcome>.self, from: Data(text.utf8))
            return Office.Performed(outcome: answer.outcome, event: answer.event.flatMap(ChainHead.init(parsing:)), isRepeated: true)
        }
    }

    /// What the same request was answered; nil if it is the first.
    ///
    /// - Parameter require: throws for whoever may not ask any more; called if the key was used before.
    /// - Throws: `Refusal` of the kind `conflict` if another was sent under its key.
    func answer(
        to fund: String, _ actor: Actor, in transaction: any ReadTransaction, requiring require: () throws -> Void
    ) throws -> Office.Performed<Outcome>? {
        guard let answered = try KeyedRequestQueries.answer(to: request.key, of: actor.id, fund: fund, in: transaction) else { return nil }
        try require()
        guard answered.digest == request.digest else {
            throw Refusal(
                "the Idempotency-Key “\(request.key)” was used for another request", remedy: "choose a new key for a new request",
                kind: .conflict)
        }
        return try decode(answered.answer)
    }

    func keep(
        _ performed: Office.Performed<Outcome>, of fund: String, _ actor: Actor, at now: Instant, in transaction: any WriteTransaction
    ) throws {
        try KeyedRequestQueries.keep(try encode(performed), to: request, of: actor.id, fund: fund, at: now, in: transaction)
    }
}

private struct KeyedAnswer<Outcome: Codable>: Codable {
    let outcome: Outcome
    let event: String?
}
