public import Ledger
internal import SQL
internal import Synchronization

extension Office {
    /// How much waits for somebody in every fund that they work in; what they wait for is not counted.
    ///
    /// Every page of the workspace says it. So it is counted anew only when something more is on record, or the minute has passed: what no event brings
    /// about, a day or a moment brings.
    public nonisolated func waitingCount(of visitor: SignedInPerson, now: Instant) async throws -> Int {
        let waitingCounts = waitingCounts
        return try await database.read { transaction in
            let own = try DeskReading.ownItems(of: visitor, now: now, in: transaction).count
            let ground = try WaitingCounts.Ground(visitor, now: now, in: transaction)
            if let known = waitingCounts[ground] { return own + known }
            let count = try visitor.funds.reduce(0) { sum, fund in
                guard let people = try PeopleOfFund.read(fund, now: now, in: transaction) else { return sum }
                let items = try DeskReading(visitor: visitor, people: people, now: now, transaction: transaction).items()
                return sum + items.count { !$0.kind.isForOthers }
            }
            waitingCounts[ground] = count
            return own + count
        }
    }
}

/// What was counted last for each person, and on what ground.
final class WaitingCounts: Sendable {
    /// All that a count depends on: whoever finds the same ground finds the same count.
    struct Ground: Sendable, Hashable {
        let person: String
        let level: PassageLevel
        let holdings: [String]
        /// The last event of each chain that the count is made of.
        let events: [String: Int64]
        let minute: Int64

        init(_ visitor: SignedInPerson, now: Instant, in transaction: any ReadTransaction) throws {
            person = visitor.id
            level = visitor.level
            holdings = visitor.holdings.map(\.id).sorted()
            let chains = visitor.funds + [PeopleChain.name]
            events = Dictionary(
                uniqueKeysWithValues: try chains.map { ($0, try AuditQueries.lastEvent(of: $0, in: transaction)?.head.sequence ?? 0) })
            minute = now.microsecondsSince1970 / 60_000_000
        }
    }

    /// More people are not remembered.
    private static let limit = 2_000

    private let counts = Mutex<[String: (ground: Ground, count: Int)]>([:])

    subscript(ground: Ground) -> Int? {
        get {
            counts.withLock { counts in
                guard let known = counts[ground.person], known.ground == ground else { return nil }
                return known.count
            }
        }
        set {
            counts.withLock { counts in
                if counts.count >= Self.limit, counts[ground.person] == nil { counts.removeAll() }
                counts[ground.person] = newValue.map { (ground, $0) }
            }
        }
    }
}
