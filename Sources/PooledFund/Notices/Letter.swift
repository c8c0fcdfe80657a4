public import Ledger

/// Puts into words what a mail tells.
public protocol LetterWriter: Sendable {
    /// Writes the letter, with fresh links where it lets somebody in.
    func letter(for mail: DueMail) throws -> Letter
}

/// What a mail says.
public struct Letter: Sendable {
    /// One line.
    public let subject: String
    /// Plain text.
    public let text: String
    /// The links in it that let the recipient in. Their secrets stand in the text alone.
    public let links: [LetterLink]

    public init(subject: String, text: String, links: [LetterLink] = []) {
        self.subject = subject
        self.text = text
        self.links = links
    }
}

/// A link in a letter that lets its reader in once, by the digest of its secret.
public struct LetterLink: Sendable, Hashable {
    public let digest: [UInt8]
    public let purpose: Purpose

    public init(digest: [UInt8], purpose: Purpose) {
        self.digest = digest
        self.purpose = purpose
    }

    /// What it is for; the names stand in the database.
    public enum Purpose: String, Sendable, Hashable {
        case join
        case newPassword = "new-password"
        /// Proves an address; it lets nobody in.
        case proveAddress = "prove-address"

        /// For how long it is good, in seconds from when the letter is written.
        public var seconds: Int64 {
            switch self {
            case .join: 7 * 86_400
            case .newPassword: 3_600
            case .proveAddress: AddressChange.seconds
            }
        }
    }
}

/// A mail that is to be sent: to whom, and of what.
public struct DueMail: Sendable {
    /// The left part of its Message-ID.
    public let id: String
    public let recipient: PersonParticulars
    /// The code of the language that the recipient chose; nil if none was chosen.
    public let language: String?
    /// In the order in which they happened; at least one.
    public let notices: [MailedNotice]
    /// How many notices more the mail was for than it has room for.
    public let more: Int
    /// When the letter is written.
    public let now: Instant
}

/// A notice with the names of what it is about.
public struct MailedNotice: Sendable {
    public let notice: Notice
    /// Nil where the notice is of no fund.
    public let fundName: String?
    /// The organization or the contributor that the notice names; nil if it names none.
    public let partyName: String?
}
