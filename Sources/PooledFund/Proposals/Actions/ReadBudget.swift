internal import Ledger
internal import SQL

/// Reads a sheet into the budget that is being written, in place of what stood there. It leaves no event.
public struct ReadBudget: Action {
    public static let name = "read-budget"
    public static let hasPublicEffect = false
    public static let right = SaveSection.right

    public let fund: String
    public let proposal: String
    public let document: ProposalDocument
    /// Of the section with the budget; 0 where nothing was saved yet.
    public let revision: Int
    /// Its cells, the headings first.
    public let rows: [[String]]

    public init(fund: String, proposal: String, document: ProposalDocument, revision: Int, rows: [[String]]) {
        self.fund = fund
        self.proposal = proposal
        self.document = document
        self.revision = revision
        self.rows = rows
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let revision: Int
        public let isSaved: Bool
        /// How many amounts were read.
        public let cellCount: Int
        /// The cells that were not, with the reason.
        public let refused: [BudgetSheet.RefusedCell]
    }

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireWriter(of: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let file = try recording.writtenFile(proposal, document)
        guard let (section, field, asked) = file.form.budget else {
            throw Refusal("the form has no budget", remedy: "write the amounts where the form asks for them")
        }
        let report = try BudgetSheet.read(rows, asked: asked, file.terms.currency)
        var values = file.drafts[section.id]?.answers.values ?? [:]
        values[field.id] = report.answer.elements.isEmpty ? nil : report.answer
        let saved = try recording.save(
            SectionAnswers(sent: values, to: section), to: section, of: file, readRevision: revision, author: recording.performer)
        return Outcome(
            revision: saved.revision, isSaved: saved.isSaved, cellCount: report.cells.count, refused: Array(report.refused.prefix(200)))
    }
}
