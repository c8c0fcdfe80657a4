internal import Ledger

/// An id that sorts by when it was made (RFC 9562, version 7): 48 bits of milliseconds, then random bits.
func uuidV7(at instant: Instant) -> String {
    let milliseconds = UInt64(max(0, instant.microsecondsSince1970 / 1000)) & 0xFFFF_FFFF_FFFF
    var generator = SystemRandomNumberGenerator()
    let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0x0FFF, using: &generator)
    let low = UInt64.random(in: 0...(.max >> 2), using: &generator) | 0x8000_0000_0000_0000
    let digits = Array(
        hexadecimal(
            (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
                + (0..<8).map { UInt8(truncatingIfNeeded: low >> (56 - 8 * $0)) }))
    return [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]].map { String($0) }.joined(separator: "-")
}
