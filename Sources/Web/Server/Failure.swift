internal import HTML
internal import HTTPTypes
internal import PooledFund

/// Why a request gets no page: the status, and the sentence that says what was wrong and what to do.
struct Failure: Error {
    let status: HTTPResponse.Status
    let sentence: SentenceKey
    let arguments: [String: String]

    init(_ status: HTTPResponse.Status, _ sentence: SentenceKey, _ arguments: [String: String] = [:]) {
        self.status = status
        self.sentence = sentence
        self.arguments = arguments
    }

    /// How long whoever gets no page because the record does not answer is asked to wait, in seconds.
    static let pause = 5
    static let recordUnavailable = Failure(.serviceUnavailable, "error.unavailable")
    static let olderThanSeen = Failure(.serviceUnavailable, "error.older-than-seen")
    static let notFound = Failure(.notFound, "error.not-found")
    static let pageBeyondEnd = Failure(.notFound, "error.page-beyond-end")

    /// The sentence as a page shows it. What the rules of the house say is in English, and marked so.
    func markup(_ say: Catalogue) -> Markup {
        guard sentence == "error.rule" else { return .text(text(say)) }
        return say.markup(sentence, ["value": .markup(inEnglish(arguments["value"] ?? "", say))])
    }

    /// The sentence in words. The arguments are the parameter's name and what was typed.
    func text(_ say: Catalogue) -> String {
        say(sentence, ["parameter": .text(arguments["parameter"] ?? ""), "value": .text(arguments["value"] ?? "")])
    }
}

extension Refusal {
    /// As what a refusal of the office is answered where no form can be shown again.
    var status: HTTPResponse.Status {
        switch kind {
        case .right: .forbidden
        case .conflict: .conflict
        case .ordinary: .unprocessableContent
        case .busy: .serviceUnavailable
        }
    }
}
