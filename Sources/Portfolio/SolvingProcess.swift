internal import Foundation
internal import Synchronization

/// One run of `solve-slates`.
///
/// It reads and writes files, not pipes: neither side waits for the other, and the system limits how much is written.
struct SolvingProcess {
    let executable: URL
    let limits: SlateLimits

    func answer(to problem: Data) async throws -> Data {
        let name = "pooledfund-slates-\(UUID().uuidString)"
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name, isDirectory: true)
        // For its owner only: scores are nobody else's business.
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ConfinedProcess.Files(
            folder: folder.path, input: folder.appendingPathComponent("problem").path,
            output: folder.appendingPathComponent("answer").path, errors: folder.appendingPathComponent("errors").path)
        try problem.write(to: URL(fileURLWithPath: files.input))
        let arguments = [
            "solve-slates", "--processor-seconds", String(limits.processorSeconds), "--memory-megabytes", String(limits.memoryMegabytes),
            "--answer-megabytes", String(limits.answerMegabytes),
        ]
        // Passwords may be in the environment. Where Swift's libraries are may be too.
        let environment = ProcessInfo.processInfo.environment.filter { $0.key == "LD_LIBRARY_PATH" }
        guard
            let process = ConfinedProcess(program: executable.path, arguments: arguments, environment: environment, files: files)
        else { throw SlateSolverError.failed("\(executable.path) could not be run") }
        let (ending, isTimedOut) = await wait(for: process)
        try Task.checkCancellation()
        if isTimedOut { throw SlateSolverError.tookTooLong(limits.time) }
        let words = beginning(of: files.errors)
        switch ending {
        case .exit(0): return try Data(contentsOf: URL(fileURLWithPath: files.output))
        case .exit(let code): throw SlateSolverError.failed("it ended with \(code)\(words)")
        case .signal(let number): throw SlateSolverError.failed("it was ended by signal \(number)\(words)")
        }
    }

    /// Kills the process when its time is over or the task is cancelled.
    private func wait(for process: ConfinedProcess) async -> (ConfinedProcess.Ending, isTimedOut: Bool) {
        let isTimedOut = Mutex(false)
        let clock = Task {
            try await Task.sleep(for: limits.time)
            isTimedOut.withLock { $0 = true }
            process.end()
        }
        defer { clock.cancel() }
        let ending = await withTaskCancellationHandler {
            await process.ending()
        } onCancel: {
            process.end()
        }
        return (ending, isTimedOut.withLock { $0 })
    }

    /// What it said, on one line and in ASCII, after a colon.
    private func beginning(of file: String) -> String {
        guard let handle = FileHandle(forReadingAtPath: file), let data = try? handle.read(upToCount: 300) else { return "" }
        let words = String(decoding: data.map { (0x20..<0x7F).contains($0) ? $0 : 0x20 }, as: UTF8.self).trimmingCharacters(
            in: .whitespaces)
        return words.isEmpty ? "" : ": \(words)"
    }
}
