public import Ledger

/// An amount as somebody typed it, or as a sheet has it: `1234.50`, `1,234.50`, `1.234,50`, `1 234,50`.
///
/// What could be read in two ways is read in none: `1,234` is a thousand and more to some, and little more than one to others.
public enum EnteredAmount: Sendable, Hashable {
    case amount(Money)
    /// It could be either of two.
    case ambiguous
    case unreadable

    public init(_ text: String, _ currency: Currency) {
        switch Self.plain(text) {
        case .decimal(let decimal):
            let amount = try? Money(parsing: decimal, currency: currency)
            self = amount.flatMap { $0.minorUnits <= Money.mostMinorUnits ? .amount($0) : nil } ?? .unreadable
        case .two: self = .ambiguous
        case nil: self = .unreadable
        }
    }

    private enum Plain {
        case decimal(String)
        case two
    }

    /// Nil unless it can only be read in one way.
    public var amount: Money? {
        if case .amount(let amount) = self { amount } else { nil }
    }

    /// What is wrong with the text, and what to do.
    public func problem(of text: String, _ currency: Currency) -> (problem: String, remedy: String)? {
        let shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(40)))
        return switch self {
        case .amount(let amount):
            amount.isNegative ? ("“\(shown)” is below zero", "write what is asked for, and not what is taken off") : nil
        case .ambiguous:
            (
                "“\(shown)” can be read in two ways, with thousands or with decimals",
                "write it without a separator of thousands, such as \(text.unicodeScalars.filter(Self.isDigit).map(String.init).joined())"
            )
        case .unreadable: ("“\(shown)” is not an amount in \(currency.code)", "write a plain decimal such as 120000")
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// The text as a plain decimal, or that there are two; nil for what is no number.
    private static func plain(_ text: String) -> Plain? {
        // Spaces of every width and apostrophes only ever stand between thousands.
        let scalars = text.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "'" && $0 != "’" }
        guard !scalars.isEmpty, scalars.allSatisfy({ isDigit($0) || $0 == "." || $0 == "," || $0 == "-" }) else { return nil }
        let number = String(String.UnicodeScalarView(scalars))
        let separators = scalars.filter { $0 == "." || $0 == "," }
        guard let last = separators.last else { return .decimal(number) }
        let parts = number.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }.map(String.init)
        let (head, tail) = (parts[0].drop { $0 == "-" }, parts[parts.count - 1])
        let isGrouped = { (groups: ArraySlice<String>) in (1...3).contains(head.utf8.count) && groups.allSatisfy { $0.utf8.count == 3 } }
        if Set(separators).count == 2 {
            // The last separator is the decimal one if the others are all of the other kind.
            guard separators.dropLast().allSatisfy({ $0 != last }), isGrouped(parts[1..<(parts.count - 1)]) else { return nil }
            return .decimal(parts.dropLast().joined() + "." + tail)
        }
        if separators.count > 1 { return isGrouped(parts[1...]) ? .decimal(parts.joined()) : nil }
        if tail.utf8.count == 3, isGrouped(parts[1...]), head != "0" { return .two }
        return .decimal("\(parts[0]).\(tail)")
    }
}

extension Money {
    /// The most that anybody enters: a million million with two decimals. The sums of all that a fund has on its tables then fit 64 bits.
    static let mostMinorUnits: Int64 = 100_000_000_000_000
}
