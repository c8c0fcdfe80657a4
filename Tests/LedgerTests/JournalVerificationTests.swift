import Ledger
import Testing

@Suite("Journal: verification")
struct JournalVerificationTests {
    @Test("Sound books have no faults, whether or not a reversal stands after what it reverses")
    func sound() throws {
        let entries = try [opening("a", "1"), opening("b", "2"), reversed(opening("a", "1"))]
        #expect(try faults(entries).isEmpty)
        #expect(try faults(entries.reversed()).isEmpty)
        #expect(try faults([]).isEmpty)
    }

    @Test("An unbalanced entry is found, with its name and by how much")
    func unbalanced() throws {
        let fault = try #require(try onlyFault(opening("a", "1"), stored([debit("10"), credit("9.99")], externalID: "bad")))
        #expect(fault.externalID == "bad")
        #expect(fault.entryID == "id-bad")
        #expect(try fault.problem == .entry(.unbalanced(byMinorUnits: 1, currency("USD"))))
        #expect(fault.description == #"Entry "bad" (id "id-bad"): The debits exceed the credits by 0.01 USD."#)
    }

    @Test("Entries with too few postings or postings of zero are found")
    func malformedEntries() throws {
        #expect(try onlyFault(stored([]))?.problem == .entry(.tooFewPostings(0)))
        #expect(try onlyFault(stored([debit("1"), credit("1"), credit("0")]))?.problem == .entry(.zeroAmount(.contributions)))
        #expect(
            try faults([stored([debit("1")])]).map(\.problem) == [
                .entry(.tooFewPostings(1)), .entry(.unbalanced(byMinorUnits: 100, currency("USD"))),
            ])
    }

    @Test("Of entries with the same external id, every one after the first is a fault")
    func duplicateExternalID() throws {
        let found = try faults([opening("a", "1"), opening("b", "1"), opening("a", "2"), opening("a", "3")])
        #expect(found.map(\.problem) == [.duplicateExternalID, .duplicateExternalID])
        #expect(found.map(\.externalID) == ["a", "a"])
    }

    @Test("A reversal of an entry that is not in the books is found")
    func unknownEntry() throws {
        let fault = try #require(try onlyFault(reversed(opening("gone", "1"))))
        #expect(fault.problem == .reversesUnknownEntry("gone"))
        #expect(fault.description.contains(#""gone-reversed""#) && fault.description.contains(#""gone", which is not in the books"#))
    }

    @Test("An entry reversed twice is found, at the second reversal")
    func reversedTwice() throws {
        let original = try opening("a", "1")
        let second = try original.reversal(
            id: "2", externalID: "second", effectiveOn: day("2024-03-01"), recordedAt: instant("2024-03-01T00:00:00Z"), memo: "")
        let fault = try #require(try onlyFault(original, reversed(original), second))
        #expect(fault.problem == .reversedBefore("a"))
        #expect(fault.externalID == "second")
    }

    @Test("A reversal that is not the exact opposite is found: other amounts, sides, accounts, names or numbers of postings")
    func notTheOpposite() throws {
        let original = try opening("a", "5")
        let exact = try reversed(original).postings
        func named(_ posting: Posting, contributor: String? = nil, programme: String? = nil) -> Posting {
            Posting(account: posting.account, amount: posting.amount, contributor: contributor, programme: programme)
        }
        let wrong: [[Posting]] = try [
            original.postings,
            [debit("4").opposite(), credit("4").opposite()].map { named($0, contributor: "germany") },
            exact.map { named($0, contributor: "sweden") },
            exact.map { named($0) },
            exact.map { named($0, contributor: "germany", programme: "p") },
            exact + exact,
            exact + [debit("1"), credit("1")],
        ]
        for postings in wrong {
            let reversal = try stored(postings, externalID: "r", kind: .reversal, reverses: "a")
            let fault = try #require(try onlyFault(original, reversal))
            #expect(fault.problem == .notTheOpposite(of: "a"))
            #expect(fault.externalID == "r")
        }
        let inOtherOrder = try stored(exact.reversed(), externalID: "r", kind: .reversal, reverses: "a")
        #expect(try faults([original, inOtherOrder]).isEmpty)
    }

    @Test("An amount without an opposite makes no reversal exact, and is no crash")
    func oppositeOverflow() throws {
        let posting = Posting(account: .contributionsOnRecord, amount: Money(minorUnits: .min, currency: try currency("USD")))
        let original = try stored([posting, posting], externalID: "a")
        let reversal = try stored([debit("1"), credit("1")], externalID: "r", kind: .reversal, reverses: "a")
        #expect(try faults([original, reversal]).map(\.problem).contains(.notTheOpposite(of: "a")))
    }

    @Test("A posting in another currency than the books' is found")
    func otherCurrency() throws {
        let (dollar, euro) = (try currency("USD"), try currency("EUR"))
        let amount = Money(minorUnits: 100, currency: euro)
        let balanced = try stored([
            Posting(account: .contributionsOnRecord, amount: amount), Posting(account: .contributions, amount: amount.negated()),
        ])
        #expect(try onlyFault(balanced)?.problem == .otherCurrency(euro, journal: dollar))
        let mixed = try stored([debit("1"), Posting(account: .contributions, amount: amount.negated())])
        #expect(
            try faults([mixed]).map(\.problem) == [
                .entry(.money(.differentCurrencies(dollar, euro))), .otherCurrency(euro, journal: dollar),
            ])
    }

    @Test("A reversal recorded before the entry it reverses is found")
    func recordedBefore() throws {
        let original = try opening("a", "1")
        let postings = try reversed(original).postings
        let early = try stored(postings, externalID: "r", kind: .reversal, reverses: "a", recordedAt: "2024-01-31T09:59:59.999999Z")
        #expect(try onlyFault(original, early)?.problem == .recordedBefore("a", at: original.recordedAt))
        let same = try stored(postings, externalID: "r", kind: .reversal, reverses: "a", recordedAt: "2024-01-31T10:00:00Z")
        #expect(try faults([original, same]).isEmpty)
    }

    @Test("A reversal that takes effect before the entry it reverses is found")
    func takesEffectBefore() throws {
        let original = try opening("a", "1", on: "2022")
        let postings = try reversed(original).postings
        let early = try stored(postings, externalID: "r", kind: .reversal, reverses: "a", on: "2022-12-30")
        #expect(try onlyFault(original, early)?.problem == .takesEffectBefore("a", on: original.effectiveOn))
        let same = try stored(postings, externalID: "r", kind: .reversal, reverses: "a", on: "2022-12-31")
        #expect(try faults([original, same]).isEmpty)
        let complete = try opening("a", "1", on: "2022-12-31")
        let partial = try stored(postings, externalID: "r", kind: .reversal, reverses: "a", on: "2022")
        #expect(try faults([complete, partial]).isEmpty)
    }

    @Test("A reversal of a reversal, of itself or of nothing, and a reversal by another name, are found")
    func wrongReversals() throws {
        let original = try opening("a", "1")
        let reversal = try reversed(original)
        let again = try stored(original.postings, externalID: "again", kind: .reversal, reverses: "a-reversed")
        #expect(try onlyFault(original, reversal, again)?.problem == .reversesReversal("a-reversed"))
        let itself = try stored(original.postings, externalID: "self", kind: .reversal, reverses: "self")
        #expect(try onlyFault(itself)?.problem == .entry(.reversesItself))
        #expect(try onlyFault(stored(original.postings, kind: .reversal))?.problem == .entry(.reversalOfNothing))
        let misnamed = try stored(reversal.postings, externalID: "m", kind: .openingContribution, reverses: "a")
        #expect(try onlyFault(original, misnamed)?.problem == .entry(.reversesWithoutBeingReversal(.openingContribution)))
    }

    @Test("Every fault is reported, in the order of the entries")
    func allFaults() throws {
        let found = try faults([
            stored([debit("1")], externalID: "x"), opening("ok", "1"), opening("x", "1"),
            stored([debit("1"), credit("2")], externalID: "z", kind: .reversal, reverses: "ok"),
        ])
        #expect(found.map(\.externalID) == ["x", "x", "x", "z", "z"])
        #expect(found.allSatisfy { $0.description.hasPrefix("Entry ") && $0.description.hasSuffix(".") })
    }

    private func faults(_ entries: [Entry]) throws -> [JournalFault] {
        try Journal(currency: currency("USD"), entries: entries).verify()
    }

    /// The fault of books that have exactly one.
    private func onlyFault(_ entries: Entry...) throws -> JournalFault? {
        let found = try faults(entries)
        #expect(found.count == 1, "\(found)")
        return found.first
    }
}
