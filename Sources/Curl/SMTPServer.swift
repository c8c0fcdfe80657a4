public import Correspondence

/// A mail server that takes messages by SMTP (RFC 5321), through libcurl.
///
/// Each message has a connection of its own, two at a time, on threads of its own.
public struct SMTPServer: MailCarrier, CustomStringConvertible {
    /// How the connection is kept from being read on its way.
    public enum Security: Sendable, Hashable {
        /// It is not: within this machine, or because the address says so.
        case none
        /// By STARTTLS (RFC 3207), without which nothing is sent.
        case startTLS
        /// From the first byte (RFC 8314).
        case immediateTLS
    }

    /// How long is waited.
    public struct Limits: Sendable, Hashable {
        /// For a connection.
        public let connecting: Duration
        /// For everything. A server may take its time to look at a message before it answers; who does not wait for that does not know the
        /// outcome.
        public let total: Duration

        public init(connecting: Duration = .seconds(10), total: Duration = .seconds(120)) {
            self.connecting = connecting
            self.total = total
        }
    }

    /// An IPv6 address stands in brackets.
    public let host: String
    public let port: Int
    public let security: Security
    public let user: String?
    let password: Secret?
    let certificateFile: String?
    let limits: Limits
    private let threads = BoundedThreads(threads: 4, queue: 200)

    /// Who and where; never the password.
    public var description: String {
        "\(security == .immediateTLS ? "smtps" : "smtp")://\(user.map { "\($0)@" } ?? "")\(host):\(port)"
    }

    /// Reads `smtp://[user[:password]@]host[:port]` or `smtps://…`. What is special in an address is percent-encoded: an @ in a password
    /// is `%40`.
    ///
    /// Without a port it is 25, and 465 for `smtps`. With `smtp` a host other than this machine must offer STARTTLS; `?starttls=never`
    /// does without, and `?starttls=always` asks it of this machine too. Certificates are always checked.
    ///
    /// - Parameter certificateFile: the certificate authorities to trust instead of the system's, as PEM.
    /// - Throws: what cannot be read, never the text itself: it may hold a password.
    public init(
        parsing text: String, certificateFile: String? = CertificateFile.named(), limits: Limits = Limits()
    ) throws(MailSettingFault) {
        guard let address = CurlAddress(text), ["smtp", "smtps"].contains(address.scheme) else { throw .unreadableServer }
        guard ["", "/"].contains(address.path), address.fragment == nil, !address.hasOptions else { throw .unreadableServer }
        guard address.password == nil || address.user?.isEmpty == false else { throw .passwordWithoutUser }
        security = try Self.security(address)
        host = address.host
        port = address.port ?? (address.scheme == "smtps" ? 465 : 25)
        user = address.user.flatMap { $0.isEmpty ? nil : $0 }
        password = address.password.map { Secret(text: $0) }
        self.certificateFile = certificateFile
        self.limits = limits
    }

    private static func security(_ address: CurlAddress) throws(MailSettingFault) -> Security {
        switch (address.scheme, address.query) {
        case ("smtps", nil): .immediateTLS
        case ("smtp", nil): address.isLoopback ? .none : .startTLS
        case ("smtp", "starttls=always"): .startTLS
        case ("smtp", "starttls=never"): .none
        default: throw .unknownOption
        }
    }

    public func carry(_ message: MailMessage) async throws(MailFailure) {
        try await send(message.bytes, from: message.from.address, to: message.to.map(\.address))
    }

    /// Sends a message of lines that end with CR LF. The dots at their beginnings are doubled on the way, as SMTP asks, and single again
    /// at the server.
    ///
    /// A cancelled task ends it with `.temporary`, unless all of the message is on its way: then the answer is waited for.
    public func send(_ message: [UInt8], from: EmailAddress, to: [EmailAddress]) async throws(MailFailure) {
        guard !to.isEmpty else { throw .permanent("it has no recipient") }
        // Of one without a byte, nobody could tell whether all of it was sent.
        guard !message.isEmpty else { throw .permanent("it is empty") }
        let cancellation = Cancellation()
        let result = await withTaskCancellationHandler {
            await threads.run { SMTPTransfer(of: message, to: self, cancellation).run(from: from, to: to) }
        } onCancel: {
            cancellation.cancel()
        }
        guard let result else { throw .temporary("too many messages are waiting to be sent to \(self)") }
        try result.get()
    }
}
