internal import Foundation
internal import Ledger
internal import SQL

/// Saves a section of what is being written. Writing is no decision: nothing is put on record, and no event is left.
///
/// Whoever saves says which revision they read. If somebody else saved since, what stands stays, what was sent is kept beside it, and the outcome
/// names the fields that differ.
public struct SaveSection: Action {
    public static let name = "save-section"
    public static let hasPublicEffect = false
    public static let right = Right(
        ProposalReader.writers, rule: "Only focal points and contributors to texts of the organizations that take part write a proposal.")

    public let fund: String
    public let proposal: String
    public let document: ProposalDocument
    public let section: String
    /// 0 where nothing was saved yet.
    public let revision: Int
    /// By the ids of the fields; what is left out is no longer answered.
    public let answers: [String: InputValue]

    public init(
        fund: String, proposal: String, document: ProposalDocument, section: String, revision: Int, answers: [String: InputValue]
    ) {
        self.fund = fund
        self.proposal = proposal
        self.document = document
        self.section = section
        self.revision = revision
        self.answers = answers
    }

    public struct Outcome: Sendable, Hashable, Codable {
        /// What stands now.
        public let revision: Int
        /// Whether what was sent stands; otherwise it is kept beside, for whoever sent it.
        public let isSaved: Bool
        /// The fields, with rows and columns, that were sent otherwise than they stand.
        public let differing: [String]
    }

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireWriter(of: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let file = try recording.writtenFile(proposal, document)
        let form = try file.section(section)
        return try recording.save(
            SectionAnswers(sent: answers, to: form), to: form, of: file, readRevision: revision, author: recording.performer)
    }
}

extension ProposalFile {
    /// - Throws: `Refusal` if the form has no such section.
    func section(_ id: String) throws(Refusal) -> ProposalForm.Section {
        guard let section = form.section(id) else {
            throw Refusal("the form has no section “\(id)”", remedy: didYouMean(id, among: form.sections.map(\.id)))
        }
        return section
    }
}

extension Recording {
    func save(
        _ answers: SectionAnswers, to section: ProposalForm.Section, of file: ProposalFile, readRevision: Int, author: String
    ) throws -> SaveSection.Outcome {
        let current = file.drafts[section.id]
        let standing = current?.revision ?? 0
        guard readRevision <= standing else {
            throw Refusal("nobody saved a revision \(readRevision) of “\(section.id)”", remedy: "read the section again")
        }
        // The same once more, by a second click or a lost answer, is nothing to be compared.
        if current?.answers == answers {
            try DraftQueries.removeAside(of: author, section: section.id, in: file.place, beside)
            return SaveSection.Outcome(revision: standing, isSaved: true, differing: [])
        }
        guard readRevision == standing else {
            let aside = DraftAside(section: section.id, author: author, revision: readRevision, answers: answers, savedAt: now)
            try DraftQueries.put(aside, in: file.place, beside)
            let differences = AnswerDifference.between(current?.answers ?? .none, answers, in: section)
            return SaveSection.Outcome(revision: standing, isSaved: false, differing: differences.map(\.field))
        }
        let draft = SectionDraft(
            section: section.id, revision: standing + 1, answers: answers, author: author, savedAt: now)
        try DraftQueries.put(draft, in: file.place, beside)
        try DraftQueries.removeAside(of: author, section: section.id, in: file.place, beside)
        return SaveSection.Outcome(revision: draft.revision, isSaved: true, differing: [])
    }
}
