import Ledger
@testable public import PooledFund
import SQL

/// Puts a row into every table of the committee: an action that the program does not have.
public struct PutCommitteeOnRecord: Action {
    public static let name = "put-committee-on-record"
    public static let hasPublicEffect = false
    public static let right = Right(operators: true, rule: "Only tests put the committee on record so.")

    public let fund: String
    public let proposal: String

    public init(fund: String, proposal: String) {
        self.fund = fund
        self.proposal = proposal
    }

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    public func perform(in recording: Recording) throws {
        let version = try recording.latestVersion(of: proposal, .conceptNote)
        let letter = try AttachedDocument(name: "letter.txt", content: Array("An answer by letter\n".utf8))
        try DocumentQueries.keep(letter, in: recording.beside)
        let item: [Value] = [.text("spring"), .text(proposal)]
        func insert(_ table: AuditedTable, _ values: Value...) throws { try recording.insert(into: table, values) }
        func insert(_ table: AuditedTable, item more: Value...) throws { try recording.insert(into: table, item + more) }
        try insert(
            .committeeMeeting, .text("spring"), .text("meeting"), .text("Spring (fictional)"), .text("2024-03-01"), .text("River House"),
            .text("A test"), .integer(0), .text(""))
        try insert(.committeeItem, item: .text("concept-note"), .integer(1), .integer(1), .text("on"))
        try insert(
            .committeePaper, .text("a-paper"), .text("spring"), .text(""), .text("A paper"), .text(letter.name), .text(letter.mediaType),
            .integer(Int64(letter.content.count)), .bytes(letter.digest))
        try insert(.committeeAttendance, .text("spring"), .text("river-league"), .text("somebody"), .text("member"))
        try insert(.committeeClosure, .text("spring"), .text("A test"))
        try insert(.committeeAnswer, item: .text("river-league"), .text("somebody"), .text("agrees"), .text(""))
        try insert(.declaredInterest, .text(proposal), .text("somebody"), .text("declared"), .text("A boat of my own"))
        try insert(
            .cashStatement, .text("2024-01-31"), .integer(9_000_000), .integer(100), .integer(10), .integer(1), .integer(1), .text(""),
            .bytes(letter.digest))
        try insert(.cashAgreement, .text("lakeland-2024"), .text("lakeland"), .integer(1_000_000))
        try insert(.cashTransfer, .text(proposal), .integer(1))
        try insert(.slate, .text("even"), .text("Even"), .text(""))
        try insert(.slateAmount, .text("even"), .text(proposal), .text("river-office"), .integer(1))
        try insert(.slateForMeeting, .text("spring"), .text("even"), .integer(1))
        try insert(
            .softEarmark, .text("lakeland-wish"), .text("lakeland"), .text("thematic-area"), .text("1"), .integer(1), .text(""))
        try insert(
            .decision, item: .text("concept-note"), .integer(1), .bytes(version.contentDigest), .text("deferred"), .text("consensus"),
            .text(""), .text(""), .text("A test"), .bytes(letter.digest))
        try insert(.decisionAmount, item: .text("river-office"), .integer(1))
        try insert(.decisionCondition, item: .integer(1), .text("A test"), .text("Somebody"), .text("2024-12-31"))
        try insert(.decisionPart, item: .text("river-league"), .text("disclosed"), .text(""))
        try insert(.pipelineReview, .text(proposal), .text("confirmed"), .text("A test"))
        try insert(.pipelineCost, .text(proposal), .text("river-office"), .integer(1))
        try insert(.publicationConsent, .text(proposal), .text("given"))
    }
}
