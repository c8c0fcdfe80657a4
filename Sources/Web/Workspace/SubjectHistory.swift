internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// Whether the visitor may read the audit trail of a fund.
    func readsAudit(_ fund: String) -> Bool {
        guard let readers = WorkspacePlace.audit(fund: fund).readers else { return true }
        return !visitor.roles(in: fund).isDisjoint(with: readers.roles)
    }

    /// What the record says of somebody or something: the latest events that concern them.
    ///
    /// - Parameter includesPeople: whether changes in how somebody gets in are told, too.
    func history(of subject: String, in fund: String, includesPeople: Bool) async throws -> Markup {
        guard
            let trail = try await office.auditTrail(
                ofFund: fund, AuditFilter(subject: subject), limit: Self.historyLimit, includesPeople: includesPeople)
        else { throw Failure.notFound }
        guard !trail.events.isEmpty else { return p(.class("dim")) { say("history.none") } }
        let table = RecordTable(
            caption: say("history.title"),
            columns: [
                .init(label: say("column.action"), isName: true), .init(label: say("column.when")), .init(label: say("column.by-whom")),
            ],
            rows: trail.events.map { event in
                [.text(actionName(event.event.action)), moment(event.event.recordedAt, trail.days), by(event, trail.people)]
            })
        return .fragment {
            table.markup()
            if readsAudit(fund) {
                p(.class("more")) {
                    a(.href(Self.address(.audit(fund: fund), query: [("subject", subject)]))) { say("history.in-audit") }
                }
            } else if trail.next != nil {
                p(.class("dim")) { say("history.older", ["count": .number(Self.historyLimit)]) }
            }
        }
    }

    private static let historyLimit = 20

    /// Who acted, and for whom.
    func by(_ event: AuditTrailEvent, _ people: [String: PersonParticulars]) -> Markup {
        .fragment {
            actor(event.event.actor, people)
            if let recorded = event.onBehalf {
                span(.class("memo")) { say("audit.on-behalf", ["name": .text(actor(recorded.person, people))]) }
            }
        }
    }
}
