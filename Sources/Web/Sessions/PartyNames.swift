internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceHouse {
    /// Whom a holder of a role speaks for, by name; the id if the fund does not know it any more.
    func partyName(_ holding: RoleHolding) async throws -> String {
        try await office.partyName(holding.organization, of: holding.role, in: holding.fund) ?? holding.organization
    }
}

extension Wording {
    func role(_ role: Role) -> String { say("role.\(role.rawValue)") }

    /// `31 January 2024, 14:05 UTC`.
    func moment(_ instant: Instant) -> String {
        let time = String(instant.description.utf8.dropFirst(11).prefix(5)) ?? ""
        return say("moment", ["date": .text(date(instant.civilDate(secondsFromGMT: 0))), "time": .text(time)])
    }
}
