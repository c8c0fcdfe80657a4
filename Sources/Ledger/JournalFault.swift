/// One thing wrong with one entry of the books.
public struct JournalFault: Sendable, Hashable, CustomStringConvertible {
    /// The id of the entry inside the store.
    public let entryID: String
    /// The public id of the entry.
    public let externalID: String
    public let problem: Problem

    public init(entryID: String, externalID: String, problem: Problem) {
        self.entryID = entryID
        self.externalID = externalID
        self.problem = problem
    }

    /// What is wrong. An entry that a problem is about, beside the faulty one, is given by its external id.
    public enum Problem: Sendable, Hashable {
        /// The entry is not sound by itself: unbalanced, for one.
        case entry(EntryError)
        /// A posting is not in the currency of the books.
        case otherCurrency(Currency, journal: Currency)
        /// An earlier entry has the same external id.
        case duplicateExternalID
        case reversesUnknownEntry(String)
        case reversesReversal(String)
        /// An earlier entry reverses the same one.
        case reversedBefore(String)
        case notTheOpposite(of: String)
        case takesEffectBefore(String, on: CivilDate)
        case recordedBefore(String, at: Instant)
    }

    /// The entry and what is wrong with it, in plain words.
    public var description: String { "Entry \(quoted(externalID)) (id \(quoted(entryID))): \(words)" }

    private var words: String {
        switch problem {
        case .entry(let error): error.description
        case .otherCurrency(let currency, let journal):
            "It has a posting in \(currency.code) (\(currency.minorUnits) decimals); "
                + "the books are in \(journal.code) (\(journal.minorUnits) decimals)."
        case .duplicateExternalID: "An earlier entry has the same external id."
        case .reversesUnknownEntry(let target): "It reverses \(quoted(target)), which is not in the books."
        case .reversesReversal(let target): "It reverses \(quoted(target)), which is itself a reversal."
        case .reversedBefore(let target): "It reverses \(quoted(target)), which an earlier entry already reverses."
        case .notTheOpposite(let target):
            "It reverses \(quoted(target)), but its postings are not the exact opposite of that entry's."
        case .takesEffectBefore(let target, let date):
            "It takes effect before \(date), when \(quoted(target)) does, which it reverses."
        case .recordedBefore(let target, let instant):
            "It was recorded before \(instant), when \(quoted(target)) was, which it reverses."
        }
    }
}
