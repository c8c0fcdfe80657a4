/// Why a setting does not say how mail is sent. Nothing of the setting is repeated: it may hold a password.
public enum MailSettingFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Neither a server nor a command.
    case unknownRoute
    case unreadableServer
    case passwordWithoutUser
    case unknownOption
    /// Not the absolute path of a file that can be run.
    case noSuchCommand

    public var description: String {
        switch self {
        case .unknownRoute: "mail is sent by smtp://host, smtps://host or sendmail:/usr/sbin/sendmail"
        case .unreadableServer:
            "the mail server's address cannot be read: smtp://user:password@host:port, with what is special in the password percent-encoded"
        case .passwordWithoutUser: "the mail server's address has a password and no user"
        case .unknownOption: "the mail server's address may only have ?starttls=never or ?starttls=always behind it, and only with smtp://"
        case .noSuchCommand:
            "the command that sends mail is not the absolute path of a file that can be run, such as sendmail:/usr/sbin/sendmail"
        }
    }
}
