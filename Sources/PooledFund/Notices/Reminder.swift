internal import Ledger

/// Of what somebody is reminded because a day comes: once of the same, whatever number of servers looks at the clock.
struct Reminder: Sendable, Hashable {
    let kind: Kind
    /// The code of a proposal, or the id of a meeting.
    let subject: String
    let person: String
    let due: CivilDate

    /// The names stand in the database.
    enum Kind: String, Sendable, Hashable {
        case assessmentDue = "assessment-due"
        case assessmentLate = "assessment-late"
        case signOffDue = "sign-off-due"
        case objectionDue = "objection-due"
        case expiryDue = "expiry-due"
        case expiryLate = "expiry-late"
    }

    var notice: Notice.Kind {
        switch kind {
        case .assessmentDue, .assessmentLate: .assessmentReminder
        case .signOffDue: .signOffReminder
        case .objectionDue: .objectionReminder
        case .expiryDue, .expiryLate: .pipelineReminder
        }
    }

    var arguments: [String: String] { [kind == .objectionDue ? "meeting" : "proposal": subject, "due": due.description] }
}
