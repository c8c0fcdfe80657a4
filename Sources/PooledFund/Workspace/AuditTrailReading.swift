internal import Ledger
internal import SQL

extension Office {
    /// A page of the audit trail of a fund: the events of its chain, and those of the chain of people that concern its people.
    ///
    /// - Parameters:
    ///   - limit: how many events at most.
    ///   - includesPeople: whether the chain of people is read, too.
    /// - Returns: nil if the fund is not on record.
    public nonisolated func auditTrail(
        ofFund fund: String, _ filter: AuditFilter = AuditFilter(), before cursor: AuditCursor = .newest, limit: Int = AuditTrail.pageSize,
        includesPeople: Bool = true
    ) async throws -> AuditTrail? {
        try await database.read { transaction in
            guard let terms = try TermsOnRecord.read(fund, in: transaction),
                let head = try AuditQueries.lastEvent(of: fund, in: transaction)?.head
            else { return nil }
            let own = try AuditTrailQueries.events(of: fund, .all, filter, before: cursor.fund, limit: limit + 1, in: transaction)
            var peoples: [FoundEvent] = []
            if includesPeople {
                peoples = try AuditTrailQueries.events(
                    of: PeopleChain.name, .concerning(fund: fund), filter, before: cursor.people, limit: limit + 1, in: transaction)
            }
            let merged = (own + peoples).sorted { $0.isNewer(than: $1) }
            let page = Array(merged.prefix(limit))
            let next = AuditCursor(
                fund: page.last { $0.event.fund == fund }?.event.sequence ?? cursor.fund,
                people: page.last { $0.event.fund != fund }?.event.sequence ?? cursor.people)
            let events = try AuditTrailQueries.complete(page, fund: fund, in: transaction)
            let people = Set(events.flatMap { [$0.event.actor, $0.onBehalf?.person].compactMap(\.self) }).sorted()
            return AuditTrail(
                events: events, next: merged.count > limit ? next : nil,
                people: try WorkspaceQueries.particulars(of: people, in: transaction), head: head,
                headOfPeople: try AuditQueries.lastEvent(of: PeopleChain.name, in: transaction)?.head,
                days: try FundDays(timeZone: terms.identity.timeZone))
        }
    }

    /// An answer that was attached to something recorded in a fund on behalf of somebody; nil if there is none of this digest.
    public nonisolated func attachedDocument(_ digest: [UInt8], ofFund fund: String) async throws -> AttachedDocument? {
        try await database.read { try AuditTrailQueries.document(digest, fund: fund, in: $0) }
    }
}

/// An event as it was found, before what belongs to it is read.
struct FoundEvent {
    let event: AuditEvent
    let hash: [UInt8]

    func isNewer(than other: FoundEvent) -> Bool {
        (event.recordedAt, event.fund, event.sequence) > (other.event.recordedAt, other.event.fund, other.event.sequence)
    }
}
