/// An amount of money: a signed whole number of minor units (cents) and its currency.
///
/// Arithmetic is exact or refused: nothing rounds, wraps or mixes currencies.
public struct Money: Sendable, Hashable, CustomStringConvertible {
    /// The amount in the currency's smallest unit: 5742574100 for USD 57,425,741.00.
    public let minorUnits: Int64
    public let currency: Currency

    public init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Reads a plain decimal such as `57425741.00`, `57425741` or `-0.05`.
    ///
    /// - Throws: ``MoneyError`` for anything else: a plus sign, grouping, an exponent, spaces, a point with no
    ///   digit on either side, digits other than 0 to 9, more decimals than the currency has, or an amount
    ///   beyond 64 bits of minor units.
    public init(parsing text: String, currency: Currency) throws(MoneyError) {
        let decimal: PlainDecimal
        do {
            decimal = try PlainDecimal(parsing: text, maximumPlaces: currency.minorUnits)
        } catch {
            switch error {
            case .malformed: throw .malformed(text)
            case .tooManyPlaces: throw .tooManyDecimals(text, currency)
            case .overflow: throw .overflow(currency)
            }
        }
        let scale = powerOfTen(currency.minorUnits - decimal.places)
        let (magnitude, overflowed) = decimal.digits.multipliedReportingOverflow(by: scale)
        guard !overflowed, let signed = Int128(exactly: magnitude) else { throw .overflow(currency) }
        try self.init(exactly: decimal.isNegative ? -signed : signed, currency: currency)
    }

    /// Narrows a 128-bit intermediate result.
    init(exactly minorUnits: Int128, currency: Currency) throws(MoneyError) {
        guard let narrowed = Int64(exactly: minorUnits) else { throw .overflow(currency) }
        self.init(minorUnits: narrowed, currency: currency)
    }

    /// Nothing, in the given currency.
    public static func zero(_ currency: Currency) -> Money {
        Money(minorUnits: 0, currency: currency)
    }

    public var isZero: Bool { minorUnits == 0 }
    public var isNegative: Bool { minorUnits < 0 }
    public var isPositive: Bool { minorUnits > 0 }

    /// The amount with all of the currency's decimals, without currency or grouping: `57425741.00`, `-0.05`;
    /// no point if the currency has no decimals. ``init(parsing:currency:)`` reads it back.
    public var plainDecimal: String {
        PlainDecimal.text(
            digits: UInt128(minorUnits.magnitude), places: currency.minorUnits, isNegative: isNegative)
    }

    /// The plain decimal and the currency's code: `-0.05 USD`. For messages and logs; pages format their own.
    public var description: String { "\(plainDecimal) \(currency.code)" }
}

/// Why an amount or a calculation was refused.
public enum MoneyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text is not a plain decimal.
    case malformed(String)
    /// The text has more decimals than the currency.
    case tooManyDecimals(String, Currency)
    /// The amount does not fit 64 bits of the currency's minor units.
    case overflow(Currency)
    /// Two amounts that cannot be put together.
    case differentCurrencies(Currency, Currency)
    /// A weight of a split is below zero.
    case negativeWeight(Int64)
    /// A split has no weights, or all of them are zero.
    case nothingToSplitBy
    /// A share was asked of a whole that is zero.
    case shareOfZero
    /// A share that cannot be written as a ratio of 64-bit numbers.
    case shareOverflow

    public var description: String {
        switch self {
        case .malformed(let text):
            "\(quoted(text)) is not an amount. Write digits, with a point before the decimals: 1234.50."
        case .tooManyDecimals(let text, let currency):
            "\(quoted(text)) has more decimals than \(currency.code) has, which is \(currency.minorUnits)."
        case .overflow(let currency):
            "The amount in \(currency.code) is too large: it must stay within \(Self.largest(currency))."
        case .differentCurrencies(let first, let second):
            "Amounts in \(Self.name(first)) and in \(Self.name(second)) cannot be put together."
        case .negativeWeight(let weight):
            "An amount cannot be split by a negative weight, \(weight)."
        case .nothingToSplitBy:
            "An amount cannot be split without a weight above zero."
        case .shareOfZero:
            "A share of zero has no value."
        case .shareOverflow:
            "The share is too large to be written exactly."
        }
    }

    private static func largest(_ currency: Currency) -> String {
        Money(minorUnits: .max, currency: currency).plainDecimal
    }

    /// With the decimals, because two currencies may differ in them alone.
    private static func name(_ currency: Currency) -> String {
        "\(currency.code) (\(currency.minorUnits) decimals)"
    }
}
