public import Ledger

/// What is asked of the audit trail of a fund; nil asks for everything.
public struct AuditFilter: Sendable, Hashable {
    /// The id of whoever acted, or for whom it was recorded.
    public var actor: String?
    /// What an event is about: a programme's code, an entry's external id, an organization, a contributor, a person, a holding.
    public var subject: String?
    public var action: String?
    public var from: Instant?
    public var to: Instant?

    public init(actor: String? = nil, subject: String? = nil, action: String? = nil, from: Instant? = nil, to: Instant? = nil) {
        self.actor = actor
        self.subject = subject
        self.action = action
        self.from = from
        self.to = to
    }
}

/// Where a page of the audit trail begins: below these events of the fund's chain and of that of people.
public struct AuditCursor: Sendable, Hashable, CustomStringConvertible {
    public let fund: Int64
    public let people: Int64

    public static let newest = AuditCursor(fund: .max, people: .max)

    public init(fund: Int64, people: Int64) {
        self.fund = fund
        self.people = people
    }

    /// Reads `12-3`.
    public init?(parsing text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isNumber = { (part: Substring.UTF8View) in (1...19).contains(part.count) && part.allSatisfy { (48...57).contains($0) } }
        guard parts.count == 2, parts.allSatisfy(isNumber), let fund = Int64(String(decoding: parts[0], as: UTF8.self)),
            let people = Int64(String(decoding: parts[1], as: UTF8.self))
        else { return nil }
        self.init(fund: fund, people: people)
    }

    public var description: String { "\(fund)-\(people)" }
}

/// An event of the audit trail, with what a reader asks of it.
public struct AuditTrailEvent: Sendable, Identifiable {
    public var id: String { "\(event.fund)-\(event.sequence)" }
    public let event: AuditEvent
    public let hash: [UInt8]
    /// How many rows of which table; in the order of the tables.
    public let rows: [(table: String, count: Int)]
    public let body: Body
    public let onBehalf: Recorded?

    /// What the event says.
    public enum Body: Sendable, Hashable {
        /// The beginning of it, as JSON.
        case text(String)
        case erased
        /// It was said in another fund's action, and is shown there.
        case elsewhere
    }

    /// For whom it was recorded, by the answer that is attached.
    public struct Recorded: Sendable, Hashable {
        public let person: String
        public let note: String
        /// SHA-256.
        public let document: [UInt8]
        public let documentName: String
    }
}

/// A page of the audit trail, newest first.
public struct AuditTrail: Sendable {
    public let events: [AuditTrailEvent]
    /// Where the next page begins; nil on the last.
    public let next: AuditCursor?
    /// What is personal of those who acted, as far as it is not erased.
    public let people: [String: PersonParticulars]
    /// The last event of the fund's chain, and of that of people.
    public let head: ChainHead
    public let headOfPeople: ChainHead?
    public let days: FundDays

    /// The actions that the trail is filtered by.
    public static let actions = [
        LoadFund.name, PostEntries.name, ReverseEntry.name, EraseEventBody.name, InvitePerson.name, EndRole.name, AmendParticulars.name,
        ErasePerson.name, ResetAccess.name, RegisterOrganization.name, ChangeAccess.name, OpenDemonstration.name,
    ]
    /// Events of one page.
    public static let pageSize = 60
    /// Events of one file.
    public static let fileLimit = 10_000
}
