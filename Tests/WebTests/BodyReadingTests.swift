import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization
import Testing

@testable import Web

@Suite("The body of a request is read within limits of size and time")
struct BodyReadingTests {
    private static let form = "application/x-www-form-urlencoded"

    private func request(_ pieces: [String], contentType: String? = form, length: Int? = nil) -> Request {
        let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        for piece in pieces { continuation.yield(ByteBuffer(string: piece)) }
        continuation.finish()
        return request(RequestBody(asyncSequence: stream), contentType, length)
    }

    private func request(_ body: RequestBody, _ contentType: String?, _ length: Int?) -> Request {
        var fields = HTTPFields()
        fields[.contentType] = contentType
        fields[.contentLength] = length.map(String.init)
        return Request(head: HTTPRequest(method: .post, scheme: "http", authority: "x", path: "/", headerFields: fields), body: body)
    }

    private func status(_ read: () async throws -> some Sendable) async -> Int? {
        do {
            _ = try await read()
            return nil
        } catch {
            return (error as? Failure)?.status.code
        }
    }

    @Test("a form is read from its pieces, wherever they were cut")
    func pieces() async throws {
        let form = try await request(["a=1", "&b=%C", "3%A9"], length: 12).formBody()
        #expect(form.first("a") == "1" && form.first("b") == "é")
        #expect(try await request(["a=1"], contentType: "Application/X-WWW-Form-Urlencoded; charset=UTF-8").formBody().first("a") == "1")
    }

    @Test(
        "another content type is refused with 415",
        arguments: [
            nil, "", "text/plain", "application/json", "application/x-www-form-urlencoded; charset=latin1",
            "multipart/form-data; boundary=x",
        ])
    func contentType(type: String?) async {
        #expect(await status { try await request(["a=1"], contentType: type).formBody() } == 415)
        if type?.hasPrefix("multipart") != true {
            #expect(await status { try await request(["a=1"], contentType: type).multipartBody() } == 415)
        }
    }

    @Test("a body beyond the limit is refused with 413: by what it announces, and by what it is")
    func size() async {
        #expect(await status { try await request([], length: 70_000).formBody() } == 413)
        let piece = "a=" + String(repeating: "x", count: 40_000)
        #expect(await status { try await request([piece, piece]).formBody() } == 413)
        #expect(await status { try await request([piece]).formBody() } == nil)
    }

    @Test("a body that is shorter or longer than it announced is refused")
    func length() async {
        #expect(await status { try await request(["a=1"], length: 4).formBody() } == 400)
        #expect(await status { try await request(["a=1"], length: 2).formBody() } == 400)
    }

    @Test("a body that never ends is given up with 408")
    func time() async {
        let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        continuation.yield(ByteBuffer(string: "a=1"))
        let endless = request(RequestBody(asyncSequence: stream), Self.form, nil)
        #expect(await status { try await endless.formBody(within: .milliseconds(50)) } == 408)
    }

    @Test("over a real connection, a slow body and a large one are answered, and a whole one is read")
    func connection() async throws {
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            do {
                let form = try await request.formBody(within: .milliseconds(300))
                return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: form.first("a") ?? "")))
            } catch let failure as Failure {
                return Response(status: failure.status)
            }
        }
        try await listening(responder) { port in
            let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: \(Self.form)\r\n"
            let whole = try await exchange(port, "\(head)Content-Length: 3\r\nConnection: close\r\n\r\na=1")
            #expect(whole.hasPrefix("HTTP/1.1 200") && whole.hasSuffix("1"))
            let slow = try await exchange(port, "\(head)Content-Length: 3\r\n\r\na=")
            #expect(slow.hasPrefix("HTTP/1.1 408"), "\(slow)")
            let large = try await exchange(port, "\(head)Content-Length: 99999999\r\nConnection: close\r\n\r\na=")
            #expect(large.hasPrefix("HTTP/1.1 413"), "\(large)")
            let chunks = String(repeating: "4000\r\n\(String(repeating: "x", count: 0x4000))\r\n", count: 5) + "0\r\n\r\n"
            let chunked = try await exchange(port, "\(head)Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n\(chunks)")
            #expect(chunked.hasPrefix("HTTP/1.1 413"), "\(chunked)")
        }
    }

    private func listening(
        _ responder: CallbackResponder<BasicRequestContext>, _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            responder: responder, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { continuation.yield($0.localAddress?.port ?? 0) }, logger: Logger(label: "test"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for await port in ports {
                try await body(port)
                break
            }
            group.cancelAll()
        }
    }

    /// Sends `text` and reads until the server closes, or says nothing for some seconds.
    private func exchange(_ port: Int, _ text: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try RawConnection.exchange(port, Array(text.utf8)) }) }
        }
    }
}

/// A client that sends exactly the bytes that it is given.
private enum RawConnection {
    struct Failed: Error {}

    static func exchange(_ port: Int, _ bytes: [UInt8]) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failed() }
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
        }
        guard isConnected, send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { throw Failed() }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return String(decoding: received, as: UTF8.self) }
            received += buffer[..<count]
        }
    }
}
