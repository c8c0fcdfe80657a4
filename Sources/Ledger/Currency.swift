/// A currency: its code and how many decimals its amounts have.
///
/// The ledger keeps no list of currencies: which ones a fund uses, and with how many decimals
/// (ISO 4217 calls them minor units), is part of the fund's Terms.
public struct Currency: Sendable, Hashable, CustomStringConvertible {
    /// Three capital ASCII letters, as in ISO 4217: `USD`.
    public let code: String

    /// How many decimals an amount has, 0 to 4: 2 for `USD`, 0 for `JPY`.
    public let minorUnits: Int

    /// - Throws: ``CurrencyError`` if the code is not three capital ASCII letters, or the number of
    ///   decimals is not 0 to 4 (the range that ISO 4217 uses).
    public init(code: String, minorUnits: Int) throws(CurrencyError) {
        let bytes = code.utf8
        guard bytes.count == 3, bytes.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
            throw .malformedCode(code)
        }
        guard (0...4).contains(minorUnits) else { throw .minorUnitsOutOfRange(minorUnits) }
        self.code = code
        self.minorUnits = minorUnits
    }

    /// The code.
    public var description: String { code }
}

/// Why a currency was refused.
public enum CurrencyError: Error, Sendable, Hashable, CustomStringConvertible {
    case malformedCode(String)
    case minorUnitsOutOfRange(Int)

    public var description: String {
        switch self {
        case .malformedCode(let code):
            "\(quoted(code)) is not a currency code. Give three capital letters, such as USD."
        case .minorUnitsOutOfRange(let count):
            "A currency has 0 to 4 decimals, not \(count)."
        }
    }
}
