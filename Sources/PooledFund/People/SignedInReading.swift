internal import Ledger
internal import SQL

extension SignedInPerson {
    /// - Returns: nil if what is personal of the person was erased.
    static func read(
        _ person: String, _ passage: Actor.Passage, _ level: PassageLevel, isReadOnly: Bool, openedAt: Instant? = nil,
        seenAt: Instant? = nil, now: Instant, in transaction: any ReadTransaction
    ) throws -> SignedInPerson? {
        guard let particulars = try PeopleQueries.particulars(of: person, in: transaction) else { return nil }
        let all = try PeopleQueries.holdings(of: person, in: transaction)
        var rules: [String: PeopleRules] = [:]
        var today: [String: CivilDate] = [:]
        for fund in Set(all.map(\.fund)) {
            guard let terms = try TermsOnRecord.read(fund, in: transaction) else { continue }
            rules[fund] = terms.people
            today[fund] = try FundTimeZone(terms.identity.timeZone).today(at: now)
        }
        let holdings = all.filter { holding in today[holding.fund].map { holding.isCurrent(today: $0, now: now) } ?? false }
        return SignedInPerson(
            particulars: particulars, passage: passage, level: level, holdings: holdings,
            rules: rules.filter { fund, _ in holdings.contains { $0.fund == fund } }, isReadOnly: isReadOnly,
            openedAt: openedAt, seenAt: seenAt)
    }
}
