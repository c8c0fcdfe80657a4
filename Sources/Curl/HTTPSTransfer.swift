internal import CCurl

/// One question to a server, and what has come of its answer.
final class HTTPSTransfer {
    struct Question: Sendable {
        let url: String
        let accept: String
        /// Encoded already; nil asks with GET.
        let form: String?
        let credentials: HTTPSClient.Credentials?
        let bearerToken: Secret?
        let deadline: ContinuousClock.Instant?
    }

    private let question: Question
    private let limits: HTTPSClient.Limits
    private let certificateFile: String?
    private let cancellation: Cancellation
    private var body: [UInt8] = []
    private var headerSize = 0
    private var isTooLarge = false

    /// Of all lines before the body, in bytes.
    private static let headerLimit = 64 * 1024

    init(_ question: Question, _ limits: HTTPSClient.Limits, _ certificateFile: String?, _ cancellation: Cancellation) {
        self.question = question
        self.limits = limits
        self.certificateFile = certificateFile
        self.cancellation = cancellation
    }

    /// Nil where nothing may be asked.
    static func address(_ url: String) -> CurlAddress? {
        guard let address = CurlAddress(url), address.user == nil, address.password == nil, address.fragment == nil else { return nil }
        return address.scheme == "https" || (address.scheme == "http" && address.isLoopback) ? address : nil
    }

    /// Blocks until the answer is there, or the time is up.
    func run() -> Result<HTTPSResponse, HTTPSFailure> {
        guard let address = Self.address(question.url) else { return .failure(.refusedAddress) }
        let left = question.deadline.map { $0 - .now } ?? limits.total
        // libcurl takes zero for no limit at all.
        guard left >= .milliseconds(1) else { return .failure(.tooSlow) }
        do {
            let handle = try CurlHandle()
            try prepare(handle, address)
            try handle.set(CURLOPT_TIMEOUT_MS, min(left, limits.total))
            let code = handle.perform()
            if cancellation.isCancelled, code != CURLE_OK { return .failure(.cancelled) }
            if isTooLarge || code == CURLE_FILESIZE_EXCEEDED { return .failure(.tooLarge) }
            if code == CURLE_OPERATION_TIMEDOUT { return .failure(.tooSlow) }
            guard code == CURLE_OK else { return .failure(.unreachable(handle.describe(code))) }
            return .success(try response(of: handle))
        } catch {
            return .failure(.unreachable(error.description))
        }
    }

    private func response(of handle: CurlHandle) throws(CurlFault) -> HTTPSResponse {
        var status = 0
        try handle.check(ccurl_get_long(handle.pointer, CURLINFO_RESPONSE_CODE, &status))
        var type: UnsafeMutablePointer<CChar>?
        try handle.check(ccurl_get_text(handle.pointer, CURLINFO_CONTENT_TYPE, &type))
        return HTTPSResponse(status: status, contentType: type.map { String(cString: $0) }, body: body)
    }

    private func prepare(_ handle: CurlHandle, _ address: CurlAddress) throws(CurlFault) {
        try handle.set(CURLOPT_URL, question.url)
        try handle.set(CURLOPT_PROTOCOLS_STR, address.scheme)
        if address.isLoopback { try handle.set(CURLOPT_PROXY, "") }
        try handle.verifyCertificates(with: certificateFile)
        try handle.set(CURLOPT_FOLLOWLOCATION, 0)
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, limits.connecting)
        try handle.set(CURLOPT_MAXFILESIZE, limits.body)
        try handle.set(CURLOPT_USERAGENT, "PooledFund")
        // Without the second one a larger form would wait for a word of consent that many servers never give.
        let bearer = try question.bearerToken.map { secret throws(CurlFault) in "Authorization: Bearer \(try Self.headerValue(secret.text))"
        }
        try handle.set(CURLOPT_HTTPHEADER, ["Accept: \(try Self.headerValue(question.accept))", "Expect:"] + (bearer.map { [$0] } ?? []))
        if let form = question.form {
            try handle.set(CURLOPT_POST, 1)
            try handle.set(CURLOPT_POSTFIELDSIZE, form.utf8.count)
            try handle.set(CURLOPT_COPYPOSTFIELDS, form)
        }
        if let credentials = question.credentials {
            try handle.set(CURLOPT_HTTPAUTH, ccurl_basic_authentication())
            try handle.set(CURLOPT_USERNAME, credentials.user)
            try handle.set(CURLOPT_PASSWORD, credentials.secret.text)
        }
        try handle.end { [cancellation] in cancellation.isCancelled }
        try listen(handle)
    }

    private static func headerValue(_ text: String) throws(CurlFault) -> String {
        guard text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else { throw CurlFault("a header holds a control character") }
        return text
    }

    private func listen(_ handle: CurlHandle) throws(CurlFault) {
        try handle.set(CURLOPT_WRITEDATA, context: self)
        try handle.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes, let transfer = transfer(context) else { return 0 }
            return transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        try handle.set(CURLOPT_HEADERDATA, context: self)
        try handle.set(CURLOPT_HEADERFUNCTION) { _, size, count, context in
            transfer(context)?.takeHeader(size * count) ?? 0
        }
    }

    /// Taking less than there is ends the transfer.
    private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard body.count + bytes.count <= limits.body else {
            isTooLarge = true
            return 0
        }
        body += bytes
        return bytes.count
    }

    private func takeHeader(_ count: Int) -> Int {
        headerSize += count
        isTooLarge = headerSize > Self.headerLimit
        return isTooLarge ? 0 : count
    }
}

/// The transfer that a callback is about.
private func transfer(_ context: UnsafeMutableRawPointer?) -> HTTPSTransfer? {
    context.map { Unmanaged<HTTPSTransfer>.fromOpaque($0).takeUnretainedValue() }
}
