import Foundation
import Ledger
import TestSupport
import Testing

@testable import PooledFund

@Suite("The rubric of the Terms, and the arithmetic of scores")
struct AssessmentRulesTests {
    private func rules(_ weights: [Int], to fullMarks: Int) throws -> AssessmentRules {
        let standing = Standing(effectiveOn: nil, source: nil, isConfirmed: false, note: "")
        return AssessmentRules(
            documents: [.conceptNote],
            criteria: weights.enumerated().map { .init(id: "c\($0)", name: "Criterion \($0)", help: "", weight: $1) },
            scale: 0...fullMarks, threshold: 50, reviewers: 2, moderationSpread: 20, namesVisibleTo: .secretariat, days: 14,
            reminderDays: 3, conflicts: [], standing: standing)
    }

    @Test(
        "The share of full marks is exact, and rounded once, halves up",
        arguments: [
            // One of 32 is 3.125 %.
            ([1], 32, [[1]], 313),
            // Thirds of three readers do not add up in decimals: 1/3 + 1/3 + 1/3 of the mean.
            ([1, 1, 1], 1, [[1, 0, 0], [0, 1, 0], [0, 0, 1]], 3_333),
            ([3, 2, 1], 4, [[3, 4, 2], [2, 3, 3]], 7_083),
            ([20, 25, 15, 15, 10, 10, 5], 5, [[4, 3, 5, 4, 2, 3, 1], [3, 3, 4, 5, 3, 4, 2]], 6_950),
            ([7], 3, [[0], [0]], 0), ([7, 1_000], 100, [[100, 100]], 10_000),
        ])
    func arithmetic(weights: [Int], fullMarks: Int, readings: [[Int]], hundredths: Int) throws {
        let rules = try rules(weights, to: fullMarks)
        let scores = readings.map { reading in Dictionary(uniqueKeysWithValues: reading.enumerated().map { ("c\($0)", $1) }) }
        #expect(ScoreSheet(scores, by: rules).hundredths == hundredths)
    }

    @Test("A mean that is shown is rounded on its own")
    func means() throws {
        let sheet = ScoreSheet([["c0": 1], ["c0": 2], ["c0": 2]], by: try rules([1], to: 4))
        #expect(sheet.lines.map(\.meanInHundredths) == [167])
        #expect(percentText(5_007) == "50.07" && percentText(0) == "0.00")
    }

    @Test("Who learns the reviewers' names is said by the Terms")
    func names() throws {
        let visible: [(AssessmentRules.NameVisibility, Set<Role>)] = [
            (.secretariat, [.fundManagementUnitOfficer, .auditor]),
            (.committee, [.fundManagementUnitOfficer, .auditor, .steeringCommitteeMember, .steeringCommitteeAlternate]),
            (.proposers, Set(Role.allCases)),
        ]
        for (visibility, roles) in visible {
            let text = try terms { $0.replacing("names_visible_to: secretariat", with: "names_visible_to: \(visibility.rawValue)") }
            let rules = try #require(TermsReader.read(text, faults: FaultCollector())?.assessment)
            for role in Role.allCases { #expect(rules.showsNames(to: [role]) == roles.contains(role), "\(visibility) \(role)") }
        }
    }

    @Test("Both funds have a rubric, and none of it is called confirmed")
    func bothFunds() throws {
        for folder in [Folders.riverTowns, Folders.migrationMPTF] {
            let rules = try #require(try FundFolder.read(at: folder).terms.assessment)
            #expect(!rules.standing.isConfirmed && rules.isScored(.conceptNote) && !rules.isScored(.jointProgrammeDocument))
        }
    }

    @Test(
        "What is wrong in a rubric is named with its line and field",
        arguments: [
            ("scale: {from: 0, to: 4}", "scale: {from: 4, to: 4}", "assessment.scale", "from 4 to 4 is no scale"),
            ("threshold: 55", "threshold: 101", "assessment.threshold", "101 is not between 0 and 100"),
            ("reviewers: 2", "reviewers: 0", "assessment.reviewers", "0 is not between 1 and 9"),
            ("reminder_days: 3", "reminder_days: 14", "assessment.reminder_days", "14 days before the end nobody has begun"),
            ("documents: [concept-note]", "documents: [concept]", "assessment.documents[0]", "“concept” is not known here"),
            ("id: crew, name: The crew", "id: seaworthy, name: The crew", "assessment.criteria[1]", "“seaworthy” stands in the list twice"),
            (
                "name: The harbour, weight: 1", "name: The harbour, weight: 0", "assessment.criteria[2].weight",
                "0 is not between 1 and 1000"
            ),
            ("names_visible_to: secretariat", "names_visible_to: all", "assessment.names_visible_to", "“all” is not known here"),
            ("  moderation_spread: 20\n", "", "assessment", "has no “moderation_spread”"),
        ])
    func faults(before: String, after: String, field: String, problem: String) throws {
        let faults = FaultCollector()
        _ = TermsReader.read(try terms { $0.replacing(before, with: after) }, faults: faults)
        let found = faults.faults.filter { $0.field == field && $0.problem == problem }
        #expect(found.count == 1 && found.allSatisfy { $0.line != nil }, "\(faults.faults)")
    }

    private func terms(_ alter: (String) -> String) throws -> String {
        let text = try String(contentsOf: Folders.riverTowns.appendingPathComponent("terms.yaml"), encoding: .utf8)
        let altered = alter(text)
        return altered
    }
}
