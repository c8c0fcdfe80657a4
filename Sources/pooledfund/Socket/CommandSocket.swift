internal import ArgumentParser
internal import Foundation
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import PooledFund
internal import ServiceLifecycle
internal import Synchronization

/// The server's end of the commands: while it holds the database file, other processes' commands run here, on its own office.
///
/// Who may give commands is the file system's answer: the socket has mode 0600, so that only the owner of the database, and root, can
/// connect. Both could write the file itself, so a check of the peer's credentials would keep nobody out.
struct CommandSocket: Service {
    let path: String
    let house: @Sendable (_ directory: String) -> House

    /// Further commands are refused at once rather than kept waiting.
    private static let commandLimit = 4
    /// How long a client may neither send what is expected of it nor take what is sent to it.
    private static let patience = TimeAmount.seconds(10)
    /// What fits an address of a Unix socket (`sun_path`).
    private static let pathLimit = 107

    private let running = RunningCommands()
    private let log = Logger(label: "pooledfund.commands")

    /// - Parameter path: one that was `checked`.
    init(path: String, house: @escaping @Sendable (_ directory: String) -> House) {
        self.path = path
        self.house = house
    }

    static func checked(_ path: String) throws -> String {
        guard path.utf8.count <= pathLimit else {
            throw Refusal("the path \(path) is too long for a socket", remedy: "keep the database in a folder with a path of fewer bytes")
        }
        return path
    }

    /// The caller holds the file's lock, so a socket that is there is one that a killed server left.
    func run() async throws {
        let listener = try await listen()
        defer { unlink(path) }
        // Whoever is being served when the listening ends is served to the end.
        try await withThrowingDiscardingTaskGroup { group in
            try await listener.executeThenClose { connections in
                for try await connection in connections.cancelOnGracefulShutdown() {
                    group.addTask { await serve(connection) }
                }
            }
        }
    }

    private func listen() async throws -> NIOAsyncChannel<CommandConnection, Never> {
        // From before the socket exists: between `bind` and a `chmod` after it, others could connect.
        let previous = umask(0o177)
        defer { umask(previous) }
        return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
                channel.eventLoop.makeCompletedFuture { try CommandFrames.connection(on: channel, limit: CommandRequest.sizeLimit) }
            }
    }

    private func serve(_ connection: CommandConnection) async {
        let channel = connection.channel
        do {
            try await connection.executeThenClose { inbound, outbound in
                var frames = inbound.makeAsyncIterator()
                let silence = closing(channel)
                defer { silence.cancel() }
                guard let frame = try await frames.next() else { return }
                silence.cancel()

                let output = SocketOutput { reply in
                    let deafness = closing(channel)
                    defer { deafness.cancel() }
                    try await outbound.write(try CommandFrames.encode(reply))
                }
                let code = await answer(frame, on: output)
                try await output.send(.exit(code: code.rawValue))
                // Closing now could lose what the client has not taken yet: the client closes.
                let farewell = closing(channel)
                defer { farewell.cancel() }
                while try await frames.next() != nil {}
            }
        } catch {
            log.info("A connection ended early: \(error)")
        }
    }

    private func closing(_ channel: any Channel) -> Scheduled<Void> {
        channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
    }

    private func answer(_ frame: ByteBuffer, on output: SocketOutput) async -> ExitCode {
        await Program.outcome(to: output) {
            let request = try? CommandFrames.decode(CommandRequest.self, from: frame)
            guard let request, request.version == CommandRequest.currentVersion else {
                throw Refusal(
                    "the server that holds the database is another version of this program",
                    remedy: "use the same one, or stop the server first")
            }
            guard running.enter(limit: Self.commandLimit) else {
                throw Refusal("\(Self.commandLimit) commands are running in the server already", remedy: "try again in a moment")
            }
            defer { running.leave() }
            guard let command = try Program.parseAsRoot(request.arguments) as? any RecordCommand else {
                throw Refusal("the server does not do this for others", remedy: "run it where it belongs")
            }
            try await command.run(in: house(request.directory), output: output)
            log.info("“\(RecordAccess.name(of: request.arguments))” was done for another process")
        }
    }
}

/// How many commands are being done.
private final class RunningCommands: Sendable {
    private let count = Mutex(0)

    func enter(limit: Int) -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func leave() { count.withLock { $0 -= 1 } }
}

/// Sends what a command says to the process that asked, in pieces.
private struct SocketOutput: Output {
    let send: @Sendable (CommandReply) async throws -> Void

    func write(_ bytes: [UInt8]) async throws {
        for piece in pieces(of: bytes) { try await send(.output(piece)) }
    }

    func note(_ bytes: [UInt8]) async {
        for piece in pieces(of: bytes) { try? await send(.note(piece)) }
    }

    func file(_ bytes: [UInt8]) async throws {
        for piece in pieces(of: bytes) { try await send(.file(piece)) }
    }

    private func pieces(of bytes: [UInt8]) -> [Data] {
        stride(from: 0, to: bytes.count, by: CommandReply.pieceLimit).map { start in
            Data(bytes[start..<min(start + CommandReply.pieceLimit, bytes.count)])
        }
    }
}
