internal import Foundation
internal import Ledger
internal import SQL

/// Declares an interest of one's own in a proposal, or takes it back.
public struct DeclareInterest: Action {
    public static let name = "declare-interest"
    public static let hasPublicEffect = false
    public static let isRecordedOnBehalf = true
    public static let right = CommitteeRights.members

    public let fund: String
    public let proposal: String
    public let statement: String
    /// Whether an interest that was declared is none any more.
    public let isTakenBack: Bool

    public init(fund: String, proposal: String, statement: String, isTakenBack: Bool = false) {
        self.fund = fund
        self.proposal = proposal
        self.statement = statement
        self.isTakenBack = isTakenBack
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let proposal: String
        /// What follows by the Terms; nil if nothing does.
        public let consequence: String?
    }

    /// Of one person on one proposal.
    static let countLimit = 100

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["proposal": proposal])) }

    public func perform(in recording: Recording) throws -> Outcome {
        try requireText(statement, "the statement", limit: 2_000)
        let meetings = try MeetingQueries.meetings(of: fund, in: recording.transaction)
        guard let item = meetings.lazy.compactMap({ $0.item(proposal) }).first,
            let current = try ProposalQueries.proposal(proposal, of: fund, in: recording.transaction)
        else { throw Refusal("no meeting has an item “\(proposal)”", remedy: "look at the agendas") }
        let person = recording.performer
        let declared = try recording.interests().declared[proposal]?[person]
        if isTakenBack ? declared != nil : declared != statement {
            try recording.requireRoom(
                among: "declared_interest WHERE fund = \(fund) AND proposal = \(proposal) AND person = \(person)", limit: Self.countLimit,
                "statements of yours on “\(proposal)”", remedy: "tell the secretariat what holds")
            try recording.insert(
                into: .declaredInterest,
                [.text(proposal), .text(person), .text(isTakenBack ? "taken-back" : "declared"), .text(statement)])
            try recording.tell(
                try recording.holders([.fundManagementUnitOfficer]), .interestDeclared, ["proposal": proposal], besides: person)
        }
        // Read again: the row that was inserted counts.
        let reader = try recording.interests()
        let version = try recording.latestVersion(of: proposal, item.document)
        let holding = reader.seats.lazy.compactMap { $0.holding(of: person) }.first
        let consequence = holding.flatMap { reader.consequence(of: $0, in: current, countries: version.facts.countries) }
        return Outcome(proposal: proposal, consequence: consequence?.rawValue)
    }
}

/// Answers on an item: agrees, abstains or objects.
public struct AnswerItem: Action {
    public static let name = "answer-item"
    public static let hasPublicEffect = false
    public static let isRecordedOnBehalf = true
    public static let right = CommitteeRights.members

    public let fund: String
    public let meeting: String
    public let proposal: String
    public let answer: ItemAnswer.Answer
    /// Needed for an objection.
    public let reason: String

    public init(fund: String, meeting: String, proposal: String, answer: ItemAnswer.Answer, reason: String = "") {
        self.fund = fund
        self.meeting = meeting
        self.proposal = proposal
        self.answer = answer
        self.reason = reason
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let seat: String
    }

    /// Of one seat on one item.
    static let countLimit = 100

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["meeting": meeting, "proposal": proposal])) }

    public func perform(in recording: Recording) throws -> Outcome {
        let current = try recording.openMeeting(meeting)
        let (_, proposal, version) = try recording.openItem(proposal, of: current)
        let reader = try recording.interests()
        guard let own = try recording.ownSeat(reader, proposal, countries: version.facts.countries) else {
            throw Refusal("you hold no seat of the committee", remedy: "ask the secretariat", kind: .right)
        }
        guard own.seat.part.decides else {
            throw Refusal("an observer takes no part in decisions", remedy: "comment on the item", kind: .right)
        }
        guard own.consequence != .abstain || answer == .abstains else {
            throw Refusal("by the Terms you abstain from this item", remedy: "answer that you abstain, or comment on it")
        }
        if let closesAt = current.closesAt, recording.now > closesAt {
            throw Refusal("the window closed at \(closesAt)", remedy: "tell the secretariat, which may put it on an agenda")
        }
        if answer == .objects || !reason.isEmpty { try requireText(reason, "the reason", limit: 4_000) }
        let given = try MeetingQueries.answers(of: meeting, in: fund, recording.transaction).first {
            $0.proposal == proposal.code && $0.seat == own.seat.id
        }
        if given?.answer != answer || given?.reason != reason || given?.person != recording.performer {
            try recording.requireRoom(
                among: """
                    committee_answer WHERE fund = \(fund) AND meeting = \(meeting) AND proposal = \(proposal.code) AND seat = \(own.seat.id)
                    """, limit: Self.countLimit, "answers of your seat on “\(proposal.code)”", remedy: "tell the secretariat what holds")
            try recording.insert(
                into: .committeeAnswer,
                [
                    .text(meeting), .text(proposal.code), .text(own.seat.id), .text(recording.performer), .text(answer.rawValue),
                    .text(reason),
                ])
            if answer == .objects {
                try recording.tell(
                    try recording.holders([.fundManagementUnitOfficer]), .objectionRaised, ["meeting": meeting, "proposal": proposal.code],
                    besides: recording.performer)
            }
        }
        return Outcome(seat: own.seat.id)
    }
}

/// Says something of an item, to the committee and the secretariat. It leaves no event.
public struct CommentItem: Action {
    public static let name = "comment-item"
    public static let hasPublicEffect = false
    public static let right = CommitteeRights.all

    public let fund: String
    public let meeting: String
    public let proposal: String
    public let remark: String

    public init(fund: String, meeting: String, proposal: String, remark: String) {
        self.fund = fund
        self.meeting = meeting
        self.proposal = proposal
        self.remark = remark
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let comment: String
    }

    /// Of all on a meeting, and of one person.
    static let (countLimit, ownLimit) = (2_000, 200)

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    public func perform(in recording: Recording) throws -> Outcome {
        let current = try recording.openMeeting(meeting)
        try requireText(remark, "a comment", limit: 8_000)
        guard let item = current.item(proposal), let found = try ProposalQueries.proposal(proposal, of: fund, in: recording.transaction)
        else { throw Refusal("“\(proposal)” is not on the agenda of “\(meeting)”", remedy: "look at the agenda") }
        let version = try recording.latestVersion(of: proposal, item.document)
        _ = try recording.ownSeat(try recording.interests(), found, countries: version.facts.countries)
        let comments = try MeetingQueries.comments(of: meeting, in: fund, recording.transaction)
        guard comments.count < Self.countLimit else { throw Refusal("the meeting has \(Self.countLimit) comments", remedy: "speak") }
        guard comments.count(where: { $0.author == recording.performer }) < Self.ownLimit else {
            throw Refusal("the meeting has \(Self.ownLimit) comments of yours", remedy: "leave room for the others")
        }
        let comment = ItemComment(
            id: uuidV7(at: recording.now), proposal: proposal, author: recording.performer, remark: remark, writtenAt: recording.now)
        try MeetingQueries.insert(comment, of: meeting, in: fund, recording.beside)
        return Outcome(comment: comment.id)
    }
}
