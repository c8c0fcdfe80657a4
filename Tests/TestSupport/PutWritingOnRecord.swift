import Ledger
@testable public import PooledFund
import SQL

/// Puts a row into every table of calls, files and signatures: an action that the program does not have.
public struct PutWritingOnRecord: Action {
    public static let name = "put-writing-on-record"
    public static let hasPublicEffect = false
    public static let right = Right(operators: true, rule: "Only tests put what was written on record so.")

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
        let now = recording.now.microsecondsSince1970
        try recording.insert(
            into: .proposalCall,
            [.text("boats"), .text("Boats"), .text("Boats (fictional)"), .integer(now), .integer(now + 1_000_000), .text("")])
        try recording.insert(into: .callQuestion, [.text("a-question"), .text("boats"), .text("How many?")])
        try recording.insert(into: .callAnswer, [.text("a-question"), .text("Two.")])
        try recording.insert(
            into: .proposalAttachment,
            [
                .text("a-file"), .text(proposal), .text("concept-note"), .text("plan"), .text("kept"), .text(letter.name),
                .text(letter.mediaType), .integer(Int64(letter.content.count)), .bytes(letter.digest),
            ])
        try recording.insert(revisionDue: recording.now, of: proposal, reason: "A test")
        try recording.insert(
            into: .proposalSignOff,
            [
                .text(proposal), .text("concept-note"), .integer(1), .text("organizations"), .text("river-office"),
                .bytes(version.contentDigest), .bytes(letter.digest),
            ])
    }
}
