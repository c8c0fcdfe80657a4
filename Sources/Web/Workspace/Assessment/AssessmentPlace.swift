internal import HTML
internal import PooledFund

/// A page of screening and assessment, below `/workspace/funds/FUND`.
enum AssessmentPlace: Hashable, Sendable {
    /// What waits to be screened.
    case screenings
    /// A proposal beside the criteria, by its code.
    case screening(String)
    /// What is assessed: all of it, or what is the reader's own.
    case assessments
    /// A proposal beside the rubric, by its code.
    case assessment(String)

    private static let (screeningName, assessmentName) = ("screening", "assessments")

    /// - Parameter segments: what follows the fund in the path.
    init?(segments: [String]) {
        switch (segments.first, segments.count) {
        case (Self.screeningName, 1): self = .screenings
        case (Self.screeningName, 2): self = .screening(segments[1])
        case (Self.assessmentName, 1): self = .assessments
        case (Self.assessmentName, 2): self = .assessment(segments[1])
        default: return nil
        }
    }

    var segments: [String] {
        switch self {
        case .screenings: [Self.screeningName]
        case .screening(let code): [Self.screeningName, code]
        case .assessments: [Self.assessmentName]
        case .assessment(let code): [Self.assessmentName, code]
        }
    }

    /// The list that the page is reached from.
    var list: AssessmentPlace {
        switch self {
        case .screenings, .screening: .screenings
        case .assessments, .assessment: .assessments
        }
    }

    /// Nil for what stands below the desk.
    var parent: AssessmentPlace? { list == self ? nil : list }

    /// What the list is called.
    var title: SentenceKey { list == .screenings ? "screening.title" : "assessment.title" }

    var readers: (roles: Set<Role>, rule: String) {
        switch list {
        case .screenings:
            ([.fundManagementUnitOfficer, .auditor], "Only the Fund Management Unit and auditors see what is screened.")
        default:
            (
                [.fundManagementUnitOfficer, .auditor, .technicalReviewer],
                "Only the Fund Management Unit, auditors and technical reviewers see what is assessed."
            )
        }
    }

    /// Where something that waits is done; nil for what waits elsewhere.
    static func of(_ kind: DeskItem.Kind, _ code: String) -> AssessmentPlace? {
        switch kind {
        case .screeningWaits: .screening(code)
        case .reviewersMissing: .assessments
        case .moderationWaits, .conclusionWaits, .assessmentDue, .assessmentAwaited: .assessment(code)
        default: nil
        }
    }

    /// Where an action leads that was performed by its own form; nil for one that is not of screening or assessment.
    init?(after action: String) {
        switch action {
        case ScreenProposal.name: self = .screenings
        case AssignReviewer.name, WithdrawAssignment.name, RemindReviewers.name, DeclareExpertise.name, DeclareConflict.name,
            SaveAssessment.name, AssessProposal.name, ConcludeAssessment.name:
            self = .assessments
        default: return nil
        }
    }
}
