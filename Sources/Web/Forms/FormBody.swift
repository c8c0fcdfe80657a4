internal import HTML
internal import HTTPTypes

/// A form without files, sent as `application/x-www-form-urlencoded` (WHATWG URL, 5.1).
///
/// Stricter than that algorithm, which never fails: what cannot be read is refused, so that nobody's text is kept with holes in it.
struct FormBody: NamedValues {
    let pairs: [NamedValue]

    struct Limits: Sendable {
        var bytes = 64 * 1024
        var fields = 1_000
        /// Of a name, once decoded.
        var nameBytes = 200
    }

    static let mediaType = "application/x-www-form-urlencoded"

    /// Fields that were not sent: a form that is shown for the first time.
    init(_ pairs: [NamedValue] = []) {
        self.pairs = pairs
    }

    /// - Throws: 413 for a body longer than the limit; 400 for too many fields, for an invalid escape, for what is not UTF-8, for U+0000.
    init(parsing bytes: [UInt8], limits: Limits = Limits()) throws(Failure) {
        guard bytes.count <= limits.bytes else { throw .bodyTooLarge(limit: limits.bytes) }
        var pairs: [NamedValue] = []
        for piece in bytes.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < limits.fields else { throw Failure(.badRequest, "error.form-too-many", ["value": String(limits.fields)]) }
            let parts = piece.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let nameBytes = try Self.decoded(parts[0])
            guard nameBytes.count <= limits.nameBytes, let name = typedText(nameBytes),
                let value = typedText(try Self.decoded(parts.dropFirst().first ?? []))
            else { throw .formUnreadable }
            pairs.append(NamedValue(name: name, value: value))
        }
        self.pairs = pairs
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) throws(Failure) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexadecimalDigit), let low = rest.popFirst().flatMap(hexadecimalDigit) else {
                    throw .formUnreadable
                }
                output.append(high << 4 | low)
            case UInt8(ascii: "+"): output.append(UInt8(ascii: " "))
            default: output.append(byte)
            }
        }
        return output
    }
}

extension Failure {
    static let formUnreadable = Failure(.badRequest, "error.form-unreadable")

    /// - Parameter limit: in bytes.
    static func bodyTooLarge(limit: Int) -> Failure {
        Failure(.contentTooLarge, "error.body-too-large", ["value": byteSize(limit)])
    }
}

/// The size of a file as people read it, rounded down: `1 KiB`, `34 MiB`.
func fileSize(_ bytes: Int) -> String { bytes < 1 << 20 ? "\(max(1, bytes >> 10)) KiB" : "\(bytes >> 20) MiB" }

/// A limit as people read it: `64 KiB`, `34 MiB` (IEC 80000-13).
func byteSize(_ bytes: Int) -> String {
    switch bytes {
    case (1 << 20)... where bytes.isMultiple(of: 1 << 20): "\(bytes >> 20) MiB"
    case (1 << 10)... where bytes.isMultiple(of: 1 << 10): "\(bytes >> 10) KiB"
    default: "\(bytes) B"
    }
}
