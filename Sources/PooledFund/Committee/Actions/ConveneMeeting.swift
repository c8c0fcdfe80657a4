internal import Foundation
public import Ledger
internal import SQL

/// Convenes a meeting of the committee.
public struct ConveneMeeting: Action {
    public static let name = "convene-meeting"
    public static let hasPublicEffect = false
    public static let right = CommitteeRights.secretariat

    public let fund: String
    public let id: String
    public let title: String
    public let heldOn: CivilDate
    /// A room, or how to take part from afar.
    public let place: String
    public let note: String
    /// The codes of proposals, in the order in which they are looked at.
    public let agenda: [String]

    public init(fund: String, id: String, title: String, heldOn: CivilDate, place: String, note: String = "", agenda: [String] = []) {
        self.fund = fund
        self.id = id
        self.title = title
        self.heldOn = heldOn
        self.place = place
        self.note = note
        self.agenda = agenda
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let meeting: String
        /// How many items its agenda has.
        public let itemCount: Int
    }

    /// Of one agenda, and of meetings that are not closed.
    static let (itemLimit, openLimit) = (200, 100)

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["meeting": id])) }

    public func perform(in recording: Recording) throws -> Outcome {
        try recording.requireNewMeeting(id)
        try recording.requireDay(heldOn, "the day of the meeting")
        try recording.insertMeeting(id, .meeting, title, heldOn, place: place, note, closesAt: nil, reason: "")
        try recording.put(agenda, onAgendaOf: id, after: 0)
        try recording.tell(try recording.committee(), .meetingConvened, ["meeting": id, "day": heldOn.description])
        return Outcome(meeting: id, itemCount: agenda.count)
    }
}

/// Opens a window in which members may object; without an objection what is on the agenda is decided as it is proposed.
public struct OpenNoObjection: Action {
    public static let name = "open-no-objection"
    public static let hasPublicEffect = false
    public static let right = CommitteeRights.secretariat

    public let fund: String
    public let id: String
    public let title: String
    /// What is proposed for each item.
    public let note: String
    /// Nil for as many as the Terms ask for.
    public let days: Int?
    public let agenda: [String]

    public init(fund: String, id: String, title: String, note: String, days: Int? = nil, agenda: [String]) {
        self.fund = fund
        self.id = id
        self.title = title
        self.note = note
        self.days = days
        self.agenda = agenda
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let meeting: String
        /// RFC 3339: the last moment at which an objection is taken.
        public let closesAt: String
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["meeting": id])) }

    public func perform(in recording: Recording) throws -> Outcome {
        let terms = try recording.terms()
        guard let rule = terms.committee.rules.noObjection else {
            throw Refusal("the Terms have no decision between meetings", remedy: "convene a meeting")
        }
        try recording.requireNewMeeting(id)
        try requireText(note, "what is proposed", limit: 8_000)
        let count = days ?? rule.days
        guard (rule.days...365).contains(count) else {
            throw Refusal("the window has \(count) days", remedy: "leave it open for \(rule.days) to 365 days")
        }
        guard !agenda.isEmpty else { throw Refusal("nothing is to be decided", remedy: "name proposals") }
        let today = try recording.today()
        let last = try rule.lastDay(opening: today, days: count)
        guard let closesAt = try FundDays(timeZone: terms.identity.timeZone).instant(last.description, isEnd: true) else {
            throw Refusal("the window would never close")
        }
        try recording.insertMeeting(id, .noObjection, title, today, place: "", note, closesAt: closesAt, reason: "")
        try recording.put(agenda, onAgendaOf: id, after: 0)
        try recording.tell(try recording.committee(), .noObjectionOpened, ["meeting": id, "day": last.description])
        return Outcome(meeting: id, closesAt: closesAt.description)
    }
}

/// Changes a meeting: its day, its place, its agenda.
public struct AmendMeeting: Action {
    public static let name = "amend-meeting"
    public static let hasPublicEffect = false
    public static let right = CommitteeRights.secretariat

    public let fund: String
    public let meeting: String
    /// Nil to leave it as it is; so with the next three.
    public let title: String?
    public let heldOn: CivilDate?
    public let place: String?
    public let note: String?
    /// Proposals to put on the agenda; one that is there already comes with its latest version.
    public let added: [String]
    public let removed: [String]
    /// Why, to the committee.
    public let reason: String

    public init(
        fund: String, meeting: String, title: String? = nil, heldOn: CivilDate? = nil, place: String? = nil, note: String? = nil,
        added: [String] = [], removed: [String] = [], reason: String
    ) {
        self.fund = fund
        self.meeting = meeting
        self.title = title
        self.heldOn = heldOn
        self.place = place
        self.note = note
        self.added = added
        self.removed = removed
        self.reason = reason
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["meeting": meeting])) }

    /// How often a meeting is changed.
    static let countLimit = 500

    public func perform(in recording: Recording) throws -> ConveneMeeting.Outcome {
        let current = try recording.openMeeting(meeting)
        try requireText(reason, "the reason", limit: 2_000)
        try recording.requireRoom(
            among: "committee_meeting WHERE fund = \(fund) AND id = \(meeting)", limit: Self.countLimit,
            "versions of the meeting “\(meeting)”", remedy: "close it, and convene another")
        if let heldOn { try recording.requireDay(heldOn, "the day of the meeting") }
        // Members decide to object, or not to, on what they were shown.
        guard current.kind == .meeting || (heldOn == nil && note == nil && added.isEmpty) else {
            throw Refusal("a window for objections is open for what was proposed", remedy: "close it, and open another")
        }
        try recording.insertMeeting(
            meeting, current.kind, title ?? current.title, heldOn ?? current.heldOn, place: place ?? current.place, note ?? current.note,
            closesAt: current.closesAt, reason: reason)
        for code in removed {
            let (item, _, _) = try recording.openItem(code, of: current)
            try recording.insert(item, of: meeting, state: "off")
        }
        try recording.put(added, onAgendaOf: meeting, after: current.items.map(\.position).max() ?? 0)
        let day = (heldOn ?? current.heldOn).description
        try recording.tell(try recording.committee(), .meetingAmended, ["meeting": meeting, "day": day])
        let left = Set(current.items.map(\.proposal)).union(added).subtracting(removed)
        return ConveneMeeting.Outcome(meeting: meeting, itemCount: left.count)
    }
}

extension Recording {
    fileprivate func requireNewMeeting(_ id: String) throws {
        try requireSlug(id, "the id of a meeting")
        guard try MeetingQueries.meeting(id, of: fund, in: transaction) == nil else {
            throw Refusal("there is a meeting “\(id)” already", remedy: "choose another id, or change the meeting")
        }
        guard try MeetingQueries.meetings(of: fund, in: transaction).count(where: { !$0.isClosed }) < ConveneMeeting.openLimit else {
            throw Refusal("\(ConveneMeeting.openLimit) meetings are open", remedy: "close those that were held")
        }
    }

    fileprivate func insertMeeting(
        _ id: String, _ kind: CommitteeMeeting.Kind, _ title: String, _ heldOn: CivilDate, place: String, _ note: String,
        closesAt: Instant?, reason: String
    ) throws {
        try requireText(title, "the title", limit: 200)
        if kind == .meeting { try requireText(place, "the place", limit: 500) }
        if !note.isEmpty { try requireText(note, "the note", limit: 8_000) }
        try insert(
            into: .committeeMeeting,
            [
                .text(id), .text(kind.rawValue), .text(title), .text(heldOn.description), .text(place), .text(note),
                .integer(closesAt?.microsecondsSince1970 ?? 0), .text(reason),
            ])
    }

    fileprivate func insert(_ item: CommitteeMeeting.AgendaItem, of meeting: String, state: String) throws {
        try insert(
            into: .committeeItem,
            [
                .text(meeting), .text(item.proposal), .text(item.document.rawValue), .integer(Int64(item.version)),
                .integer(Int64(item.position)), .text(state),
            ])
    }

    /// Puts proposals that wait for the committee on an agenda, each with the version that was submitted last.
    fileprivate func put(_ codes: [String], onAgendaOf meeting: String, after position: Int) throws {
        guard Set(codes).count == codes.count else { throw Refusal("a proposal is named twice", remedy: "name each once") }
        let there = try MeetingQueries.meeting(meeting, of: fund, in: transaction)?.items.map(\.proposal) ?? []
        guard Set(there).union(codes).count <= ConveneMeeting.itemLimit else {
            throw Refusal("an agenda has \(ConveneMeeting.itemLimit) items at most", remedy: "convene another meeting")
        }
        let currency = try terms().currency
        let decided = Set(try DecisionQueries.decisions(of: fund, currency, in: transaction).map(\.id))
        let others = try MeetingQueries.meetings(of: fund, in: transaction).filter { !$0.isClosed && $0.id != meeting }
        for (index, code) in codes.enumerated() {
            let proposal = try proposal(code)
            guard proposal.stage.waitsForCommittee else {
                throw Refusal(
                    "“\(code)” is at the stage “\(proposal.stage.rawValue)”, at which the committee has nothing to decide",
                    remedy: "wait until it is assessed, or its document is screened")
            }
            if decided.contains("\(meeting)/\(code)") {
                throw Refusal("“\(code)” was decided at this meeting", remedy: "put it on the agenda of another")
            }
            if let other = others.first(where: { $0.item(code) != nil && !decided.contains("\($0.id)/\(code)") }) {
                throw Refusal("“\(code)” is on the agenda of “\(other.id)”", remedy: "take it off there first")
            }
            let document = proposal.stage.document
            try insert(
                CommitteeMeeting.AgendaItem(
                    proposal: code, document: document, version: try latestVersion(of: code, document).number,
                    position: position + index + 1), of: meeting, state: "on")
        }
    }
}

extension ProposalStage {
    /// Whether a decision of the committee is what comes next.
    public var waitsForCommittee: Bool { self == .assessed || self == .deferred || self == .documentEligible }
}
