public import Ledger

/// The value of a figure, of a published statement, or of the difference between the two.
public enum FigureValue: Sendable, Hashable {
    case money(Money)
    case share(Ratio)
    case count(Int)
    case year(Int)
    /// From one year to another.
    case years(Int, Int?)
}

extension PublishedStatement {
    /// What is stated, read by its unit; nil if it cannot be. Three capital letters are a currency, and only the fund's own can be compared.
    public func value(in currency: Currency) -> FigureValue? {
        guard !stated.hasPrefix("-") else { return nil }
        switch unit {
        case currency.code: return (try? Money(parsing: stated, currency: currency)).map(FigureValue.money)
        case "share": return (try? Ratio(parsing: stated)).map(FigureValue.share)
        case "year": return wholeNumber(stated).map(FigureValue.year)
        case "years":
            let years = stated.split(separator: "/", omittingEmptySubsequences: false).map { wholeNumber(String($0)) }
            guard years.count == 2, let from = years[0], let to = years[1] else { return nil }
            return .years(from, to)
        case _ where unit.utf8.count == 3 && unit.utf8.allSatisfy { (65...90).contains($0) }: return nil
        default: return wholeNumber(stated).map(FigureValue.count)
        }
    }
}
