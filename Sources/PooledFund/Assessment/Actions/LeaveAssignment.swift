internal import Foundation
internal import Ledger
internal import SQL

/// Lets a reviewer step back from a proposal, because of an interest in it.
public struct DeclareConflict: Action {
    public static let name = "declare-conflict"
    public static let hasPublicEffect = false
    public static let right = Right(
        [.technicalReviewer], rule: "Only a reviewer to whom a proposal is assigned assesses it, or steps back from it.")

    public let fund: String
    public let proposal: String
    /// To the secretariat.
    public let reason: String

    public init(fund: String, proposal: String, reason: String) {
        self.fund = fund
        self.proposal = proposal
        self.reason = reason
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireAssigned(to: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> ProposalOutcome {
        try requireText(reason, "the reason", limit: 4_000)
        let file = try recording.eligibleFile(proposal, version: nil)
        try recording.end(recording.performer, .steppedBack, reason, of: file)
        let officers = try recording.holders([.fundManagementUnitOfficer])
        try recording.tell(officers, .reviewerSteppedBack, ["proposal": proposal])
        return ProposalOutcome(proposal: proposal)
    }
}

/// Takes a proposal back from a reviewer.
public struct WithdrawAssignment: Action {
    public static let name = "withdraw-assignment"
    public static let hasPublicEffect = false
    public static let right = AssignReviewer.right

    public let fund: String
    public let proposal: String
    /// The person's id.
    public let reviewer: String
    public let reason: String

    public init(fund: String, proposal: String, reviewer: String, reason: String) {
        self.fund = fund
        self.proposal = proposal
        self.reviewer = reviewer
        self.reason = reason
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func perform(in recording: Recording) throws -> ProposalOutcome {
        try requireText(reason, "the reason", limit: 4_000)
        let file = try recording.eligibleFile(proposal, version: nil)
        try recording.end(reviewer, .withdrawn, reason, of: file)
        try recording.notify(reviewer, .assignmentWithdrawn, ["proposal": proposal])
        return ProposalOutcome(proposal: proposal)
    }
}

extension Recording {
    /// Ends an assignment. What the reviewer sealed stays on record and no longer counts; what they were writing goes.
    fileprivate func end(_ reviewer: String, _ state: ReviewerAssignment.State, _ reason: String, of file: AssessmentFile) throws {
        guard let standing = file.active.first(where: { $0.reviewer == reviewer }) else {
            throw Refusal("“\(file.proposal.code)” is not assigned to \(reviewer)", remedy: "look at who assesses it")
        }
        try insert(
            into: .reviewerAssignment,
            [
                .text(file.proposal.code), .text(file.document.rawValue), .text(reviewer), .text(state.rawValue),
                .text(standing.dueOn.description), .text(reason),
            ])
        try AssessmentQueries.removeDraft(of: file.proposal.code, file.document, by: reviewer, in: fund, beside)
    }
}
