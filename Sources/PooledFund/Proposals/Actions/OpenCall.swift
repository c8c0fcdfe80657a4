internal import Foundation
internal import Ledger
internal import SQL

/// Opens a call for proposals, or a window that stays open.
public struct OpenCall: Action {
    public static let name = "open-call"
    public static let hasPublicEffect = true
    public static let right = Right(
        [.fundManagementUnitOfficer], rule: "Only an officer of the Fund Management Unit opens a call or changes one.")

    public let fund: String
    public let code: String
    public let title: String
    public let summary: String
    /// A day, or a day and a time of it, in the fund's time zone; nil to open it now.
    public let opens: String?
    /// A day, of which the end is meant, or a day and a time of it; nil for a window that stays open.
    public let closes: String?

    public init(fund: String, code: String, title: String, summary: String, opens: String? = nil, closes: String? = nil) {
        self.fund = fund
        self.code = code
        self.title = title
        self.summary = summary
        self.opens = opens
        self.closes = closes
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let call: String
        /// RFC 3339; nil for a window that stays open.
        public let closesAt: String?
    }

    static let titleLimit = 200
    static let summaryLimit = 8_000

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["call": code])) }

    public func perform(in recording: Recording) throws -> Outcome {
        try requireSlug(code, "a code")
        guard try CallQueries.call(code, of: fund, in: recording.transaction) == nil else {
            throw Refusal("there is a call “\(code)” already", remedy: "choose another code, or change the call")
        }
        try requireText(title, "the title", limit: Self.titleLimit)
        try requireText(summary, "what the call asks for", limit: Self.summaryLimit)
        let opensAt = try opens.map { try recording.instant($0, isEnd: false) } ?? recording.now
        let closesAt = try closes.map { try recording.instant($0, isEnd: true) }
        guard closesAt.map({ $0 > max(opensAt, recording.now) }) ?? true else {
            throw Refusal("the call would close before it opens", remedy: "give a later end")
        }
        try recording.insertCall(code, title, summary, opensAt, closesAt, reason: "")
        return Outcome(call: code, closesAt: closesAt?.description)
    }
}

/// Changes a call: its words, or until when it is open.
public struct AmendCall: Action {
    public static let name = "amend-call"
    public static let hasPublicEffect = true
    public static let right = OpenCall.right

    public let fund: String
    public let call: String
    /// Nil to leave it as it is; so with the next two.
    public let title: String?
    public let summary: String?
    public let closes: String?
    /// Why, to all who read the call.
    public let reason: String

    public init(fund: String, call: String, title: String? = nil, summary: String? = nil, closes: String? = nil, reason: String) {
        self.fund = fund
        self.call = call
        self.title = title
        self.summary = summary
        self.closes = closes
        self.reason = reason
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["call": call])) }

    public func perform(in recording: Recording) throws -> OpenCall.Outcome {
        let current = try recording.call(call)
        try requireText(reason, "the reason", limit: 2_000)
        let (title, summary) = (title ?? current.title, summary ?? current.summary)
        try requireText(title, "the title", limit: OpenCall.titleLimit)
        try requireText(summary, "what the call asks for", limit: OpenCall.summaryLimit)
        let closesAt = try closes.map { try recording.instant($0, isEnd: true) } ?? current.closesAt
        // What was taken in time stays taken; nobody is made late by a change.
        guard closesAt == current.closesAt || (closesAt ?? recording.now) > recording.now else {
            throw Refusal("the new end is past", remedy: "give one to come")
        }
        guard closesAt.map({ $0 > current.opensAt }) ?? true else {
            throw Refusal("the call would close before it opens", remedy: "give a later end")
        }
        try recording.insertCall(call, title, summary, current.opensAt, closesAt, reason: reason)
        let proposals = try ProposalQueries.proposals(of: fund, in: recording.transaction).filter {
            $0.call == call && $0.stage.written == .conceptNote
        }
        let people = Set(try proposals.flatMap { try recording.writers(of: $0) }).sorted()
        try recording.tell(people, .callAmended, ["call": call])
        return OpenCall.Outcome(call: call, closesAt: closesAt?.description)
    }
}

extension Recording {
    /// - Throws: `Refusal` if the fund has no such call.
    func call(_ code: String) throws -> ProposalCall {
        guard let call = try CallQueries.call(code, of: fund, in: transaction) else {
            throw Refusal("the fund has no call “\(code)”", remedy: "look for it in the list of calls")
        }
        return call
    }

    /// What a day, or a day and a time of it, mean in the fund's time zone.
    func instant(_ text: String, isEnd: Bool) throws -> Instant {
        let days = try FundDays(timeZone: terms().identity.timeZone)
        // A deadline at five is five o'clock sharp; of a day its end is meant.
        guard let instant = days.instant(text, isEnd: isEnd && text.utf8.count == 10) else {
            throw Refusal("“\(text)” is not a day or a time", remedy: "write 2026-03-31, or 2026-03-31T17:00, in the fund's time zone")
        }
        return instant
    }

    fileprivate func insertCall(
        _ code: String, _ title: String, _ summary: String, _ opensAt: Instant, _ closesAt: Instant?, reason: String
    ) throws {
        try insert(
            into: .proposalCall,
            [
                .text(code), .text(title), .text(summary), .integer(opensAt.microsecondsSince1970),
                closesAt.map { .integer($0.microsecondsSince1970) } ?? .null, .text(reason),
            ])
    }

    /// - Throws: `Refusal` unless proposals are taken in the call now.
    func requireOpen(_ code: String) throws {
        let call = try call(code)
        switch call.state(at: now) {
        case .open: return
        case .toCome: throw Refusal("the call “\(code)” opens at \(call.opensAt)", remedy: "wait until then")
        case .closed:
            throw Refusal(
                "the call “\(code)” closed at \(call.closesAt?.description ?? "")",
                remedy: "what is written is kept; ask the Fund Management Unit whether another call is to come")
        }
    }
}
