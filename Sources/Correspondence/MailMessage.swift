/// A message as it goes to a mail server: RFC 5322 and MIME, plain text, from a program.
public struct MailMessage: Sendable, Hashable {
    public let from: Mailbox
    public let to: [Mailbox]
    /// The whole message: lines of at most 998 bytes that end with CR LF, all of them ASCII. Dots are not doubled: that belongs to SMTP.
    public let bytes: [UInt8]

    public static let recipientLimit = 50
    /// In bytes of UTF-8.
    public static let subjectLimit = 500
    /// In bytes of UTF-8.
    public static let bodyLimit = 512 * 1024

    /// Composes the message.
    ///
    /// - Parameters:
    ///   - subject: one line of text.
    ///   - body: plain text; its lines may end with LF, CR or CR LF and be of any length.
    ///   - secondsSince1970: the instant of its Date, which is written in UTC.
    ///   - identifier: the Message-ID without its angle brackets, `unique@domain`. The same for the same message, so that a receiver can
    ///     tell a second copy.
    /// - Throws: the first thing that could not be sent, or would let one header become two.
    public init(
        from: Mailbox, to: [Mailbox], subject: String, body: String, secondsSince1970: Int64, identifier: String
    ) throws(MailMessageFault) {
        guard !to.isEmpty else { throw .noRecipient }
        guard to.count <= Self.recipientLimit else { throw .tooManyRecipients }
        guard subject.utf8.count <= Self.subjectLimit else { throw .subjectTooLong }
        guard !subject.hasControlCharacter else { throw .controlCharacterInSubject }
        guard body.utf8.count <= Self.bodyLimit else { throw .bodyTooLong }
        guard !body.utf8.contains(0) else { throw .nullInBody }
        guard Self.isIdentifier(identifier) else { throw .identifier }
        guard let date = MailDate.text(secondsSince1970: secondsSince1970) else { throw .date }
        let headers = [
            "From: \(HeaderText.mailbox(from))",
            "To: \(to.map(HeaderText.mailbox).joined(separator: ",\r\n "))",
            "Subject: \(HeaderText.unstructured(subject))",
            "Date: \(date)",
            "Message-ID: <\(identifier)>",
            // RFC 3834, section 5: so that nobody's absence is answered to a machine.
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
        ]
        self.from = from
        self.to = to
        bytes = Array(headers.joined(separator: "\r\n").utf8) + Array("\r\n\r\n".utf8) + QuotedPrintable.encode(body)
    }

    /// RFC 5322, section 3.6.4, in the form that everybody reads.
    private static func isIdentifier(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return text.utf8.count <= 250 && parts.count == 2 && parts.allSatisfy(\.isDotAtom)
    }
}

/// Why a message cannot be composed.
public enum MailMessageFault: String, Error, CaseIterable, Sendable, CustomStringConvertible {
    case noRecipient, tooManyRecipients, subjectTooLong, controlCharacterInSubject, bodyTooLong, nullInBody, identifier, date

    public var description: String {
        switch self {
        case .noRecipient: "the message has no recipient"
        case .tooManyRecipients: "the message has more than \(MailMessage.recipientLimit) recipients"
        case .subjectTooLong: "the subject has more than \(MailMessage.subjectLimit) bytes"
        case .controlCharacterInSubject: "the subject holds a line break or another control character"
        case .bodyTooLong: "the text of the message has more than \(MailMessage.bodyLimit) bytes"
        case .nullInBody: "the text of the message holds a NUL"
        case .identifier: "the Message-ID is not of the form unique@domain"
        case .date: "the date of the message is not in the years 1970 to 9999"
        }
    }
}
