internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// One person of the fund: their roles, what the record says of them, and what the reader may do about it.
    func personPage(_ fund: String, _ id: String) async throws -> WorkspacePage {
        let people = try await peopleOfFund(fund)
        guard let person = people.person(id) else { throw Failure.notFound }
        let others = try await office.otherHoldings(of: id, than: fund, seenBy: visitor, now: now)
        let elsewhere = try await otherRoles(others)
        let readsAccess = visitor.id == id || readsAudit(fund)
        let history = try await history(of: id, in: fund, includesPeople: readsAccess)
        return WorkspacePage(
            title: name(of: person), lead: .text(leadOf(person)),
            content: .fragment {
                actionLinks(for: person, others, people)
                factList(facts(of: person, people))
                workspaceBlock(say("person.roles"), id: "roles") { roles(of: person, people) }
                if !elsewhere.isEmpty { workspaceBlock(say("person.elsewhere"), id: "elsewhere") { elsewhere } }
                workspaceBlock(say("history.title"), id: "history", note: .text(say("history.note"))) { history }
            })
    }

    private func leadOf(_ person: PersonOfFund) -> String {
        if person.particulars == nil { return say("person.lead.erased") }
        return person.isOfToday ? say("person.lead") : say("person.lead.past")
    }

    private func facts(of person: PersonOfFund, _ people: PeopleOfFund) -> [(String, Markup)] {
        let email = visitor.seesAddresses(in: people.fund) ? person.particulars?.email : nil
        return [
            (say("person.email"), email.flatMap { email in Address("mailto:\(email)").map { a(.href($0)) { email } } } ?? .empty),
            (say("person.answer"), person.particulars == nil || !person.isOfToday ? .empty : answer(of: person, people)),
            (say("person.id"), code { person.id }),
        ]
    }

    private func answer(of person: PersonOfFund, _ people: PeopleOfFund) -> Markup {
        switch person.answer {
        case .joined: .text(say("person.joined"))
        case .awaited(nil): .text(say("person.awaited"))
        case .awaited(let until?): .text(say("person.awaited.until", ["date": .text(wording.date(people.days.day(of: until)))]))
        case .expired(let at): .text(say("person.expired", ["date": .text(wording.date(people.days.day(of: at)))]))
        }
    }

    // MARK: Roles

    private func roles(of person: PersonOfFund, _ people: PeopleOfFund) -> Markup {
        let order: [HoldingOnRecord.Standing] = [.current, .toCome, .ended]
        let rows = order.flatMap { standing in person.holdings.filter { $0.standing == standing } }
        let ending = rows.filter { $0.standing != .ended && visitor.mayEnd($0.holding) }
        return .fragment {
            holdingTable(rows.map { (person, $0) }, people, showsPerson: false)
            if !ending.isEmpty {
                ul(.class("plain")) {
                    ending.map { row in
                        li {
                            a(.href(actionAddress(EndRole.name, in: people.fund, [("holding", row.id)]))) {
                                say(
                                    "person.end-role",
                                    [
                                        "role": .text(role(row.holding.role)), "party": .text(people.partyName(row.holding.organization)),
                                    ])
                            }
                        }
                    }
                }
            }
        }
    }

    private func otherRoles(_ holdings: [HoldingOnRecord]) async throws -> Markup {
        var pieces: [Markup] = []
        for (fund, holdings) in Dictionary(grouping: holdings, by: \.holding.fund).sorted(by: { $0.key < $1.key }) {
            let name = try await house.fundName(fund)
            pieces.append(
                .fragment {
                    h3 { name }
                    ul(.class("plain")) {
                        holdings.map { row in
                            li {
                                link(.person(fund: fund, row.holding.person), role(row.holding.role)); " "; standingTag(row.standing)
                            }
                        }
                    }
                })
        }
        return .sequence(pieces)
    }

    // MARK: What the reader may do

    private func actionLinks(for person: PersonOfFund, _ others: [HoldingOnRecord], _ people: PeopleOfFund) -> Markup {
        guard let particulars = person.particulars else { return .empty }
        let fund = people.fund
        let fields = visitor.seesAddresses(in: fund) ? [("email", particulars.email), ("name", particulars.name)] : []
        let isFree = !person.isOfToday && !others.contains { $0.standing != .ended }
        guard visitor.mayInvite(in: fund) || visitor.mayReset(in: fund) || (isFree && visitor.mayErase(in: fund)) else { return .empty }
        return div(.class("buttons actions-line")) {
            if visitor.mayInvite(in: fund) {
                buttonLink(say("person.invite"), to: actionAddress(InvitePerson.name, in: fund, fields))
            }
            if visitor.mayReset(in: fund), person.id != visitor.id {
                buttonLink(say("person.reset"), to: actionAddress(ResetAccess.name, in: fund, [("person", person.id)]))
            }
            if isFree, visitor.mayErase(in: fund) {
                buttonLink(say("person.erase"), to: actionAddress(ErasePerson.name, in: fund, [("person", person.id)]), weight: .danger)
            }
        }
    }
}
