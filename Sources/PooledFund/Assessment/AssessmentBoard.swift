public import Ledger
internal import SQL

/// What is eligible and who assesses it, as the secretariat sees it: proposals by reviewers.
public struct AssessmentBoard: Sendable {
    public let terms: Terms
    public let rules: AssessmentRules
    /// Longest waiting first; those whose assessment is concluded last.
    public let rows: [Row]
    /// Those who may assess, those with less to do first.
    public let reviewers: [Reviewer]
    /// The names of people by their ids; without those who were erased.
    public let names: [String: String]

    public struct Row: Sendable, Identifiable {
        public var id: String { proposal.code }
        public let proposal: Proposal
        public let document: ProposalDocument
        public let title: String
        public let version: Int
        public let facts: ProposalFacts
        /// Everybody who could assess it, the better first.
        public let candidates: [ReviewerCandidate]
        /// What those that count come to, by the reviewers' ids, in hundredths of a percent.
        public let totals: [String: Int]
        public let spread: Int
        public let asksForModeration: Bool
        public let conclusion: FinalAssessment?

        public var isOpen: Bool { conclusion == nil }
        public func candidate(_ person: String) -> ReviewerCandidate? { candidates.first { $0.person == person } }
    }

    public struct Reviewer: Sendable, Identifiable {
        public var id: String { person }
        public let person: String
        /// The organizations that they speak for.
        public let organizations: [String]
        public let expertise: ReviewerExpertise
        /// How many assessments they have to deliver.
        public let load: Int
    }
}

/// What a reviewer has to assess.
public struct OwnAssessments: Sendable {
    public let terms: Terms
    /// Nil as long as nothing was declared.
    public let expertise: ReviewerExpertise?
    /// What is due first, first.
    public let items: [Item]
    /// What can be chosen as expertise and interests.
    public let choices: FormChoices

    public struct Item: Sendable, Identifiable {
        public var id: String { proposal.code }
        public let proposal: Proposal
        public let document: ProposalDocument
        public let title: String
        public let dueOn: CivilDate
        public let state: State
    }

    public enum State: String, Sendable, Hashable, CaseIterable {
        case notBegun = "not-begun"
        case begun
        case sealed
        case concluded
    }
}

extension Office {
    /// What is assessed in a fund; nil if nothing is by the Terms, or the reader is not of those who see all of it.
    public nonisolated func assessmentBoard(
        seenBy visitor: SignedInPerson, in fund: String, now: Instant
    ) async throws -> AssessmentBoard? {
        try await database.read { transaction in
            guard visitor.readsScreening(in: fund), let people = try PeopleOfFund.read(fund, now: now, in: transaction),
                let rules = people.terms.assessment
            else { return nil }
            return try BoardReading(people: people, rules: rules, transaction: transaction).board()
        }
    }

    /// What a reviewer has to assess; nil for whoever is none.
    public nonisolated func ownAssessments(of visitor: SignedInPerson, in fund: String) async throws -> OwnAssessments? {
        try await database.read { transaction in
            guard visitor.roles(in: fund).contains(.technicalReviewer), let terms = try TermsOnRecord.read(fund, in: transaction) else {
                return nil
            }
            let items = try ReviewerQueries.assignments(to: visitor.id, in: fund, transaction).filter(\.isActive).compactMap {
                try self.item($0, of: visitor.id, in: fund, terms, transaction)
            }
            return OwnAssessments(
                terms: terms, expertise: try ReviewerQueries.expertise(of: fund, in: transaction)[visitor.id],
                items: items.sorted {
                    ($0.state == .concluded ? 1 : 0, $0.dueOn, $0.id) < ($1.state == .concluded ? 1 : 0, $1.dueOn, $1.id)
                },
                choices: try FormChoices.read(fund, terms, in: transaction))
        }
    }

    private nonisolated func item(
        _ assignment: ReviewerAssignment, of person: String, in fund: String, _ terms: Terms, _ transaction: any ReadTransaction
    ) throws -> OwnAssessments.Item? {
        guard let proposal = try ProposalQueries.proposal(assignment.proposal, of: fund, in: transaction),
            proposal.stage.isReadByReviewers, proposal.stage.document == assignment.document,
            let file = try AssessmentFile.read(proposal, of: fund, terms, in: transaction)
        else { return nil }
        let isBegun = try AssessmentQueries.draft(of: proposal.code, file.document, by: person, in: fund, transaction) != nil
        let state: OwnAssessments.State =
            !file.isOpen ? .concluded : isBegun ? .begun : file.assessment(by: person) == nil ? .notBegun : .sealed
        return OwnAssessments.Item(
            proposal: proposal, document: file.document, title: file.version.facts.title, dueOn: assignment.dueOn, state: state)
    }
}

/// Puts the table of proposals and reviewers together.
private struct BoardReading {
    let people: PeopleOfFund
    let rules: AssessmentRules
    let transaction: any ReadTransaction

    private var fund: String { people.fund }

    func board() throws -> AssessmentBoard {
        let files = try AssessmentFile.underWay(in: fund, people.terms, transaction).filter { $0.rules != nil }
        let reader = try CandidateReader.read(people, rules, files, in: transaction)
        let rows = files.map { row($0, reader) }.sorted {
            ($0.isOpen ? 0 : 1, $0.proposal.stageSince, $0.id) < ($1.isOpen ? 0 : 1, $1.proposal.stageSince, $1.id)
        }
        let reviewers = reader.holdings.map { person, holdings in
            AssessmentBoard.Reviewer(
                person: person, organizations: Set(holdings.map(\.organization)).sorted(), expertise: reader.expertise[person] ?? .none,
                load: reader.duties[person]?.count ?? 0)
        }.sorted { ($0.load, $0.person) < ($1.load, $1.person) }
        let named = Set(reviewers.map(\.person) + files.flatMap { $0.assignments.map(\.reviewer) })
        return AssessmentBoard(
            terms: people.terms, rules: rules, rows: rows, reviewers: reviewers,
            names: try WorkspaceQueries.particulars(of: named.sorted(), in: transaction).mapValues(\.name))
    }

    private func row(_ file: AssessmentFile, _ reader: CandidateReader) -> AssessmentBoard.Row {
        let counted = file.counted
        return AssessmentBoard.Row(
            proposal: file.proposal, document: file.document, title: file.version.facts.title, version: file.version.number,
            facts: file.version.facts, candidates: reader.candidates(file.proposal, file.version.facts, file.assignments),
            totals: Dictionary(counted.map { ($0.reviewer, rules.total(of: $0)) }, uniquingKeysWith: { $1 }),
            spread: file.conclusion?.spread ?? rules.spread(of: counted), asksForModeration: rules.asksForModeration(counted),
            conclusion: file.conclusion)
    }
}

extension CandidateReader {
    /// - Parameter files: what is being assessed, of which the reviewers have to deliver.
    static func read(
        _ people: PeopleOfFund, _ rules: AssessmentRules, _ files: [AssessmentFile], in transaction: any ReadTransaction
    ) throws -> CandidateReader {
        let choices = try FormChoices.read(people.fund, people.terms, in: transaction)
        var holdings: [String: [RoleHolding]] = [:]
        for person in people.people {
            let current = person.holdings.filter { $0.standing == .current }.map(\.holding)
            if current.contains(where: { $0.role == .technicalReviewer }) { holdings[person.id] = current }
        }
        var duties: [String: Set<String>] = [:]
        for file in files where file.isOpen {
            for assignment in file.active where file.assessment(by: assignment.reviewer) == nil {
                duties[assignment.reviewer, default: []].insert(file.proposal.code)
            }
        }
        return CandidateReader(
            conflicts: ConflictReader(rules: rules, choices: choices), holdings: holdings,
            expertise: try ReviewerQueries.expertise(of: people.fund, in: transaction), duties: duties)
    }
}
