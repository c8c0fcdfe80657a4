public import Ledger
internal import SQL

/// One event of a fund's audit chain: who did what, when, and digests of what it recorded.
public struct AuditEvent: Sendable, Hashable {
    public let fund: String
    /// From 1, without gaps.
    public let sequence: Int64
    public let recordedAt: Instant
    /// Opaque: tells one actor from another, not who it is.
    public let actor: String
    public let action: String
    public let hasPublicEffect: Bool
    public let rowCount: Int64
    public let rowsDigest: [UInt8]
    public let bodyDigest: [UInt8]
    public let previousHash: [UInt8]
}

/// A chain's last event: what a publication prints, so that a later verification finds a cut tail or a rewritten chain.
public struct ChainHead: Sendable, Hashable, CustomStringConvertible {
    public let sequence: Int64
    public let hash: [UInt8]

    public init(sequence: Int64, hash: [UInt8]) {
        self.sequence = sequence
        self.hash = hash
    }

    /// Reads `SEQUENCE:HASH`, the hash in 64 hexadecimal digits.
    public init?(parsing text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), sequence > 0, parts[1].utf8.count == 64 else { return nil }
        var hash: [UInt8] = []
        var rest = parts[1][...]
        while let first = rest.popFirst(), let second = rest.popFirst() {
            guard let high = first.hexDigitValue, let low = second.hexDigitValue, first.isASCII, second.isASCII else { return nil }
            hash.append(UInt8(high * 16 + low))
        }
        self.init(sequence: sequence, hash: hash)
    }

    public var description: String { "\(sequence):\(hexadecimal(hash))" }
}

/// Two lower-case digits a byte.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
