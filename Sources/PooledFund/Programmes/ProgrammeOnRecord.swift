public import Ledger

/// A programme as the record shows it on a day.
public struct ProgrammeOnRecord: Sendable, Identifiable {
    public var id: String { programme.code }
    public let programme: Programme
    /// Nil if no dated source gives its status by that day: then it is counted in nothing.
    public let status: StatusClaim?
    public let budget: BudgetClaim?
    /// The regions of its countries, or those on record where the countries are not; empty if unknown.
    public let regions: [String]
    public let localAuthorities: [AuthorityOnRecord]

    /// The part of its budget that counts for a region: a programme in several regions is split evenly among them, to the last minor unit.
    public func budget(in region: RegionOfProgramme) throws -> Money? {
        guard let amount = budget?.amount else { return nil }
        switch region {
        case .unknown: return regions.isEmpty ? amount : .zero(amount.currency)
        case .known(let id):
            guard let index = regions.firstIndex(of: id) else { return .zero(amount.currency) }
            return try amount.split(by: Array(repeating: 1, count: regions.count))[index]
        }
    }
}

/// A region that a programme counts for.
public enum RegionOfProgramme: Sendable, Hashable {
    case known(String)
    case unknown
}

/// A thematic area that a programme counts for.
public enum AreaOfProgramme: Sendable, Hashable {
    case known(Int)
    case unknown
}

/// A status to filter by.
public enum StatusOfProgramme: Sendable, Hashable {
    case known(ProgrammeStatus)
    case unknown
}

/// Which programmes.
public struct ProgrammeFilter: Sendable, Hashable {
    public var status: StatusOfProgramme?
    public var area: AreaOfProgramme?
    public var region: RegionOfProgramme?
    public var country: String?
    public var organization: String?
    public var objective: Int?
    /// At least this budget; a programme without one on record does not match.
    public var minimumBudget: Money?
    public var maximumBudget: Money?

    public init(
        status: StatusOfProgramme? = nil, area: AreaOfProgramme? = nil, region: RegionOfProgramme? = nil, country: String? = nil,
        organization: String? = nil, objective: Int? = nil, minimumBudget: Money? = nil, maximumBudget: Money? = nil
    ) {
        self.status = status
        self.area = area
        self.region = region
        self.country = country
        self.organization = organization
        self.objective = objective
        self.minimumBudget = minimumBudget
        self.maximumBudget = maximumBudget
    }

    public func admits(_ record: ProgrammeOnRecord) -> Bool {
        admitsStatus(record) && admitsArea(record) && admitsRegion(record) && admitsBudget(record)
            && (country.map(record.programme.countries.contains) ?? true)
            && (organization.map(record.programme.organizations.contains) ?? true)
            && (objective.map(record.programme.objectives.contains) ?? true)
    }

    private func admitsStatus(_ record: ProgrammeOnRecord) -> Bool {
        switch status {
        case nil: true
        case .unknown: record.status == nil
        case .known(let status): record.status?.status == status
        }
    }

    private func admitsArea(_ record: ProgrammeOnRecord) -> Bool {
        switch area {
        case nil: true
        case .unknown: record.programme.thematicArea == nil
        case .known(let number): record.programme.thematicArea == number
        }
    }

    private func admitsRegion(_ record: ProgrammeOnRecord) -> Bool {
        switch region {
        case nil: true
        case .unknown: record.regions.isEmpty
        case .known(let id): record.regions.contains(id)
        }
    }

    private func admitsBudget(_ record: ProgrammeOnRecord) -> Bool {
        if minimumBudget == nil, maximumBudget == nil { return true }
        guard let amount = record.budget?.amount.minorUnits else { return false }
        return amount >= minimumBudget?.minorUnits ?? .min && amount <= maximumBudget?.minorUnits ?? .max
    }
}
