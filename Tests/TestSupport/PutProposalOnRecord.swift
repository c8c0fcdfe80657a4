import Ledger
@testable public import PooledFund
import SQL

/// Puts a proposal on record and moves it through some stages, for tests of what comes after: an action that the program does not have.
public struct PutProposalOnRecord: Action {
    public static let name = "put-proposal-on-record"
    public static let hasPublicEffect = false
    public static let right = Right(operators: true, rule: "Only tests put proposals on record so.")

    public let fund: String
    public let code: String
    /// The lead first.
    public let organizations: [String]
    public let facts: ProposalFacts
    /// Those after `drafting`, in turn; a submission seals a version.
    public let stages: [ProposalStage]

    public init(fund: String = "river-towns", code: String, organizations: [String], facts: ProposalFacts, stages: [ProposalStage]) {
        self.fund = fund
        self.code = code
        self.organizations = organizations
        self.facts = facts
        self.stages = stages
    }

    /// A row in every table of proposals: one is begun, and submitted.
    public static func example(in fund: String) throws -> PutProposalOnRecord {
        let amount = Money(minorUnits: 5_000_000, currency: try Currency(code: "JPY", minorUnits: 0))
        return PutProposalOnRecord(
            fund: fund, code: "boats-for-two-banks", organizations: ["river-office", "bridge-agency"],
            facts: ProposalFacts(
                title: "Boats for two banks (fictional)", thematicArea: 1, objectives: [1, 2], countries: ["XAA", "XAB"], regions: [],
                localAuthorities: ["Example City (fictional)"], durationMonths: 24,
                amounts: [.init(organization: "river-office", amount: amount)]),
            stages: [.submitted])
    }

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    /// Each step but the first is an event of its own: a proposal has one stage an event.
    public static func perform(_ action: PutProposalOnRecord, in office: Office) async throws {
        _ = try await office.perform(action, by: .machineOperator)
        for stage in action.stages {
            _ = try await office.perform(
                MoveProposalOnRecord(fund: action.fund, code: action.code, stage: stage, facts: action.facts), by: .machineOperator)
        }
    }

    public func perform(in recording: Recording) throws {
        try recording.begin(proposal: code, call: "", lead: organizations[0])
        for organization in organizations.dropFirst() {
            try recording.insert(into: .proposalOrganization, [.text(code), .text(organization), .text("participating")])
        }
    }
}

private struct MoveProposalOnRecord: Action {
    static let name = "move-proposal-on-record"
    static let hasPublicEffect = false
    static let right = Right(operators: true, rule: "Only tests move proposals so.")

    let fund: String
    let code: String
    let stage: ProposalStage
    let facts: ProposalFacts

    func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    func perform(in recording: Recording) throws {
        let proposal = try recording.proposal(code)
        let document = proposal.stage.written ?? .conceptNote
        let isSubmission = stage == .submitted || stage == .documentSubmitted
        let version = isSubmission ? try recording.seal("{}", facts, of: code, document) : 1
        try recording.move(proposal, to: stage, document, version: version)
    }
}
