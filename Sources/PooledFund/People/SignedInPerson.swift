public import Ledger
internal import SQL

/// Somebody who came in, as they were when they asked: what they proved, and the roles that they hold.
///
/// It decides what is shown. What is done is decided anew by the door, inside the transaction.
public struct SignedInPerson: Sendable {
    public let particulars: PersonParticulars
    public let passage: Actor.Passage
    public let level: PassageLevel
    /// What the person holds on the day in each fund's time zone; of every fund.
    public let holdings: [RoleHolding]
    /// The rules of the funds in which the person holds a role, by slug.
    public let rules: [String: PeopleRules]
    /// Whether the way in lets its person only read.
    public let isReadOnly: Bool
    /// When the session was opened, by signing in or by a password that was asked for again; nil for other ways in.
    public let openedAt: Instant?
    /// When the session was last noted to be in use; nil for other ways in.
    public let seenAt: Instant?

    public var id: String { particulars.id }
    public var actor: Actor { .person(id, through: passage) }

    /// Whether the person proved who they are so lately that they need not do so again, whatever they are about to change.
    public func isFresh(now: Instant) -> Bool { openedAt.map { now < $0.adding(seconds: SessionTimes.fresh) } ?? false }

    /// The funds in which the person holds a role, in order.
    public var funds: [String] { Set(holdings.map(\.fund)).sorted() }

    /// The roles in a fund that what was proved is enough for.
    public func roles(in fund: String) -> Set<Role> {
        Set(holdings.filter { $0.fund == fund && proves($0) }.map(\.role))
    }

    /// Whether a role asks for a second factor that was not given.
    public var lacksSecondFactor: Bool { holdings.contains { !proves($0) } }

    private func proves(_ holding: RoleHolding) -> Bool {
        level != .password || !(rules[holding.fund] ?? .strictest).secondFactor.contains(holding.role)
    }
}

extension Office {
    /// Who came in with the session whose secret has this digest; nil if nobody did, or no longer.
    public nonisolated func person(withSession digest: [UInt8], now: Instant) async throws -> SignedInPerson? {
        try await database.read { transaction in
            guard let session = try PassageQueries.session(digest, now: now, in: transaction) else { return nil }
            return try SignedInPerson.read(
                session.person, .session(digest: digest), session.level, isReadOnly: false, openedAt: session.openedAt,
                seenAt: session.seenAt, now: now, in: transaction)
        }
    }

    /// Who came in with the personal access token whose secret has this digest; nil if nobody did, or no longer.
    ///
    /// - Parameter fund: the fund that is asked for; a token may be for one alone.
    public nonisolated func person(withToken digest: [UInt8], fund: String, now: Instant) async throws -> SignedInPerson? {
        try await database.read { transaction in
            guard let token = try PassageQueries.token(digest, fund: fund, now: now, in: transaction) else { return nil }
            return try SignedInPerson.read(
                token.person, .token(id: token.id), token.level, isReadOnly: !token.mayAct, now: now, in: transaction)
        }
    }
}
