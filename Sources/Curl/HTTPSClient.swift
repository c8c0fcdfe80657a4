/// Asks a server that this program was told of, such as an identity provider: its description, its keys, its tokens.
///
/// Only `https`, and `http` within this machine. No redirect is followed, no cookie kept, nothing decompressed; certificates are always
/// checked. A proxy that the environment names (`https_proxy`, `no_proxy`) is used, except within this machine.
public struct HTTPSClient: Sendable {
    /// How long is waited, and how much is taken.
    public struct Limits: Sendable, Hashable {
        public let connecting: Duration
        /// For everything, the connection too.
        public let total: Duration
        /// Of an answer, in bytes.
        public let body: Int

        public init(connecting: Duration = .seconds(5), total: Duration = .seconds(10), body: Int = 1024 * 1024) {
            self.connecting = connecting
            self.total = total
            self.body = body
        }
    }

    /// A name and a secret for HTTP's Basic authentication.
    public struct Credentials: Sendable, Hashable {
        let user: String
        let secret: Secret

        public init(user: String, secret: String) {
            self.user = user
            self.secret = Secret(text: secret)
        }

        /// Those of a client of OAuth 2.0, which are encoded as in a form first (RFC 6749, section 2.3.1).
        public init(clientIdentifier: String, clientSecret: String) {
            self.init(user: FormEncoding.encode(clientIdentifier), secret: FormEncoding.encode(clientSecret))
        }
    }

    let limits: Limits
    let certificateFile: String?
    private let threads = BoundedThreads(threads: 4, queue: 60)

    /// - Parameter certificateFile: the certificate authorities to trust instead of the system's, as PEM.
    public init(limits: Limits = Limits(), certificateFile: String? = CertificateFile.named()) {
        self.limits = limits
        self.certificateFile = certificateFile
    }

    /// Whether it would ask there at all: `https://…`, or `http://…` of this machine, without a user, a password or a fragment.
    public static func mayAsk(_ url: String) -> Bool { HTTPSTransfer.address(url) != nil }

    /// - Parameters:
    ///   - bearerToken: is shown to the server (RFC 6750).
    ///   - deadline: ends the waiting before the limits do, the time in the queue counted.
    /// - Returns: whatever the server answers, an error or a redirect too: look at its status.
    /// - Throws: why there is no answer.
    public func get(
        _ url: String, accept: String = "application/json", bearerToken: String? = nil, until deadline: ContinuousClock.Instant? = nil
    ) async throws(HTTPSFailure) -> HTTPSResponse {
        try await ask(
            HTTPSTransfer.Question(
                url: url, accept: accept, form: nil, credentials: nil, bearerToken: bearerToken.map(Secret.init), deadline: deadline))
    }

    /// Sends a form as `application/x-www-form-urlencoded`.
    ///
    /// - Parameter deadline: ends the waiting before the limits do, the time in the queue counted.
    /// - Returns: whatever the server answers, an error or a redirect too: look at its status.
    /// - Throws: why there is no answer. The server may have done what was asked all the same.
    public func post(
        _ url: String, form: [(String, String)], accept: String = "application/json", basicAuthentication: Credentials? = nil,
        until deadline: ContinuousClock.Instant? = nil
    ) async throws(HTTPSFailure) -> HTTPSResponse {
        try await ask(
            HTTPSTransfer.Question(
                url: url, accept: accept, form: FormEncoding.encode(form), credentials: basicAuthentication, bearerToken: nil,
                deadline: deadline))
    }

    private func ask(_ question: HTTPSTransfer.Question) async throws(HTTPSFailure) -> HTTPSResponse {
        let cancellation = Cancellation()
        let result = await withTaskCancellationHandler {
            await threads.run { HTTPSTransfer(question, limits, certificateFile, cancellation).run() }
        } onCancel: {
            cancellation.cancel()
        }
        guard let result else { throw .unreachable("too many questions are waiting for an answer") }
        return try result.get()
    }
}

/// What a server answered.
public struct HTTPSResponse: Sendable, Hashable {
    public let status: Int
    /// As the server wrote it, with its parameters.
    public let contentType: String?
    public let body: [UInt8]
}

/// Why a server gave no answer that can be used. The details are for the operator.
public enum HTTPSFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Neither `https` nor `http` of this machine, or with something in it that does not belong there.
    case refusedAddress
    /// No connection, no certificate that is trusted, no answer in HTTP.
    case unreachable(String)
    /// The time was over.
    case tooSlow
    /// The answer is larger than the limit.
    case tooLarge
    /// The task was cancelled.
    case cancelled

    public var description: String {
        switch self {
        case .refusedAddress:
            "the address is not one of https:// (or of http:// within this machine) without a user, a password and a fragment"
        case .unreachable(let detail): "the server could not be asked: \(detail)"
        case .tooSlow: "the server took too long to answer"
        case .tooLarge: "the server's answer is too large"
        case .cancelled: "nobody waits for the server's answer any more"
        }
    }
}
