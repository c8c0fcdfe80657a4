internal import Ledger

/// What the actions that share a transaction need not ask the database again; made anew whenever the transaction's body is run.
///
/// It holds only what an undone savepoint cannot make wrong: what was read before an action wrote anything, and what never changes once it is there.
final class TransactionMemory {
    /// The last event of each fund; a fund that has none is there too.
    var lastEvents: [String: AuditQueries.LastEvent?] = [:]
    /// A fund keeps its currency.
    var currencies: [String: Currency] = [:]
    /// Records are corrected, never dropped: an id that was there is there.
    private var identifiers: [Place: Set<String>] = [:]

    private struct Place: Hashable {
        let fund: String
        let kind: RecordKind
    }

    /// Those of `wanted` that no record of the kind has. Asks, by `ask`, only for those that are not known to be there.
    func missing(
        _ wanted: Set<String>, among kind: RecordKind, of fund: String, asking ask: ([String]) throws -> [String]
    ) rethrows -> Set<String> {
        let place = Place(fund: fund, kind: kind)
        var missing = wanted.subtracting(identifiers[place] ?? [])
        guard !missing.isEmpty else { return [] }
        let found = try ask(missing.sorted())
        identifiers[place, default: []].formUnion(found)
        missing.subtract(found)
        return missing
    }
}
