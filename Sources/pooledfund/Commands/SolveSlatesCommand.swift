internal import ArgumentParser
internal import Foundation
internal import Portfolio
internal import PooledFund

/// `pooledfund solve-slates`: what a server starts to have suggested slates worked out, apart from itself.
struct SolveSlatesCommand: PlainCommand {
    static let configuration = CommandConfiguration(
        commandName: "solve-slates",
        abstract: "Works out suggested slates: a problem as JSON on standard input, the answer as JSON on standard output.",
        discussion: """
            Started by the server, under the limits that it is given. Documentation/suggested-slates.md describes both forms.

            EXIT CODES: 0 answered, that no slate keeps the rules too; 1 the problem cannot be read; 64 misuse.
            """,
        shouldDisplay: false
    )

    @Option(help: "Processor time after which the system ends it.")
    var processorSeconds = SlateLimits().processorSeconds
    @Option(help: "Memory beyond which it gets none.")
    var memoryMegabytes = SlateLimits().memoryMegabytes
    @Option(help: "The largest file that it may write.")
    var answerMegabytes = SlateLimits().answerMegabytes

    func validate() throws {
        guard processorSeconds > 0, memoryMegabytes > 0, answerMegabytes > 0 else { throw ValidationError("Limits are above zero.") }
        guard max(processorSeconds, memoryMegabytes, answerMegabytes) <= 1_000_000 else { throw ValidationError("A limit is too high.") }
    }

    func run(in directory: String, output: any Output) async throws {
        try SlateLimits(
            processorSeconds: processorSeconds, memoryMegabytes: memoryMegabytes, answerMegabytes: answerMegabytes
        ).confineThisProcess()
        // Far more than the largest problem takes.
        let most = 8 * 1_048_576
        let input = try FileHandle.standardInput.read(upToCount: most + 1) ?? Data()
        guard input.count <= most, let problem = try? JSONDecoder().decode(SlateProblem.self, from: input) else {
            throw Refusal("standard input holds no problem", remedy: "give it as Documentation/suggested-slates.md describes")
        }
        let suggestions: SlateSuggestions
        do {
            suggestions = try SlateSuggestions(problem)
        } catch {
            throw Refusal("the problem is wrong: \(error)", remedy: "correct it and give it again")
        }
        try await output.write(Array(try JSONEncoder().encode(suggestions.make())))
    }
}
