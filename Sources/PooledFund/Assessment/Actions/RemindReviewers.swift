internal import Foundation
internal import Ledger
internal import SQL

/// Reminds every reviewer whose assessment is due soon, or late. Nothing is put on record; nobody is reminded of the same twice a day.
public struct RemindReviewers: Action {
    public static let name = "remind-reviewers"
    public static let hasPublicEffect = false
    public static let right = AssignReviewer.right

    public let fund: String

    public init(fund: String) {
        self.fund = fund
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let remindedCount: Int
    }

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    public func perform(in recording: Recording) throws -> Outcome {
        let terms = try recording.terms()
        guard let rules = terms.assessment else {
            throw Refusal("the fund's Terms have nothing assessed", remedy: "add a rubric to the Terms")
        }
        let days = try FundDays(timeZone: terms.identity.timeZone)
        let today = days.day(of: recording.now)
        let (last, morning) = (try today.adding(days: rules.reminderDays), try days.start(of: today))
        var count = 0
        let due = try ReviewerQueries.assignments(in: fund, recording.transaction).filter { $0.isActive && $0.dueOn <= last }
        for (code, assignments) in Dictionary(grouping: due, by: \.proposal).sorted(by: { $0.key < $1.key }) {
            guard
                let file = try AssessmentFile.read(try recording.proposal(code), of: fund, terms, in: recording.transaction), file.isOpen
            else { continue }
            for assignment in assignments where assignment.document == file.document && file.assessment(by: assignment.reviewer) == nil {
                let wasReminded = try ReviewerQueries.wasReminded(
                    assignment.reviewer, of: code, in: fund, since: morning, recording.transaction)
                guard !wasReminded else { continue }
                try recording.notify(
                    assignment.reviewer, .assessmentReminder, ["proposal": code, "due": assignment.dueOn.description])
                count += 1
            }
        }
        return Outcome(remindedCount: count)
    }
}
