public import Ledger

/// Something that a person is told: on the desk, and by mail.
public struct Notice: Sendable, Hashable, Identifiable {
    public let id: String
    public let person: String
    public let fund: String
    public let kind: Kind
    /// What the words are about: ids, days; nothing personal and no secret.
    public let arguments: [String: String]
    public let createdAt: Instant
    public let readAt: Instant?

    public init(
        id: String, person: String, fund: String, kind: Kind, arguments: [String: String], createdAt: Instant, readAt: Instant? = nil
    ) {
        self.id = id
        self.person = person
        self.fund = fund
        self.kind = kind
        self.arguments = arguments
        self.createdAt = createdAt
        self.readAt = readAt
    }

    /// What is told; the names are permanent, since they stand in the database.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// With a link to join, which is made when the mail is.
        case invitation
        case roleGiven = "role-given"
        case roleEnded = "role-ended"
        /// With a link to choose a new password, which is made when the mail is.
        case newPassword = "new-password"
        case accessChanged = "access-changed"
        /// To an address that is to be the person's own, with a link that proves it.
        case addressProof = "address-proof"
        /// To the address of now: another one was asked for.
        case addressAsked = "address-asked"
        case callAmended = "call-amended"
        case questionAnswered = "question-answered"
        case proposalJoined = "proposal-joined"
        case proposalReturned = "proposal-returned"
        case proposalWithdrawn = "proposal-withdrawn"
        case signOffAsked = "sign-off-asked"
        /// A call closes soon, and the person has not signed off what was submitted for it.
        case signOffReminder = "sign-off-reminder"
        case proposalEligible = "proposal-eligible"
        case proposalIneligible = "proposal-ineligible"
        case assessmentAsked = "assessment-asked"
        case assignmentWithdrawn = "assignment-withdrawn"
        case reviewerSteppedBack = "reviewer-stepped-back"
        case assessmentReminder = "assessment-reminder"
        case assessmentConcluded = "assessment-concluded"
        case meetingConvened = "meeting-convened"
        case meetingAmended = "meeting-amended"
        case noObjectionOpened = "no-objection-opened"
        case objectionRaised = "objection-raised"
        /// A window for objections closes soon, and the person's seat has not answered.
        case objectionReminder = "objection-reminder"
        case interestDeclared = "interest-declared"
        case decisionTaken = "decision-taken"
        case documentInvited = "document-invited"
        case pipelineReviewed = "pipeline-reviewed"
        case pipelineExpired = "pipeline-expired"
        /// An entry of the pipeline comes to the last day that the Terms let it stay, or has passed it.
        case pipelineReminder = "pipeline-reminder"

        /// What screening and assessment tell.
        public static let ofAssessment: Set<Kind> = [
            .proposalEligible, .proposalIneligible, .assessmentAsked, .assignmentWithdrawn, .reviewerSteppedBack, .assessmentReminder,
            .assessmentConcluded,
        ]
    }
}

extension Notice.Kind {
    /// Whether it cannot wait for the mail of the day.
    var isUrgent: Bool {
        switch self {
        case .invitation, .newPassword, .accessChanged, .addressProof, .addressAsked: true
        case .roleGiven, .roleEnded: false
        case .callAmended, .questionAnswered, .proposalJoined, .proposalReturned, .proposalWithdrawn, .signOffAsked, .signOffReminder: false
        case .proposalEligible, .proposalIneligible, .assessmentAsked, .assignmentWithdrawn, .reviewerSteppedBack, .assessmentReminder,
            .assessmentConcluded:
            false
        case .meetingConvened, .meetingAmended, .noObjectionOpened, .objectionRaised, .objectionReminder, .interestDeclared: false
        case .decisionTaken, .documentInvited, .pipelineReviewed, .pipelineExpired, .pipelineReminder: false
        }
    }
}
