internal import ArgumentParser
internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import PooledFund

/// The asking end: sends one command and plays what comes back.
struct CommandClient {
    private let connection: CommandConnection

    init(_ connection: CommandConnection) {
        self.connection = connection
    }

    /// - Returns: nil if nobody takes commands there.
    static func connect(to path: String) async -> CommandConnection? {
        try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(unixDomainSocketPath: path) { channel in
            channel.eventLoop.makeCompletedFuture { try CommandFrames.connection(on: channel, limit: CommandReply.sizeLimit) }
        }
    }

    func run(_ request: CommandRequest, output: any Output) async throws -> ExitCode {
        let frame = try CommandFrames.encode(request)
        guard frame.readableBytes <= CommandRequest.sizeLimit else {
            throw Refusal("the command line is too long for the running server", remedy: "shorten it, or stop the server first")
        }
        let exit: Int32?
        do {
            exit = try await connection.executeThenClose { inbound, outbound in
                try await outbound.write(frame)
                return try await play(inbound, on: output)
            }
        } catch let error as ReaderLeft {
            throw error
        } catch let error as Refusal {
            throw error
        } catch {
            exit = nil
        }
        guard let exit else {
            throw Refusal(
                "the server ended the connection before it said how the command ended",
                remedy: "look at the server's log, then give the command again: what is on record already is not recorded twice")
        }
        return ExitCode(exit)
    }

    /// Takes pieces off the socket as fast as they come and writes them as fast as they are read, so that a person who pages through the
    /// output does not look like a dead client to the server.
    private func play(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, on output: any Output) async throws -> Int32? {
        let (replies, queue) = AsyncThrowingStream.makeStream(of: CommandReply.self)
        return try await withThrowingTaskGroup(of: Int32?.self) { group in
            group.addTask {
                for try await reply in replies {
                    switch reply {
                    case .output(let data): try await output.write(Array(data))
                    case .note(let data): await output.note(Array(data))
                    case .file(let data): try await output.file(Array(data))
                    case .exit(let code): return code
                    }
                }
                return nil
            }
            group.addTask {
                do {
                    for try await frame in inbound {
                        let reply = try CommandFrames.decode(CommandReply.self, from: frame)
                        queue.yield(reply)
                        if case .exit = reply { break }
                    }
                    queue.finish()
                } catch {
                    queue.finish(throwing: error)
                }
                return nil
            }
            var exit: Int32?
            for try await code in group { exit = exit ?? code }
            return exit
        }
    }
}
