public import Ledger

/// That a party signed off a version.
public struct SignOff: Sendable, Hashable {
    public let party: ProposalForm.Signature.Party
    /// The organization that signed: one that takes part, a ministry, a municipality, the Resident Coordinator's office.
    public let organization: String
    public let document: ProposalDocument
    public let version: Int
    /// SHA-256 of a signature page on paper that was attached; nil if it was signed in the system.
    public let page: [UInt8]?
    public let signedAt: Instant
}

/// A file of a proposal; its content is read apart, by whoever may.
public struct ProposalAttachment: Sendable, Hashable, Identifiable {
    public let id: String
    public let document: ProposalDocument
    /// The field of the form that it answers.
    public let field: String
    public let name: String
    /// As the content shows: `application/pdf`.
    public let mediaType: String
    /// In bytes.
    public let size: Int
    /// SHA-256 of the content.
    public let digest: [UInt8]
    public let attachedAt: Instant
    /// Whether it is there no more; older versions stay on record.
    public let isRemoved: Bool
}
