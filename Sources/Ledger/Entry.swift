/// What an entry records. A new kind of record adds its kind here; the raw value is what stores keep.
public enum EntryKind: String, Sendable, Hashable, CaseIterable {
    /// A contribution that was on record before the fund's books were opened here.
    case openingContribution = "opening-contribution"
    /// The exact opposite of an earlier entry, which it corrects.
    case reversal
}

/// A balanced set of postings, never changed once recorded: a mistake is corrected by its
/// ``reversal(id:externalID:effectiveOn:recordedAt:memo:source:)`` and a new entry.
///
/// An entry has two dates, so that the books can be read as of a day and as they were known at an instant.
public struct Entry: Sendable, Hashable {
    /// The id inside the store.
    public let id: String
    /// The public id, the same on every load of the same record; unique in a journal.
    public let externalID: String
    public let kind: EntryKind
    /// The day it takes effect; a partial date takes effect on its last day.
    public let effectiveOn: CivilDate
    /// The instant from which the fund knew it.
    public let recordedAt: Instant
    /// At least two, in one currency, none zero, summing to zero.
    public let postings: [Posting]
    /// The external id of the entry that this one reverses; present for a reversal and for nothing else.
    public let reverses: String?
    /// Why, in words for a reader of the books.
    public let memo: String
    /// Where the fact comes from: a document, an address.
    public let source: String

    /// - Throws: ``EntryError`` if there are fewer than two postings, a posting is zero, currencies are mixed, the
    ///   postings do not sum to zero, or `reverses` does not go with the kind.
    public init(
        id: String, externalID: String, kind: EntryKind, effectiveOn: CivilDate, recordedAt: Instant,
        postings: [Posting], reverses: String? = nil, memo: String, source: String
    ) throws(EntryError) {
        self.init(
            uncheckedID: id, externalID: externalID, kind: kind, effectiveOn: effectiveOn, recordedAt: recordedAt,
            postings: postings, reverses: reverses, memo: memo, source: source)
        if let error = errors.first { throw error }
    }

    /// An entry exactly as a store holds it, sound or not.
    ///
    /// For reading the books only: a checked entry could not be built from a damaged row, and
    /// ``Journal/verify()`` has to be able to name what is wrong with it. What is about to be recorded goes
    /// through the throwing initializer.
    public static func asStored(
        id: String, externalID: String, kind: EntryKind, effectiveOn: CivilDate, recordedAt: Instant,
        postings: [Posting], reverses: String?, memo: String, source: String
    ) -> Entry {
        Entry(
            uncheckedID: id, externalID: externalID, kind: kind, effectiveOn: effectiveOn, recordedAt: recordedAt,
            postings: postings, reverses: reverses, memo: memo, source: source)
    }

    private init(
        uncheckedID id: String, externalID: String, kind: EntryKind, effectiveOn: CivilDate, recordedAt: Instant,
        postings: [Posting], reverses: String?, memo: String, source: String
    ) {
        self.id = id
        self.externalID = externalID
        self.kind = kind
        self.effectiveOn = effectiveOn
        self.recordedAt = recordedAt
        self.postings = postings
        self.reverses = reverses
        self.memo = memo
        self.source = source
    }

    /// Everything wrong with the entry by itself, without the journal around it.
    var errors: [EntryError] {
        var errors: [EntryError] = []
        if postings.count < 2 { errors.append(.tooFewPostings(postings.count)) }
        for posting in postings where posting.amount.isZero { errors.append(.zeroAmount(posting.account)) }
        if let currency = postings.first?.amount.currency {
            do {
                let sum = try Money.total(postings.map(\.amount), in: currency)
                if sum != 0 { errors.append(.unbalanced(byMinorUnits: sum, currency)) }
            } catch {
                errors.append(.money(error))
            }
        }
        switch (kind, reverses) {
        case (.reversal, nil): errors.append(.reversalOfNothing)
        case (.reversal, externalID?): errors.append(.reversesItself)
        case (.reversal, _), (_, nil): break
        case (_, .some): errors.append(.reversesWithoutBeingReversal(kind))
        }
        return errors
    }
}

extension Entry {
    /// A contribution that was on record before the fund's books were opened here: debits
    /// ``Account/contributionsOnRecord`` and credits ``Account/contributions``.
    ///
    /// - Throws: ``EntryError/amountNotPositive(_:)``.
    public static func openingContribution(
        id: String, externalID: String, contributor: String, amount: Money,
        effectiveOn: CivilDate, recordedAt: Instant, memo: String, source: String
    ) throws(EntryError) -> Entry {
        guard amount.isPositive else { throw .amountNotPositive(amount) }
        let debit = Posting(account: .contributionsOnRecord, amount: amount, contributor: contributor)
        let credit = Posting(account: .contributions, amount: try negated(amount), contributor: contributor)
        return try Entry(
            id: id, externalID: externalID, kind: .openingContribution, effectiveOn: effectiveOn,
            recordedAt: recordedAt, postings: [debit, credit], memo: memo, source: source)
    }

    /// The entry that undoes this one: every posting on its other side, in the same order.
    ///
    /// - Parameter source: where the correction comes from; this entry's own source if not given.
    /// - Throws: ``EntryError/reversalOfReversal(_:)``; ``EntryError/reversalTakesEffectTooEarly(of:on:)`` and
    ///   ``EntryError/reversalRecordedTooEarly(of:at:)`` if it would come before this entry.
    public func reversal(
        id: String, externalID: String, effectiveOn: CivilDate, recordedAt: Instant, memo: String,
        source: String? = nil
    ) throws(EntryError) -> Entry {
        guard kind != .reversal else { throw .reversalOfReversal(self.externalID) }
        guard effectiveOn.lastDay >= self.effectiveOn.lastDay else {
            throw .reversalTakesEffectTooEarly(of: self.externalID, on: self.effectiveOn)
        }
        guard recordedAt >= self.recordedAt else {
            throw .reversalRecordedTooEarly(of: self.externalID, at: self.recordedAt)
        }
        var opposites: [Posting] = []
        for posting in postings {
            do { opposites.append(try posting.opposite()) } catch { throw .money(error) }
        }
        return try Entry(
            id: id, externalID: externalID, kind: .reversal, effectiveOn: effectiveOn, recordedAt: recordedAt,
            postings: opposites, reverses: self.externalID, memo: memo, source: source ?? self.source)
    }

    private static func negated(_ amount: Money) throws(EntryError) -> Money {
        do { return try amount.negated() } catch { throw .money(error) }
    }
}
