internal import Foundation
internal import Ledger
internal import SQL

/// Puts a ready account on record for each role of a fund, for a demonstration: fictional people, named after their role.
///
/// Whoever is on record already stays; a role that no party of the fund can hold is left out.
public struct OpenDemonstration: Action {
    public static let name = "open-demonstration"
    public static let hasPublicEffect = false
    public static let right = Right(operators: true, rule: "Only the operator of the machine opens a demonstration.")

    public let fund: String
    /// What the accounts are called.
    public let names: [Role: String]

    public init(fund: String, names: [Role: String]) {
        self.fund = fund
        self.names = names
    }

    /// The domain of the accounts' addresses, to which no mail can go (RFC 2606, section 2).
    static let domain = "demonstration.invalid"

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["fund": fund])) }

    public func perform(in recording: Recording) throws {
        let terms = try recording.terms()
        let today = try recording.today()
        for role in Role.allCases {
            guard let party = try party(of: role, terms, in: recording) else { continue }
            let person = try person(of: role, in: recording)
            let held = try PeopleQueries.holdings(of: person, in: recording.transaction)
            guard !held.contains(where: { $0.fund == fund && $0.isCurrentOrToCome(today: today, now: recording.now) }) else { continue }
            let lastDay = role.needsEngagement ? try today.adding(days: 365).description : ""
            try recording.insert(
                into: .roleHolding,
                [
                    .text(uuidV7(at: recording.now)), .text(person), .text(role.rawValue), .text(party.id), .text(party.seat),
                    .text(role.needsEngagement ? names[role] ?? role.rawValue : ""), .text(today.description), .text(lastDay),
                ])
        }
    }

    private func person(of role: Role, in recording: Recording) throws -> String {
        let email = "\(role.rawValue)@\(Self.domain)"
        if let known = try PeopleQueries.particulars(email: email, in: recording.transaction) { return known.id }
        let person = PersonParticulars(id: uuidV7(at: recording.now), name: names[role] ?? role.rawValue, email: email)
        try recording.introduce(person)
        return person.id
    }

    /// The first party of the fund that the role goes with, of reviewers the last, and of the committee the first seat; nil if there is none.
    private func party(of role: Role, _ terms: Terms, in recording: Recording) throws -> (id: String, seat: String)? {
        func records(_ kind: RecordKind) throws -> [Fields] {
            try RecordQueries.current(kind, of: fund, known: recording.event - 1, in: recording.transaction)
        }
        switch role.party {
        case .contributor: return try records(.contributors).first.map { ($0["id"], "") }
        case .organization(let kinds):
            let fitting = try records(.organizations)
                .filter { record in Organization.Kind(rawValue: record["kind"]).map(kinds.contains) ?? false }
            // A reviewer who speaks for the organization of the focal point could assess nothing that it proposes.
            guard let first = role == .technicalReviewer ? fitting.last : fitting.first else { return nil }
            guard role.needsSeat else { return (first["id"], "") }
            guard let seat = try freeSeat(for: role, terms, in: recording) else { return nil }
            return (fitting.first { $0["id"] == seat.holder }?["id"] ?? first["id"], seat.id)
        }
    }

    private func freeSeat(for role: Role, _ terms: Terms, in recording: Recording) throws -> Committee.Seat? {
        let taken = try PeopleQueries.holdings(inFund: fund, in: recording.transaction).filter { $0.role == role }.compactMap(\.seat)
        return terms.committee.seats.first { !taken.contains($0.id) }
    }
}

/// A ready account of a demonstration.
public struct DemonstrationAccount: Sendable, Hashable, Identifiable {
    /// The person's id.
    public let id: String
    public let name: String
    public let role: Role
}

extension Office {
    /// The accounts that may be gone in with in a demonstration, in the order of the roles. Whoever shows them has made sure that it is
    /// one.
    public nonisolated func demonstrationAccounts() async throws -> [DemonstrationAccount] {
        try await database.read { transaction in
            try Role.allCases.compactMap { role in
                try PeopleQueries.particulars(email: "\(role.rawValue)@\(OpenDemonstration.domain)", in: transaction)
                    .map { DemonstrationAccount(id: $0.id, name: $0.name, role: role) }
            }
        }
    }
}
