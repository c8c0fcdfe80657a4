/// A secret that admits whoever brings it: 256 random bits, written as the prefix of its kind and 43 characters of base64url.
///
/// The text is shown once, to whom it belongs. The record keeps the ``digest``: whoever reads the record, or a backup, cannot sign in with
/// it.
public struct BearerSecret: Sendable, Hashable, Concealed {
    /// What it admits to. One of another kind is never taken for it: the kind is part of the text, and so of the digest.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A session of a browser, in a cookie.
        case session = "pfs_"
        /// A browser in which somebody signed in before, in a cookie: see ``Throttle``.
        case device = "pfd_"
        /// A link by which somebody joins.
        case invitation = "pfi_"
        /// A link that shows that an e-mail address is somebody's, or sets a new password.
        case emailLink = "pfe_"
        /// A token for programs. Scanners of published source find it by its prefix.
        case personalAccessToken = "pf_"
        /// What goes to an OpenID provider and comes back: state and nonce.
        case openIDState = "pfo_"
    }

    public let kind: Kind
    public let text: String

    /// A new secret.
    public init(_ kind: Kind) {
        self.kind = kind
        text = kind.rawValue + Base64.addressText(of: randomBytes(Self.byteCount))
    }

    /// A secret that somebody brings; `nil` unless it is of this kind, and written exactly as one is.
    public init?(_ text: String, kind: Kind) {
        let length = kind.rawValue.utf8.count + Self.characterCount
        guard text.utf8.count == length, text.utf8.starts(with: kind.rawValue.utf8) else { return nil }
        let random = String(decoding: text.utf8.dropFirst(kind.rawValue.utf8.count), as: UTF8.self)
        guard Base64.bytes(ofAddressText: random)?.count == Self.byteCount else { return nil }
        self.kind = kind
        self.text = text
    }

    /// SHA-256 of the text, prefix and all: 32 bytes, by which the record finds it again. One round without a salt is enough for 256 random
    /// bits.
    public var digest: [UInt8] { secretDigest(of: text.utf8) }

    private static let byteCount = 32
    private static let characterCount = 43
}
