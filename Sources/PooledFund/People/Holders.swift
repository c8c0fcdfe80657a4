public import Ledger
internal import SQL

/// Who holds what in a fund.
public struct Holder: Sendable, Hashable {
    public let holding: RoleHolding
    /// Nil where what is personal was erased.
    public let particulars: PersonParticulars?
    public let standing: Standing

    public enum Standing: String, Sendable, Hashable, CaseIterable {
        case toCome = "to-come"
        case held
        case ended
    }
}

extension Office {
    /// Everybody who holds, will hold or held a role in a fund, in the order of the first days.
    public nonisolated func holders(in fund: String, now: Instant) async throws -> [Holder] {
        try await database.read { transaction in
            guard let terms = try TermsOnRecord.read(fund, in: transaction) else { return [] }
            let today = try FundTimeZone(terms.identity.timeZone).today(at: now)
            let people = Dictionary(
                uniqueKeysWithValues: try PeopleQueries.particulars(inFund: fund, in: transaction).map { ($0.id, $0) })
            return try PeopleQueries.holdings(inFund: fund, in: transaction).map { holding in
                let standing: Holder.Standing =
                    holding.isCurrent(today: today, now: now)
                    ? .held : holding.isCurrentOrToCome(today: today, now: now) ? .toCome : .ended
                return Holder(holding: holding, particulars: people[holding.person], standing: standing)
            }
        }
    }

    /// Whether somebody has followed an invitation, and can sign in.
    public nonisolated func hasJoined(_ person: String) async throws -> Bool {
        try await database.read { try AccessQueries.hasJoined(person, in: $0) }
    }
}
