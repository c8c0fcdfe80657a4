import Correspondence
import Curl
import Foundation
import Testing

@Suite("A message is handed to a command of the machine as sendmail takes it")
struct SendmailCommandTests {
    @Test("the command gets the sender, the recipients and the message, whatever stands in the addresses")
    func handedOver() async throws {
        let command = try CommandOfTest(#"printf '%s\n' "$@" > "$0.arguments"; cat > "$0.message""#)
        let large = String(repeating: "x", count: 300_000)
        try await command.sendmail().send(
            Array("Subject: a\r\n\r\n.\r\n\(large)\r\n".utf8), from: EmailAddress(parsing: "-x@example.org"),
            to: [EmailAddress(parsing: "$HOME`x`@example.org"), EmailAddress(parsing: "-bs@example.org")])
        #expect(try command.written("arguments") == "-i\n-f\n-x@example.org\n--\n$HOME`x`@example.org\n-bs@example.org\n")
        #expect(try command.written("message") == "Subject: a\n\n.\n\(large)\n")
    }

    @Test(
        "its exit code says whether it is worth asking again",
        arguments: [(75, true), (71, true), (78, true), (67, false), (65, false), (1, false)])
    func exitCodes(code: Int, isTemporary: Bool) async throws {
        let command = try CommandOfTest("echo 'no such person' >&2; exit \(code)")
        let detail = "\(command.path) ended with \(code): no such person"
        let failure = try await failure(of: command.sendmail())
        #expect(failure == (isTemporary ? .temporary(detail) : .permanent(detail)))
    }

    @Test("a command that does not end is killed with what it started, and may have sent the message")
    func endless() async throws {
        let command = try CommandOfTest(#"sleep 600 & echo $! > "$0.child"; wait"#)
        let failure = try await failure(of: command.sendmail(patience: .seconds(3)))
        guard case .outcomeUnknown = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        let child = try #require(pid_t(command.written("child").trimmingCharacters(in: .whitespacesAndNewlines)))
        for _ in 1...200 where isRunning(child) { try await Task.sleep(for: .milliseconds(50)) }
        #expect(!isRunning(child))
    }

    /// One that ended stays listed until somebody asks how.
    private func isRunning(_ process: pid_t) -> Bool {
        guard let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return !state.contains(") Z") && !state.contains(") X")
    }

    private func failure(of sendmail: SendmailCommand) async -> MailFailure? {
        do {
            let address = try EmailAddress(parsing: "office@example.org")
            try await sendmail.send(Array("Subject: a\r\n\r\n".utf8), from: address, to: [address])
            return nil
        } catch {
            return error as? MailFailure
        }
    }
}

/// A command in a folder of its own: a script of the shell.
private final class CommandOfTest {
    private let folder: URL
    var path: String { folder.appendingPathComponent("sendmail").path }

    init(_ script: String) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("pooledfund-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    func sendmail(patience: Duration = .seconds(60)) throws -> SendmailCommand {
        try SendmailCommand(parsing: "sendmail:\(path)", patience: patience)
    }

    func written(_ ending: String) throws -> String { try String(contentsOfFile: "\(path).\(ending)", encoding: .utf8) }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
