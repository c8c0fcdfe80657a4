internal import Foundation
internal import NIOCore
internal import NIOPosix

/// What a command's process asks of the server that holds the database file.
struct CommandRequest: Codable {
    /// Counts up when the frames change, so that two versions of the program refuse each other instead of misunderstanding.
    static let currentVersion = 1
    static let sizeLimit = 64 * 1024

    let version: Int
    let arguments: [String]
    /// What relative paths in the arguments are relative to.
    let directory: String

    init(arguments: [String], directory: String) {
        version = Self.currentVersion
        self.arguments = arguments
        self.directory = directory
    }
}

/// What the server sends back: any number of pieces, then one exit.
enum CommandReply: Codable {
    case output(Data)
    case note(Data)
    /// A piece of the document, which the asking process writes to its `--output`.
    case file(Data)
    case exit(code: Int32)

    static let sizeLimit = 1024 * 1024
    /// A piece in base64 stays well below the limit of a frame.
    static let pieceLimit = 128 * 1024
}

/// One end of a connection, a frame an element.
typealias CommandConnection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

enum CommandFrames {
    /// - Parameter limit: the largest frame that this end takes.
    static func connection(on channel: any Channel, limit: Int) throws -> CommandConnection {
        try channel.pipeline.syncOperations.addHandlers(
            ByteToMessageHandler(FrameDecoder(limit: limit)), MessageToByteHandler(FrameEncoder()))
        return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
    }

    static func encode(_ message: some Encodable) throws -> ByteBuffer {
        ByteBuffer(bytes: try JSONEncoder().encode(message))
    }

    static func decode<Message: Decodable>(_ type: Message.Type, from frame: ByteBuffer) throws -> Message {
        try JSONDecoder().decode(type, from: Data(frame.readableBytesView))
    }
}

/// Four bytes of length, most significant first, then so many bytes.
private struct FrameDecoder: ByteToMessageDecoder {
    typealias InboundOut = ByteBuffer

    let limit: Int

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else { return .needMoreData }
        // Refused by its length alone, before the bytes are waited for.
        guard length <= limit else { throw FrameTooLarge(length: length) }
        guard let frame = buffer.readLengthPrefixedSlice(as: UInt32.self) else { return .needMoreData }
        context.fireChannelRead(wrapInboundOut(frame))
        return .continue
    }

    mutating func decodeLast(context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool) throws -> DecodingState {
        try decode(context: context, buffer: &buffer)
    }
}

private struct FrameEncoder: MessageToByteEncoder {
    typealias OutboundIn = ByteBuffer

    func encode(data: ByteBuffer, out: inout ByteBuffer) throws {
        out.writeInteger(UInt32(data.readableBytes))
        out.writeImmutableBuffer(data)
    }
}

private struct FrameTooLarge: Error {
    let length: UInt32
}
