import Ledger
import Testing

@Suite("Currency")
struct CurrencyTests {
    @Test("A currency keeps its code and its number of decimals", arguments: 0...4)
    func keepsWhatItIsGiven(minorUnits: Int) throws {
        let currency = try Currency(code: "USD", minorUnits: minorUnits)
        #expect(currency.code == "USD")
        #expect(currency.minorUnits == minorUnits)
        #expect(currency.description == "USD")
    }

    @Test(
        "A code that is not three capital ASCII letters is refused",
        arguments: [
            "", "US", "USDD", "usd", "UsD", "US1", "U D", "USD ", "ÜSD", "US\u{0301}D", "ＵＳＤ", "АВС", "US\u{0}", "ÜS", "[SD", "@SD",
        ])
    func malformedCode(code: String) {
        #expect(throws: CurrencyError.malformedCode(code)) { try Currency(code: code, minorUnits: 2) }
    }

    @Test("A number of decimals outside 0 to 4 is refused", arguments: [-1, 5, Int.min, Int.max])
    func minorUnitsOutOfRange(count: Int) {
        #expect(throws: CurrencyError.minorUnitsOutOfRange(count)) { try Currency(code: "USD", minorUnits: count) }
    }

    @Test("Currencies that differ in their decimals alone are different currencies")
    func decimalsAreIdentity() throws {
        #expect(try currency("USD", 2) != currency("USD", 3))
        #expect(try currency("USD", 2) == currency("USD", 2))
    }

    @Test("A message shows look-alike letters as escapes and does not repeat a long text in full")
    func messages() {
        #expect(CurrencyError.malformedCode("U\u{0405}D").description.contains(#""U\u{0405}D""#))
        let long = CurrencyError.malformedCode(String(repeating: "A", count: 1_000_000))
        #expect(long.description.utf8.count < 200)
    }
}
