internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// Who holds and held which role in the fund, for whom, from when to when.
    func peoplePage(_ fund: String) async throws -> WorkspacePage {
        let people = try await peopleOfFund(fund)
        let found = try holdings(of: people)
        let (rows, pager) = try paged(found, keeping: Self.peopleFilters)
        let current = people.people.count(where: { $0.holdings.contains { $0.standing == .current } })
        return WorkspacePage(
            title: say("people.title"), lead: .text(say("people.lead", ["count": .number(current)])),
            content: .fragment {
                if visitor.mayInvite(in: fund) {
                    p(.class("actions-line")) {
                        buttonLink(say("people.invite"), to: actionAddress(InvitePerson.name, in: fund), weight: .primary)
                    }
                }
                filterForm(peopleFilterFields(people))
                if rows.isEmpty { p(.class("dim")) { say("people.none") } } else { holdingTable(rows, people, showsPerson: true) }
                pager
            })
    }

    private static let peopleFilters = ["name", "role", "organization", "state"]

    /// What a list of people is narrowed to.
    private enum State: String, CaseIterable {
        case current
        case toCome = "to-come"
        case ended
        case invited
    }

    private func holdings(of people: PeopleOfFund) throws(Failure) -> [(person: PersonOfFund, holding: HoldingOnRecord)] {
        let role = try choice("role", Role.self)
        let state = try choice("state", State.self)
        let organization = filter("organization")
        guard let words = SearchText.words(of: filter("name") ?? "") else { throw unreadable("name") }
        return people.people.filter { words.isEmpty || SearchText($0.particulars?.name ?? "").contains(all: words) }.flatMap { person in
            person.holdings.filter { holding in
                guard role.map({ $0 == holding.holding.role }) ?? true, organization.map({ $0 == holding.holding.organization }) ?? true
                else { return false }
                switch state {
                case nil: return true
                case .current: return holding.standing == .current
                case .toCome: return holding.standing == .toCome
                case .ended: return holding.standing == .ended
                case .invited: return holding.standing != .ended && person.answer != .joined
                }
            }.map { (person: person, holding: $0) }
        }
    }

    private func peopleFilterFields(_ people: PeopleOfFund) -> [FilterField] {
        let parties = Set(people.people.flatMap(\.holdings).map(\.holding.organization))
            .map { Choice($0, people.partyName($0)) }.sorted { SearchText($0.label) < SearchText($1.label) }
        return [
            FilterField("name", say("people.filter.name"), .text),
            FilterField("role", say("column.role"), .choice(Role.allCases.map { Choice($0.rawValue, role($0)) })),
            FilterField("organization", say("column.for-whom"), .choice(parties)),
            FilterField(
                "state", say("column.standing"),
                .choice(State.allCases.map { Choice($0.rawValue, say(SentenceKey("standing.\($0.rawValue)"))) })),
        ]
    }

    /// Roles as rows.
    ///
    /// - Parameter showsPerson: whether each row names who holds the role; not on the page of one person.
    func holdingTable(
        _ rows: [(person: PersonOfFund, holding: HoldingOnRecord)], _ people: PeopleOfFund, showsPerson: Bool
    ) -> Markup {
        var columns: [RecordTable.Column] = [
            .init(label: say("column.role"), isName: !showsPerson), .init(label: say("column.standing")),
            .init(label: say("column.first-day")), .init(label: say("column.last-day")), .init(label: say("column.for-whom")),
        ]
        if showsPerson { columns.insert(.init(label: say("column.person"), isName: true), at: 0) }
        return RecordTable(
            caption: say("people.caption"), columns: columns,
            rows: rows.map { person, row in
                (showsPerson ? [personCell(person, people)] : []) + cells(of: row, person, people)
            }
        ).markup()
    }

    private func personCell(_ person: PersonOfFund, _ people: PeopleOfFund) -> Markup {
        .fragment {
            link(.person(fund: people.fund, person.id), name(of: person))
            if visitor.seesAddresses(in: people.fund), let email = person.particulars?.email { span(.class("memo")) { email } }
        }
    }

    private func cells(of row: HoldingOnRecord, _ person: PersonOfFund, _ people: PeopleOfFund) -> [Markup] {
        let holding = row.holding
        let what = Markup.fragment {
            role(holding.role)
            if let seat = holding.seat { span(.class("memo")) { seatName(seat, people) } }
            if let engagement = holding.engagement { span(.class("memo")) { engagement } }
        }
        let standing = Markup.fragment {
            standingTag(row.standing)
            if row.standing != .ended, person.answer != .joined {
                " "
                answerTag(person)
            }
            if let reason = row.endReason { span(.class("memo")) { reason } }
        }
        return [
            what, standing, date(holding.startsOn), holding.lastDay(people.days).map(date) ?? .text(say("people.no-end")),
            link(.organization(fund: people.fund, holding.organization), people.partyName(holding.organization)),
        ]
    }

    private func seatName(_ seat: String, _ people: PeopleOfFund) -> String {
        say("people.seat", ["seat": .text(people.terms.committee.seatName(seat))])
    }

    /// That somebody was invited and has not come, or that the invitation ran out.
    private func answerTag(_ person: PersonOfFund) -> Markup {
        switch person.answer {
        case .joined: .empty
        case .awaited: span(.class("status standing-invited")) { say("standing.invited") }
        case .expired: span(.class("status standing-invited")) { say("standing.invitation-expired") }
        }
    }
}
