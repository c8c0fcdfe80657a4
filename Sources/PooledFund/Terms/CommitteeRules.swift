public import Ledger

/// How the committee works. What a fund does not say is not asked for: without a quorum every meeting can decide.
public struct CommitteeRules: Sendable {
    /// How many seats must be there, each rule for a constituency or for all that decide.
    public let quorum: [Quorum]
    /// Nil where nothing is decided between meetings.
    public let noObjection: NoObjection?
    /// What follows from an interest; one without a rule is disclosed.
    public let interests: [InterestRule]
    /// The organization that hosts the secretariat; nil if the Terms do not name it.
    public let secretariatHost: String?
    /// Nil where an entry of the pipeline never ages.
    public let pipeline: PipelineRules?
    public let portfolio: PortfolioRules

    public static let none = CommitteeRules(
        quorum: [], noObjection: nil, interests: [], secretariatHost: nil, pipeline: nil,
        portfolio: PortfolioRules(qualityThreshold: nil, limits: [], standing: nil))

    public struct Quorum: Sendable, Hashable {
        /// Nil for all seats that decide.
        public let constituency: String?
        public let atLeast: Int
        public let standing: Standing
    }

    /// A decision between meetings: taken unless somebody objects in time.
    public struct NoObjection: Sendable, Hashable {
        /// For so many days at least.
        public let days: Int
        public let countedIn: Count

        public enum Count: String, Sendable, Hashable, CaseIterable {
            case days
            /// Mondays to Fridays; holidays are not known.
            case workingDays = "working-days"
        }

        /// The last day of a window that opens on a day: that day is not counted.
        public func lastDay(opening: CivilDate, days: Int) throws -> CivilDate {
            guard countedIn == .workingDays else { return try opening.adding(days: days) }
            var (day, left) = (opening, days)
            while left > 0 {
                day = try day.adding(days: 1)
                // 1 January 1970 was a Thursday.
                if (0..<5).contains(((day.daysSince1970 + 3) % 7 + 7) % 7) { left -= 1 }
            }
            return day
        }
    }

    public struct InterestRule: Sendable, Hashable {
        /// The kind of the seats that it is for.
        public let kind: String
        public let interest: Interest
        public let consequence: Consequence
        public let standing: Standing
    }

    /// How long an entry stays in the pipeline.
    public struct PipelineRules: Sendable, Hashable {
        /// In months since it was taken up or last confirmed; nil if it does not expire.
        public let expiresAfterMonths: Int?
        /// In months; nil if it need not be confirmed anew.
        public let confirmedEveryMonths: Int?
    }

    /// What is asked of a selection that the program suggests.
    public struct PortfolioRules: Sendable {
        /// Of full marks; nil if every score will do.
        public let qualityThreshold: Ratio?
        public let limits: [Limit]
        public let standing: Standing?

        /// How much of the money an area or a region gets, what was approved before included.
        public struct Limit: Sendable, Hashable {
            public let target: EarmarkTarget
            public let atLeast: Ratio?
            public let atMost: Ratio?
        }
    }

    public func consequence(of interest: Interest, for seat: Committee.Seat) -> Consequence {
        interests.first { $0.kind == seat.kind && $0.interest == interest }?.consequence ?? .disclose
    }
}

/// Why somebody on the committee might not look at a proposal as the others do. The names stand in the Terms and in the record.
public enum Interest: String, Sendable, Hashable, CaseIterable, Codable {
    /// The organization of whoever holds the seat takes part in the proposal.
    case organizationTakesPart = "organization-takes-part"
    /// The country of whoever holds the seat is one that the proposal is for.
    case countryIsRecipient = "country-is-recipient"
    /// The organization of whoever holds the seat hosts the secretariat.
    case hostsSecretariat = "hosts-secretariat"
    /// Declared by the person.
    case declared
}

/// What follows from an interest, the mildest first.
public enum Consequence: String, Sendable, Hashable, CaseIterable, Comparable, Codable {
    /// The others know, and the minutes say so.
    case disclose
    /// The member deliberates, and takes no part in the decision.
    case abstain
    /// The member sees nothing of the deliberation, and is not counted.
    case leave

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    public static func < (left: Consequence, right: Consequence) -> Bool { left.order < right.order }
}

/// A thematic area or a region, as a part of the fund's money may be meant for it.
public enum EarmarkTarget: Sendable, Hashable {
    case area(Int)
    case region(String)
}
