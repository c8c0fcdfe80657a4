import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("Stages of a proposal")
struct ProposalStageTests {
    private static let yen = try? Currency(code: "JPY", minorUnits: 0)

    private func facts() throws -> ProposalFacts {
        let yen = try #require(Self.yen)
        return ProposalFacts(
            title: "Boats for two banks", thematicArea: 1, objectives: [1, 2], countries: ["XAA", "XAB"], regions: [],
            localAuthorities: ["Example City (fictional)"], durationMonths: 24,
            amounts: [
                .init(organization: "river-office", amount: Money(minorUnits: 5_000_000, currency: yen)),
                .init(organization: "bridge-agency", amount: Money(minorUnits: 1, currency: yen)),
            ])
    }

    @Test("A proposal stands where its last step brought it, and what was submitted is read back as it was")
    func stands() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        let facts = try facts()
        let action = PutProposalOnRecord(
            code: "boats", organizations: ["river-office", "bridge-agency"], facts: facts,
            stages: [.submitted, .returned, .submitted, .eligible])
        try await PutProposalOnRecord.perform(action, in: office.office)
        let yen = try #require(Self.yen)
        let (proposal, versions) = try await office.database.read { transaction in
            (
                try ProposalQueries.proposal("boats", of: "river-towns", in: transaction),
                try ProposalQueries.versions(of: "boats", .conceptNote, in: "river-towns", yen, in: transaction)
            )
        }
        #expect(proposal?.stage == .eligible)
        #expect(proposal?.organizations == ["river-office", "bridge-agency"])
        #expect(versions.map(\.number) == [1, 2])
        #expect(versions.allSatisfy { $0.facts == facts })
        #expect(try facts.budget(in: yen).minorUnits == 5_000_001)
        #expect(try await office.verify().isIntact)
    }

    @Test("A step that cannot follow is refused, and leaves nothing")
    func refused() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        let action = PutProposalOnRecord(
            code: "boats", organizations: ["river-office"], facts: try facts(), stages: [.submitted, .approved])
        await #expect(throws: Refusal.self) { try await PutProposalOnRecord.perform(action, in: office.office) }
        let proposal = try await office.database.read { try ProposalQueries.proposal("boats", of: "river-towns", in: $0) }
        #expect(proposal?.stage == .submitted)
    }

    @Test("Every stage can be reached from the first, and in a stage that nothing follows nothing is written")
    func reachable() {
        var reached: Set<ProposalStage> = [.drafting]
        while true {
            let more = reached.union(reached.flatMap(\.next))
            if more == reached { break }
            reached = more
        }
        #expect(reached == Set(ProposalStage.allCases))
        #expect(ProposalStage.allCases.filter(\.isFinal).allSatisfy { $0.written == nil })
    }
}
