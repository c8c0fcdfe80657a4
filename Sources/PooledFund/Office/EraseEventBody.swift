internal import Foundation
internal import SQL

/// Erases what an event says (personal data, a place that puts people at risk) while the chain stays whole: the event keeps the digest of what was there.
public struct EraseEventBody: Action {
    public static let name = "erase-event-body"
    public static let hasPublicEffect = false
    public static let right = Right(
        [.administrator], operators: true,
        rule: "Only an administrator of the fund, or the operator of the machine, erases what an event says.")

    public let fund: String
    public let event: Int64
    /// Why, without repeating what is erased.
    public let reason: String

    public init(fund: String, event: Int64, reason: String) {
        self.fund = fund
        self.event = event
        self.reason = reason
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let erasedEvent: Int64
    }

    public func auditBody() throws -> [UInt8] {
        Array(try JSONEncoder().encode(["erased_event": String(event), "reason": reason]))
    }

    public func perform(in recording: Recording) throws -> Outcome {
        guard event < recording.event, event > 0 else { throw Refusal("fund \(fund) has no event \(event)") }
        let isErased =
            try recording.transaction.first(
                "SELECT 1 AS one FROM audit_erasure WHERE fund = \(fund) AND erased_event = \(event)") != nil
        guard !isErased else { return Outcome(erasedEvent: event) }
        try recording.insert(into: .erasure, [.integer(event), .text(reason)])
        try recording.transaction.execute("DELETE FROM audit_body WHERE fund = \(fund) AND sequence = \(event)")
        return Outcome(erasedEvent: event)
    }
}
