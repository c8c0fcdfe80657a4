import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("What the public learns of decisions")
struct PublishedOutcomesTests {
    private func outcomes(_ house: CommitteeHouse, asOf day: String? = nil) async throws -> PublishedOutcomes {
        let day = try day.map { try CivilDate(parsing: $0) }
        return try #require(
            try await house.office.publishedOutcomes(of: house.fund, asOf: day, now: house.tried.office.clock.now))
    }

    @Test("What was approved is public, what is in the pipeline only with consent, and nothing else ever")
    func outcomesOnly() async throws {
        let house = try await CommitteeHouse()
        let codes = ["approved", "pipeline", "deferred", "returned", "rejected"]
        for code in codes { try await house.proposal(code) }
        try await house.perform(try await house.cash(20_000_000), by: house.agent)
        try await house.convene(codes)
        try await house.attend()
        try await house.perform(try await house.decision("approved", .approved, amount: 4_000_000), by: house.officer)
        for (code, outcome) in [
            ("pipeline", CommitteeDecision.Outcome.pipeline), ("deferred", .deferred), ("returned", .returned), ("rejected", .notSelected),
        ] {
            try await house.perform(try await house.decision(code, outcome), by: house.officer)
        }
        #expect(try await outcomes(house).all.map(\.id) == ["approved"])
        let lead = try await house.tried.people.admit(.participatingOrganizationFocalPoint, of: "lead").actor
        for code in ["pipeline", "deferred", "returned"] {
            try await house.perform(ConsentToPublish(fund: house.fund, proposal: code), by: lead)
        }
        // What was put off or sent back had been taken into the pipeline before, and is there still.
        #expect(try await Set(outcomes(house).pipeline.map(\.id)) == ["pipeline", "deferred", "returned"])
        let published = try #require(try await outcomes(house).pipeline.first { $0.id == "pipeline" })
        #expect(published.meeting == "spring" && published.document == .jointProgrammeDocument)
        #expect(hexadecimal(published.contentDigest) == (try await house.digest("pipeline")))
        #expect(published.localAuthorities == ["Example City (fictional)"])
        #expect(try await outcomes(house).approved.first?.localAuthorities == [])
        #expect(try await outcomes(house, asOf: "2024-01-31").all.isEmpty)
    }

    @Test("What is withdrawn, or whose consent is taken back, is gone at once")
    func gone() async throws {
        let house = try await CommitteeHouse()
        for code in ["boats", "bells"] { try await house.proposal(code, stages: [.submitted, .eligible, .assessed, .pipeline]) }
        let lead = try await house.tried.people.admit(.participatingOrganizationFocalPoint, of: "lead").actor
        for code in ["boats", "bells"] { try await house.perform(ConsentToPublish(fund: house.fund, proposal: code), by: lead) }
        #expect(try await outcomes(house).pipeline.count == 2)
        let before = house.office.publicSequence(of: house.fund)
        try await house.perform(ConsentToPublish(fund: house.fund, proposal: "boats", isTakenBack: true), by: lead)
        try await house.perform(WithdrawProposal(fund: house.fund, proposal: "bells", reason: "No boats"), by: lead)
        #expect(try await outcomes(house).pipeline.isEmpty)
        #expect(house.office.publicSequence(of: house.fund) != before)
    }

    @Test("In an area whose places are sensitive, no local authority is named")
    func sensitive() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("shelter", area: 3, stages: [.submitted, .eligible, .assessed, .pipeline])
        let lead = try await house.tried.people.admit(.participatingOrganizationFocalPoint, of: "lead").actor
        try await house.perform(ConsentToPublish(fund: house.fund, proposal: "shelter"), by: lead)
        #expect(try await outcomes(house).pipeline.map(\.localAuthorities) == [[]])
    }
}
