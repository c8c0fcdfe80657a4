internal import Crypto
internal import Ledger
internal import SQL

/// The bytes and hashes of the audit chain, as `Documentation/audit-chain.md` sets them out.
public enum AuditChain {
    /// Names the format within every digest, so that another format can never give the same hash.
    static let version = "pooledfund-audit-1"

    /// What the first event of a chain names as its predecessor.
    static let origin = [UInt8](repeating: 0, count: 32)

    /// The digest of one row of the record.
    static func rowDigest(table: AuditedTable, fund: String, event: Int64, ordinal: Int64, values: [Value]) -> [UInt8] {
        var bytes = CanonicalBytes(purpose: "row")
        bytes.append(table.name)
        bytes.append(fund)
        bytes.append(event)
        bytes.append(ordinal)
        for value in values { bytes.append(value) }
        return bytes.digest
    }

    /// The digest of all rows of an event, given theirs in the order of their ordinals.
    static func rowsDigest(_ digests: [[UInt8]]) -> [UInt8] {
        var bytes = CanonicalBytes(purpose: "rows")
        for digest in digests { bytes.append(digest) }
        return bytes.digest
    }

    static func bodyDigest(salt: [UInt8], body: [UInt8]) -> [UInt8] {
        var bytes = CanonicalBytes(purpose: "body")
        bytes.append(salt)
        bytes.append(body)
        return bytes.digest
    }

    static func hash(of event: AuditEvent) -> [UInt8] {
        var bytes = CanonicalBytes(purpose: "event")
        bytes.append(event.previousHash)
        bytes.append(event.fund)
        bytes.append(event.sequence)
        bytes.append(event.recordedAt.microsecondsSince1970)
        bytes.append(event.actor)
        bytes.append(event.action)
        bytes.append(event.hasPublicEffect ? 1 : 0)
        bytes.append(event.rowCount)
        bytes.append(event.rowsDigest)
        bytes.append(event.bodyDigest)
        return bytes.digest
    }
}

/// Values one after the other, each with its type and length, so that no two sequences of values have the same bytes.
struct CanonicalBytes {
    private var bytes: [UInt8] = []

    init(purpose: String) {
        bytes.reserveCapacity(512)
        append(AuditChain.version)
        append(purpose)
    }

    var digest: [UInt8] { Array(SHA256.hash(data: bytes)) }

    mutating func append(_ value: Value) {
        switch value {
        case .null: bytes.append(0)
        case .integer(let integer): append(integer)
        case .text(let text): append(text)
        case .bytes(let bytes): append(bytes)
        }
    }

    mutating func append(_ integer: Int64) {
        bytes.append(1)
        appendBigEndian(UInt64(bitPattern: integer))
    }

    mutating func append(_ text: String) {
        let utf8 = text.utf8
        bytes.append(2)
        appendBigEndian(UInt64(utf8.count))
        bytes.append(contentsOf: utf8)
    }

    mutating func append(_ content: [UInt8]) {
        bytes.append(3)
        appendBigEndian(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    private mutating func appendBigEndian(_ integer: UInt64) {
        withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
