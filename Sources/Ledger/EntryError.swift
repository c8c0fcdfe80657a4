/// Why an entry was refused.
public enum EntryError: Error, Sendable, Hashable, CustomStringConvertible {
    case tooFewPostings(Int)
    case zeroAmount(Account)
    /// The postings sum to so many minor units instead of zero: positive if the debits exceed the credits. In 128
    /// bits, because the difference of two amounts may not fit one.
    case unbalanced(byMinorUnits: Int128, Currency)
    /// A reversal that does not say what it reverses.
    case reversalOfNothing
    case reversesItself
    /// An entry of another kind that says it reverses one.
    case reversesWithoutBeingReversal(EntryKind)
    /// An opening contribution of zero or less.
    case amountNotPositive(Money)
    /// The external id of a reversal that was to be reversed.
    case reversalOfReversal(String)
    /// The entry to be reversed, by external id, and the day it takes effect.
    case reversalTakesEffectTooEarly(of: String, on: CivilDate)
    /// The entry to be reversed, by external id, and the instant it was recorded.
    case reversalRecordedTooEarly(of: String, at: Instant)
    /// The amounts cannot be calculated with: mixed currencies, or one without an opposite.
    case money(MoneyError)

    public var description: String {
        switch self {
        case .tooFewPostings(let count): "An entry needs at least two postings; it has \(count)."
        case .zeroAmount(let account): "The posting to \(account.rawValue) is of zero."
        case .unbalanced(let difference, let currency): Self.unbalanced(difference, currency)
        case .reversalOfNothing: "A reversal has to name the entry that it reverses."
        case .reversesItself: "A reversal cannot reverse itself."
        case .reversesWithoutBeingReversal(let kind):
            "Only a reversal may name an entry that it reverses; this is of the kind \(kind.rawValue)."
        case .amountNotPositive(let amount): "A contribution has to be above zero; it is \(amount)."
        case .reversalOfReversal(let id):
            "\(quoted(id)) is a reversal and cannot be reversed. Record the original entry anew instead."
        case .reversalTakesEffectTooEarly(let id, let date):
            "A reversal of \(quoted(id)) cannot take effect before \(date), when that entry does."
        case .reversalRecordedTooEarly(let id, let instant):
            "A reversal of \(quoted(id)) cannot be recorded before \(instant), when that entry was."
        case .money(let error): error.description
        }
    }

    private static func unbalanced(_ difference: Int128, _ currency: Currency) -> String {
        let amount = PlainDecimal.text(digits: difference.magnitude, places: currency.minorUnits, isNegative: false)
        let (more, less) = difference > 0 ? ("debits", "credits") : ("credits", "debits")
        return "The \(more) exceed the \(less) by \(amount) \(currency.code)."
    }
}
