import Foundation
import Portfolio
import Testing

@Suite("Solving in a process of its own")
struct SlateSolverTests {
    /// The program that is built beside the tests.
    private static let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent(".build/debug/pooledfund")

    private var problem: SlateProblem {
        var made = MadeUpProblem(seed: 7)
        var problem = made.problem(candidates: 12, areas: 3, regions: 3, unit: 50_000, limits: 0)
        (problem.threshold, problem.spendAtLeast, problem.pinnedIn, problem.pinnedOut) = (nil, nil, [], [])
        return problem
    }

    /// Two hundred candidates with odd amounts, by a measure so fine that there is no end to it.
    private var endless: SlateProblem {
        var made = MadeUpProblem(seed: 8)
        var problem = made.problem(candidates: 200, areas: 5, regions: 6, unit: 5_000_003, limits: 0)
        (problem.threshold, problem.spendAtLeast, problem.pinnedIn, problem.pinnedOut) = (nil, nil, [], [])
        problem.deviationSteps = 1_000_000
        problem.milliseconds = 60_000
        return problem
    }

    @Test("The program answers as the search does in this process")
    func sameAnswer() async throws {
        let answer = try await SlateSolver(executable: Self.program).solve(problem)
        #expect(!answer.slates.isEmpty)
        #expect(try answer.withoutTimes == SlateSuggestions(problem).make().withoutTimes)
    }

    @Test("A process that uses up its processor time is ended, and said to be")
    func processorTime() async throws {
        let solver = SlateSolver(executable: Self.program, limits: SlateLimits(time: .seconds(600), processorSeconds: 1))
        await #expect { try await solver.solve(endless) } throws: { error in
            guard case .failed(let words) = error as? SlateSolverError else { return false }
            return words.contains("signal")
        }
    }

    @Test("A process that asks for more memory than it may have ends, and the server does not")
    func memory() async throws {
        let solver = SlateSolver(executable: Self.program, limits: SlateLimits(time: .seconds(10), memoryMegabytes: 1))
        // Where not even a thread can be had, it may also come to a stand, and is ended by the clock.
        await #expect(throws: SlateSolverError.self) { try await solver.solve(problem) }
    }

    @Test("A wrong problem starts nothing and says what is wrong")
    func wrong() async throws {
        var problem = problem
        problem.pinnedIn = ["nobody"]
        let solver = SlateSolver(executable: URL(fileURLWithPath: "/nowhere"))
        await #expect(throws: SlateSolverError.faulty(.unknownPin(id: "nobody"))) { try await solver.solve(problem) }
    }

    @Test("A program that is not there is a failure")
    func missing() async throws {
        await #expect(throws: SlateSolverError.failed("/nowhere could not be run")) {
            try await SlateSolver(executable: URL(fileURLWithPath: "/nowhere")).solve(problem)
        }
    }

    @Test("Input that is no problem ends the program with 1 and says so", arguments: ["", "{", "[]", "{\"candidates\":[{\"id\":7}]}"])
    func malformed(input: String) throws {
        let process = Process()
        let (into, errors) = (Pipe(), Pipe())
        process.executableURL = Self.program
        process.arguments = ["solve-slates"]
        process.standardInput = into
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        try into.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try into.fileHandleForWriting.close()
        let said = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
        #expect(String(decoding: said, as: UTF8.self).contains("no problem"))
    }

    @Test("What ends badly is told with its own words")
    func failing() async throws {
        try await withScript("echo no memory left >&2; exit 3") { script in
            await #expect(throws: SlateSolverError.failed("it ended with 3: no memory left")) {
                try await SlateSolver(executable: script).solve(problem)
            }
        }
    }

    @Test("An answer that cannot be read is a failure")
    func unreadable() async throws {
        try await withScript("echo '{\"slates\": 3}'") { script in
            await #expect(throws: SlateSolverError.failed("it ended well, with an answer that cannot be read")) {
                try await SlateSolver(executable: script).solve(problem)
            }
        }
    }

    @Test("It gets three descriptors, its own process group, and nothing of the environment")
    func isolation() async throws {
        setenv("POOLEDFUND_SECRET_OF_A_TEST", "secret", 1)
        // A shell keeps the script that it reads as 255.
        let script = "ls /proc/$$/fd >&2; test \"$(ps -o pgid= -p $$ | tr -d ' ')\" = $$ && echo leader >&2; env >&2; exit 3"
        try await withScript(script) { script in
            await #expect { try await SlateSolver(executable: script).solve(problem) } throws: { error in
                guard case .failed(let words) = error as? SlateSolverError else { return false }
                return words.hasPrefix("it ended with 3: 0 1 2 255 leader ") && !words.contains("secret")
            }
        }
    }

    @Test("When its time is over it is killed with all that it started")
    func time() async throws {
        try await withScript("sleep 61.25 & echo $! > \"$(dirname \"$0\")/started\"; wait") { script in
            let solver = SlateSolver(executable: script, limits: SlateLimits(time: .seconds(3)))
            await #expect(throws: SlateSolverError.tookTooLong(.seconds(3))) { try await solver.solve(problem) }
            try await expectGone(script)
        }
    }

    @Test("A caller that is cancelled ends the process, and the next has its turn")
    func cancelled() async throws {
        try await withScript("sleep 61.5 & echo $! > \"$(dirname \"$0\")/started\"; wait") { script in
            let solver = SlateSolver(executable: script, limits: SlateLimits(time: .seconds(60)))
            let first = Task { try await solver.solve(problem) }
            try await untilStarted(script)
            let second = Task { try await solver.solve(problem) }
            try await Task.sleep(for: .milliseconds(100))
            second.cancel()
            await #expect(throws: CancellationError.self) { try await second.value }
            first.cancel()
            await #expect(throws: CancellationError.self) { try await first.value }
            try await expectGone(script)
        }
    }

    @Test("One is solved at a time, some wait, and whoever comes after them is turned away")
    func oneAtATime() async throws {
        // It fails if another runs beside it, and ends when it is told to.
        let text =
            "cd \"$(dirname \"$0\")\"; mkdir held || exit 9; echo > started; until test -e go; do sleep 0.05; done; rmdir held; exit 3"
        try await withScript(text) { script in
            let (problem, solver) = (problem, SlateSolver(executable: script, limits: SlateLimits(waiting: 1)))
            let first = Task { try await solver.solve(problem) }
            try await untilStarted(script)
            let others = await withTaskGroup(of: SlateSolverError?.self, returning: [SlateSolverError?].self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        do { _ = try await solver.solve(problem) } catch { return error as? SlateSolverError }
                        return nil
                    }
                }
                var errors: [SlateSolverError?] = []
                for await error in group {
                    errors.append(error)
                    guard errors.count == 2 else { continue }
                    try? Data().write(to: script.deletingLastPathComponent().appendingPathComponent("go"))
                }
                return errors
            }
            #expect(others == [.busy, .busy, .failed("it ended with 3")])
            await #expect(throws: SlateSolverError.failed("it ended with 3")) { try await first.value }
        }
    }

    // MARK: Programs of a few lines

    private func withScript(_ text: String, _ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("slates-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = folder.appendingPathComponent("solver")
        try Data("#!/bin/bash\nPATH=/usr/bin:/bin\n\(text)\n".utf8).write(to: script)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script.path)
        try await body(script)
    }

    private func started(_ script: URL) -> pid_t? {
        let file = script.deletingLastPathComponent().appendingPathComponent("started")
        return (try? String(contentsOf: file, encoding: .utf8)).flatMap { $0.last == "\n" ? pid_t($0.dropLast()) ?? 0 : nil }
    }

    private func untilStarted(_ script: URL) async throws {
        for _ in 0..<200 where started(script) == nil { try await Task.sleep(for: .milliseconds(25)) }
        #expect(started(script) != nil)
    }

    private func expectGone(_ script: URL) async throws {
        let identifier = try #require(started(script))
        for _ in 0..<100 where isRunning(identifier) { try await Task.sleep(for: .milliseconds(20)) }
        #expect(!isRunning(identifier))
    }

    /// A process that has ended may stay listed until somebody collects it.
    private func isRunning(_ identifier: pid_t) -> Bool {
        guard let state = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8) else { return false }
        return !state.contains(") Z ")
    }
}

extension SuggestedSlates {
    /// Everything but how long it took.
    var withoutTimes: SuggestedSlates {
        var answer = self
        answer.milliseconds = 0
        for index in answer.slates.indices { answer.slates[index].milliseconds = 0 }
        return answer
    }
}
