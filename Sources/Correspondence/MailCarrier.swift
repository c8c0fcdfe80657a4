/// What takes messages to their recipients: a mail server, a command of this machine.
public protocol MailCarrier: Sendable {
    /// Hands the message over. It returns when the other side has taken responsibility for it, which does not say that it has arrived.
    ///
    /// All recipients or none: if one is refused, nobody gets the message.
    func carry(_ message: MailMessage) async throws(MailFailure)
}

/// Why a message was not handed over, by what may be done about it. The details are for the operator: they may name addresses, never
/// passwords.
public enum MailFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not handed over. The same message may be taken later: the server is away, busy, or not set up as it should be.
    case temporary(String)
    /// Not handed over, and this message never will be: its sender, a recipient or its content is refused.
    case permanent(String)
    /// All of the message was sent and no answer came: it may have been taken. Whoever sends it again may send it twice.
    case outcomeUnknown(String)

    public var detail: String {
        switch self {
        case .temporary(let detail), .permanent(let detail), .outcomeUnknown(let detail): detail
        }
    }

    public var description: String {
        switch self {
        case .temporary(let detail): "the message could not be sent now: \(detail)"
        case .permanent(let detail): "the message was refused: \(detail)"
        case .outcomeUnknown(let detail): "the message may have been sent: \(detail)"
        }
    }
}
