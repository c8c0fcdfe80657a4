internal import Foundation
internal import Ledger
internal import SQL

/// Begins a proposal: its organization coordinates it.
public struct StartProposal: Action {
    public static let name = "start-proposal"
    public static let hasPublicEffect = false
    public static let right = Right(
        [.participatingOrganizationFocalPoint], rule: "Only a focal point begins a proposal, for its own organization.")

    public let fund: String
    public let code: String
    public let call: String
    /// The organization that coordinates it.
    public let lead: String

    public init(fund: String, code: String, call: String, lead: String) {
        self.fund = fund
        self.code = code
        self.call = call
        self.lead = lead
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": code, "call": call])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.require(Self.right, of: actor, for: Self.name) { $0.organization == lead }
    }

    public func perform(in recording: Recording) throws -> ProposalOutcome {
        try requireSlug(code, "a code")
        guard try recording.terms().form(.conceptNote) != nil else {
            throw Refusal("the fund's Terms have no form for a concept note", remedy: "add it to the Terms")
        }
        try recording.requireOpen(call)
        // The programme that comes of it has the same code.
        let programmes = try RecordQueries.current(.programmes, of: fund, known: recording.event - 1, in: recording.transaction)
        let isTaken = try ProposalQueries.proposal(code, of: fund, in: recording.transaction) != nil
        guard !isTaken, !programmes.contains(where: { $0["code"] == code }) else {
            throw Refusal("the code “\(code)” is taken", remedy: "choose another")
        }
        try recording.begin(proposal: code, call: call, lead: lead)
        return ProposalOutcome(proposal: code)
    }
}

/// What an action answers that is about a proposal as a whole.
public struct ProposalOutcome: Sendable, Hashable, Codable {
    public let proposal: String
}

/// Takes an organization into a proposal.
public struct AddOrganization: Action {
    public static let name = "add-organization"
    /// What waits in the pipeline is published as it was submitted last, with who takes part.
    public static let hasPublicEffect = true
    public static let right = Right(
        [.participatingOrganizationFocalPoint],
        rule: "Only a focal point of the organization that coordinates a proposal takes others in.")

    public let fund: String
    public let proposal: String
    public let organization: String

    public init(fund: String, proposal: String, organization: String) {
        self.fund = fund
        self.proposal = proposal
        self.organization = organization
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal, "organization": organization])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireLead(of: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> ProposalOutcome {
        let file = try recording.writtenFile(proposal)
        guard let joining = file.choices.organization(organization) else {
            throw Refusal("the fund has no organization “\(organization)”", remedy: "have it registered first")
        }
        guard joining.kind == .unitedNations else {
            throw Refusal(
                "“\(organization)” is no organization of the United Nations", remedy: "name it as a partner in the text of the proposal")
        }
        guard !file.proposal.organizations.contains(organization) else { return ProposalOutcome(proposal: proposal) }
        guard file.proposal.organizations.count < 30 else { throw Refusal("30 organizations take part already", remedy: "let one leave") }
        try recording.insert(into: .proposalOrganization, [.text(proposal), .text(organization), .text("participating")])
        let people = try recording.holders(ProposalReader.writers) { $0.organization == organization }
        try recording.tell(people, .proposalJoined, ["proposal": proposal, "organization": organization])
        return ProposalOutcome(proposal: proposal)
    }
}

/// Lets an organization leave a proposal.
public struct RemoveOrganization: Action {
    public static let name = "remove-organization"
    /// What waits in the pipeline is published as it was submitted last, with who takes part.
    public static let hasPublicEffect = true
    public static let right = Right(
        [.participatingOrganizationFocalPoint],
        rule: "Only a focal point of the organization that leaves, or of the one that coordinates the proposal, lets it leave.")

    public let fund: String
    public let proposal: String
    public let organization: String

    public init(fund: String, proposal: String, organization: String) {
        self.fund = fund
        self.proposal = proposal
        self.organization = organization
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal, "organization": organization])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        let current = try ProposalQueries.proposal(proposal, of: fund, in: recording.transaction)
        try recording.require(Self.right, of: actor, for: Self.name) { holding in
            guard let current else { return false }
            return holding.organization == current.lead
                || holding.organization == organization && current.organizations.contains(organization)
        }
    }

    public func perform(in recording: Recording) throws -> ProposalOutcome {
        let file = try recording.writtenFile(proposal)
        guard organization != file.proposal.lead else {
            throw Refusal("“\(organization)” coordinates the proposal", remedy: "withdraw the proposal instead")
        }
        guard file.proposal.organizations.contains(organization) else {
            throw Refusal("“\(organization)” does not take part", remedy: "look at who does")
        }
        try recording.insert(into: .proposalOrganization, [.text(proposal), .text(organization), .text("left")])
        return ProposalOutcome(proposal: proposal)
    }
}
