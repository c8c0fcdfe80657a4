import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

/// A made-up fund whose committee is at work: somebody on each seat, an officer, the agent, and proposals that wait.
struct CommitteeHouse {
    let tried: TriedHouse
    let officer: Actor
    let agent: Actor
    /// For the League: no UN organization.
    let town: Seated
    let contributor: Seated
    /// For the World Bridge Agency, which takes part in the proposals.
    let agency: Seated
    let mayor: Seated
    let yen: Currency

    struct Seated {
        let person: String
        let actor: Actor
    }

    var office: Office { tried.office.office }
    let fund = "river-towns"

    init() async throws {
        tried = try await TriedHouse()
        yen = try Currency(code: "JPY", minorUnits: 0)
        officer = try await tried.people.admit(.fundManagementUnitOfficer, of: "officer").actor
        agent = try await tried.people.admit(.administrativeAgent, of: "agent").actor
        town = try await Self.seated(tried, "river-league", "league")
        contributor = try await Self.seated(tried, "contributors-1", "ministry-water")
        agency = try await Self.seated(tried, "agencies-1", "bridge-agency")
        mayor = try await Self.seated(tried, "mayor", "example-city")
    }

    private static func seated(_ tried: TriedHouse, _ seat: String, _ organization: String) async throws -> Seated {
        let invitation = InvitePerson(
            fund: "river-towns", email: "\(seat)@example.org", personName: "Holder of \(seat)", role: .steeringCommitteeMember,
            organization: organization, seat: seat)
        let outcome = try await tried.office.office.perform(invitation, by: .machineOperator).outcome
        return Seated(person: outcome.person, actor: try await tried.people.session(of: outcome.person))
    }

    @discardableResult
    func perform<A: Action>(_ action: A, by actor: Actor) async throws -> A.Outcome {
        try await office.perform(action, by: actor).outcome
    }

    func refusal(_ action: some Action, by actor: Actor) async -> Refusal? {
        do {
            _ = try await office.perform(action, by: actor)
            return nil
        } catch {
            return error as? Refusal ?? Refusal("\(error)")
        }
    }

    func money(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: yen) }

    static let documentStages: [ProposalStage] = [
        .submitted, .eligible, .assessed, .pipeline, .invited, .documentSubmitted, .documentEligible,
    ]

    /// A proposal for five million yen, at the second gate unless other stages are given.
    func proposal(
        _ code: String, organizations: [String] = ["river-office", "bridge-agency"], countries: [String] = ["XAA"], area: Int = 1,
        regions: [String] = ["danube"], authorities: [String] = ["Example City (fictional)"], amount: Int64 = 5_000_000,
        stages: [ProposalStage] = documentStages
    ) async throws {
        let facts = ProposalFacts(
            title: "Boats (\(code))", thematicArea: area, objectives: [area * 2 - 1], countries: countries, regions: regions,
            localAuthorities: authorities, durationMonths: 24, amounts: [.init(organization: organizations[0], amount: money(amount))])
        try await PutProposalOnRecord.perform(
            PutProposalOnRecord(fund: fund, code: code, organizations: organizations, facts: facts, stages: stages), in: office)
    }

    func convene(_ agenda: [String], _ id: String = "spring") async throws {
        try await perform(
            ConveneMeeting(
                fund: fund, id: id, title: "Spring", heldOn: try CivilDate(parsing: "2024-02-01"), place: "River House", agenda: agenda),
            by: officer)
    }

    func attend(_ seats: [String] = ["river-league", "contributors-1", "agencies-1", "mayor"], _ id: String = "spring") async throws {
        try await perform(RecordAttendance(fund: fund, meeting: id, seats: seats.map { .init($0, .member) }), by: officer)
    }

    func digest(_ code: String, _ document: ProposalDocument = .jointProgrammeDocument) async throws -> String {
        let (yen, fund) = (yen, fund)
        let version = try await tried.office.database.read {
            try ProposalQueries.latestVersion(of: code, document, in: fund, yen, in: $0)
        }
        return hexadecimal(version?.contentDigest ?? [])
    }

    func decision(
        _ code: String, _ outcome: CommitteeDecision.Outcome, amount: Int64? = nil, agreement: String? = nil, meeting: String = "spring",
        document: ProposalDocument = .jointProgrammeDocument
    ) async throws -> RecordDecision {
        RecordDecision(
            fund: fund, meeting: meeting, proposal: code, digest: try await digest(code, document), outcome: outcome,
            agreement: agreement, amounts: amount.map { [.init(organization: "river-office", amount: money($0))] } ?? [],
            rationale: "A reason for the committee alone")
    }

    func cash(
        _ deposits: Int64, on day: String = "2024-01-31", transferred: Int64? = nil, agreements: [StateCash.Agreement] = [],
        transfers: [StateCash.Transfer] = []
    ) async throws -> StateCash {
        StateCash(
            fund: fund, asOf: try CivilDate(parsing: day),
            amounts: .init(deposits: money(deposits), transferred: transferred.map(money)), agreements: agreements, transfers: transfers,
            document: try AttachedDocument(name: "statement.txt", content: Array("Statement of \(day)\n".utf8)))
    }

    func visitor(_ actor: Actor) async throws -> SignedInPerson {
        guard case .session(let digest) = actor.passage,
            let visitor = try await office.person(withSession: digest, now: tried.office.clock.now)
        else { throw Unexpected("nobody") }
        return visitor
    }

    func meeting(_ actor: Actor, _ id: String = "spring") async throws -> MeetingOnDesk? {
        try await office.meeting(id, of: fund, seenBy: try await visitor(actor), now: tried.office.clock.now)
    }

    func stage(_ code: String) async throws -> ProposalStage? {
        let fund = fund
        return try await tried.office.database.read { try ProposalQueries.proposal(code, of: fund, in: $0)?.stage }
    }

    func position() async throws -> CashPosition? {
        let (fund, yen) = (fund, yen)
        return try await tried.office.database.read { try CashPosition.read(fund, yen, in: $0) }
    }
}
