internal import Crypto
internal import Foundation
internal import Ledger
internal import SQL

/// Submits what was written: it becomes a version that never changes.
public struct SubmitProposal: Action {
    public static let name = "submit-proposal"
    /// What waits in the pipeline is published as it was submitted last, with who takes part.
    public static let hasPublicEffect = true
    public static let right = Right(
        [.participatingOrganizationFocalPoint],
        rule: "Only a focal point of the organization that coordinates a proposal submits or withdraws it.")

    public let fund: String
    public let proposal: String

    public init(fund: String, proposal: String) {
        self.fund = fund
        self.proposal = proposal
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let document: String
        public let version: Int
        /// SHA-256 of the content, in hexadecimal digits; it stands on what is signed and decided on.
        public let digest: String
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireLead(of: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let file = try recording.writtenFile(proposal)
        // What was returned may come back after the call has closed, until the day that was given with it.
        if file.proposal.stage == .drafting, !file.proposal.call.isEmpty { try recording.requireOpen(file.proposal.call) }
        if let due = file.proposal.revisionDue, recording.now > due.at {
            let days = try FundDays(timeZone: recording.terms().identity.timeZone)
            throw Refusal(
                "the next version of “\(proposal)” was due by \(days.day(of: due.at)), \(days.timeOfDay(of: due.at)) (\(days.timeZone))",
                remedy: "what you wrote is kept; ask the Fund Management Unit for more time")
        }
        let reading = file.reading()
        let reasons = reading.problems.map { "\($0.section).\($0.field) \($0.problem)" } + brokenRules(file, reading)
        guard reasons.isEmpty else {
            let first = reasons.prefix(30).joined(separator: "; ")
            let more = reasons.count > 30 ? "; and \(reasons.count - 30) more" : ""
            throw Refusal("“\(proposal)” cannot be submitted yet: \(first)\(more)", remedy: "put these right")
        }
        let content = file.content()
        let number = try recording.seal(content, reading.facts, of: proposal, file.document)
        let stage: ProposalStage = file.document == .conceptNote ? .submitted : .documentSubmitted
        try recording.move(file.proposal, to: stage, file.document, version: number)
        // Its event is yet to come, so that it cannot be read back.
        let version = ProposalVersion(
            proposal: proposal, document: file.document, number: number, content: content,
            contentDigest: Array(SHA256.hash(data: Array(content.utf8))), submittedAt: recording.now, facts: reading.facts)
        try askForSignatures(file, version, recording)
        return Outcome(document: file.document.rawValue, version: number, digest: hexadecimal(version.contentDigest))
    }

    private func brokenRules(_ file: ProposalFile, _ reading: FormReading) -> [String] {
        file.findings(reading).filter { $0.answer == .notMet }.compactMap { finding in
            file.terms.eligibility.first { $0.id == finding.rule }.map { rule in
                "\(rule.rule)\(rule.value.map { " (\($0) \(rule.unit))" } ?? ""): \(finding.found.isEmpty ? "it does not" : finding.found)"
            }
        }
    }

    private func askForSignatures(_ file: ProposalFile, _ version: ProposalVersion, _ recording: Recording) throws {
        var people: Set<String> = []
        for signature in file.form.signatures {
            let rule = SignOffRule(signature.party, file.proposal, version, file.form, file.choices)
            people.formUnion(try recording.holders([signature.party.role]) { rule.lets($0) })
        }
        try recording.tell(people.sorted(), .signOffAsked, ["proposal": proposal], besides: recording.performer)
    }
}

/// Takes a proposal back for good.
public struct WithdrawProposal: Action {
    public static let name = "withdraw-proposal"
    public static let hasPublicEffect = true
    public static let right = SubmitProposal.right

    public let fund: String
    public let proposal: String
    public let reason: String

    public init(fund: String, proposal: String, reason: String) {
        self.fund = fund
        self.proposal = proposal
        self.reason = reason
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireLead(of: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> ProposalOutcome {
        let current = try recording.proposal(proposal)
        try requireText(reason, "the reason", limit: 4_000)
        let document = current.stage.document
        let currency = try recording.terms().currency
        let version = try ProposalQueries.latestVersion(of: proposal, document, in: fund, currency, in: recording.transaction)
        try recording.move(current, to: .withdrawn, document, version: version?.number ?? 0, reason: reason)
        let people = try recording.writers(of: current) + recording.holders([.fundManagementUnitOfficer])
        try recording.tell(Set(people).sorted(), .proposalWithdrawn, ["proposal": proposal], besides: recording.performer)
        return ProposalOutcome(proposal: proposal)
    }
}
