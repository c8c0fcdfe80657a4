internal import Foundation
public import Ledger
internal import SQL

/// Reminds, as the Terms say, whoever is to do something by a day that is near. Nothing is put on record; nobody is reminded of the same twice.
public struct SendReminders: Action {
    public static let name = "send-reminders"
    public static let hasPublicEffect = false
    public static let right = Right(
        operators: true, rule: "Only the server by itself, or the operator of the machine, reminds people by the clock.")

    public let fund: String

    public init(fund: String) { self.fund = fund }

    public struct Outcome: Sendable, Hashable, Codable {
        public let remindedCount: Int
        /// Whether there are more than one commit should hold.
        public let hasMore: Bool
    }

    /// In one commit.
    static let limit = 200

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    public func perform(in recording: Recording) throws -> Outcome {
        _ = try recording.terms()
        let unsent = try ReminderReading.unsent(in: fund, now: recording.now, recording.transaction)
        for reminder in unsent.prefix(Self.limit) {
            try ReminderQueries.insert(reminder, in: fund, at: recording.now, recording.beside)
            try recording.notify(reminder.person, reminder.notice, reminder.arguments)
        }
        return Outcome(remindedCount: min(unsent.count, Self.limit), hasMore: unsent.count > Self.limit)
    }
}

extension Office {
    /// Reminds whoever is to be reminded now, in every fund. The record is written only where somebody is.
    ///
    /// - Returns: how many reminders were sent.
    @discardableResult
    public nonisolated func remind(now: Instant) async throws -> Int {
        var count = 0
        for fund in funds {
            var hasMore = try await database.read { try !ReminderReading.unsent(in: fund, now: now, $0).isEmpty }
            while hasMore, !Task.isCancelled {
                let outcome = try await perform(SendReminders(fund: fund), by: .machineOperator).outcome
                count += outcome.remindedCount
                hasMore = outcome.hasMore
            }
        }
        return count
    }
}
