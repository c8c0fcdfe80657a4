public import Ledger
internal import SQL

/// The calls of a fund as everybody may see them: what is asked for, until when, and what was asked and answered.
public struct PublicCalls: Sendable {
    /// The latest to open first.
    public let calls: [ProposalCall]
    /// Those that have an answer, oldest first.
    public let questions: [CallQuestion]
    /// The moment that the states of the calls are of.
    public let at: Instant
    public let days: FundDays
    /// When the first of them opens or closes next, or a day passes; nil if nothing of it changes by itself.
    public let validUntil: Instant?

    public func call(_ code: String) -> ProposalCall? { calls.first { $0.code == code } }

    public func questions(about call: String) -> [CallQuestion] { questions.filter { $0.call == call } }
}

extension Office {
    /// - Parameter day: nil for now; otherwise what was on record at the end of the day, in the fund's time zone.
    /// - Returns: nil if the fund is not on record.
    public nonisolated func publicCalls(of fund: String, asOf day: CivilDate?, now: Instant) async throws -> PublicCalls? {
        try await database.read { transaction in
            guard let terms = try TermsOnRecord.read(fund, in: transaction) else { return nil }
            let days = try FundDays(timeZone: terms.identity.timeZone)
            let today = days.day(of: now)
            let end = try day.flatMap { $0.lastDay < today.lastDay ? try days.start(of: try $0.adding(days: 1)) : nil }
            let at = try end.map { try Instant(microsecondsSince1970: $0.microsecondsSince1970 - 1) } ?? now
            // Now is all that is on record: events that share a moment are a little later than it.
            let calls =
                end == nil
                ? try CallQueries.calls(of: fund, in: transaction)
                : try CallQueries.calls(of: fund, recordedUntil: at, in: transaction)
            let questions = try CallQueries.questions(of: fund, in: transaction).filter { asked in
                asked.answer != nil && (end == nil || asked.answeredAt.map { $0 <= at } ?? false)
            }
            // What is left until the end is said in days.
            let midnight = try days.start(of: try today.adding(days: 1))
            let next = calls.flatMap {
                [$0.opensAt, $0.closesAt.flatMap { try? Instant(microsecondsSince1970: $0.microsecondsSince1970 + 1) }]
            }
            .compactMap(\.self).filter { $0 > now }.min()
            return PublicCalls(
                calls: calls, questions: questions, at: at, days: days,
                validUntil: end != nil ? nil : min(next ?? midnight, midnight))
        }
    }
}
