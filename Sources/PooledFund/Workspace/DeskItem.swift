public import Ledger

/// Something that waits: for a person, or that a person waits for.
public struct DeskItem: Sendable, Hashable {
    public let kind: Kind
    /// Nil for what is of no one fund.
    public let fund: String?
    public let subject: Subject
    /// Since when it waits.
    public let since: Instant
    /// The last day for it, in the fund's time zone; nil if there is none.
    public let due: CivilDate?

    /// What waits. Work that is added later adds its kinds here, a function of ``DeskReading`` that finds them, and their words.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A role asks for a second factor, and the person has none.
        case secondFactorMissing = "second-factor-missing"
        case recoveryCodesFew = "recovery-codes-few"
        /// A role of the person's own ends soon.
        case ownRoleEnds = "own-role-ends"
        /// A role of somebody else's ends soon.
        case roleEnds = "role-ends"
        /// A seat of the Steering Committee has nobody.
        case seatVacant = "seat-vacant"
        /// An invitation ran out, and whoever was invited has not come.
        case invitationExpired = "invitation-expired"
        /// What is personal of somebody is kept no longer than the Terms say.
        case erasureDue = "erasure-due"
        /// Whoever was invited has not come yet.
        case invitationUnanswered = "invitation-unanswered"
        /// A call closes soon, and what is written for it is not submitted.
        case draftDue = "draft-due"
        /// What was submitted came back to its writers.
        case proposalReturned = "proposal-returned"
        /// The joint programme document is asked for.
        case documentInvited = "document-invited"
        /// A version waits for the person's signature.
        case signOffWaits = "sign-off-waits"
        /// Somebody asked about a call, and nobody has answered.
        case questionUnanswered = "question-unanswered"
        /// A version that the person's organization submitted waits for the signatures of others.
        case signOffAwaited = "sign-off-awaited"
        /// What was submitted is to be screened.
        case screeningWaits = "screening-waits"
        /// What is eligible has fewer reviewers than the Terms ask for.
        case reviewersMissing = "reviewers-missing"
        /// The assessments are there, and lie further apart than the Terms let them.
        case moderationWaits = "moderation-waits"
        /// The assessments are there, and can be concluded.
        case conclusionWaits = "conclusion-waits"
        /// The person is to assess a proposal.
        case assessmentDue = "assessment-due"
        /// Reviewers are assessing a proposal.
        case assessmentAwaited = "assessment-awaited"
        /// The committee meets.
        case meetingAhead = "meeting-ahead"
        /// A window is open in which the person may object.
        case objectionPossible = "objection-possible"
        /// A proposal waits for the committee, and is on no agenda.
        case agendaWaits = "agenda-waits"
        /// A meeting was held, or a window closed, and what was decided is not recorded.
        case decisionUnrecorded = "decision-unrecorded"
        /// An entry of the pipeline is to be confirmed anew.
        case pipelineConfirmationDue = "pipeline-confirmation-due"
        /// An entry of the pipeline has been there longer than the Terms let it.
        case pipelineExpiryDue = "pipeline-expiry-due"

        /// Whether it waits for somebody else, and the person for them.
        public var isForOthers: Bool { self == .invitationUnanswered || self == .signOffAwaited || self == .assessmentAwaited }
    }

    /// What it is about.
    public enum Subject: Sendable, Hashable {
        case roles([Role])
        /// How many recovery codes are left.
        case recoveryCodes(Int)
        /// - personName: nil for a person without particulars.
        case holding(RoleHolding, personName: String?)
        /// - name: as the Terms call it, with a number where several are of one constituency.
        case seat(id: String, name: String)
        case person(id: String, name: String)
        case proposal(code: String)
        case question(call: String, id: String)
        case meeting(id: String, title: String)
    }

    /// How many days before an end it is shown.
    public static let noticeDays = 30
    /// Fewer recovery codes than this are few.
    public static let enoughRecoveryCodes = 4
}
