internal import Foundation
internal import Ledger
internal import SQL

/// Asks the secretariat something about a call; the answer is for all.
public struct AskQuestion: Action {
    public static let name = "ask-question"
    public static let hasPublicEffect = false
    public static let right = Right(
        [.participatingOrganizationFocalPoint, .contributorToText, .residentCoordinator, .governmentCounterpart, .localAuthority],
        rule: "Only those who write, support or sign proposals ask about a call.")

    public let fund: String
    public let call: String
    public let question: String

    public init(fund: String, call: String, question: String) {
        self.fund = fund
        self.call = call
        self.question = question
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let question: String
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["call": call])) }

    public func perform(in recording: Recording) throws -> Outcome {
        try recording.requireOpen(call)
        try requireText(question, "the question", limit: 4_000)
        let id = uuidV7(at: recording.now)
        try recording.insert(into: .callQuestion, [.text(id), .text(call), .text(question)])
        return Outcome(question: id)
    }
}

/// Answers a question about a call, to all.
public struct AnswerQuestion: Action {
    public static let name = "answer-question"
    public static let hasPublicEffect = true
    public static let right = Right(
        [.fundManagementUnitOfficer], rule: "Only an officer of the Fund Management Unit answers questions about a call.")

    public let fund: String
    public let question: String
    public let answer: String

    public init(fund: String, question: String, answer: String) {
        self.fund = fund
        self.question = question
        self.answer = answer
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["question": question])) }

    public func perform(in recording: Recording) throws -> AskQuestion.Outcome {
        let asked = try CallQueries.questions(of: fund, in: recording.transaction).first { $0.id == question }
        guard let asked else { throw Refusal("there is no question “\(question)”", remedy: "look for it at the call") }
        try requireText(answer, "the answer", limit: 8_000)
        guard asked.answer != answer else { return AskQuestion.Outcome(question: question) }
        try recording.insert(into: .callAnswer, [.text(question), .text(answer)])
        if let asker = try CallQueries.asker(of: question, in: fund, in: recording.transaction) {
            try recording.tell([asker], .questionAnswered, ["call": asked.call])
        }
        return AskQuestion.Outcome(question: question)
    }
}
