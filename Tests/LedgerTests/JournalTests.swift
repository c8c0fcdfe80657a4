import Ledger
import Testing

@Suite("Journal: balances")
struct JournalTests {
    @Test("A balance is positive on the account's normal side")
    func normalSide() throws {
        let journal = try Journal(currency: currency("USD"), entries: [opening("a", "10"), opening("b", "2.50")])
        #expect(try journal.balance(of: .contributionsOnRecord, asOf: day("2024")) == usd("12.50"))
        #expect(try journal.balance(of: .contributions, asOf: day("2024")) == usd("12.50"))
    }

    @Test("A balance may turn against the account's normal side")
    func againstNormalSide() throws {
        let entry = try stored([credit("3"), debit("3")].map { try $0.opposite() })
        let journal = try Journal(currency: currency("USD"), entries: [entry])
        #expect(try journal.balance(of: .contributionsOnRecord, asOf: day("2024")) == usd("-3"))
        #expect(try journal.balance(of: .contributions, asOf: day("2024")) == usd("-3"))
    }

    @Test("The balance of empty books is zero in their currency")
    func empty() throws {
        let yen = try currency("JPY", 0)
        #expect(try Journal(currency: yen, entries: []).balance(of: .contributions, asOf: day("2024")) == .zero(yen))
    }

    @Test(
        "An entry counts from the last day that its date may mean",
        arguments: [
            ("2022-06-15", "2022-06-14", false), ("2022-06-15", "2022-06-15", true), ("2022-06-15", "2022-06", true),
            ("2022-06", "2022-06-29", false), ("2022-06", "2022-06-30", true), ("2022-06", "2022-06", true),
            ("2022", "2022-12-30", false), ("2022", "2022-12-31", true), ("2022", "2022-12", true), ("2022", "2022", true),
            ("2022-12-31", "2022", true), ("2022-12", "2022-11", false), ("2022", "2021", false),
        ])
    func asOf(effectiveOn: String, asOf: String, counts: Bool) throws {
        let journal = try Journal(currency: currency("USD"), entries: [opening("a", "1", on: effectiveOn)])
        #expect(try journal.balance(of: .contributions, asOf: day(asOf)) == usd(counts ? "1" : "0"))
    }

    @Test("A balance can be read as it was known at an instant")
    func knownAt() throws {
        let first = try opening("a", "10", recordedAt: "2024-01-01T00:00:00Z")
        let second = try opening("b", "5", recordedAt: "2024-01-02T00:00:00Z")
        let correction = try reversed(first, effectiveOn: "2022", recordedAt: "2024-01-03T00:00:00Z")
        let journal = try Journal(currency: currency("USD"), entries: [first, second, correction])
        let expected = [
            ("2023-12-31T23:59:59.999999Z", "0"), ("2024-01-01T00:00:00Z", "10"), ("2024-01-02T00:00:00Z", "15"),
            ("2024-01-02T23:59:59.999999Z", "15"), ("2024-01-03T00:00:00Z", "5"),
        ]
        for (time, amount) in expected {
            #expect(try journal.balance(of: .contributions, asOf: day("2022"), knownAt: instant(time)) == usd(amount))
        }
        #expect(try journal.balance(of: .contributions, asOf: day("2022")) == usd("5"))
    }

    @Test("A reversal takes its entry out from the day the reversal takes effect, and not before")
    func reversalTakesEffect() throws {
        let original = try opening("a", "10", on: "2022-01-01")
        let journal = try Journal(currency: currency("USD"), entries: [original, reversed(original, effectiveOn: "2024-02-01")])
        #expect(try journal.balance(of: .contributions, asOf: day("2024-01-31")) == usd("10"))
        #expect(try journal.balance(of: .contributions, asOf: day("2024-02-01")) == usd("0"))
    }

    @Test("A balance can be restricted to a contributor, an organization and a programme, and to all of them at once")
    func dimensions() throws {
        let postings = try [
            Posting(account: .contributions, amount: usd("-1"), contributor: "germany", organization: "iom", programme: "p1"),
            Posting(account: .contributions, amount: usd("-2"), contributor: "germany", organization: "unhcr", programme: "p1"),
            Posting(account: .contributions, amount: usd("-4"), contributor: "sweden", organization: "iom", programme: "p2"),
            Posting(account: .contributions, amount: usd("-8")),
            Posting(account: .contributionsOnRecord, amount: usd("15"), contributor: "germany"),
        ]
        let journal = try Journal(currency: currency("USD"), entries: [entry(postings)])
        func balance(_ contributor: String? = nil, _ organization: String? = nil, _ programme: String? = nil) throws -> Money {
            try journal.balance(
                of: .contributions, contributor: contributor, organization: organization, programme: programme, asOf: day("2024"))
        }
        #expect(try balance() == usd("15"))
        #expect(try balance("germany") == usd("3"))
        #expect(try balance("sweden") == usd("4"))
        #expect(try balance(nil, "iom") == usd("5"))
        #expect(try balance(nil, nil, "p1") == usd("3"))
        #expect(try balance("germany", "iom") == usd("1"))
        #expect(try balance("germany", "unhcr", "p1") == usd("2"))
        #expect(try balance("sweden", "unhcr") == usd("0"))
        #expect(try balance("nobody") == usd("0"))
        #expect(try balance("") == usd("0"))
    }

    @Test("A posting in another currency is refused where it counts, and only there")
    func otherCurrency() throws {
        let euro = try currency("EUR")
        let amount = Money(minorUnits: 100, currency: euro)
        let entry = try Entry.openingContribution(
            id: "e", externalID: "e", contributor: "spain", amount: amount, effectiveOn: day("2023"),
            recordedAt: instant("2024-01-01T00:00:00Z"), memo: "", source: "")
        let journal = try Journal(currency: currency("USD"), entries: [opening("a", "1"), entry])
        #expect(throws: MoneyError.differentCurrencies(journal.currency, euro)) {
            try journal.balance(of: .contributions, asOf: day("2023"))
        }
        #expect(try journal.balance(of: .contributions, asOf: day("2022")) == usd("1"))
        #expect(try journal.balance(of: .contributions, contributor: "germany", asOf: day("2023")) == usd("1"))
    }

    @Test("Only the balance has to fit, not the sums on the way, and one that does not fit is refused")
    func overflow() throws {
        let (first, second) = (try opening("a", "92233720368547758.07"), try opening("b", "92233720368547758.07"))
        let dollar = try currency("USD")
        #expect(throws: MoneyError.overflow(dollar)) {
            try Journal(currency: dollar, entries: [first, second]).balance(of: .contributions, asOf: day("2024"))
        }
        let journal = try Journal(currency: dollar, entries: [first, second, reversed(first)])
        #expect(try journal.balance(of: .contributions, asOf: day("2025")) == usd("92233720368547758.07"))
    }

    @Test("Whatever is recorded and reversed, the debit and the credit account agree on every day")
    func alwaysBalances() throws {
        var generator = SeededGenerator(seed: 8)
        let dollar = try currency("USD")
        var entries: [Entry] = []
        var expected = Int64(0)
        for number in 0..<200 {
            let amount = Money(minorUnits: Int64.random(in: 1...1_000_000_000, using: &generator), currency: dollar)
            let date = try CivilDate(daysSince1970: Int.random(in: 18_000...19_000, using: &generator))
            let entry = try opening("e\(number)", amount.plainDecimal, by: "c\(number % 7)", on: date.description)
            entries.append(entry)
            expected += amount.minorUnits
            if Bool.random(using: &generator) {
                entries.append(try reversed(entry))
                expected -= amount.minorUnits
            }
        }
        let journal = Journal(currency: dollar, entries: entries.shuffled(using: &generator))
        for number in stride(from: 17_999, through: 20_000, by: 97) {
            let date = try CivilDate(daysSince1970: number)
            let whole = try journal.balance(of: .contributionsOnRecord, asOf: date)
            #expect(try journal.balance(of: .contributions, asOf: date) == whole)
            let parts = try (0..<7).map { try journal.balance(of: .contributions, contributor: "c\($0)", asOf: date) }
            #expect(try Money.sum(parts, in: dollar) == whole)
        }
        #expect(try journal.balance(of: .contributions, asOf: day("2024-02-01")).minorUnits == expected)
        #expect(journal.verify().isEmpty)
    }
}
