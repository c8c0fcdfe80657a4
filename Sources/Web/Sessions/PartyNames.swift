internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceHouse {
    /// Whom a holder of a role speaks for, by name; the id if the fund does not know it any more.
    func partyName(_ holding: RoleHolding) async throws -> String {
        guard let recorded = try await office.recordedFund(holding.fund) else { return holding.organization }
        let record = try await office.publicRecord(of: recorded, asOf: nil, now: clock())
        return record.organization(holding.organization)?.name ?? record.contributor(holding.organization)?.name ?? holding.organization
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
