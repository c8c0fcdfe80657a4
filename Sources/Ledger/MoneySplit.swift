extension Money {
    /// Splits the amount in proportion to whole-number weights, by largest remainder (Hamilton's method).
    ///
    /// Every part gets its share rounded towards zero; the minor units left over go one each to the parts that
    /// lost most by the rounding, to the earlier of two that lost the same. So the parts always sum exactly to
    /// the amount, none differs from its exact share by a whole minor unit, a weight of zero gets nothing, and a
    /// negative amount splits as the opposite of the positive one.
    ///
    /// - Returns: one part for each weight, in the same order.
    /// - Throws: ``MoneyError/negativeWeight(_:)``; ``MoneyError/nothingToSplitBy`` if there are no weights or
    ///   all are zero.
    public func split(by weights: [Int64]) throws(MoneyError) -> [Money] {
        for weight in weights where weight < 0 { throw .negativeWeight(weight) }
        let totalWeight = weights.reduce(into: UInt128(0)) { $0 += UInt128($1.magnitude) }
        guard totalWeight > 0 else { throw .nothingToSplitBy }

        let whole = minorUnits.magnitude
        var parts: [UInt64] = []
        var remainders: [UInt128] = []
        for weight in weights {
            let product = whole.multipliedFullWidth(by: weight.magnitude)
            let (part, remainder) = (UInt128(product.high) << 64 | UInt128(product.low))
                .quotientAndRemainder(dividingBy: totalWeight)
            parts.append(UInt64(truncatingIfNeeded: part))  // A part never exceeds the whole.
            remainders.append(remainder)
        }

        let leftOver = whole - parts.reduce(0, +)
        let byLoss = remainders.indices.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
        for index in byLoss.prefix(Int(leftOver)) { parts[index] += 1 }

        return parts.map { part in
            // Modular negation, so that a part of 2^63 becomes the most negative amount instead of a trap.
            let signed = isNegative ? 0 &- Int64(bitPattern: part) : Int64(bitPattern: part)
            return Money(minorUnits: signed, currency: currency)
        }
    }
}
