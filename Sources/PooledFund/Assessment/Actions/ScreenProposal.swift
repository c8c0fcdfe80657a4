internal import Foundation
internal import SQL

/// Says whether a proposal meets the criteria of the Terms: the program's answers, those of an officer, and what comes of them.
public struct ScreenProposal: Action {
    public static let name = "screen-proposal"
    public static let hasPublicEffect = false
    public static let right = Right(
        [.fundManagementUnitOfficer], rule: "Only an officer of the Fund Management Unit screens a proposal.")

    public let fund: String
    public let proposal: String
    /// The number of the version that was read.
    public let version: Int
    public let outcome: ScreeningOutcome
    /// What the applicants are told; may be empty for what is eligible.
    public let words: String
    /// Those of the officer; where there is none, the program's counts.
    public let answers: [Answer]
    /// Of a return, the last day on which the next version is taken, or a day and a time of it; nil for no end.
    public let revisionDue: String?

    public struct Answer: Sendable, Hashable {
        public let criterion: String
        public let answer: EligibilityFinding.Answer
        /// Why; may be empty where the program found the same.
        public let reason: String

        public init(criterion: String, answer: EligibilityFinding.Answer, reason: String) {
            self.criterion = criterion
            self.answer = answer
            self.reason = reason
        }
    }

    public init(
        fund: String, proposal: String, version: Int, outcome: ScreeningOutcome, words: String, answers: [Answer],
        revisionDue: String? = nil
    ) {
        self.fund = fund
        self.proposal = proposal
        self.version = version
        self.outcome = outcome
        self.words = words
        self.answers = answers
        self.revisionDue = revisionDue
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let proposal: String
        public let stage: String
        /// How many answers of the program an officer overruled.
        public let overruledCount: Int
    }

    static let wordsLimit = 8_000
    static let reasonLimit = 4_000

    public func auditBody() throws -> [UInt8] {
        Array(try JSONEncoder().encode(["proposal": proposal, "outcome": outcome.rawValue]))
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let current = try recording.proposal(proposal)
        guard current.stage.waitsForScreening else {
            throw Refusal(
                "“\(proposal)” is at the stage “\(current.stage.rawValue)”, in which it is not screened", remedy: "look at where it stands")
        }
        guard let stage = current.stage.screened(outcome) else {
            throw Refusal(
                "a \(current.stage.document.rawValue) is returned or eligible, not \(outcome.rawValue)",
                remedy: "return it, and say what is to be changed")
        }
        let terms = try recording.terms()
        guard let file = try ProposalFile.read(current, current.stage.document, of: fund, terms, in: recording.transaction) else {
            throw Refusal("the fund's Terms have no form for a \(current.stage.document.rawValue)", remedy: "add it to the Terms")
        }
        let latest = try recording.latestVersion(of: proposal, file.document)
        try recording.requireLatest(version, latest)
        let findings = try findings(file.findings(of: latest), terms)
        try checkOutcome(findings)
        for finding in findings {
            try recording.insert(
                into: .eligibilityFinding,
                [
                    .text(proposal), .text(file.document.rawValue), .integer(Int64(version)), .text(finding.criterion),
                    .text(finding.system.answer.rawValue), .text(finding.system.found), .text(finding.answer.rawValue),
                    .text(finding.reason),
                ])
        }
        let due = try recording.revisionDue(revisionDue)
        guard due == nil || outcome == .returned else {
            throw Refusal("only what is returned is due again", remedy: "leave the day out")
        }
        try recording.move(current, to: stage, file.document, version: version, reason: words, due: due)
        if let notice = outcome.notice {
            try recording.tell(try recording.writers(of: current), notice, ["proposal": proposal])
        } else {
            try recording.tellReturned(current, due: due)
        }
        return Outcome(proposal: proposal, stage: stage.rawValue, overruledCount: findings.count(where: \.isOverruled))
    }

    // MARK: What counts

    /// - Throws: `Refusal` with everything that is missing or wrong at once.
    private func findings(_ found: [RuleFinding], _ terms: Terms) throws(Refusal) -> [EligibilityFinding] {
        var (findings, faults): ([EligibilityFinding], [String]) = ([], [])
        let ids = found.map(\.rule)
        for answer in answers where !ids.contains(answer.criterion) {
            faults.append("“\(answer.criterion)” is no criterion (\(didYouMean(answer.criterion, among: ids)))")
        }
        for system in found {
            let given = answers.filter { $0.criterion == system.rule }
            guard given.count < 2 else {
                faults.append("“\(system.rule)” is answered twice")
                continue
            }
            guard let answer = given.first?.answer ?? EligibilityFinding.Answer(rawValue: system.answer.rawValue) else {
                faults.append("“\(system.rule)” is not answered")
                continue
            }
            let reason = given.first?.reason ?? ""
            if answer.rawValue != system.answer.rawValue, reason.isEmpty { faults.append("“\(system.rule)” is answered without a reason") }
            if !reason.isEmpty { try requireText(reason, "the reason for “\(system.rule)”", limit: Self.reasonLimit) }
            findings.append(EligibilityFinding(criterion: system.rule, system: system, answer: answer, reason: reason))
        }
        guard faults.isEmpty else {
            throw Refusal(faults.prefix(30).joined(separator: "; "), remedy: "answer each criterion of the Terms once, with the reason")
        }
        return findings
    }

    private func checkOutcome(_ findings: [EligibilityFinding]) throws(Refusal) {
        let unmet = findings.filter { $0.answer == .notMet }.map(\.criterion)
        switch outcome {
        case .eligible:
            guard unmet.isEmpty else {
                throw Refusal(
                    "it is not eligible while criteria are not met: \(unmet.joined(separator: ", "))",
                    remedy: "return it, or waive them with a reason")
            }
            if !words.isEmpty { try requireText(words, "what the applicants are told", limit: Self.wordsLimit) }
        case .ineligible:
            guard !unmet.isEmpty else { throw Refusal("no criterion is answered as not met", remedy: "say which one is not") }
            try requireText(words, "what the applicants are told", limit: Self.wordsLimit)
        case .returned: try requireText(words, "what the applicants are told", limit: Self.wordsLimit)
        }
    }
}

extension ScreeningOutcome {
    /// Nil for what is told with the day on which it is due.
    fileprivate var notice: Notice.Kind? {
        switch self {
        case .eligible: .proposalEligible
        case .returned: nil
        case .ineligible: .proposalIneligible
        }
    }
}
