public import Foundation

/// Solves problems in a process of its own, one at a time: `pooledfund solve-slates`.
///
/// GLPK is a C library that ends its process when it is at a loss, and an integer program may take any time and memory. Neither may touch
/// a server, so the process has limits and is killed with its group when its time is over.
public final class SlateSolver: Sendable {
    /// The program that runs now, even if its file has been replaced.
    public static let thisProgram = URL(fileURLWithPath: "/proc/self/exe")

    private let executable: URL
    private let limits: SlateLimits
    private let turns: Turns

    public init(executable: URL = SlateSolver.thisProgram, limits: SlateLimits = SlateLimits()) {
        self.executable = executable
        self.limits = limits
        turns = Turns(waiting: limits.waiting)
    }

    /// The suggestions for a problem. An objective gets no more time than leaves all of them within the limit.
    ///
    /// - Throws: ``SlateSolverError``; `CancellationError` if the task is cancelled, which ends the process.
    public func solve(_ problem: SlateProblem) async throws -> SuggestedSlates {
        do { try problem.check() } catch { throw SlateSolverError.faulty(error) }
        guard try await turns.take() else { throw SlateSolverError.busy }
        do {
            let answer = try await answer(to: problem)
            await turns.leave()
            return answer
        } catch {
            await turns.leave()
            throw error
        }
    }

    private func answer(to problem: SlateProblem) async throws -> SuggestedSlates {
        var problem = problem
        // Spending, three objectives, those between, and something to start and to write with.
        let parts = problem.between + 5
        problem.milliseconds = max(1, min(problem.milliseconds, Int(limits.time / .milliseconds(1)) / parts))
        let child = SolvingProcess(executable: executable, limits: limits)
        let output = try await child.answer(to: try JSONEncoder().encode(problem))
        guard let answer = try? JSONDecoder().decode(SuggestedSlates.self, from: output) else {
            throw SlateSolverError.failed("it ended well, with an answer that cannot be read")
        }
        return answer
    }
}

/// Why there is no answer.
public enum SlateSolverError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The problem is wrong in itself.
    case faulty(SlateProblemFault)
    /// One is being solved and as many wait as may.
    case busy
    case tookTooLong(Duration)
    /// The process was ended by one of its limits or by itself; with what it said last.
    case failed(String)
    case limitsNotSet

    public var description: String {
        switch self {
        case .faulty(let fault): "the problem cannot be solved as it is: \(fault)"
        case .busy: "too many suggestions are being worked out; try again in a minute"
        case .tookTooLong(let limit): "no suggestions were ready after \(limit.components.seconds) seconds"
        case .failed(let words): "the solver gave no suggestions: \(words)"
        case .limitsNotSet: "the solver could not be put under its limits, and did not begin"
        }
    }
}

/// One at a time, in the order in which they came.
private actor Turns {
    private let most: Int
    private var isTaken = false
    private var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    private var next = 0

    init(waiting most: Int) { self.most = most }

    /// False where too many wait already.
    ///
    /// - Throws: `CancellationError` if the task is cancelled while it waits.
    func take() async throws -> Bool {
        try Task.checkCancellation()
        guard isTaken else {
            isTaken = true
            return true
        }
        guard waiting.count < most else { return false }
        next += 1
        let number = next
        let hasTurn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // A task that was cancelled just before has been looked for in vain.
                if Task.isCancelled { continuation.resume(returning: false) } else { waiting.append((number, continuation)) }
            }
        } onCancel: {
            Task { await self.forget(number) }
        }
        guard hasTurn else { throw CancellationError() }
        return true
    }

    func leave() {
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().continuation.resume(returning: true) }
    }

    private func forget(_ number: Int) {
        guard let place = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: place).continuation.resume(returning: false)
    }
}
