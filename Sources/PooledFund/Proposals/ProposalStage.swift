/// How far a proposal has come. The names are permanent: they stand in the record.
///
/// There are two gates. At the first the committee takes a concept note into the pipeline, subject to funds; at the second it approves the joint
/// programme document, which alone reserves money.
public enum ProposalStage: String, Sendable, Hashable, CaseIterable, Codable {
    /// The concept note is being written.
    case drafting
    /// The concept note is submitted, and waits to be screened.
    case submitted
    /// The concept note went back to its writers, with what is to be changed.
    case returned
    /// The concept note meets the criteria, and waits to be assessed.
    case eligible
    /// The concept note does not meet them.
    case ineligible
    /// The concept note has its final score, and waits for the committee.
    case assessed
    /// The committee put it off.
    case deferred
    /// The committee did not select it.
    case notSelected = "not-selected"
    /// The committee took it up, subject to funds.
    case pipeline
    /// It stayed in the pipeline longer than the Terms let it.
    case expired
    /// The secretariat asked for the joint programme document, which is being written.
    case invited
    /// The joint programme document is submitted, and waits to be screened.
    case documentSubmitted = "document-submitted"
    /// The joint programme document went back to its writers.
    case documentReturned = "document-returned"
    /// The joint programme document meets the criteria, and waits for the committee.
    case documentEligible = "document-eligible"
    /// The committee approved it, with an amount for each organization.
    case approved
    /// Its proposers took it back.
    case withdrawn

    /// The stages that may follow.
    public var next: Set<ProposalStage> {
        switch self {
        case .drafting: [.submitted, .withdrawn]
        case .submitted: [.returned, .eligible, .ineligible, .withdrawn]
        case .returned: [.submitted, .withdrawn]
        case .eligible: [.assessed, .returned, .withdrawn]
        case .assessed: [.pipeline, .deferred, .returned, .notSelected, .withdrawn]
        case .deferred: [.pipeline, .returned, .notSelected, .withdrawn]
        case .pipeline: [.invited, .expired, .withdrawn]
        case .invited: [.documentSubmitted, .expired, .withdrawn]
        case .documentSubmitted: [.documentReturned, .documentEligible, .withdrawn]
        case .documentReturned: [.documentSubmitted, .withdrawn]
        case .documentEligible: [.approved, .pipeline, .documentReturned, .notSelected, .withdrawn]
        case .ineligible, .notSelected, .expired, .approved, .withdrawn: []
        }
    }

    /// Whether nothing follows.
    public var isFinal: Bool { next.isEmpty }

    /// The document that its organizations may write in; nil while none is being written.
    public var written: ProposalDocument? {
        switch self {
        case .drafting, .returned: .conceptNote
        case .invited, .documentReturned: .jointProgrammeDocument
        default: nil
        }
    }
}
