internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

// What several pages of the workspace say in the same words.
extension WorkspaceContext {
    var wording: Wording { house.wording }

    func role(_ role: Role) -> String { wording.role(role) }

    /// A person by name; whoever was erased by the end of their opaque id.
    func name(of person: PersonOfFund) -> String { name(person.id, person.particulars) }

    func name(_ id: String, _ particulars: PersonParticulars?) -> String {
        particulars?.name ?? say("person.erased", ["id": .text(String(id.suffix(6)))])
    }

    /// Whoever acted: a person, or whoever runs the program on the machine.
    func actor(_ id: String, _ people: [String: PersonParticulars]) -> String {
        id == Actor.machineOperator.id ? say("audit.operator") : name(id, people[id])
    }

    /// What an action is called; its name in the record where this program has no words for it.
    func actionName(_ name: String) -> String { worded("audit.action.\(name)", or: name) }

    func tableName(_ name: String) -> String { worded("audit.table.\(name)", or: name) }

    private func worded(_ key: String, or code: String) -> String {
        let key = SentenceKey(key)
        return say.contains(key) ? say(key) : code
    }

    func date(_ date: CivilDate) -> Markup { time(.datetime(date.description)) { wording.date(date) } }

    /// The day and the time of day in the fund's time zone.
    func moment(_ instant: Instant, _ days: FundDays) -> Markup {
        // HTML takes three digits of a second at most, and an instant has six (WHATWG HTML, 2.3.5.4).
        let rest = ((instant.microsecondsSince1970 % 1_000_000) + 1_000_000) % 1_000_000
        let second = (try? Instant(microsecondsSince1970: instant.microsecondsSince1970 - rest)) ?? instant
        return time(.datetime(second.description)) {
            say("workspace.moment", ["date": .text(wording.date(days.day(of: instant))), "time": .text(days.timeOfDay(of: instant))])
        }
    }

    /// Where a role stands, as a tag.
    func standingTag(_ standing: HoldingOnRecord.Standing) -> Markup {
        span(.class("status standing-\(standing.rawValue)")) { say(SentenceKey("standing.\(standing.rawValue)")) }
    }

    /// The page of an action, with some of its fields filled in.
    func actionAddress(_ action: String, in fund: String, _ fields: [(String, String)] = []) -> Address {
        Self.address(.action(fund: fund, action), query: fields)
    }

    /// A public page of the fund.
    func publicLink(_ place: Place, in fund: String, _ text: String) -> Markup {
        a(.href(Address(segments: ["funds", fund] + place.segments))) { text }
    }

    /// The people of the fund, or 404.
    func peopleOfFund(_ fund: String) async throws -> PeopleOfFund {
        guard let people = try await office.people(ofFund: fund, now: now) else { throw Failure.notFound }
        return people
    }

    /// What the public sees of the fund today, or 404.
    func publicRecord(_ fund: String) async throws -> PublicRecord {
        try await house.records.record(of: fund, seen: seen)
    }
}
