public import Correspondence
internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A command of this machine that takes mail as `sendmail` does: `/usr/sbin/sendmail -i -f FROM -- TO…`, with the message on its standard
/// input.
///
/// Most mail programs bring one (Postfix, Exim, msmtp). No shell is involved.
public struct SendmailCommand: MailCarrier, CustomStringConvertible {
    /// Absolute.
    public let path: String
    private let patience: Duration
    private let threads = BoundedThreads(threads: 4, queue: 200)

    public var description: String { "sendmail:\(path)" }

    /// Reads `sendmail:/usr/sbin/sendmail`.
    ///
    /// - Parameter patience: how long the command may take before it is killed.
    /// - Throws: `.noSuchCommand` unless it is the absolute path of a file that can be run.
    public init(parsing text: String, patience: Duration = .seconds(60)) throws(MailSettingFault) {
        let scheme = "sendmail:"
        guard text.utf8.starts(with: scheme.utf8) else { throw .unknownRoute }
        path = String(text.dropFirst(scheme.count))
        guard path.utf8.first == UInt8(ascii: "/"), !path.utf8.contains(0) else { throw .noSuchCommand }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
            FileManager.default.isExecutableFile(atPath: path)
        else { throw .noSuchCommand }
        self.patience = patience
    }

    public func carry(_ message: MailMessage) async throws(MailFailure) {
        try await send(message.bytes, from: message.from.address, to: message.to.map(\.address))
    }

    /// Hands a message of lines that end with CR LF to the command, which gets them with LF, as programs of a Unix expect.
    ///
    /// - Throws: by the command's exit code, as sysexits(3) says. `.outcomeUnknown` if it was killed: it may have taken the message.
    public func send(_ message: [UInt8], from: EmailAddress, to: [EmailAddress]) async throws(MailFailure) {
        guard !to.isEmpty else { throw .permanent("it has no recipient") }
        let result = await threads.run { run(Self.withoutCarriageReturns(message), from: from, to: to) }
        guard let result else { throw .temporary("too many messages are waiting for \(path)") }
        try result.get()
    }

    private func run(_ bytes: [UInt8], from: EmailAddress, to: [EmailAddress]) -> Result<Void, MailFailure> {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pooledfund-mail-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-i", "-f", from.text, "--"] + to.map(\.text)
        let errors = folder.appendingPathComponent("errors")
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            // Files, not pipes: neither side ever waits for the other. The folder is for nobody else: a message may hold a link that lets
            // somebody in.
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            let message = folder.appendingPathComponent("message")
            try Data(bytes).write(to: message)
            try Data().write(to: errors)
            let (input, complaints) = try (FileHandle(forReadingFrom: message), FileHandle(forWritingTo: errors))
            // The command has its own copies.
            defer {
                try? input.close()
                try? complaints.close()
            }
            process.standardInput = input
            process.standardOutput = FileHandle.nullDevice
            process.standardError = complaints
            try process.run()
        } catch {
            return .failure(.temporary("\(path) could not be run: \(error)"))
        }
        let isInTime = ended.wait(timeout: .now() + .milliseconds(Int(patience / .milliseconds(1)))) == .success
        if !isInTime {
            // Foundation makes it the leader of a process group of its own: with it goes what it started.
            kill(-process.processIdentifier, SIGKILL)
            kill(process.processIdentifier, SIGKILL)
            ended.wait()
        }
        if process.terminationReason == .exit { return outcome(exitCode: process.terminationStatus, Self.beginning(of: errors)) }
        let end = isInTime ? "was ended by signal \(process.terminationStatus)" : "was killed after \(patience)"
        return .failure(.outcomeUnknown("\(path) \(end), with the message in its hands"))
    }

    private func outcome(exitCode: Int32, _ complaint: String) -> Result<Void, MailFailure> {
        guard exitCode != 0 else { return .success(()) }
        let detail = "\(path) ended with \(exitCode)\(complaint.isEmpty ? "" : ": \(complaint)")"
        return .failure(Self.isAboutTheMachine(exitCode) ? .temporary(detail) : .permanent(detail))
    }

    /// By sysexits(3): the system or its files fail (71 EX_OSERR, 72 EX_OSFILE, 73 EX_CANTCREAT, 74 EX_IOERR), it should be tried again
    /// (75 EX_TEMPFAIL), or the command is not allowed or not set up (77 EX_NOPERM, 78 EX_CONFIG). Any other code says that this message
    /// will not be taken.
    private static func isAboutTheMachine(_ exitCode: Int32) -> Bool { [71, 72, 73, 74, 75, 77, 78].contains(exitCode) }

    private static func withoutCarriageReturns(_ message: [UInt8]) -> [UInt8] {
        message.indices.filter { message[$0] != 0x0D || $0 + 1 == message.count || message[$0 + 1] != 0x0A }.map { message[$0] }
    }

    /// What the command complained of: not all of it, on one line, and in ASCII.
    private static func beginning(of file: URL) -> String {
        guard let handle = try? FileHandle(forReadingFrom: file), let data = try? handle.read(upToCount: 300) else { return "" }
        return String(decoding: data.map { (0x20..<0x7F).contains($0) ? $0 : 0x20 }, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    }
}
