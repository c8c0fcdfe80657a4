internal import Crypto
public import Ledger

/// The second factor: a secret that the server and an authenticator app share, and the code of six digits that both make of it and the time
/// (TOTP, RFC 6238, with SHA-1 and 30 seconds, which is what every app understands).
public struct TimeBasedCode: Sendable, Equatable, Concealed {
    /// 160 bits, as RFC 4226 recommends. The server needs it in full, not a digest, so the record must keep it where nobody else reads.
    public let secret: [UInt8]

    public static let secretByteCount = 20

    /// A new secret.
    public init() {
        secret = randomBytes(Self.secretByteCount)
    }

    /// A secret from the record; `nil` unless it has ``secretByteCount`` bytes.
    public init?(secret: [UInt8]) {
        guard secret.count == Self.secretByteCount else { return nil }
        self.secret = secret
    }

    /// The secret for typing: base32 (RFC 4648) in eight groups of four.
    public var groupedSecret: String {
        Base32.rfc4648.text(of: secret, groupLength: 4, separator: " ")
    }

    /// The address that an app takes the secret from, usually as a ``QRCode``: `otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=ISSUER&…`.
    ///
    /// A colon stands between issuer and account, so one within them becomes a space.
    public func address(account: String, issuer: String) -> String {
        let issuer = percentEncoded(issuer)
        let secret = Base32.rfc4648.text(of: secret, groupLength: secret.count * 2, separator: " ")
        return "otpauth://totp/\(issuer):\(percentEncoded(account))?secret=\(secret)&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=\(Self.digitCount)&period=\(Self.stepSeconds)"
    }

    /// The step that an instant falls in: how many times 30 seconds have passed since 1970.
    public static func step(at now: Instant) -> Int64 {
        let length = stepSeconds * 1_000_000
        let (quotient, remainder) = now.microsecondsSince1970.quotientAndRemainder(dividingBy: length)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The six digits of a step (HOTP, RFC 4226, section 5.3).
    public func code(atStep step: Int64) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 15)
        let truncated = mac[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
        let digits = String(truncated % 1_000_000)
        return String(repeating: "0", count: Self.digitCount - digits.utf8.count) + digits
    }

    /// The step of a code that holds now, or within a step before or after, for clocks that differ; `nil` if it is none, or was used.
    ///
    /// A code counts once: whoever saw it typed cannot use it again (RFC 6238, section 5.2). Keep the step as the next `lastStep`, in the
    /// same transaction as what the code admits to.
    ///
    /// - Parameters:
    ///   - text: As typed; spaces do not count.
    ///   - lastStep: The step of the last code that was accepted for this secret.
    public func accepts(_ text: String, at now: Instant, lastStep: Int64?) -> Int64? {
        guard let typed = Self.digits(of: text) else { return nil }
        let current = Self.step(at: now)
        var accepted: Int64?
        // All three, always: the time must not say which one it was.
        for step in (current - 1)...(current + 1) where equalInConstantTime(Array(code(atStep: step).utf8), typed) {
            if lastStep.map({ step > $0 }) ?? true { accepted = step }
        }
        return accepted
    }

    private static let digitCount = 6
    private static let stepSeconds: Int64 = 30

    private static func digits(of text: String) -> [UInt8]? {
        guard text.utf8.count <= 64 else { return nil }
        let digits = text.utf8.filter { $0 != UInt8(ascii: " ") }
        let permitted = UInt8(ascii: "0")...UInt8(ascii: "9")
        return digits.count == digitCount && digits.allSatisfy(permitted.contains) ? Array(digits) : nil
    }

    private func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.append(byte)
            case UInt8(ascii: ":"): encoded += "%20".utf8
            default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
