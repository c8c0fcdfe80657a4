import Foundation
import Ledger
import SQL
import TestSupport

@testable import PooledFund

/// The rights of those who screen, assign, assess and conclude.
extension TriedRight {
    static let ofAssessment: [TriedRight] = [
        TriedRight(ScreenProposal.self) { house, number in
            ScreenProposal(
                fund: house.fund, proposal: try await house.proposal(number, stages: [.submitted]), version: 1, outcome: .returned,
                words: "Say more of the water.", answers: [.init(criterion: "boats-float", answer: .met, reason: "They do.")])
        },
        TriedRight(DeclareExpertise.self) { house, number in
            DeclareExpertise(
                fund: house.fund,
                expertise: ReviewerExpertise(
                    areas: [number % 3 + 1], regions: ["nile"], languages: ["en"], organizations: [], countries: []))
        },
        TriedRight(AssignReviewer.self) { house, number in
            let proposal = try await house.proposal(number, stages: [.submitted, .eligible])
            let reviewer = try await house.people.admit(.technicalReviewer, of: "reviewer-\(number)").person
            return AssignReviewer(fund: house.fund, assignments: [.init(proposal: proposal, reviewer: reviewer)])
        },
        TriedRight(WithdrawAssignment.self) { house, number in
            let reviewer = try await house.people.admit(.technicalReviewer, of: "reviewer-\(number)").person
            return WithdrawAssignment(
                fund: house.fund, proposal: try await house.assigned(number), reviewer: reviewer, reason: "A test")
        },
        TriedRight(DeclareConflict.self) { house, number in
            DeclareConflict(fund: house.fund, proposal: try await house.assigned(number), reason: "A test")
        },
        TriedRight(SaveAssessment.self, events: 0) { house, number in
            SaveAssessment(
                fund: house.fund, proposal: try await house.assigned(number), revision: 0,
                scores: [GivenScore(criterion: "crew", score: nil, justification: "They row.")])
        },
        TriedRight(AssessProposal.self) { house, number in
            AssessProposal(
                fund: house.fund, proposal: try await house.assigned(number), version: 1, scores: TriedHouse.scores(3, 4, 2))
        },
        TriedRight(ConcludeAssessment.self) { house, number in
            let reviewers = [
                try await house.people.admit(.technicalReviewer, of: "first-\(number)"),
                try await house.people.admit(.technicalReviewer, of: "second-\(number)"),
            ]
            let proposal = try await house.assigned(number)
            for reviewer in reviewers {
                let assessment = AssessProposal(
                    fund: house.fund, proposal: proposal, version: 1, scores: TriedHouse.scores(3, 4, 2))
                _ = try await house.office.office.perform(assessment, by: reviewer.actor)
            }
            return ConcludeAssessment(fund: house.fund, proposal: proposal, version: 1)
        },
        TriedRight(RemindReviewers.self, events: 0) { house, _ in RemindReviewers(fund: house.fund) },
    ]
}

extension TriedHouse {
    /// Scores for the rubric of the made-up fund.
    static func scores(_ seaworthy: Int, _ crew: Int, _ harbour: Int) -> [GivenScore] {
        [("seaworthy", seaworthy), ("crew", crew), ("harbour", harbour)].map {
            GivenScore(criterion: $0, score: $1, justification: "Because of \($0)")
        }
    }

    /// An eligible proposal that is given to everybody who reviews at the moment.
    func assigned(_ number: Int) async throws -> String {
        let proposal = try await proposal(number, stages: [.submitted, .eligible])
        let reviewers = try await office.office.holders(in: fund, now: office.clock.now).filter {
            $0.holding.role == .technicalReviewer && $0.standing == .held
        }.map(\.holding.person)
        guard !reviewers.isEmpty else { return proposal }
        let officer = try await people.admit(.fundManagementUnitOfficer, of: "assigner-\(number)").actor
        let pairs = Set(reviewers).sorted().map { AssignReviewer.Pair(proposal: proposal, reviewer: $0) }
        _ = try await office.office.perform(AssignReviewer(fund: fund, assignments: pairs), by: officer)
        return proposal
    }
}
