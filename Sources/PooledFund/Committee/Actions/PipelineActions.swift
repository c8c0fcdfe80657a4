internal import Foundation
internal import Ledger
internal import SQL

/// Asks for the joint programme document of an entry of the pipeline: money is in sight.
public struct InviteDocument: Action {
    public static let name = "invite-document"
    public static let hasPublicEffect = false
    public static let right = Right(
        [.fundManagementUnitOfficer], rule: "Only an officer of the Fund Management Unit asks for a joint programme document.")

    public let fund: String
    public let proposal: String
    /// What its writers are told.
    public let reason: String

    public init(fund: String, proposal: String, reason: String) {
        self.fund = fund
        self.proposal = proposal
        self.reason = reason
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func perform(in recording: Recording) throws -> ProposalOutcome {
        let current = try recording.proposal(proposal)
        try requireText(reason, "what the writers are told", limit: 8_000)
        guard try recording.terms().form(.jointProgrammeDocument) != nil else {
            throw Refusal("the fund's Terms have no form for a joint programme document", remedy: "add it to the Terms")
        }
        try recording.move(current, to: .invited, .jointProgrammeDocument, version: 0, reason: reason)
        try recording.tell(try recording.writers(of: current), .documentInvited, ["proposal": proposal])
        return ProposalOutcome(proposal: proposal)
    }
}

/// Confirms that an entry of the pipeline still holds.
public struct ReconfirmPipeline: Action {
    public static let name = "reconfirm-pipeline"
    public static let hasPublicEffect = false
    public static let isRecordedOnBehalf = true
    public static let right = Right(
        [.participatingOrganizationFocalPoint],
        rule:
            "Only a focal point of the organization that coordinates a proposal confirms it, costs it anew, or agrees that it is published."
    )

    public let fund: String
    public let proposal: String
    public let note: String

    public init(fund: String, proposal: String, note: String) {
        self.fund = fund
        self.proposal = proposal
        self.note = note
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireLead(of: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> ProposalOutcome {
        _ = try recording.pipelineEntry(proposal)
        try requireText(note, "the note", limit: 4_000)
        try recording.insert(into: .pipelineReview, [.text(proposal), .text(PipelineReview.Kind.confirmed.rawValue), .text(note)])
        try recording.tell(
            try recording.holders([.fundManagementUnitOfficer]), .pipelineReviewed, ["proposal": proposal], besides: recording.performer)
        return ProposalOutcome(proposal: proposal)
    }
}

/// Costs an entry of the pipeline anew; that confirms it, too.
public struct Recost: Action {
    public static let name = "recost-pipeline"
    public static let hasPublicEffect = true
    public static let isRecordedOnBehalf = true
    public static let right = ReconfirmPipeline.right

    public let fund: String
    public let proposal: String
    public let amounts: [ProposalFacts.Amount]
    public let note: String

    public init(fund: String, proposal: String, amounts: [ProposalFacts.Amount], note: String) {
        self.fund = fund
        self.proposal = proposal
        self.amounts = amounts
        self.note = note
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireLead(of: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> ProposalOutcome {
        let current = try recording.pipelineEntry(proposal)
        try requireText(note, "the note", limit: 4_000)
        guard !amounts.isEmpty, Set(amounts.map(\.organization)).count == amounts.count else {
            throw Refusal("a costing has one amount for each organization", remedy: "give them")
        }
        if let other = amounts.first(where: { !current.organizations.contains($0.organization) }) {
            throw Refusal("“\(other.organization)” does not take part in “\(proposal)”", remedy: "choose one that does")
        }
        _ = try Money.sum(amounts.map(\.amount), in: recording.terms().currency)
        try recording.insert(into: .pipelineReview, [.text(proposal), .text(PipelineReview.Kind.costed.rawValue), .text(note)])
        for amount in amounts {
            try recording.insert(into: .pipelineCost, [.text(proposal), .text(amount.organization), .integer(amount.amount.minorUnits)])
        }
        try recording.tell(
            try recording.holders([.fundManagementUnitOfficer]), .pipelineReviewed, ["proposal": proposal], besides: recording.performer)
        return ProposalOutcome(proposal: proposal)
    }
}

/// Takes an entry out of the pipeline that has been there longer than the Terms let it.
public struct ExpirePipeline: Action {
    public static let name = "expire-pipeline"
    public static let hasPublicEffect = true
    public static let right = Right(
        [.fundManagementUnitOfficer], rule: "Only an officer of the Fund Management Unit lets an entry of the pipeline expire.")

    public let fund: String
    public let proposal: String
    public let reason: String

    public init(fund: String, proposal: String, reason: String) {
        self.fund = fund
        self.proposal = proposal
        self.reason = reason
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func perform(in recording: Recording) throws -> ProposalOutcome {
        let current = try recording.pipelineEntry(proposal)
        try requireText(reason, "what the writers are told", limit: 4_000)
        let entries = try PipelineEntry.read(fund, try recording.terms(), in: recording.transaction)
        guard let last = entries.first(where: { $0.id == proposal })?.expiresAfter else {
            throw Refusal("by the Terms an entry of the pipeline does not expire", remedy: "leave it there")
        }
        guard try last < recording.today() else {
            throw Refusal("by the Terms “\(proposal)” stays until \(last)", remedy: "wait until then")
        }
        try recording.move(current, to: .expired, current.stage.document, version: 0, reason: reason)
        try recording.tell(try recording.writers(of: current), .pipelineExpired, ["proposal": proposal])
        return ProposalOutcome(proposal: proposal)
    }
}

/// Agrees that an entry of the pipeline is published, or no longer does.
public struct ConsentToPublish: Action {
    public static let name = "consent-to-publish"
    public static let hasPublicEffect = true
    public static let isRecordedOnBehalf = true
    public static let right = ReconfirmPipeline.right

    public let fund: String
    public let proposal: String
    /// Whether the consent is no more.
    public let isTakenBack: Bool

    public init(fund: String, proposal: String, isTakenBack: Bool = false) {
        self.fund = fund
        self.proposal = proposal
        self.isTakenBack = isTakenBack
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireLead(of: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> ProposalOutcome {
        let current = try recording.proposal(proposal)
        guard !current.stage.isFinal || isTakenBack else { throw Refusal("“\(proposal)” is closed", remedy: "nothing of it is published") }
        let given = try DecisionQueries.consents(of: fund, in: recording.transaction).contains(proposal)
        if given == isTakenBack {
            try recording.insert(into: .publicationConsent, [.text(proposal), .text(isTakenBack ? "taken-back" : "given")])
        }
        return ProposalOutcome(proposal: proposal)
    }
}

extension Recording {
    fileprivate func pipelineEntry(_ code: String) throws -> Proposal {
        let proposal = try proposal(code)
        guard proposal.stage == .pipeline || proposal.stage == .invited else {
            throw Refusal(
                "“\(code)” is at the stage “\(proposal.stage.rawValue)”, not in the pipeline", remedy: "look at where it stands")
        }
        return proposal
    }
}
