/// What a proposal is written as: first a short note on the idea, then, if the committee takes the idea up and money is in sight, the document
/// that the partners sign. The names are permanent: they stand in the record and in the Terms.
public enum ProposalDocument: String, Sendable, Hashable, CaseIterable, Codable {
    case conceptNote = "concept-note"
    case jointProgrammeDocument = "joint-programme-document"
}
