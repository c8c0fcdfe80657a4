internal import Ledger
internal import SQL

/// Makes somebody look after a section. It is among the writers, and leaves no event.
public struct OwnSection: Action {
    public static let name = "own-section"
    public static let hasPublicEffect = false
    public static let right = SaveSection.right

    public let fund: String
    public let proposal: String
    public let document: ProposalDocument
    public let section: String
    /// The id of a person who writes the proposal; nil for whoever asks.
    public let owner: String?

    public init(fund: String, proposal: String, document: ProposalDocument, section: String, owner: String? = nil) {
        self.fund = fund
        self.proposal = proposal
        self.document = document
        self.section = section
        self.owner = owner
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let owner: String
    }

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireWriter(of: proposal, Self.right, actor, for: Self.name)
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let file = try recording.writtenFile(proposal, document)
        let section = try file.section(section)
        let owner = owner ?? recording.performer
        guard try recording.writers(of: file.proposal).contains(owner) else {
            throw Refusal("whoever looks after a section writes the proposal", remedy: "choose one of its writers")
        }
        try DraftQueries.put(owner: owner, of: section.id, in: file.place, recording.beside)
        return Outcome(owner: owner)
    }
}

/// Says something of a section, among the writers or to the secretariat. It leaves no event.
public struct CommentSection: Action {
    public static let name = "comment-section"
    public static let hasPublicEffect = false
    public static let right = Right(
        ProposalReader.writers.union([.fundManagementUnitOfficer]),
        rule: "Only those who write a proposal comment on it, and officers of the Fund Management Unit.")

    public let fund: String
    public let proposal: String
    public let document: ProposalDocument
    public let section: String
    public let audience: SectionComment.Audience
    public let remark: String

    /// More than this on a document, or of one person, is no conversation.
    static let (countLimit, ownLimit) = (1_000, 300)

    public init(
        fund: String, proposal: String, document: ProposalDocument, section: String, audience: SectionComment.Audience, remark: String
    ) {
        self.fund = fund
        self.proposal = proposal
        self.document = document
        self.section = section
        self.audience = audience
        self.remark = remark
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let comment: String
    }

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.requireCommenter(of: proposal, Self.right, actor, for: Self.name, audience)
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let file = try recording.file(proposal, document)
        guard !file.proposal.stage.isFinal else { throw Refusal("“\(proposal)” is closed", remedy: "nothing more is said of it") }
        let section = try file.section(section)
        try requireText(remark, "a comment", limit: 8_000)
        let comments = try DraftQueries.comments(in: file.place, recording.transaction)
        guard comments.count < Self.countLimit else {
            throw Refusal("there are \(Self.countLimit) comments already", remedy: "speak with each other")
        }
        guard comments.count(where: { $0.author == recording.performer }) < Self.ownLimit else {
            throw Refusal("there are \(Self.ownLimit) comments of yours already", remedy: "leave room for the others")
        }
        let comment = SectionComment(
            id: uuidV7(at: recording.now), section: section.id, audience: audience, author: recording.performer, remark: remark,
            writtenAt: recording.now, settledAt: nil)
        try DraftQueries.insert(comment, in: file.place, recording.beside)
        return Outcome(comment: comment.id)
    }
}

/// Settles a comment. It leaves no event.
public struct SettleComment: Action {
    public static let name = "settle-comment"
    public static let hasPublicEffect = false
    public static let right = CommentSection.right

    public let fund: String
    public let proposal: String
    public let document: ProposalDocument
    public let comment: String

    public init(fund: String, proposal: String, document: ProposalDocument, comment: String) {
        self.fund = fund
        self.proposal = proposal
        self.document = document
        self.comment = comment
    }

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        let place = DraftQueries.Place(fund: fund, proposal: proposal, document: document)
        let audience = try DraftQueries.comments(in: place, recording.transaction).first { $0.id == comment }?.audience
        try recording.requireCommenter(of: proposal, Self.right, actor, for: Self.name, audience ?? .writers)
    }

    public func perform(in recording: Recording) throws -> CommentSection.Outcome {
        let file = try recording.file(proposal, document)
        guard try DraftQueries.comments(in: file.place, recording.transaction).contains(where: { $0.id == comment }) else {
            throw Refusal("there is no comment “\(comment)”", remedy: "look for it at its section")
        }
        try DraftQueries.settle(comment, at: recording.now, in: file.place, recording.beside)
        return CommentSection.Outcome(comment: comment)
    }
}

extension Recording {
    /// An officer reads and writes what is for the secretariat alone.
    fileprivate func requireCommenter(
        of code: String, _ right: Right, _ actor: Actor, for name: String, _ audience: SectionComment.Audience
    ) throws {
        let proposal = try ProposalQueries.proposal(code, of: fund, in: transaction)
        try require(right, of: actor, for: name) { holding in
            guard let proposal else { return false }
            return holding.role == .fundManagementUnitOfficer
                ? audience == .secretariat : proposal.organizations.contains(holding.organization)
        }
    }

    /// A document of a proposal, whether or not it is being written.
    func file(_ code: String, _ document: ProposalDocument) throws -> ProposalFile {
        guard let file = try ProposalFile.read(proposal(code), document, of: fund, terms(), in: transaction) else {
            throw Refusal("the fund's Terms have no form for a \(document.rawValue)", remedy: "add it to the Terms")
        }
        return file
    }
}
