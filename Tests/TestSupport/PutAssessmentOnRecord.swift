import Ledger
@testable public import PooledFund
import SQL

/// Puts a row into every table of screening and assessment: an action that the program does not have.
public struct PutAssessmentOnRecord: Action {
    public static let name = "put-assessment-on-record"
    public static let hasPublicEffect = false
    public static let right = Right(operators: true, rule: "Only tests put assessments on record so.")

    public let fund: String
    public let proposal: String
    /// The person's id.
    public let reviewer: String

    public init(fund: String, proposal: String, reviewer: String) {
        self.fund = fund
        self.proposal = proposal
        self.reviewer = reviewer
    }

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    public func perform(in recording: Recording) throws {
        let key: [Value] = [.text(proposal), .text("concept-note"), .integer(1)]
        try recording.insert(
            into: .eligibilityFinding, key + [.text("boats-float"), .text("open"), .text(""), .text("met"), .text("They do.")])
        try recording.insert(
            into: .reviewerExpertise, [.text(reviewer), .text("1;2"), .text("nile"), .text("en;fr"), .text(""), .text("KHM")])
        try recording.insert(
            into: .reviewerAssignment,
            [.text(proposal), .text("concept-note"), .text(reviewer), .text("assigned"), .text("2024-02-15"), .text("")])
        try recording.insert(into: .assessment, key + [.text(reviewer), .text("On the whole")])
        try recording.insert(into: .assessmentScore, key + [.text(reviewer), .text("crew"), .integer(3), .text("They row.")])
        try recording.insert(into: .finalScore, key + [.integer(7_083), .integer(55), .integer(1_667), .integer(0), .text("")])
        try recording.insert(
            into: .finalScoreCriterion, key + [.text("crew"), .integer(2), .integer(4), .integer(7), .integer(2)])
    }
}
