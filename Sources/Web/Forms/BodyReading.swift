internal import HTML
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Reading what a request carries, within limits of bytes and of time: nothing is kept of a body beyond them.
extension Request {
    /// The fields of a form without files.
    ///
    /// - Throws: 415 for another content type, 413 beyond the limit, 408 if it takes longer than `time`, 400 for what cannot be read.
    func formBody(limits: FormBody.Limits = .init(), within time: Duration = .seconds(30)) async throws -> FormBody {
        guard let type = HeaderParameters((headers[.contentType] ?? "").utf8, quoting: .backslash), type.value == FormBody.mediaType,
            type["charset"].map({ HeaderParameters.lowercased($0) == "utf-8" }) ?? true
        else { throw Failure.wrongMediaType }
        return try FormBody(parsing: try await bodyBytes(limit: limits.bytes, within: time), limits: limits)
    }

    /// The fields and files of a form with files. `time` is long because connections are slow where many who send files are.
    ///
    /// - Throws: 415 for another content type, 413 beyond a limit, 408 if it takes longer than `time`, 400 for what cannot be read.
    func multipartBody(limits: MultipartBody.Limits = .init(), within time: Duration = .seconds(600)) async throws -> MultipartBody {
        let contentType = headers[.contentType] ?? ""
        // Before a byte of it is read: a body that could not be taken apart is not worth the wait.
        _ = try MultipartBody.boundary(in: contentType)
        return try MultipartBody(parsing: try await bodyBytes(limit: limits.bytes, within: time), contentType: contentType, limits: limits)
    }

    /// The whole body.
    ///
    /// - Parameter limit: in bytes. A `Content-Length` beyond it is refused before anything is read.
    /// - Throws: 413 beyond the limit, 408 if it takes longer than `time`, 400 if it is shorter than its `Content-Length`.
    func bodyBytes(limit: Int, within time: Duration) async throws -> [UInt8] {
        let announced = headers[.contentLength].flatMap { Int($0) }
        if let announced, announced > limit { throw Failure.bodyTooLarge(limit: limit) }
        let body = body
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                bytes.reserveCapacity(announced ?? 0)
                for try await buffer in body {
                    guard bytes.count + buffer.readableBytes <= limit else { throw Failure.bodyTooLarge(limit: limit) }
                    bytes += buffer.readableBytesView
                }
                // A reading that was cancelled ends like one that is complete.
                try Task.checkCancellation()
                guard announced.map({ $0 == bytes.count }) ?? true else { throw Failure.formUnreadable }
                return bytes
            }
            group.addTask {
                try await Task.sleep(for: time)
                throw Failure(.requestTimeout, "error.body-too-slow")
            }
            defer { group.cancelAll() }
            guard let bytes = try await group.next() else { throw CancellationError() }
            return bytes
        }
    }
}
