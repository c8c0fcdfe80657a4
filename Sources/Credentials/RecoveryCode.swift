/// A code that signs in once in place of the app, for when the telephone is lost: 80 random bits in four groups of four, such as
/// `7ZK2-0M9Q-XT4D-B8RH`.
///
/// Only the ``digest`` is kept. SHA-256 without a salt is enough: 2^80 codes are more than anybody can try, whatever they know of the
/// digests.
public struct RecoveryCode: Sendable, Hashable, Concealed {
    private let bytes: [UInt8]

    /// A new code.
    public init() {
        bytes = randomBytes(Self.byteCount)
    }

    /// A code as somebody types it: small or capital letters, with or without hyphens and spaces, and I, L and O for the digits that they
    /// resemble. `nil` if it cannot be a code.
    public init?(entered text: String) {
        guard let bytes = Base32.crockford.bytes(of: text, characterCount: Self.byteCount * 8 / 5) else { return nil }
        self.bytes = bytes
    }

    /// The ten codes that somebody gets at once. They replace all earlier ones.
    public static func ten() -> [RecoveryCode] {
        (0..<10).map { _ in RecoveryCode() }
    }

    /// For the one page that shows it.
    public var text: String {
        Base32.crockford.text(of: bytes, groupLength: 4, separator: "-")
    }

    /// 32 bytes, by which the record finds it again.
    public var digest: [UInt8] { secretDigest(of: bytes) }

    private static let byteCount = 10
}
