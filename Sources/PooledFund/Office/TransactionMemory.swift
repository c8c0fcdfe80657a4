internal import Ledger

/// What is known of a fund's record as of an event. While that event is the fund's last one, it holds: nothing was recorded since, by whatever process.
struct KnownFund: Sendable {
    fileprivate(set) var last: ChainHead?
    /// A fund keeps its currency.
    var currency: Currency?
    /// Records are corrected, never dropped: an id that was there is there.
    fileprivate var identifiers: [RecordKind: Set<String>] = [:]
}

/// What the actions that share a transaction need not ask the database again, nor what an earlier transaction asked; made anew whenever the
/// transaction's body is run.
///
/// It takes in only what an undone savepoint cannot make wrong: what an action read before it wrote anything, and what never changes once it is there.
final class TransactionMemory {
    private(set) var funds: [String: KnownFund]
    private var lastEvents: [String: AuditQueries.LastEvent?] = [:]

    /// - Parameter known: what the last transaction that was committed left.
    init(_ known: [String: KnownFund]) {
        funds = known
    }

    /// The last event of a fund; `read` asks the database for it, once.
    func lastEvent(of fund: String, _ read: () throws -> AuditQueries.LastEvent?) rethrows -> AuditQueries.LastEvent? {
        if let last = lastEvents[fund] { return last }
        let last = try read()
        if funds[fund]?.last != last?.head { funds[fund] = nil }
        remember(last, of: fund)
        return last
    }

    func remember(_ last: AuditQueries.LastEvent?, of fund: String) {
        lastEvents[fund] = .some(last)
        funds[fund, default: KnownFund()].last = last?.head
    }

    /// The currency of a fund; `read` asks the database for it.
    func currency(of fund: String, _ read: () throws -> Currency) rethrows -> Currency {
        if let currency = funds[fund]?.currency { return currency }
        let currency = try read()
        funds[fund, default: KnownFund()].currency = currency
        return currency
    }

    /// Those of `wanted` that no record of the kind has. `read` gives those that are there of the ones that are not known to be.
    func missing(
        _ wanted: Set<String>, among kind: RecordKind, of fund: String, _ read: ([String]) throws -> [String]
    ) rethrows -> Set<String> {
        let unknown = wanted.subtracting(funds[fund]?.identifiers[kind] ?? [])
        guard !unknown.isEmpty else { return [] }
        let found = try read(unknown.sorted())
        funds[fund, default: KnownFund()].identifiers[kind, default: []].formUnion(found)
        return unknown.subtracting(found)
    }
}
