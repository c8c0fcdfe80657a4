/// An e-mail address as it is used to send: `local@domain`, in ASCII.
///
/// Stricter than RFC 5321, section 4.1.2, on purpose: no quoted local parts, no addresses in brackets instead of a domain, no comments.
/// Letters beyond ASCII need a server that offers SMTPUTF8 (RFC 6531), which many do not: they are refused here, so that nobody is
/// promised a message that cannot be sent. An internationalized domain can be given in its ASCII form (`xn--…`).
public struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    /// What stands before the `@`, as it was given: only the domain's own server knows whether its case matters.
    public let localPart: String
    /// What stands behind the `@`, in lower case.
    public let domain: String

    /// Both, with the `@`.
    public var text: String { "\(localPart)@\(domain)" }
    public var description: String { text }

    /// A path of RFC 5321, section 4.5.3.1.3, holds 256 bytes with its angle brackets.
    public static let lengthLimit = 254

    /// - Throws: what is wrong with the text. Spaces around the address are not removed.
    public init(parsing text: String) throws(EmailAddressFault) {
        let bytes = Array(text.utf8.prefix(Self.lengthLimit + 1))
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= Self.lengthLimit else { throw .tooLong }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { throw .spaceOrControlCharacter }
        guard bytes.allSatisfy({ $0 < 0x80 }) else { throw .notASCII }
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .notOneAt }
        guard Self.isLocalPart(parts[0]) else { throw .localPart }
        guard Self.isDomain(parts[1]) else { throw .domain }
        localPart = String(decoding: parts[0], as: UTF8.self)
        domain = String(decoding: parts[1].map(\.lowercased), as: UTF8.self)
    }

    /// A dot-atom of RFC 5322, section 3.2.3, of at most 64 bytes.
    private static func isLocalPart(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.count <= 64 && bytes.isDotAtom }

    /// Labels of RFC 1123, section 2.1.
    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-") else { return false }
            return label.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
        }
    }
}

/// Why a text is not an address to which mail can be sent.
public enum EmailAddressFault: String, Error, CaseIterable, Sendable, CustomStringConvertible {
    case empty
    /// More than `EmailAddress.lengthLimit` bytes.
    case tooLong
    /// A space, a line break or another control character, wherever it stands.
    case spaceOrControlCharacter
    /// A letter beyond ASCII, in the domain or before it.
    case notASCII
    /// No `@`, or more than one.
    case notOneAt
    /// What stands before the `@`: empty, too long, quoted, or with misplaced dots.
    case localPart
    /// What stands behind the `@`: not a domain name.
    case domain

    public var description: String {
        switch self {
        case .empty: "there is no e-mail address"
        case .tooLong: "the e-mail address has more than \(EmailAddress.lengthLimit) bytes"
        case .spaceOrControlCharacter: "the e-mail address holds a space, a line break or another control character"
        case .notASCII: "the e-mail address holds letters beyond ASCII, which many mail servers do not take; write such a domain as xn--…"
        case .notOneAt: "the e-mail address needs exactly one @"
        case .localPart:
            "what stands before the @ of the e-mail address cannot be used: letters, digits and marks such as . _ + - are taken"
        case .domain: "what stands behind the @ of the e-mail address is not a domain name"
        }
    }
}
