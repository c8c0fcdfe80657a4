internal import Foundation
public import Ledger

/// How a set of programmes is spread over thematic areas and regions: what “no objective and no region is privileged” can be read from.
public struct Balance: Sendable {
    public let status: ProgrammeStatus
    public let programmes: [ProgrammeOnRecord]
    /// A row for every area of the Terms, and one for unknown if any programme's is.
    public let areas: [AreaOfProgramme]
    public let regions: [RegionOfProgramme]
    public let cells: [AreaOfProgramme: [RegionOfProgramme: Cell]]
    public let areaTotals: [AreaOfProgramme: Cell]
    public let regionTotals: [RegionOfProgramme: Cell]
    public let total: Cell
    /// By area, and by region; nil where fewer than two categories can be compared or nothing is in any.
    public let evennessByArea: Evenness?
    public let evennessByRegion: Evenness?
    public let objectives: ObjectiveCoverage

    /// Money and number of programmes. The number is in hundredths, since a programme in several regions is split evenly.
    public struct Cell: Sendable, Hashable {
        public var amount: Money
        public var hundredths: Int64

        static func zero(_ currency: Currency) -> Cell { Cell(amount: .zero(currency), hundredths: 0) }

        mutating func add(_ other: Cell) throws {
            amount = try amount.adding(other.amount)
            hundredths += other.hundredths
        }
    }

    /// Which objectives programmes touch, and for how many that is not on record.
    public struct ObjectiveCoverage: Sendable {
        /// Objective to the codes of the programmes that name it.
        public let programmesByObjective: [Int: [String]]
        public let withoutObjectives: Int
        public let of: Int
    }

    init(_ record: PublicRecord, status: ProgrammeStatus) throws {
        let currency = record.terms.currency
        let programmes = record.programmes(ProgrammeFilter(status: .known(status)))
        var areas = record.terms.thematicAreas.map { AreaOfProgramme.known($0.number) }
        if programmes.contains(where: { $0.programme.thematicArea == nil }) { areas.append(.unknown) }
        var regions = record.terms.regions.map { RegionOfProgramme.known($0.id) }
        if programmes.contains(where: \.regions.isEmpty) { regions.append(.unknown) }

        var cells: [AreaOfProgramme: [RegionOfProgramme: Cell]] = [:]
        var areaTotals: [AreaOfProgramme: Cell] = [:]
        var regionTotals: [RegionOfProgramme: Cell] = [:]
        var total = Cell.zero(currency)
        for programme in programmes {
            let area = programme.programme.thematicArea.map(AreaOfProgramme.known) ?? .unknown
            for (region, cell) in try Self.parts(of: programme, currency: currency) {
                try cells[area, default: [:]][region, default: .zero(currency)].add(cell)
                try areaTotals[area, default: .zero(currency)].add(cell)
                try regionTotals[region, default: .zero(currency)].add(cell)
                try total.add(cell)
            }
        }
        self.status = status
        self.programmes = programmes
        self.areas = areas
        self.regions = regions
        self.cells = cells
        self.areaTotals = areaTotals
        self.regionTotals = regionTotals
        self.total = total
        evennessByArea = Evenness(of: areas.filter { $0 != .unknown }.map { areaTotals[$0]?.amount.minorUnits ?? 0 })
        evennessByRegion = Evenness(of: regions.filter { $0 != .unknown }.map { regionTotals[$0]?.amount.minorUnits ?? 0 })
        objectives = ObjectiveCoverage(
            programmesByObjective: Dictionary(
                grouping: programmes.flatMap { programme in programme.programme.objectives.map { ($0, programme.id) } }, by: \.0
            ).mapValues { $0.map(\.1) },
            withoutObjectives: programmes.count { $0.programme.objectives.isEmpty }, of: programmes.count)
    }

    public func cell(_ area: AreaOfProgramme, _ region: RegionOfProgramme) -> Cell? { cells[area]?[region] }

    private static func parts(of programme: ProgrammeOnRecord, currency: Currency) throws -> [(RegionOfProgramme, Cell)] {
        let regions = programme.regions.isEmpty ? [RegionOfProgramme.unknown] : programme.regions.map { .known($0) }
        let weights = [Int64](repeating: 1, count: regions.count)
        let amounts = try (programme.budget?.amount ?? .zero(currency)).split(by: weights)
        let hundredths = try Money(minorUnits: 100, currency: currency).split(by: weights).map(\.minorUnits)
        return regions.indices.map { (regions[$0], Cell(amount: amounts[$0], hundredths: hundredths[$0])) }
    }
}

/// Pielou's evenness index J = H / ln S, where H = −Σ pᵢ ln pᵢ is Shannon's entropy of the shares pᵢ and S the number of categories
/// (E. C. Pielou, “The measurement of diversity in different types of biological collections”, Journal of Theoretical Biology 13, 1966).
///
/// 1 when every category has the same share, towards 0 when one has everything. S counts every category of the Terms, those with nothing included:
/// a region that gets nothing makes the fund less even. It is a statistic, not money, and is therefore allowed to be a floating-point number.
public struct Evenness: Sendable, Hashable {
    public let value: Double
    /// H, the entropy of the shares.
    public let entropy: Double
    /// ln S, the entropy of equal shares.
    public let maximum: Double
    public let categories: Int

    /// Nil for fewer than two categories or when all are zero.
    init?(of amounts: [Int64]) {
        let total = amounts.reduce(0.0) { $0 + Double($1) }
        guard amounts.count >= 2, total > 0 else { return nil }
        let shares = amounts.filter { $0 > 0 }.map { Double($0) / total }
        entropy = -shares.reduce(0) { $0 + $1 * log($1) }
        maximum = log(Double(amounts.count))
        value = min(1, max(0, entropy / maximum))
        categories = amounts.count
    }

    /// Four decimals: more would promise a precision that budgets rounded to a tenth of a million do not have.
    public var text: String {
        let scaled = Int((value * 10_000).rounded())
        let fraction = String(scaled % 10_000)
        return "\(scaled / 10_000).\(String(repeating: "0", count: 4 - fraction.count))\(fraction)"
    }
}
