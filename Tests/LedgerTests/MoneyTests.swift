import Ledger
import Testing

@Suite("Money")
struct MoneyTests {
    @Test(
        "A plain decimal is read as minor units and written back with all decimals",
        arguments: [
            ("57425741.00", 2, 5_742_574_100, "57425741.00"),
            ("57425741", 2, 5_742_574_100, "57425741.00"),
            ("-0.05", 2, -5, "-0.05"),
            ("0.5", 2, 50, "0.50"),
            ("-1", 2, -100, "-1.00"),
            ("0", 2, 0, "0.00"),
            ("-0", 2, 0, "0.00"),
            ("-0.00", 2, 0, "0.00"),
            ("007", 2, 700, "7.00"),
            ("100", 0, 100, "100"),
            ("-7", 0, -7, "-7"),
            ("0", 0, 0, "0"),
            ("1.2345", 4, 12_345, "1.2345"),
            ("0.0001", 4, 1, "0.0001"),
            ("12.3", 1, 123, "12.3"),
            ("1.001", 3, 1_001, "1.001"),
            ("92233720368547758.07", 2, Int64.max, "92233720368547758.07"),
            ("-92233720368547758.08", 2, Int64.min, "-92233720368547758.08"),
            ("9223372036854775807", 0, Int64.max, "9223372036854775807"),
            ("-9223372036854775808", 0, Int64.min, "-9223372036854775808"),
        ] as [(String, Int, Int64, String)])
    func parsing(text: String, decimals: Int, minorUnits: Int64, written: String) throws {
        let money = try Money(parsing: text, currency: currency("USD", decimals))
        #expect(money.minorUnits == minorUnits)
        #expect(money.plainDecimal == written)
        #expect(money.description == written + " USD")
    }

    @Test("What is not a plain decimal is refused, and the error keeps the text", arguments: textsThatAreNoNumbers)
    func malformed(text: String) throws {
        let usd = try currency("USD")
        #expect(throws: MoneyError.malformed(text)) { try Money(parsing: text, currency: usd) }
    }

    @Test(
        "More decimals than the currency has are refused, even if they are zero",
        arguments: [("1.000", 2), ("0.001", 2), ("1.0", 0), ("1.23456", 4), ("-1.00", 1)])
    func tooManyDecimals(text: String, decimals: Int) throws {
        let currency = try currency("USD", decimals)
        #expect(throws: MoneyError.tooManyDecimals(text, currency)) { try Money(parsing: text, currency: currency) }
    }

    @Test(
        "An amount beyond 64 bits of minor units is refused",
        arguments: [
            ("92233720368547758.08", 2), ("-92233720368547758.09", 2), ("9223372036854775808", 0), ("922337203685477580.7", 2),
            ("18446744073709551616", 0), ("340282366920938463463374607431768211456", 0),
            ("340282366920938463463374607431768211455", 4), ("170141183460469231731687303715884105728", 0),
            ("-170141183460469231731687303715884105728", 0), (String(repeating: "9", count: 10_000), 2),
        ])
    func overflow(text: String, decimals: Int) throws {
        let currency = try currency("USD", decimals)
        #expect(throws: MoneyError.overflow(currency)) { try Money(parsing: text, currency: currency) }
    }

    @Test("Reading what was written gives the same amount, for 10,000 amounts of every size")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<10_000 {
            let currency = try currency("USD", Int.random(in: 0...4, using: &generator))
            let money = Money(minorUnits: generator.anyInt64(), currency: currency)
            let text = money.plainDecimal
            #expect(try Money(parsing: text, currency: currency) == money)
            let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
            #expect(decimals == currency.minorUnits)
        }
    }

    @Test("Sums and differences are exact")
    func arithmetic() throws {
        #expect(try usd("0.10").adding(usd("0.20")) == usd("0.30"))
        #expect(try usd("0.10").subtracting(usd("0.20")) == usd("-0.10"))
        #expect(try usd("5.01").negated() == usd("-5.01"))
        #expect(try usd("92233720368547758.07").subtracting(usd("0.01")) == usd("92233720368547758.06"))
        #expect(try usd("-0.01").subtracting(usd("-92233720368547758.08")) == usd("92233720368547758.07"))
    }

    @Test("A result that does not fit is refused, never wrapped")
    func arithmeticOverflow() throws {
        let (largest, smallest) = (try usd("92233720368547758.07"), try usd("-92233720368547758.08"))
        let error = MoneyError.overflow(largest.currency)
        #expect(throws: error) { try largest.adding(usd("0.01")) }
        #expect(throws: error) { try smallest.adding(usd("-0.01")) }
        #expect(throws: error) { try smallest.subtracting(usd("0.01")) }
        #expect(throws: error) { try usd("0.00").subtracting(smallest) }
        #expect(throws: error) { try smallest.negated() }
        #expect(try largest.negated() == usd("-92233720368547758.07"))
    }

    @Test("Amounts in different currencies are never put together")
    func differentCurrencies() throws {
        let (dollar, euro) = (try usd("1"), try Money(parsing: "1", currency: currency("EUR")))
        let error = MoneyError.differentCurrencies(dollar.currency, euro.currency)
        #expect(throws: error) { try dollar.adding(euro) }
        #expect(throws: error) { try dollar.subtracting(euro) }
        #expect(throws: error) { try dollar.share(of: euro) }
        #expect(throws: error) { try Money.sum([dollar, euro], in: dollar.currency) }
        #expect(throws: MoneyError.self) { try Money.sum([dollar], in: currency("USD", 3)) }
    }

    @Test("A sum of nothing is zero, and only the result of a sum has to fit")
    func sums() throws {
        let dollar = try currency("USD")
        let (largest, smallest) = (Money(minorUnits: .max, currency: dollar), Money(minorUnits: .min, currency: dollar))
        #expect(try Money.sum([], in: dollar) == .zero(dollar))
        #expect(try Money.sum([usd("1.10"), usd("2.20"), usd("-0.30")], in: dollar) == usd("3.00"))
        #expect(try Money.sum([largest, largest, smallest, smallest], in: dollar) == usd("-0.02"))
        #expect(throws: MoneyError.overflow(dollar)) { try Money.sum([largest, largest], in: dollar) }
    }

    @Test("The sign of an amount is what it says")
    func signs() throws {
        let amounts = [try usd("-0.01"), try usd("0"), try usd("0.01")]
        #expect(amounts.map(\.isNegative) == [true, false, false])
        #expect(amounts.map(\.isZero) == [false, true, false])
        #expect(amounts.map(\.isPositive) == [false, false, true])
        #expect(try Money.zero(currency("JPY", 0)).plainDecimal == "0")
    }

    @Test("A message says what was wrong and shows a minus sign that is no hyphen")
    func messages() throws {
        let message = MoneyError.malformed("\u{2212}1").description
        #expect(message.contains(#""\u{2212}1""#))
        #expect(try MoneyError.tooManyDecimals("1.234", currency("USD")).description.contains("more decimals than USD"))
    }
}
