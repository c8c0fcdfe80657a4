/// Somebody in the From or To of a message: an address, and the name with which it is shown.
public struct Mailbox: Sendable, Hashable, CustomStringConvertible {
    /// Without a name only the address is shown.
    public let name: String?
    public let address: EmailAddress

    public var description: String { name.map { "\($0) <\(address)>" } ?? address.text }

    /// In bytes of UTF-8.
    public static let nameLimit = 200

    /// - Parameter name: what is shown with the address; an empty one is none.
    public init(name: String? = nil, _ address: EmailAddress) throws(MailboxFault) {
        if let name {
            guard name.utf8.count <= Self.nameLimit else { throw .nameTooLong }
            guard !name.hasControlCharacter else { throw .controlCharacterInName }
        }
        self.name = name?.isEmpty == true ? nil : name
        self.address = address
    }

    /// Reads `office@example.org` or `Fund Office <office@example.org>`, as somebody writes it into a setting. Quotation marks around the
    /// name are removed.
    public init(parsing text: String) throws(MailboxFault) {
        let bytes = text.utf8
        guard bytes.last == UInt8(ascii: ">"), let opening = bytes.lastIndex(of: UInt8(ascii: "<")) else {
            try self.init(Self.address(text))
            return
        }
        var name = bytes[..<opening]
        while name.last == UInt8(ascii: " ") { name.removeLast() }
        while name.first == UInt8(ascii: " ") { name.removeFirst() }
        if name.count >= 2, name.first == UInt8(ascii: "\""), name.last == UInt8(ascii: "\"") { name = name.dropFirst().dropLast() }
        let address = bytes[bytes.index(after: opening)...].dropLast()
        try self.init(name: String(Substring(name)), Self.address(String(Substring(address))))
    }

    private static func address(_ text: String) throws(MailboxFault) -> EmailAddress {
        do { return try EmailAddress(parsing: text) } catch { throw .address(error) }
    }
}

/// Why somebody cannot stand in the From or To of a message.
public enum MailboxFault: Error, Hashable, Sendable, CustomStringConvertible {
    case address(EmailAddressFault)
    /// More than `Mailbox.nameLimit` bytes.
    case nameTooLong
    case controlCharacterInName

    public var description: String {
        switch self {
        case .address(let fault): fault.description
        case .nameTooLong: "the name beside the e-mail address has more than \(Mailbox.nameLimit) bytes"
        case .controlCharacterInName: "the name beside the e-mail address holds a line break or another control character"
        }
    }
}
