internal import Foundation
internal import Ledger
internal import SQL

/// Records what the committee decided on an item.
public struct RecordDecision: Action {
    public static let name = "record-decision"
    public static let hasPublicEffect = true
    public static let right = CommitteeRights.secretariat

    public let fund: String
    public let meeting: String
    public let proposal: String
    /// SHA-256 of the version that was decided on, in hexadecimal digits.
    public let digest: String
    public let outcome: CommitteeDecision.Outcome
    /// Of an approval: cash in hand unless it is conditional on an agreement.
    public let agreement: String?
    /// Of an approval: what each organization receives.
    public let amounts: [ProposalFacts.Amount]
    public let conditions: [CommitteeDecision.Condition]
    /// Why; for the committee and the secretariat alone.
    public let rationale: String
    /// What the proposers are told.
    public let told: String
    public let minutes: AttachedDocument?
    /// Of a return, the last day on which the next version is taken, or a day and a time of it; nil for no end.
    public let revisionDue: String?

    public init(
        fund: String, meeting: String, proposal: String, digest: String, outcome: CommitteeDecision.Outcome, agreement: String? = nil,
        amounts: [ProposalFacts.Amount] = [], conditions: [CommitteeDecision.Condition] = [], rationale: String, told: String = "",
        minutes: AttachedDocument? = nil, revisionDue: String? = nil
    ) {
        self.fund = fund
        self.meeting = meeting
        self.proposal = proposal
        self.digest = digest
        self.outcome = outcome
        self.agreement = agreement
        self.amounts = amounts
        self.conditions = conditions
        self.rationale = rationale
        self.told = told
        self.minutes = minutes
        self.revisionDue = revisionDue
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let meeting: String
        public let proposal: String
        public let outcome: String
        /// What the committee can still decide on, as a plain decimal in the fund's currency; nil unless money was approved.
        public let available: String?
    }

    static let conditionLimit = 20

    public func auditBody() throws -> [UInt8] {
        Array(try JSONEncoder().encode(["meeting": meeting, "proposal": proposal, "outcome": outcome.rawValue]))
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let current = try recording.openMeeting(meeting)
        let (item, proposal, version) = try recording.openItem(proposal, of: current)
        try requireVersion(item, proposal, version, recording)
        try requireTexts()
        try requireAssessed(proposal, recording)
        let reader = try recording.interests()
        let standings = reader.standings(in: current, proposal, countries: version.facts.countries)
        let answers = try MeetingQueries.answers(of: meeting, in: fund, recording.transaction).filter { $0.proposal == proposal.code }
        try requireTaken(current, standings, answers, reader, recording)
        let due = try recording.revisionDue(revisionDue)
        let left = try requireMoney(proposal, version, recording)
        try insert(item, current, version, recording)
        try insertParts(standings, answers, recording)
        if let stage = try stage(item, proposal) {
            try recording.move(proposal, to: stage, item.document, version: item.version, reason: told, due: due)
        }
        var arguments = ["proposal": proposal.code, "outcome": outcome.rawValue]
        if let due { arguments["due"] = try FundDays(timeZone: recording.terms().identity.timeZone).day(of: due).description }
        try recording.tell(try recording.writers(of: proposal), .decisionTaken, arguments)
        return Outcome(meeting: meeting, proposal: proposal.code, outcome: outcome.rawValue, available: left?.plainDecimal)
    }

    // MARK: What must be so

    private func requireVersion(
        _ item: CommitteeMeeting.AgendaItem, _ proposal: Proposal, _ version: ProposalVersion, _ recording: Recording
    ) throws {
        guard proposal.stage.waitsForCommittee, proposal.stage.document == item.document else {
            throw Refusal(
                "“\(proposal.code)” is at the stage “\(proposal.stage.rawValue)”, at which the committee has nothing to decide",
                remedy: "look at where it stands")
        }
        guard digest.lowercased() == hexadecimal(version.contentDigest) else {
            throw Refusal(
                "the digest is not that of version \(version.number), which is on the agenda", remedy: "read that one, and decide on it")
        }
        guard try recording.latestVersion(of: proposal.code, item.document).number == version.number else {
            throw Refusal("a newer version was submitted", remedy: "put it on the agenda anew")
        }
    }

    /// What the Terms have scored is taken up with its score, never before.
    private func requireAssessed(_ proposal: Proposal, _ recording: Recording) throws {
        guard outcome == .approved || outcome == .pipeline,
            let file = try AssessmentFile.read(proposal, of: fund, recording.terms(), in: recording.transaction), file.isOpen
        else { return }
        throw Refusal(
            "the Terms have a \(file.document.rawValue) scored, and the assessment of version \(file.version.number) of “\(proposal.code)” is not concluded",
            remedy: "conclude it first; until then the item may be deferred, returned or not selected")
    }

    private func requireTexts() throws {
        try requireText(rationale, "the rationale", limit: 8_000)
        if !told.isEmpty { try requireText(told, "what the proposers are told", limit: 8_000) }
        guard conditions.count <= Self.conditionLimit else {
            throw Refusal("a decision has \(Self.conditionLimit) conditions at most", remedy: "put some together")
        }
        for condition in conditions {
            try requireText(condition.condition, "a condition", limit: 2_000)
            try requireText(condition.owner, "whoever sees to a condition", limit: 200)
        }
        guard outcome == .approved || (amounts.isEmpty && agreement == nil) else {
            throw Refusal("only an approval has amounts", remedy: "leave them out")
        }
        guard outcome == .returned || revisionDue == nil else {
            throw Refusal("only what is returned is due again", remedy: "leave the day out")
        }
    }

    private func requireTaken(
        _ meeting: CommitteeMeeting, _ standings: [SeatStanding], _ answers: [ItemAnswer], _ reader: InterestReader,
        _ recording: Recording
    ) throws {
        let counted = Set(standings.filter(\.takesPart).map(\.id))
        let objections = answers.filter { $0.answer == .objects && counted.contains($0.seat) }
        if let closesAt = meeting.closesAt {
            guard recording.now > closesAt || outcome == .deferred else {
                throw Refusal("members may object until \(closesAt)", remedy: "record the decision when the window is closed")
            }
        } else {
            guard !meeting.attendance.isEmpty else {
                throw Refusal("who was at the meeting is not recorded", remedy: "record it first")
            }
            if let missing = reader.quorum(of: standings).first(where: { !$0.isMet }) {
                throw Refusal(
                    "\(missing.present) of the \(missing.rule.atLeast) seats\(missing.rule.constituency.map { " of “\($0)”" } ?? "") are there that the item needs",
                    remedy: "whoever leaves the item is not counted; put it on the agenda of another meeting")
            }
        }
        guard objections.isEmpty || outcome == .deferred else {
            throw Refusal(
                "the seat “\(objections[0].seat)” objects", remedy: "record that the item is deferred, or that the objection is withdrawn")
        }
    }

    /// - Returns: what is left; nil unless money is approved.
    private func requireMoney(_ proposal: Proposal, _ version: ProposalVersion, _ recording: Recording) throws -> Money? {
        guard outcome == .approved else { return nil }
        let currency = try recording.terms().currency
        guard version.document == .jointProgrammeDocument else {
            throw Refusal("money is approved on a joint programme document", remedy: "take the concept note into the pipeline")
        }
        guard !amounts.isEmpty, Set(amounts.map(\.organization)).count == amounts.count, amounts.allSatisfy({ $0.amount.isPositive }) else {
            throw Refusal("an approval has one amount above zero for each organization", remedy: "give them")
        }
        if let other = amounts.first(where: { !proposal.organizations.contains($0.organization) }) {
            throw Refusal("“\(other.organization)” does not take part in “\(proposal.code)”", remedy: "choose one that does")
        }
        let total = try Money.sum(amounts.map(\.amount), in: currency)
        let asked = try version.facts.budget(in: currency)
        guard total.minorUnits <= asked.minorUnits else {
            throw Refusal("\(total) is more than the \(asked) asked for", remedy: "approve no more than the version asks for")
        }
        guard let cash = try CashPosition.read(fund, currency, in: recording.transaction) else {
            throw Refusal("the Administrative Agent has not stated the cash of the fund", remedy: "record the proposal as pipeline")
        }
        guard let agreement else {
            guard total.minorUnits <= cash.available.minorUnits else {
                throw Refusal(
                    "\(total) is more than the \(cash.available) available",
                    remedy: "record it as pipeline, or as conditional on an agreement that is signed")
            }
            return try cash.available.subtracting(total)
        }
        guard let named = cash.agreements.first(where: { $0.id == agreement }) else {
            throw Refusal(
                "no agreement “\(agreement)” is still to be paid", remedy: didYouMean(agreement, among: cash.agreements.map(\.id)))
        }
        guard total.minorUnits <= named.left.minorUnits else {
            throw Refusal(
                "\(total) is more than the \(named.left) of the agreement that nothing was approved on", remedy: "record it as pipeline")
        }
        return cash.available
    }

    // MARK: What is recorded

    private func insert(
        _ item: CommitteeMeeting.AgendaItem, _ meeting: CommitteeMeeting, _ version: ProposalVersion, _ recording: Recording
    ) throws {
        if let minutes { try DocumentQueries.keep(minutes, in: recording.beside) }
        let way: CommitteeDecision.Way = meeting.kind == .meeting ? .consensus : .noObjection
        let basis: CommitteeDecision.Basis? = outcome == .approved ? (agreement == nil ? .cash : .agreement) : nil
        let key: [Value] = [.text(meeting.id), .text(item.proposal)]
        try recording.insert(
            into: .decision,
            key + [
                .text(item.document.rawValue), .integer(Int64(item.version)), .bytes(version.contentDigest), .text(outcome.rawValue),
                .text(way.rawValue), .text(basis?.rawValue ?? ""), .text(agreement ?? ""), .text(rationale),
                minutes.map { .bytes($0.digest) } ?? .null,
            ])
        for amount in amounts {
            try recording.insert(into: .decisionAmount, key + [.text(amount.organization), .integer(amount.amount.minorUnits)])
        }
        for (index, condition) in conditions.enumerated() {
            try recording.insert(
                into: .decisionCondition,
                key + [
                    .integer(Int64(index + 1)), .text(condition.condition), .text(condition.owner),
                    .text(condition.due?.description ?? ""),
                ])
        }
    }

    private func insertParts(_ standings: [SeatStanding], _ answers: [ItemAnswer], _ recording: Recording) throws {
        for standing in standings where standing.holding != nil && standing.seat.part.decides {
            let own = answers.first { $0.seat == standing.id }
            let part: CommitteeDecision.Part.Kind
            switch standing.consequence {
            case .leave: part = .left
            case .abstain: part = .abstained
            case .disclose where own?.answer != .abstains: part = .disclosed
            default:
                guard own?.answer == .abstains else { continue }
                part = .abstained
            }
            let interests = standing.interests.map(\.rawValue).joined(separator: ", ")
            try recording.insert(
                into: .decisionPart,
                [.text(meeting), .text(proposal), .text(standing.id), .text(part.rawValue), .text(interests)])
        }
    }

    /// Nil where the proposal stays where it is.
    private func stage(_ item: CommitteeMeeting.AgendaItem, _ proposal: Proposal) throws -> ProposalStage? {
        switch outcome {
        case .approved: .approved
        case .pipeline: .pipeline
        case .returned: item.document == .conceptNote ? .returned : .documentReturned
        case .notSelected: .notSelected
        // A document that is put off waits at the gate that it has come to.
        case .deferred: proposal.stage == .assessed ? .deferred : nil
        }
    }
}
