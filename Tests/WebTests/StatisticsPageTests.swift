import Foundation
import Ledger
import PooledFund
import TestSupport
import Testing

@testable import Web

@Suite("The page of proposals in numbers")
struct StatisticsPageTests {
    private func put(_ count: Int, _ name: String, area: Int, _ stages: [ProposalStage], on site: TestSite) async throws {
        let amount = Money(minorUnits: 1, currency: try Currency(code: "JPY", minorUnits: 0))
        let facts = ProposalFacts(
            title: "Boats (fictional)", thematicArea: area, objectives: [1], countries: ["XAA"], regions: [], localAuthorities: [],
            durationMonths: 12, amounts: [.init(organization: "river-office", amount: amount)])
        for number in 0..<count {
            let action = PutProposalOnRecord(
                code: "\(name)-\(number)", organizations: ["river-office"], facts: facts, stages: stages)
            try await PutProposalOnRecord.perform(action, in: site.office.office)
        }
    }

    @Test("It says from when its numbers are, adds them up, and shows a small number only together with others")
    func numbers() async throws {
        let site = try await TestSite(Folders.riverTowns)
        try await put(6, "refused", area: 1, [.submitted, .ineligible], on: site)
        try await put(5, "waiting", area: 1, [.submitted, .eligible], on: site)
        try await put(2, "few", area: 2, [.submitted, .ineligible], on: site)
        try await put(7, "many", area: 3, [.submitted, .ineligible], on: site)
        let before = try await site.text(.statistics)
        #expect(before.contains("No proposal that was submitted through this program is counted here yet."))
        #expect(before.contains("/funds/river-towns/statements"))
        try site.office.clock.set("2024-03-03T09:00:00Z")
        let page = try await site.text(.statistics)
        // The day that the page speaks of is the one that its numbers are from, everywhere on it.
        #expect(page.contains("<time datetime=\"2024-02-29\">") && !page.contains("2024-01-31"))
        let lines = try await site.text(.statistics, as: .csv).split(separator: "\r\n").map(String.init)
        #expect(lines.first == "thematicAreas,received,eligible,selected,stage,medianDays,stays")
        #expect(lines.contains("1,11,5,0,,,") && lines.contains("2; 3,9,0,0,,,"))
        #expect(lines.contains { $0.hasPrefix(",,,,submitted,0,20") })
    }
}
