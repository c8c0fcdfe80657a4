public import Correspondence

/// The way that mail takes from here, as a setting names it.
public enum MailRoute: MailCarrier, CustomStringConvertible {
    case server(SMTPServer)
    case command(SendmailCommand)

    /// Reads `smtp://…` and `smtps://…` as `SMTPServer` does, and `sendmail:/usr/sbin/sendmail` as a command of this machine.
    ///
    /// - Throws: what cannot be read, never the text itself.
    public init(parsing text: String, certificateFile: String? = CertificateFile.named()) throws(MailSettingFault) {
        let scheme = text.utf8.prefix { $0 != UInt8(ascii: ":") }
        switch String(Substring(scheme)).lowercased() {
        case "smtp", "smtps": self = .server(try SMTPServer(parsing: text, certificateFile: certificateFile))
        case "sendmail": self = .command(try SendmailCommand(parsing: text))
        default: throw .unknownRoute
        }
    }

    /// Never with a password.
    public var description: String {
        switch self {
        case .server(let server): server.description
        case .command(let command): command.description
        }
    }

    public func carry(_ message: MailMessage) async throws(MailFailure) {
        switch self {
        case .server(let server): try await server.carry(message)
        case .command(let command): try await command.carry(message)
        }
    }
}
