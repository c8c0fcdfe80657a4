internal import CCurl
internal import Correspondence

/// One message on its way to a server, and how far it has come: what a failure means depends on that.
///
/// libcurl's own error says too little. It is told by the commands that go out and by the answers that come in, which libcurl shows to its
/// callbacks.
final class SMTPTransfer {
    private let message: [UInt8]
    private let server: SMTPServer
    private let cancellation: Cancellation
    /// How much of the message libcurl has taken.
    private var taken = 0
    private var hasAskedToSend = false
    private var isLeaving = false
    /// The last answer to a command.
    private var answer: Answer?
    /// The answer to the whole message: the only one that says that it was taken.
    private var verdict: Answer?

    private struct Answer {
        let code: Int
        let text: String
    }

    init(of message: [UInt8], to server: SMTPServer, _ cancellation: Cancellation) {
        self.message = message
        self.server = server
        self.cancellation = cancellation
    }

    /// Blocks until the server has answered, or the time is up.
    func run(from: EmailAddress, to: [EmailAddress]) -> Result<Void, MailFailure> {
        guard !cancellation.isCancelled else { return .failure(.temporary("nobody waits for it any more")) }
        do {
            let handle = try CurlHandle()
            try prepare(handle, from: from, to: to)
            let code = handle.perform()
            return outcome(code, handle.describe(code))
        } catch {
            return .failure(.temporary(error.description))
        }
    }

    private func outcome(_ code: CURLcode, _ reason: String) -> Result<Void, MailFailure> {
        if let verdict {
            switch verdict.code {
            case 200..<300: return .success(())
            case 400..<500: return .failure(.temporary(describe(verdict)))
            case 500..<600: return .failure(.permanent(describe(verdict)))
            default: return .failure(.outcomeUnknown(describe(verdict)))
            }
        }
        if taken == message.count {
            return .failure(.outcomeUnknown("\(server) did not answer after all of the message was sent: \(reason)"))
        }
        // Before a sender was named it is not this message that is refused.
        guard hasAskedToSend, let answer, answer.code >= 400 else { return .failure(.temporary("\(server): \(reason)")) }
        return .failure(
            answer.code < 500 || Self.asksForSettings.contains(answer.code) ? .temporary(describe(answer)) : .permanent(describe(answer)))
    }

    /// They ask for authentication or encryption (RFC 4954, section 6; RFC 3207, section 4): whoever sets that up can send the same
    /// message.
    private static let asksForSettings: Set<Int> = [530, 534, 535, 538]

    private func describe(_ answer: Answer) -> String { "\(server) answered \(answer.code) \(answer.text)" }

    private func prepare(_ handle: CurlHandle, from: EmailAddress, to: [EmailAddress]) throws(CurlFault) {
        let isImmediate = server.security == .immediateTLS
        try handle.set(CURLOPT_URL, "\(isImmediate ? "smtps" : "smtp")://\(server.host):\(server.port)")
        try handle.set(CURLOPT_PROTOCOLS_STR, isImmediate ? "smtps" : "smtp")
        // No proxy that the environment names for other things.
        try handle.set(CURLOPT_PROXY, "")
        try handle.set(CURLOPT_USE_SSL, Int((server.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
        try handle.verifyCertificates(with: server.certificateFile)
        if let user = server.user { try handle.set(CURLOPT_USERNAME, user) }
        if let password = server.password { try handle.set(CURLOPT_PASSWORD, password.text) }
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, server.limits.connecting)
        try handle.set(CURLOPT_TIMEOUT_MS, server.limits.total)
        try handle.set(CURLOPT_FORBID_REUSE, 1)
        try handle.set(CURLOPT_MAIL_FROM, "<\(from.text)>")
        try handle.set(CURLOPT_MAIL_RCPT, to.map { "<\($0.text)>" })
        try handle.set(CURLOPT_UPLOAD, 1)
        // A server that knows the size can refuse before it has read it all (RFC 1870).
        try handle.check(ccurl_set_large(handle.pointer, CURLOPT_INFILESIZE_LARGE, curl_off_t(message.count)))
        // All is known when we leave: a server that does not answer QUIT keeps nobody waiting.
        try handle.end { [unowned self] in isLeaving || (cancellation.isCancelled && taken < message.count) }
        try listen(handle)
    }

    private func listen(_ handle: CurlHandle) throws(CurlFault) {
        try handle.set(CURLOPT_READDATA, context: self)
        try handle.set(CURLOPT_READFUNCTION) { buffer, size, count, context in
            guard let buffer, let transfer = transfer(context) else { return ccurl_abort_reading() }
            return transfer.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
        }
        try handle.set(CURLOPT_HEADERDATA, context: self)
        try handle.set(CURLOPT_HEADERFUNCTION) { line, size, count, context in
            if let line, let transfer = transfer(context) { transfer.hear(UnsafeRawBufferPointer(start: line, count: size * count)) }
            return size * count
        }
        // Standard output otherwise.
        try handle.set(CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
        try handle.set(CURLOPT_VERBOSE, 1)
        try handle.set(CURLOPT_DEBUGDATA, context: self)
        try handle.check(
            ccurl_set_debug_callback(handle.pointer) { _, kind, text, count, context in
                if kind == CURLINFO_HEADER_OUT, let text, let transfer = transfer(context) {
                    transfer.overhear(command: UnsafeRawBufferPointer(start: text, count: count))
                }
                return 0
            })
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, message.count - taken)
        buffer.copyBytes(from: message[taken..<taken + count])
        taken += count
        return count
    }

    private func overhear(command: UnsafeRawBufferPointer) {
        if command.starts(with: "MAIL ".utf8) { hasAskedToSend = true }
        if command.starts(with: "QUIT".utf8) { isLeaving = true }
    }

    /// A line of an answer: three digits, and a space if it is the last one (RFC 5321, section 4.2.1).
    private func hear(_ line: UnsafeRawBufferPointer) {
        guard !isLeaving, line.count >= 3, line.count == 3 || line[3] != UInt8(ascii: "-") else { return }
        guard let code = Int(String(decoding: line.prefix(3), as: UTF8.self)) else { return }
        let answer = Answer(code: code, text: Self.printable(line.dropFirst(4).prefix(300)))
        self.answer = answer
        if taken == message.count, verdict == nil { verdict = answer }
    }

    /// What a stranger says goes to the log: on one line, and in ASCII.
    private static func printable(_ bytes: some Sequence<UInt8>) -> String {
        let kept = bytes.filter { $0 != 0x0D && $0 != 0x0A }.map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") }
        return String(decoding: kept, as: UTF8.self)
    }
}

/// The transfer that a callback is about.
private func transfer(_ context: UnsafeMutableRawPointer?) -> SMTPTransfer? {
    context.map { Unmanaged<SMTPTransfer>.fromOpaque($0).takeUnretainedValue() }
}
