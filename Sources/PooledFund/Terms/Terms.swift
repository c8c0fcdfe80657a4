public import Ledger

/// The rules of a fund: everything that another fund would have otherwise. Read from `terms.yaml`, whose form `Documentation/fund-folder.md` gives.
public struct Terms: Sendable {
    public let identity: Identity
    /// Capitalization targets, oldest first.
    public let targets: [Target]
    public let thematicAreas: [ThematicArea]
    /// What the objectives are the objectives of.
    public let objectivesFramework: String
    public let objectives: [Objective]
    public let principles: [Principle]
    public let regions: [Region]
    public let markers: [Marker]
    public let eligibility: [EligibilityRule]
    public let fees: [Fee]
    public let budgetCategories: [BudgetCategory]
    public let deadlines: [Deadline]
    public let committee: Committee
    public let coverage: [Coverage]
    public let people: PeopleRules
    /// What the documents of a proposal ask for; a document without a form cannot be written.
    public let forms: [ProposalForm]
    /// How what is eligible is assessed; nil for a fund that scores nothing.
    public let assessment: AssessmentRules?
    public let reminders: ReminderRules

    public var currency: Currency { identity.currency }

    public func thematicArea(_ number: Int?) -> ThematicArea? { thematicAreas.first { $0.number == number } }
    public func region(_ id: String) -> Region? { regions.first { $0.id == id } }
    public func objective(_ number: Int) -> Objective? { objectives.first { $0.number == number } }
    public func coverage(of records: Coverage.Records) -> Coverage? { coverage.first { $0.records == records } }
    public func form(_ document: ProposalDocument) -> ProposalForm? { forms.first { $0.document == document } }
    public func marker(_ id: String) -> Marker? { markers.first { $0.id == id } }
    public func fee(_ id: String) -> Fee? { fees.first { $0.id == id } }
    public func seat(_ id: String) -> Committee.Seat? { committee.seats.first { $0.id == id } }

    /// The target in force on a day: the last that had taken effect.
    public func target(asOf day: CivilDate) -> Target? {
        targets.last { target in target.standing.effectiveOn.map { $0 <= day.lastDay } ?? true }
    }
}

/// Where an item of the Terms comes from, and how sure it is.
public struct Standing: Sendable, Hashable {
    public let effectiveOn: CivilDate?
    /// A row of the sources.
    public let source: String?
    /// False for what no published source confirms; pages say so.
    public let isConfirmed: Bool
    public let note: String
}

/// Who the fund is.
public struct Identity: Sendable {
    /// The legal name.
    public let name: String
    /// The name used in headings.
    public let knownAs: String
    /// The name used in navigation.
    public let shortName: String
    /// The administrative agent's code.
    public let code: String
    public let launchedOn: CivilDate?
    public let currency: Currency
    public let currencyName: String
    /// An identifier of the IANA time zone database.
    public let timeZone: String
    public let headline: String
    public let contact: Contact
    public let standing: Standing

    public struct Contact: Sendable {
        public let name: String
        public let lines: [String]
        public let email: String
        public let web: [String]
        public let standing: Standing
    }
}

/// How much the fund sets out to mobilize.
public struct Target: Sendable {
    public let amount: Money
    public let by: CivilDate?
    public let occasion: String
    public let standing: Standing
}

/// A group of objectives under which the fund programmes.
public struct ThematicArea: Sendable, Identifiable {
    public var id: Int { number }
    public let number: Int
    public let name: String
    public let shortName: String
    public let objectives: [Int]
    /// Whether naming a place in this area could put people at risk, unless a row says otherwise.
    public let hasSensitivePlaces: Bool
    public let standing: Standing
}

public struct Objective: Sendable, Identifiable {
    public var id: Int { number }
    public let number: Int
    public let title: String
    public let standing: Standing
}

public struct Principle: Sendable, Identifiable {
    public let id: String
    public let name: String
    public let standing: Standing
}

public struct Region: Sendable, Identifiable {
    public let id: String
    public let name: String
    public let shortName: String
    public let standing: Standing
}

/// A score of how far a programme takes something into account.
public struct Marker: Sendable, Identifiable {
    public let id: String
    public let name: String
    /// Lowest first; empty if not on record.
    public let scale: [String]
    public let minimum: String?
    public let standing: Standing
}

public struct EligibilityRule: Sendable, Identifiable {
    public let id: String
    public let rule: String
    public let value: Int?
    /// What `value` counts, or a currency code.
    public let unit: String
    /// What the program looks at to answer it; nil if somebody of the secretariat answers.
    public let check: Check?
    /// Of which proposals the program asks it.
    public let scope: Scope
    public let standing: Standing

    public enum Scope: String, Sendable, Hashable, CaseIterable {
        case every
        case oneCountry = "one-country"
        case severalCountries = "several-countries"
    }

    /// The names stand in the Terms.
    public enum Check: String, Sendable, Hashable, CaseIterable {
        /// So many organizations of the UN take part.
        case organizationsMinimum = "organizations-minimum"
        /// In months.
        case durationMaximum = "duration-maximum"
        /// In whole units of the fund's currency, as the next.
        case budgetMinimum = "budget-minimum"
        case budgetMaximum = "budget-maximum"
        /// Indirect costs are not above the rate of the fee that the form names.
        case indirectMaximum = "indirect-maximum"
        /// Every marker that the form asks for is at or above its minimum.
        case markersMinimum = "markers-minimum"
        /// Every marker that the form asks for is answered.
        case markersAnswered = "markers-answered"
        /// A thematic area and an objective are named.
        case areaAndObjectives = "area-and-objectives"
        /// More than one line entity of government, or a local authority.
        case wholeOfGovernment = "whole-of-government"

        /// Whether the rule needs a value.
        var needsValue: Bool {
            switch self {
            case .organizationsMinimum, .durationMaximum, .budgetMinimum, .budgetMaximum: true
            case .indirectMaximum, .markersMinimum, .markersAnswered, .areaAndObjectives, .wholeOfGovernment: false
            }
        }
    }
}

public struct Fee: Sendable, Identifiable {
    public let id: String
    public let name: String
    public let rate: Ratio
    /// What the rate is taken of.
    public let basis: String
    public let standing: Standing
}

public struct BudgetCategory: Sendable, Identifiable {
    public var id: Int { number }
    public let number: Int
    public let name: String
    public let kind: Kind
    public let standing: Standing

    public enum Kind: String, Sendable, CaseIterable {
        case direct
        case indirect
    }
}

/// When a report is due each year.
public struct Deadline: Sendable, Identifiable {
    public let id: String
    public let name: String
    public let month: Int
    public let day: Int
    public let period: Period
    public let from: String
    public let to: String
    public let standing: Standing

    public enum Period: String, Sendable, CaseIterable {
        case sameYear = "same-year"
        case followingYear = "following-year"
    }
}

/// Who decides.
public struct Committee: Sendable {
    public let name: String
    public let chair: String
    public let decidesBy: String
    public let seats: [Seat]
    public let rules: CommitteeRules
    public let standing: Standing

    /// What a seat is called: its constituency, with a number where several seats are of it.
    public func name(of seat: Seat) -> String {
        let alike = seats.filter { $0.constituency == seat.constituency }
        guard alike.count > 1, let place = alike.firstIndex(where: { $0.id == seat.id }) else { return seat.constituency }
        return "\(seat.constituency) \(place + 1)"
    }

    /// The same by the seat's id; the id itself for one that the Terms no longer have.
    public func seatName(_ id: String) -> String { seats.first { $0.id == id }.map(name) ?? id }

    public struct Seat: Sendable, Identifiable {
        public let id: String
        public let constituency: String
        /// What the rules on interests call it by.
        public let kind: String
        public let part: Part
        /// Nil if who holds it is not on record.
        public let holder: String?
        public let from: CivilDate?
        public let to: CivilDate?
        public let standing: Standing

        public enum Part: String, Sendable, Hashable, CaseIterable {
            case chair
            case member
            /// Takes part and is not counted.
            case observer

            public var decides: Bool { self != .observer }
        }
    }
}

/// As of when one kind of record is complete. A figure that needs a kind that is not covered has no value.
public struct Coverage: Sendable {
    public let records: Records
    public let asOf: CivilDate
    /// The statement (by key) of how many there are, if the records are only a part of them.
    public let stated: String?
    public let standing: Standing

    public enum Records: String, Sendable, CaseIterable {
        case openingContributions = "opening-contributions"
        case programmes
        case pipeline
        case localEngagement = "local-engagement"
    }
}
