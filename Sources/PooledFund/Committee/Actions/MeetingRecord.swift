internal import Foundation
internal import Ledger
internal import SQL

/// Attaches a paper to a meeting, or to an item of its agenda.
public struct AttachPaper: Action {
    public static let name = "attach-paper"
    public static let hasPublicEffect = false
    public static let right = CommitteeRights.secretariat

    public let fund: String
    public let meeting: String
    /// Nil for a paper of the whole meeting.
    public let proposal: String?
    public let title: String
    public let file: AttachedDocument

    public init(fund: String, meeting: String, proposal: String? = nil, title: String, file: AttachedDocument) {
        self.fund = fund
        self.meeting = meeting
        self.proposal = proposal
        self.title = title
        self.file = file
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let paper: String
    }

    static let countLimit = 200

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["meeting": meeting, "proposal": proposal ?? ""])) }

    public func perform(in recording: Recording) throws -> Outcome {
        let current = try recording.openMeeting(meeting)
        try requireText(title, "the title", limit: 200)
        if let proposal, current.item(proposal) == nil {
            throw Refusal("“\(proposal)” is not on the agenda of “\(meeting)”", remedy: "look at the agenda")
        }
        if let same = current.papers.first(where: { $0.digest == file.digest && $0.proposal == proposal }) {
            return Outcome(paper: same.id)
        }
        guard current.papers.count < Self.countLimit else {
            throw Refusal("the meeting has \(Self.countLimit) papers", remedy: "put several into one")
        }
        try DocumentQueries.keep(file, in: recording.beside)
        let id = uuidV7(at: recording.now)
        try recording.insert(
            into: .committeePaper,
            [
                .text(id), .text(meeting), .text(proposal ?? ""), .text(title), .text(file.name.isEmpty ? "paper" : file.name),
                .text(file.mediaType), .integer(Int64(file.content.count)), .bytes(file.digest),
            ])
        return Outcome(paper: id)
    }
}

/// Records who was there, seat by seat.
public struct RecordAttendance: Action {
    public static let name = "record-attendance"
    public static let hasPublicEffect = false
    public static let right = CommitteeRights.secretariat

    public let fund: String
    public let meeting: String
    public let seats: [Seated]

    public struct Seated: Sendable, Hashable {
        public let seat: String
        public let part: CommitteeMeeting.Attendance.Part

        public init(_ seat: String, _ part: CommitteeMeeting.Attendance.Part) {
            self.seat = seat
            self.part = part
        }
    }

    public init(fund: String, meeting: String, seats: [Seated]) {
        self.fund = fund
        self.meeting = meeting
        self.seats = seats
    }

    public struct Outcome: Sendable, Hashable, Codable {
        /// How many seats that decide are there.
        public let present: Int
        public let hasQuorum: Bool
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["meeting": meeting])) }

    public func perform(in recording: Recording) throws -> Outcome {
        let current = try recording.openMeeting(meeting)
        guard current.kind == .meeting else { throw Refusal("nobody attends a decision between meetings", remedy: "answers stand for it") }
        guard try recording.today() >= current.heldOn else {
            throw Refusal("the meeting is on \(current.heldOn)", remedy: "record who was there when it is held")
        }
        let reader = try recording.interests()
        guard Set(seats.map(\.seat)).count == seats.count else { throw Refusal("a seat is named twice", remedy: "name each once") }
        var attendance = current.attendance
        for seated in seats {
            guard let held = reader.seats.first(where: { $0.id == seated.seat }) else {
                throw Refusal("the Terms have no seat “\(seated.seat)”", remedy: didYouMean(seated.seat, among: reader.seats.map(\.id)))
            }
            let holding: RoleHolding?
            switch seated.part {
            case .member: holding = held.member
            case .alternate: holding = held.alternate
            case .absent: holding = nil
            }
            if seated.part != .absent, holding == nil {
                throw Refusal("the seat “\(seated.seat)” has no \(seated.part.rawValue)", remedy: "invite somebody to it first")
            }
            let entry = CommitteeMeeting.Attendance(person: holding?.person, part: seated.part)
            guard attendance.updateValue(entry, forKey: seated.seat) != entry else { continue }
            try recording.insert(
                into: .committeeAttendance,
                [.text(meeting), .text(seated.seat), .text(holding?.person ?? ""), .text(seated.part.rawValue)])
        }
        let present = reader.committee.seats.filter { $0.part.decides && attendance[$0.id]?.person != nil }
        let hasQuorum = reader.committee.rules.quorum.allSatisfy { rule in
            present.count { rule.constituency == nil || $0.constituency == rule.constituency } >= rule.atLeast
        }
        return Outcome(present: present.count, hasQuorum: hasQuorum)
    }
}

/// Closes a meeting: nothing more is recorded of it.
public struct CloseMeeting: Action {
    public static let name = "close-meeting"
    public static let hasPublicEffect = false
    public static let right = CommitteeRights.secretariat

    public let fund: String
    public let meeting: String
    public let note: String

    public init(fund: String, meeting: String, note: String = "") {
        self.fund = fund
        self.meeting = meeting
        self.note = note
    }

    public struct Outcome: Sendable, Hashable, Codable {
        /// How many items of the agenda were not decided.
        public let openCount: Int
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["meeting": meeting])) }

    public func perform(in recording: Recording) throws -> Outcome {
        let current = try recording.openMeeting(meeting)
        if !note.isEmpty { try requireText(note, "the note", limit: 8_000) }
        let currency = try recording.terms().currency
        let decided = Set(try DecisionQueries.decisions(of: fund, currency, in: recording.transaction).map(\.id))
        try recording.insert(into: .committeeClosure, [.text(meeting), .text(note)])
        return Outcome(openCount: current.items.count { !decided.contains("\(meeting)/\($0.proposal)") })
    }
}
