internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// The audit trail: every event of the fund's chain, and those of the chain of people that concern its people.
    func auditPage(_ fund: String) async throws -> WorkspacePage {
        let people = try await peopleOfFund(fund)
        let cursor = try auditCursor()
        guard let trail = try await office.auditTrail(ofFund: fund, try auditFilter(people.days), before: cursor) else {
            throw Failure.notFound
        }
        return WorkspacePage(
            title: say("audit.title"), lead: .text(say("audit.lead")),
            content: .fragment {
                filterForm(auditFilterFields(people))
                p(.class("downloads-line")) {
                    a(.href(Self.address(.auditFile(fund: fund), query: kept(Self.auditFilters)))) { say("audit.csv") }
                }
                if trail.events.isEmpty {
                    p(.class("dim")) { say("audit.none") }
                } else {
                    ol(.class("events")) { trail.events.map { event in li { eventMarkup(event, trail, fund) } } }
                }
                auditPager(trail, isFirst: cursor == .newest)
                workspaceBlock(say("audit.heads"), id: "heads", note: .text(say("audit.heads.note"))) { heads(trail, fund) }
            })
    }

    // MARK: What is asked for

    static let auditFilters = ["person", "subject", "action", "from", "to"]

    func auditFilter(_ days: FundDays) throws(Failure) -> AuditFilter {
        for name in Self.auditFilters where (filter(name)?.utf8.count ?? 0) > SearchText.queryLimit { throw unreadable(name) }
        func instant(_ name: String, isEnd: Bool) throws(Failure) -> Instant? {
            guard let text = filter(name) else { return nil }
            guard let instant = days.instant(text, isEnd: isEnd) else { throw unreadable(name) }
            return instant
        }
        return AuditFilter(
            actor: filter("person"), subject: filter("subject"), action: filter("action"), from: try instant("from", isEnd: false),
            to: try instant("to", isEnd: true))
    }

    private func auditCursor() throws(Failure) -> AuditCursor {
        guard let text = filter("before") else { return .newest }
        guard let cursor = AuditCursor(parsing: text) else { throw unreadable("before") }
        return cursor
    }

    private func auditFilterFields(_ people: PeopleOfFund) -> [FilterField] {
        let persons = [Choice(Actor.machineOperator.id, say("audit.operator"))] + people.people.map { Choice($0.id, name(of: $0)) }
        let actions = AuditTrail.actions.map { Choice($0, actionName($0)) }.sorted { SearchText($0.label) < SearchText($1.label) }
        return [
            FilterField("person", say("audit.filter.person"), .choice(persons)),
            FilterField("action", say("column.action"), .choice(actions)),
            FilterField("subject", say("audit.filter.subject"), .text),
            FilterField("from", say("audit.filter.from", ["zone": .text(people.days.timeZone)]), .moment),
            FilterField("to", say("audit.filter.to", ["zone": .text(people.days.timeZone)]), .moment),
        ]
    }

    private func auditPager(_ trail: AuditTrail, isFirst: Bool) -> Markup {
        guard trail.next != nil || !isFirst else { return .empty }
        return nav(.class("pager"), .aria(.label, say("pager.label"))) {
            if !isFirst { a(.rel("first"), .href(Self.address(place, query: kept(Self.auditFilters)))) { say("audit.newest") } }
            if let next = trail.next {
                a(.rel("next"), .href(Self.address(place, query: kept(Self.auditFilters) + [("before", next.description)]))) {
                    say("audit.older")
                }
            }
        }
    }

    // MARK: An event

    private func eventMarkup(_ event: AuditTrailEvent, _ trail: AuditTrail, _ fund: String) -> Markup {
        let isOfPeople = event.event.fund != fund
        return .fragment {
            div(.class("event-head")) {
                h2 { actionName(event.event.action) }
                p(.class("event-number")) {
                    say(isOfPeople ? "audit.sequence.people" : "audit.sequence", ["sequence": .text(String(event.event.sequence))])
                }
            }
            p(.class("event-when")) {
                moment(event.event.recordedAt, trail.days)
                " "
                span(.class("dim")) { "\(trail.days.timeZone) · \(event.event.recordedAt.description)" }
            }
            p { by(event, trail.people) }
            if let recorded = event.onBehalf { attachmentLine(recorded, fund) }
            details {
                summary { say("audit.rows", ["count": .number(event.event.rowCount)]) }
                factList(rows(of: event))
            }
        }
    }

    private func rows(of event: AuditTrailEvent) -> [(String, Markup)] {
        var rows: [(String, Markup)] = event.rows.map { row in (tableName(row.table), Markup.text(wording.integer(row.count))) }
        rows.append((say("audit.hash"), code { hexadecimal(event.hash) }))
        rows.append((say("audit.previous"), code { hexadecimal(event.event.previousHash) }))
        rows.append((say("audit.actor"), code { event.event.actor }))
        rows.append((say("audit.body"), body(event.body)))
        return rows
    }

    private func body(_ body: AuditTrailEvent.Body) -> Markup {
        switch body {
        case .text(let text): code { text }
        case .erased: .text(say("audit.body.erased"))
        case .elsewhere: .text(say("audit.body.elsewhere"))
        }
    }

    private func attachmentLine(_ recorded: AuditTrailEvent.Recorded, _ fund: String) -> Markup {
        p {
            a(.href(Self.address(.attachment(fund: fund, hexadecimal(recorded.document))))) {
                say("audit.answer", ["name": .text(recorded.documentName.isEmpty ? say("audit.answer.unnamed") : recorded.documentName)])
            }
            if !recorded.note.isEmpty { span(.class("memo")) { recorded.note } }
        }
    }

    // MARK: The heads

    private func heads(_ trail: AuditTrail, _ fund: String) -> Markup {
        let heads = [trail.head, trail.headOfPeople].compactMap(\.self).map(\.description)
        var facts: [(String, Markup)] = [(say("audit.head.fund"), code { trail.head.description })]
        if let head = trail.headOfPeople { facts.append((say("audit.head.people"), code { head.description })) }
        return .fragment {
            factList(facts)
            p { say("audit.verify") }
            p(.class("command")) { code { "pooledfund audit verify \(heads.map { "--expect \($0)" }.joined(separator: " "))" } }
        }
    }
}
