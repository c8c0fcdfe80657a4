public import Ledger
internal import SQL

/// What waits to be screened, and what was.
public struct Screenings: Sendable {
    /// Longest waiting first.
    public let waiting: [Item]
    /// The latest first; no more than a page shows.
    public let screened: [Item]

    /// A document of a proposal that was submitted.
    public struct Item: Sendable, Identifiable {
        public var id: String { proposal.code }
        public let proposal: Proposal
        public let document: ProposalDocument
        public let title: String
        /// The number of the version.
        public let version: Int
        public let submittedAt: Instant
    }

    static let screenedLimit = 60
}

/// A version with what is found of the criteria, for whoever screens it.
public struct ScreeningOnDesk: Sendable {
    public let fund: String
    public let proposal: Proposal
    public let terms: Terms
    public let form: ProposalForm
    public let choices: FormChoices
    public let version: ProposalVersion
    /// What the program finds of each criterion, in the order of the Terms.
    public let findings: [RuleFinding]
    /// What was found when it was screened; empty as long as it was not.
    public let recorded: [EligibilityFinding]
    /// Whether the reader may screen it now. The door asks again.
    public let mayScreen: Bool

    /// The rule of a criterion as the Terms have it now.
    public func rule(_ criterion: String) -> EligibilityRule? { terms.eligibility.first { $0.id == criterion } }
}

extension Office {
    /// What waits to be screened in a fund; nil if the fund is not on record, or the reader is not of those who see it.
    public nonisolated func screenings(seenBy visitor: SignedInPerson, in fund: String) async throws -> Screenings? {
        try await database.read { transaction in
            guard visitor.readsScreening(in: fund), let terms = try TermsOnRecord.read(fund, in: transaction) else { return nil }
            let all = try ScreeningLists(fund: fund, terms: terms, transaction: transaction)
            return Screenings(waiting: try all.waiting(), screened: try all.screened())
        }
    }

    /// A proposal as whoever screens it sees it; nil if nothing was submitted, or the reader is not of those who see it.
    public nonisolated func screening(
        of code: String, seenBy visitor: SignedInPerson, in fund: String
    ) async throws -> ScreeningOnDesk? {
        try await database.read { transaction in
            guard visitor.readsScreening(in: fund), let terms = try TermsOnRecord.read(fund, in: transaction),
                let proposal = try ProposalQueries.proposal(code, of: fund, in: transaction),
                let file = try ProposalFile.read(proposal, proposal.stage.document, of: fund, terms, in: transaction),
                let version = try ProposalQueries.latestVersion(
                    of: code, file.document, in: fund, terms.currency, in: transaction)
            else { return nil }
            return ScreeningOnDesk(
                fund: fund, proposal: proposal, terms: terms, form: file.form, choices: file.choices, version: version,
                findings: file.findings(of: version),
                recorded: try ReviewerQueries.findings(of: code, file.document, version: version.number, in: fund, transaction),
                mayScreen: proposal.stage.waitsForScreening && visitor.isOfficer(in: fund))
        }
    }
}

extension SignedInPerson {
    func readsScreening(in fund: String) -> Bool { !roles(in: fund).isDisjoint(with: [.fundManagementUnitOfficer, .auditor]) }

    func isOfficer(in fund: String) -> Bool { !isReadOnly && roles(in: fund).contains(.fundManagementUnitOfficer) }
}

/// Finds what waits to be screened, and what was.
private struct ScreeningLists {
    let fund: String
    let transaction: any ReadTransaction
    private let proposals: [Proposal]
    private let versions: [ProposalDocument: [String: ProposalVersion]]

    init(fund: String, terms: Terms, transaction: any ReadTransaction) throws {
        self.fund = fund
        self.transaction = transaction
        proposals = try ProposalQueries.proposals(of: fund, in: transaction)
        var versions: [ProposalDocument: [String: ProposalVersion]] = [:]
        for document in ProposalDocument.allCases {
            versions[document] = try ProposalQueries.latestVersions(
                of: document, in: fund, terms.currency, withContent: false, in: transaction)
        }
        self.versions = versions
    }

    func waiting() throws -> [Screenings.Item] {
        proposals.filter(\.stage.waitsForScreening).compactMap { item($0, $0.stage.document) }.sorted {
            ($0.submittedAt, $0.id) < ($1.submittedAt, $1.id)
        }
    }

    func screened() throws -> [Screenings.Item] {
        try ReviewerQueries.screened(in: fund, limit: Screenings.screenedLimit, transaction).compactMap { code, document in
            proposals.first { $0.code == code && !$0.stage.waitsForScreening && $0.stage.document == document }.flatMap {
                item($0, document)
            }
        }
    }

    private func item(_ proposal: Proposal, _ document: ProposalDocument) -> Screenings.Item? {
        versions[document]?[proposal.code].map { version in
            Screenings.Item(
                proposal: proposal, document: document, title: version.facts.title, version: version.number,
                submittedAt: version.submittedAt)
        }
    }
}
