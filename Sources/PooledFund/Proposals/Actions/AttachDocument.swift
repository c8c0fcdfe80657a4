internal import Foundation
internal import Ledger
internal import SQL

/// Attaches a file to what is being written.
public struct AttachDocument: Action {
    public static let name = "attach-document"
    public static let hasPublicEffect = false
    public static let right = SaveSection.right

    public let fund: String
    public let proposal: String
    public let document: ProposalDocument
    /// A file field of the form.
    public let field: String
    public let file: AttachedDocument
    /// The file that it is a newer version of; nil for one more.
    public let replaces: String?

    public init(
        fund: String, proposal: String, document: ProposalDocument, field: String, file: AttachedDocument, replaces: String? = nil
    ) {
        self.fund = fund
        self.proposal = proposal
        self.document = document
        self.field = field
        self.file = file
        self.replaces = replaces
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let attachment: String
        /// SHA-256 of the file, in hexadecimal digits.
        public let digest: String
    }

    /// The files of a document at a time, and those that it ever had.
    static let (countLimit, everLimit) = (50, 500)

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal, "field": field])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireWriter(of: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let written = try recording.writtenFile(proposal, document)
        let fields = written.form.fields.filter { if case .file = $0.field.kind { true } else { false } }.map(\.field)
        guard let asked = fields.first(where: { $0.id == field }), case .file(let limits) = asked.kind else {
            throw Refusal("the form has no file field “\(field)”", remedy: didYouMean(field, among: fields.map(\.id)))
        }
        let own = written.attachments.filter { $0.field == field }
        let digest = hexadecimal(file.digest)
        if let same = own.first(where: { $0.digest == file.digest }) { return Outcome(attachment: same.id, digest: digest) }
        if let replaces {
            guard let older = own.first(where: { $0.id == replaces }) else {
                throw Refusal("“\(field)” has no file “\(replaces)”", remedy: "look at the files that it has")
            }
            try recording.insert(older, of: proposal, state: "removed")
        } else {
            guard own.count < limits.atMost else {
                throw Refusal("“\(field)” has \(own.count) files already", remedy: "replace one, or take one away")
            }
        }
        let all = try SubmissionQueries.attachments(of: proposal, in: fund, recording.transaction)
        guard written.attachments.count < Self.countLimit, all.count < Self.everLimit else {
            throw Refusal("the proposal has too many files", remedy: "take some away, or put several into one")
        }
        try DocumentQueries.keep(file, in: recording.beside)
        let name = file.name.isEmpty ? field : file.name
        let attachment = ProposalAttachment(
            id: uuidV7(at: recording.now), document: document, field: field, name: name, mediaType: file.mediaType,
            size: file.content.count, digest: file.digest, attachedAt: recording.now, isRemoved: false)
        try recording.insert(attachment, of: proposal, state: "kept")
        return Outcome(attachment: attachment.id, digest: digest)
    }
}

/// Takes a file away from what is being written; it stays on record.
public struct RemoveAttachment: Action {
    public static let name = "remove-attachment"
    public static let hasPublicEffect = false
    public static let right = SaveSection.right

    public let fund: String
    public let proposal: String
    public let attachment: String

    public init(fund: String, proposal: String, attachment: String) {
        self.fund = fund
        self.proposal = proposal
        self.attachment = attachment
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let attachment: String
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal, "attachment": attachment])) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireWriter(of: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let written = try recording.writtenFile(proposal)
        guard let file = written.attachments.first(where: { $0.id == attachment }) else {
            throw Refusal("“\(proposal)” has no file “\(attachment)”", remedy: "look at the files that it has")
        }
        try recording.insert(file, of: proposal, state: "removed")
        return Outcome(attachment: attachment)
    }
}

extension Recording {
    fileprivate func insert(_ file: ProposalAttachment, of proposal: String, state: String) throws {
        try insert(
            into: .proposalAttachment,
            [
                .text(file.id), .text(proposal), .text(file.document.rawValue), .text(file.field), .text(state), .text(file.name),
                .text(file.mediaType), .integer(Int64(file.size)), .bytes(file.digest),
            ])
    }
}
