import Ledger
import Testing

@Suite("Entry")
struct EntryTests {
    @Test("An opening contribution debits what is on record and credits the contributor, both under its name")
    func openingContribution() throws {
        let entry = try opening("contribution-1", "57425741.00")
        #expect(
            try entry.postings == [
                Posting(account: .contributionsOnRecord, amount: usd("57425741.00"), contributor: "germany"),
                Posting(account: .contributions, amount: usd("-57425741.00"), contributor: "germany"),
            ])
        #expect(entry.kind == .openingContribution)
        #expect(entry.reverses == nil)
        #expect(entry.id == "id-contribution-1")
        #expect(entry.externalID == "contribution-1")
        #expect(try entry.effectiveOn == day("2022"))
        #expect(try entry.recordedAt == instant("2024-01-31T10:00:00Z"))
        #expect(entry.memo == "As published")
        #expect(entry.source == "Brief of January 2024")
    }

    @Test("An opening contribution of zero or less is refused", arguments: ["0.00", "-0.01"])
    func amountNotPositive(text: String) throws {
        let amount = try usd(text)
        #expect(throws: EntryError.amountNotPositive(amount)) { try opening("a", text) }
    }

    @Test("The largest contribution can be recorded and reversed")
    func largest() throws {
        let entry = try opening("a", "92233720368547758.07")
        #expect(try reversed(entry).postings.map(\.amount.minorUnits) == [-Int64.max, Int64.max])
    }

    @Test("An entry of fewer than two postings is refused", arguments: [0, 1])
    func tooFewPostings(count: Int) throws {
        let postings = try Array([debit("1"), credit("1")].prefix(count))
        #expect(throws: EntryError.tooFewPostings(count)) { try entry(postings) }
    }

    @Test("A posting of zero is refused")
    func zeroAmount() throws {
        let postings = try [debit("1"), credit("1"), debit("0")]
        #expect(throws: EntryError.zeroAmount(.contributionsOnRecord)) { try entry(postings) }
    }

    @Test("Mixed currencies are refused, even if the figures balance")
    func mixedCurrencies() throws {
        let euro = try Money(parsing: "-1", currency: currency("EUR"))
        let postings = try [debit("1"), Posting(account: .contributions, amount: euro)]
        let error = try EntryError.money(.differentCurrencies(currency("USD"), currency("EUR")))
        #expect(throws: error) { try entry(postings) }
    }

    @Test("An entry that does not balance is refused, and the message says by how much and on which side")
    func unbalanced() throws {
        let dollar = try currency("USD")
        let tooMuchDebit = try #require(throws: EntryError.self) { try entry([debit("10.00"), credit("9.95")]) }
        #expect(tooMuchDebit == .unbalanced(byMinorUnits: 5, dollar))
        #expect(tooMuchDebit.description == "The debits exceed the credits by 0.05 USD.")
        let tooMuchCredit = try #require(throws: EntryError.self) { try entry([debit("9"), credit("10")]) }
        #expect(tooMuchCredit.description == "The credits exceed the debits by 1.00 USD.")
    }

    @Test("A difference beyond 64 bits is still a difference, not a wrapped zero")
    func unbalancedBeyond64Bits() throws {
        let half = Posting(account: .contributionsOnRecord, amount: Money(minorUnits: .min, currency: try currency("USD")))
        let error = try EntryError.unbalanced(byMinorUnits: Int128(Int64.min) * 2, currency("USD"))
        #expect(throws: error) { try entry([half, half]) }
    }

    @Test("Many postings that balance together are accepted")
    func manyPostings() throws {
        let postings = try [debit("10"), debit("5"), credit("7.50"), credit("7.50")]
        #expect(try entry(postings).postings == postings)
    }

    @Test("A reversal names what it reverses, and nothing else does")
    func reverses() throws {
        let postings = try [debit("1"), credit("1")]
        #expect(throws: EntryError.reversalOfNothing) { try entry(postings, kind: .reversal, reverses: nil) }
        #expect(throws: EntryError.reversesWithoutBeingReversal(.openingContribution)) { try entry(postings, reverses: "b") }
        #expect(throws: EntryError.reversesItself) { try entry(postings, kind: .reversal, reverses: "entry") }
        #expect(try entry(postings, kind: .reversal, reverses: "b").reverses == "b")
    }

    @Test("A reversal is the exact opposite, names the original and keeps its source unless given another")
    func reversal() throws {
        let original = try opening("a", "12.34")
        let reversal = try reversed(original)
        #expect(
            try reversal.postings == [
                Posting(account: .contributionsOnRecord, amount: usd("-12.34"), contributor: "germany"),
                Posting(account: .contributions, amount: usd("12.34"), contributor: "germany"),
            ])
        #expect(reversal.kind == .reversal)
        #expect(reversal.reverses == "a")
        #expect(reversal.externalID == "a-reversed")
        #expect(reversal.source == original.source)
        let other = try original.reversal(
            id: "r", externalID: "r", effectiveOn: day("2024-02-01"), recordedAt: instant("2024-02-01T00:00:00Z"), memo: "",
            source: "Letter")
        #expect(other.source == "Letter")
    }

    @Test("Organization and programme stay with the posting when it is reversed")
    func reversalKeepsDimensions() throws {
        let postings = try [
            Posting(account: .contributionsOnRecord, amount: usd("1"), organization: "iom", programme: "p1"),
            Posting(account: .contributions, amount: usd("-1"), organization: "iom", programme: "p1"),
        ]
        let opposites = try reversed(entry(postings)).postings
        #expect(opposites.map(\.organization) == ["iom", "iom"])
        #expect(opposites.map(\.programme) == ["p1", "p1"])
        #expect(opposites.map(\.contributor) == [nil, nil])
    }

    @Test("A reversal cannot be reversed")
    func reversalOfReversal() throws {
        let correction = try reversed(opening("a", "1"))
        #expect(throws: EntryError.reversalOfReversal("a-reversed")) { try reversed(correction) }
    }

    @Test("A reversal cannot take the place of the entry it reverses")
    func sameExternalID() throws {
        let original = try opening("a", "1")
        #expect(throws: EntryError.reversesItself) {
            try original.reversal(
                id: "r", externalID: "a", effectiveOn: day("2024-02-01"), recordedAt: instant("2024-02-01T00:00:00Z"), memo: "")
        }
    }

    @Test("A reversal takes effect no earlier than the entry, whose partial date means its last day")
    func reversalEffectiveDate() throws {
        let original = try opening("a", "1")
        let error = try EntryError.reversalTakesEffectTooEarly(of: "a", on: day("2022"))
        for early in ["2022-12-30", "2022-01-01", "2022-11", "2021"] {
            #expect(throws: error) { try reversed(original, effectiveOn: early) }
        }
        for late in ["2022-12-31", "2022-12", "2022", "2023-01-01"] {
            #expect(try reversed(original, effectiveOn: late).effectiveOn == day(late))
        }
        // A partial date that ends on the same day takes effect on the same day.
        let complete = try opening("b", "1", on: "2022-12-31")
        #expect(try reversed(complete, effectiveOn: "2022").effectiveOn == day("2022"))
    }

    @Test("A reversal is recorded no earlier than the entry")
    func reversalRecordedAt() throws {
        let original = try opening("a", "1")
        let error = try EntryError.reversalRecordedTooEarly(of: "a", at: instant("2024-01-31T10:00:00Z"))
        #expect(throws: error) { try reversed(original, recordedAt: "2024-01-31T09:59:59.999999Z") }
        #expect(try reversed(original, recordedAt: "2024-01-31T10:00:00Z").recordedAt == original.recordedAt)
    }

    @Test("An amount without an opposite cannot be reversed")
    func reversalOverflow() throws {
        let dollar = try currency("USD")
        let unsound = try stored([
            Posting(account: .contributionsOnRecord, amount: Money(minorUnits: .min, currency: dollar)), debit("1"),
        ])
        #expect(throws: EntryError.money(.overflow(dollar))) { try reversed(unsound) }
    }

    @Test("The names that stores keep never change")
    func rawValues() {
        #expect(Account.allCases.map(\.rawValue) == ["contributionsOnRecord", "contributions"])
        #expect(Account.allCases.map(\.normalSide) == [.debit, .credit])
        #expect(EntryKind.allCases.map(\.rawValue) == ["opening-contribution", "reversal"])
    }
}
