extension Money {
    /// - Throws: ``MoneyError/differentCurrencies(_:_:)``, ``MoneyError/overflow(_:)``.
    public func adding(_ other: Money) throws(MoneyError) -> Money {
        try requireSameCurrency(as: other)
        return try Money(exactly: Int128(minorUnits) + Int128(other.minorUnits), currency: currency)
    }

    /// - Throws: ``MoneyError/differentCurrencies(_:_:)``, ``MoneyError/overflow(_:)``.
    public func subtracting(_ other: Money) throws(MoneyError) -> Money {
        try requireSameCurrency(as: other)
        return try Money(exactly: Int128(minorUnits) - Int128(other.minorUnits), currency: currency)
    }

    /// - Throws: ``MoneyError/overflow(_:)`` for the one amount without an opposite, the most negative.
    public func negated() throws(MoneyError) -> Money {
        try Money(exactly: -Int128(minorUnits), currency: currency)
    }

    /// The sum of any number of amounts, zero for none. Only the result has to fit: the order of the amounts
    /// never decides whether a sum is refused.
    ///
    /// - Throws: ``MoneyError/differentCurrencies(_:_:)`` if an amount is not in `currency`,
    ///   ``MoneyError/overflow(_:)``.
    public static func sum(_ amounts: some Sequence<Money>, in currency: Currency) throws(MoneyError) -> Money {
        try Money(exactly: total(amounts, in: currency), currency: currency)
    }

    /// The sum in 128 bits, which no sequence that fits in memory overflows.
    static func total(_ amounts: some Sequence<Money>, in currency: Currency) throws(MoneyError) -> Int128 {
        let zero = Money.zero(currency)
        var total: Int128 = 0
        for amount in amounts {
            try zero.requireSameCurrency(as: amount)
            total += Int128(amount.minorUnits)
        }
        return total
    }

    /// This amount as an exact share of another: 1/4 for 25.00 of 100.00.
    ///
    /// - Throws: ``MoneyError/differentCurrencies(_:_:)``, ``MoneyError/shareOfZero``; and
    ///   ``MoneyError/shareOverflow`` for the most negative amount of -0.01, say.
    public func share(of whole: Money) throws(MoneyError) -> Ratio {
        try requireSameCurrency(as: whole)
        do {
            return try Ratio(numerator: minorUnits, denominator: whole.minorUnits)
        } catch .zeroDenominator {
            throw .shareOfZero
        } catch {
            throw .shareOverflow
        }
    }

    private func requireSameCurrency(as other: Money) throws(MoneyError) {
        guard currency == other.currency else { throw .differentCurrencies(currency, other.currency) }
    }
}
