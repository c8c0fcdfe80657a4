public import Ledger

/// A budget: by organization, category and year, and where the form asks for it by output and organization besides.
public struct BudgetGrid: Sendable, Hashable {
    public let currency: Currency
    public let cells: [Cell]
    public let outputs: [OutputCell]

    public struct Cell: Sendable, Hashable {
        public let organization: String
        /// A number of the Terms' categories.
        public let category: Int
        /// From 1 on.
        public let year: Int
        public let amount: Money
    }

    public struct OutputCell: Sendable, Hashable {
        public let output: String
        public let organization: String
        public let amount: Money
    }

    /// Sums of a budget, with the indirect costs.
    public struct Totals: Sendable, Hashable {
        public let organizations: [OfOrganization]
        public let direct: Money
        public let indirect: Money
        public let total: Money

        public struct OfOrganization: Sendable, Hashable, Identifiable {
            public var id: String { organization }
            public let organization: String
            public let direct: Money
            public let indirect: Money
            public let total: Money
        }
    }

    /// The sums by organization, in the order of their ids.
    ///
    /// Indirect costs are the rate of the direct ones, rounded down over all organizations together and split among them by largest remainder, so that
    /// no minor unit is lost and the rate is never passed. An organization that gives its own indirect costs keeps what it gives.
    ///
    /// - Throws: `MoneyError` if a sum is beyond what 64 bits hold.
    public func totals(rate: Ratio?, indirectCategories: Set<Int>) throws(MoneyError) -> Totals {
        let ids = Set(cells.map(\.organization)).sorted()
        var (direct, given): ([Money], [Money?]) = ([], [])
        for id in ids {
            let own = cells.filter { $0.organization == id }
            let typed = own.filter { indirectCategories.contains($0.category) }.map(\.amount)
            direct.append(try Money.sum(own.filter { !indirectCategories.contains($0.category) }.map(\.amount), in: currency))
            given.append(typed.isEmpty ? nil : try Money.sum(typed, in: currency))
        }
        let computed = try Self.indirect(zip(direct, given).map { $1 == nil ? $0 : .zero(currency) }, rate, currency)
        var organizations: [Totals.OfOrganization] = []
        for (index, id) in ids.enumerated() {
            let indirect = given[index] ?? computed[index]
            organizations.append(
                Totals.OfOrganization(
                    organization: id, direct: direct[index], indirect: indirect, total: try direct[index].adding(indirect)))
        }
        let allDirect = try Money.sum(direct, in: currency)
        let allIndirect = try Money.sum(organizations.map { $0.indirect }, in: currency)
        return Totals(organizations: organizations, direct: allDirect, indirect: allIndirect, total: try allDirect.adding(allIndirect))
    }

    private static func indirect(_ direct: [Money], _ rate: Ratio?, _ currency: Currency) throws(MoneyError) -> [Money] {
        let whole = try Money.sum(direct, in: currency)
        guard let rate, whole.isPositive else { return direct.map { _ in .zero(currency) } }
        let product = Int128(whole.minorUnits) * Int128(rate.numerator) / Int128(rate.denominator)
        // A rate is between 0 and 1, so it is never more than the whole.
        let all = Money(minorUnits: Int64(truncatingIfNeeded: product), currency: currency)
        return try all.split(by: direct.map { $0.minorUnits })
    }

    /// What the cells of a category come to, over all organizations and years.
    public func sum(ofCategory category: Int) throws(MoneyError) -> Money {
        try Money.sum(cells.filter { $0.category == category }.map { $0.amount }, in: currency)
    }

    public func sum(ofYear year: Int) throws(MoneyError) -> Money {
        try Money.sum(cells.filter { $0.year == year }.map { $0.amount }, in: currency)
    }
}
