import Foundation
import SQLite
import TestSupport
import Testing

@Suite("SQLite: one process a file")
struct DatabaseFileLockTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("a.sqlite") }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("A second holder is refused and told who holds the file")
    func secondHolder() throws {
        let lock = try DatabaseFileLock(databasePath: path, holder: "server at http://127.0.0.1:8080, process 4711")
        let error = #expect(throws: DatabaseFileLock.HeldByAnother.self) { try DatabaseFileLock(databasePath: path, holder: "second") }
        #expect(error?.holder == "server at http://127.0.0.1:8080, process 4711")
        #expect(
            error?.description
                == "\(path) is held by another process (server at http://127.0.0.1:8080, process 4711); stop it first, or give another --database"
        )
        withExtendedLifetime(lock) {}
    }

    @Test("The lock ends with what holds it, and the next holder names itself")
    func release() throws {
        do {
            let lock = try DatabaseFileLock(databasePath: path, holder: "a holder with a long description of itself")
            withExtendedLifetime(lock) {}
        }
        let lock = try DatabaseFileLock(databasePath: path, holder: "next")
        let error = #expect(throws: DatabaseFileLock.HeldByAnother.self) { try DatabaseFileLock(databasePath: path, holder: "third") }
        #expect(error?.holder == "next")
        withExtendedLifetime(lock) {}
    }

    @Test("Two files are held apart")
    func twoFiles() throws {
        let first = try DatabaseFileLock(databasePath: path, holder: "first")
        let second = try DatabaseFileLock(databasePath: folder.path("b.sqlite"), holder: "second")
        withExtendedLifetime((first, second)) {}
    }

    @Test("A folder that is not there is said so")
    func missingFolder() throws {
        let error = #expect(throws: DatabaseFileLock.CannotLock.self) {
            try DatabaseFileLock(databasePath: folder.path("no/such/a.sqlite"), holder: "")
        }
        #expect(error?.description.contains("check that the folder exists") == true)
    }

    @Test("Another process holds the file until it dies, even if it is killed")
    func otherProcess() async throws {
        // `flock` of util-linux, which Debian always has, takes the same kernel lock and becomes the command that it is given.
        let other = Process()
        other.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        other.arguments = ["--no-fork", path + ".lock", "sleep", "60"]
        try Data("server of another user, process 4711\n".utf8).write(to: URL(fileURLWithPath: path + ".lock"))
        try other.run()

        let refusal = try #require(try await refusalOfLock())
        #expect(refusal.holder == "server of another user, process 4711")
        #expect(kill(other.processIdentifier, SIGKILL) == 0)
        other.waitUntilExit()
        #expect(other.terminationReason == .uncaughtSignal)
        _ = try DatabaseFileLock(databasePath: path, holder: "next")
    }

    /// Waits until the other process has taken the lock: the kernel lists it in /proc/locks.
    private func refusalOfLock() async throws -> DatabaseFileLock.HeldByAnother? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path + ".lock")
        let file = try #require(attributes[.systemFileNumber] as? NSNumber)
        for _ in 0..<200 {
            let locks = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
            if locks.contains(":\(file) ") {
                return #expect(throws: DatabaseFileLock.HeldByAnother.self) { try DatabaseFileLock(databasePath: path, holder: "me") }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }
}
