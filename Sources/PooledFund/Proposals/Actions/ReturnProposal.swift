internal import Foundation
internal import Ledger
internal import SQL

/// Sends what was submitted back to its writers, with what is to be changed. Of what was returned already it changes until when it is due.
public struct ReturnProposal: Action {
    public static let name = "return-proposal"
    public static let hasPublicEffect = false
    public static let right = Right(
        [.fundManagementUnitOfficer], rule: "Only an officer of the Fund Management Unit returns a proposal to its writers.")

    public let fund: String
    public let proposal: String
    /// What is to be changed, as the writers are told; of what was returned already, why it is due on another day.
    public let reason: String
    /// The last day on which the next version is taken, or a day and a time of it, in the fund's time zone; nil for no end.
    public let revisionDue: String?

    public init(fund: String, proposal: String, reason: String, revisionDue: String? = nil) {
        self.fund = fund
        self.proposal = proposal
        self.reason = reason
        self.revisionDue = revisionDue
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func perform(in recording: Recording) throws -> ProposalOutcome {
        let current = try recording.proposal(proposal)
        try requireText(reason, "what is to be changed", limit: 8_000)
        let due = try recording.revisionDue(revisionDue)
        if let due, current.stage.isReturned {
            try recording.insert(revisionDue: due, of: proposal, reason: reason)
        } else {
            guard let stage = current.stage.returned else {
                throw Refusal(
                    "“\(proposal)” is at the stage “\(current.stage.rawValue)”, from which it is not returned",
                    remedy: current.stage.isReturned ? "give another day until which it is due" : "look at where it stands")
            }
            let document = current.stage.document
            let version = try recording.latestVersion(of: proposal, document)
            try recording.move(current, to: stage, document, version: version.number, reason: reason, due: due)
        }
        try recording.tellReturned(current, due: due)
        return ProposalOutcome(proposal: proposal)
    }
}

extension ProposalStage {
    /// Whether it went back to its writers.
    public var isReturned: Bool { self == .returned || self == .documentReturned }
}

extension Recording {
    /// The moment that somebody means who says until when the next version is due.
    ///
    /// - Throws: `Refusal` if that is no day and no time, or past.
    func revisionDue(_ text: String?) throws -> Instant? {
        guard let text else { return nil }
        let due = try instant(text, isEnd: true)
        guard due > now else { throw Refusal("\(text) is past", remedy: "give a day to come") }
        return due
    }

    /// Tells those who write a proposal that it came back, and until when it is due.
    func tellReturned(_ proposal: Proposal, due: Instant?) throws {
        var arguments = ["proposal": proposal.code]
        if let due { arguments["due"] = try FundDays(timeZone: terms().identity.timeZone).day(of: due).description }
        try tell(try writers(of: proposal), .proposalReturned, arguments)
    }
}
