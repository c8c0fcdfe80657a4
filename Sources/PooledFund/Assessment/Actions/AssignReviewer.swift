internal import Foundation
public import Ledger
internal import SQL

/// Gives proposals to reviewers, one or many at once.
public struct AssignReviewer: Action {
    public static let name = "assign-reviewer"
    public static let hasPublicEffect = false
    public static let right = Right(
        [.fundManagementUnitOfficer], rule: "Only an officer of the Fund Management Unit assigns reviewers, or withdraws them.")

    public let fund: String
    public let assignments: [Pair]
    /// The last day for the assessments; nil for as many days from today as the Terms give.
    public let due: CivilDate?

    public struct Pair: Sendable, Hashable {
        public let proposal: String
        /// The person's id.
        public let reviewer: String

        public init(proposal: String, reviewer: String) {
            self.proposal = proposal
            self.reviewer = reviewer
        }
    }

    public init(fund: String, assignments: [Pair], due: CivilDate? = nil) {
        self.fund = fund
        self.assignments = assignments
        self.due = due
    }

    public struct Outcome: Sendable, Hashable, Codable {
        /// How many are new, those that had been already left aside.
        public let assignedCount: Int
        public let dueOn: String
    }

    /// A form with more boxes than this is too long for anybody.
    static let limit = 500

    public func auditBody() throws -> [UInt8] {
        Array(try JSONEncoder().encode(["proposals": Set(assignments.map(\.proposal)).sorted()]))
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let today = try recording.today()
        guard let rules = try recording.terms().assessment else {
            throw Refusal("the fund's Terms have nothing assessed", remedy: "add a rubric to the Terms")
        }
        let dueOn = try due ?? today.adding(days: rules.days)
        guard dueOn >= today else { throw Refusal("\(dueOn) is past", remedy: "give a day to come") }
        guard (1...Self.limit).contains(assignments.count) else {
            throw Refusal("\(assignments.count) pairs are given", remedy: "give 1 to \(Self.limit) at a time")
        }
        let choices = try FormChoices.read(fund, recording.terms(), in: recording.transaction)
        let reader = ConflictReader(rules: rules, choices: choices)
        let expertise = try ReviewerQueries.expertise(of: fund, in: recording.transaction)
        var (files, faults, new): ([String: AssessmentFile], [String], [(pair: Pair, file: AssessmentFile)]) = ([:], [], [])
        for pair in Set(assignments).sorted(by: { ($0.proposal, $0.reviewer) < ($1.proposal, $1.reviewer) }) {
            do {
                let file = try files[pair.proposal] ?? scored(pair.proposal, recording)
                files[pair.proposal] = file
                let standing = file.assignments.first { $0.reviewer == pair.reviewer }
                if let standing, standing.isActive, standing.dueOn == dueOn { continue }
                try check(pair, file, reader, expertise[pair.reviewer] ?? .none, recording)
                new.append((pair, file))
            } catch let refusal as Refusal {
                faults.append(refusal.reason)
            }
        }
        guard faults.isEmpty else {
            throw Refusal(
                faults.prefix(20).joined(separator: "; ") + (faults.count > 20 ? "; and \(faults.count - 20) more" : ""),
                remedy: "leave these out; nobody was assigned")
        }
        for (pair, file) in new {
            try recording.insert(
                into: .reviewerAssignment,
                [
                    .text(pair.proposal), .text(file.document.rawValue), .text(pair.reviewer),
                    .text(ReviewerAssignment.State.assigned.rawValue), .text(dueOn.description), .text(""),
                ])
            try recording.notify(pair.reviewer, .assessmentAsked, ["proposal": pair.proposal, "due": dueOn.description])
        }
        return Outcome(assignedCount: new.count, dueOn: dueOn.description)
    }

    private func scored(_ code: String, _ recording: Recording) throws -> AssessmentFile {
        let file = try recording.eligibleFile(code, version: nil)
        _ = try recording.scoringRules(file)
        return file
    }

    private func check(
        _ pair: Pair, _ file: AssessmentFile, _ reader: ConflictReader, _ expertise: ReviewerExpertise, _ recording: Recording
    ) throws {
        let holdings = try recording.currentHoldings(of: pair.reviewer)
        guard holdings.contains(where: { $0.role == .technicalReviewer }) else {
            throw Refusal("\(pair.reviewer) is no technical reviewer of the fund", remedy: "invite them as one")
        }
        let found = reader.conflict(
            of: pair.reviewer, holdings, expertise, with: file.proposal, file.version.facts, file.assignments)
        if let found { throw Refusal("\(pair.reviewer) does not assess “\(pair.proposal)”: \(found.sentence)") }
    }
}

extension Recording {
    /// What keeps a reviewer from a proposal as it stands now: an organization or a country may have come after they were assigned.
    func conflict(of reviewer: String, in file: AssessmentFile, _ rules: AssessmentRules) throws -> ReviewerConflict? {
        try ConflictReader(rules: rules, choices: FormChoices.read(fund, terms(), in: transaction)).conflict(
            of: reviewer, currentHoldings(of: reviewer), ReviewerQueries.expertise(of: fund, in: transaction)[reviewer] ?? .none,
            with: file.proposal, file.version.facts, [])
    }
}

extension ReviewerConflict {
    var sentence: String {
        switch kind {
        case .ownOrganization: "“\(party)”, for which they speak, takes part"
        case .ownCountry: "their organization is of \(party), which the proposal names"
        case .declaredOrganization: "they declared an interest in “\(party)”, which takes part"
        case .declaredCountry: "they declared an interest in \(party), which the proposal names"
        case .steppedBack: "they stepped back from it"
        }
    }
}
