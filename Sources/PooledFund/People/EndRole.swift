internal import Foundation
public import Ledger
internal import SQL

/// Ends a role before its time: at once, or after a day.
public struct EndRole: Action {
    public static let name = "end-role"
    public static let hasPublicEffect = false
    public static let isRecordedOnBehalf = true
    public static let right = Right(
        [.administrator, .fundManagementUnitOfficer, .administrativeAgent, .participatingOrganizationFocalPoint], operators: true,
        ones: true,
        rule: "Whoever may invite to a role ends it; and everybody may give up their own.")

    public let fund: String
    public let holding: String
    public let reason: String
    /// The last day, in the fund's time zone; nil to end it now.
    public let lastDay: CivilDate?

    public init(fund: String, holding: String, reason: String, lastDay: CivilDate? = nil) {
        self.fund = fund
        self.holding = holding
        self.reason = reason
        self.lastDay = lastDay
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let person: String
        /// RFC 3339.
        public let endedAt: String
    }

    public func auditBody() throws -> [UInt8] {
        Array(try JSONEncoder().encode(["holding": holding, "last_day": lastDay?.description ?? ""]))
    }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        guard let ended = try PeopleQueries.holding(holding, inFund: fund, in: recording.transaction) else {
            // Who may end nothing learns nothing of what there is to end.
            try recording.require(Self.right, of: actor, for: Self.name)
            return
        }
        try recording.requireInPerson(ended.role, by: actor, for: Self.name)
        let right = Right(ended.role.invitedBy, operators: true, ones: true, rule: Self.right.rule)
        try recording.require(right, of: actor, for: Self.name, concerning: ended.person) { holding in
            !InvitePerson.ownOrganizationOnly.contains(holding.role) || holding.organization == ended.organization
        }
    }

    public func perform(in recording: Recording) throws -> Outcome {
        guard let ended = try PeopleQueries.holding(holding, inFund: fund, in: recording.transaction) else {
            throw Refusal("the fund has no holding “\(holding)”", remedy: "look for it on the page of the person")
        }
        guard ended.isCurrentOrToCome(today: try recording.today(), now: recording.now) else { throw Refusal("the role has ended already") }
        guard (1...500).contains(reason.utf8.count) else { throw Refusal("an end has a reason, of 500 bytes at most", remedy: "give it") }
        try PeopleQueries.particulars(of: ended.person, in: recording.transaction)?.requireAbsence(from: reason)
        let endedAt = try lastDay.map { try recording.end(of: $0) } ?? recording.now
        guard endedAt >= recording.now else {
            throw Refusal("\(lastDay?.description ?? "") is past", remedy: "give today or a later day, or none")
        }
        guard try !leavesNobody(without: ended, in: recording) else {
            throw Refusal("the fund would have no administrator", remedy: "invite another one first")
        }
        try recording.insert(
            into: .roleEnd, [.text(holding), .integer(endedAt.microsecondsSince1970), .text(reason)])
        try recording.notify(
            ended.person, .roleEnded,
            ["role": ended.role.rawValue, "organization": ended.organization, "last_day": lastDay?.description ?? ""])
        return Outcome(person: ended.person, endedAt: endedAt.description)
    }

    /// Whether it is the last administrator's: nobody but the operator of the machine could let anybody in again.
    private func leavesNobody(without ended: RoleHolding, in recording: Recording) throws -> Bool {
        guard ended.role == .administrator else { return false }
        let (today, now) = (try recording.today(), recording.now)
        let holdings = try PeopleQueries.holdings(inFund: fund, in: recording.transaction)
        return !holdings.contains {
            $0.role == .administrator && $0.id != ended.id && $0.endsOn == nil && $0.endedAt == nil && $0.isCurrent(today: today, now: now)
        }
    }
}

extension Recording {
    /// The moment at which a day of the fund is over.
    fileprivate func end(of day: CivilDate) throws -> Instant {
        guard day.isComplete else { throw Refusal("“\(day)” is no day", remedy: "write YYYY-MM-DD") }
        let next = try CivilDate(daysSince1970: day.daysSince1970 + 1)
        return try FundTimeZone(try terms().identity.timeZone).start(of: next)
    }
}
