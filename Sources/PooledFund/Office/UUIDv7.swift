internal import Ledger

/// An id that sorts by when it was made (RFC 9562, version 7): 48 bits of milliseconds, then random bits.
func uuidV7(at instant: Instant) -> String {
    let milliseconds = UInt64(max(0, instant.microsecondsSince1970 / 1000)) & 0xFFFF_FFFF_FFFF
    var generator = SystemRandomNumberGenerator()
    let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0x0FFF, using: &generator)
    let low = UInt64.random(in: 0...(.max >> 2), using: &generator) | 0x8000_0000_0000_0000
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 36) { text in
        var place = 0
        for number in 0..<32 {
            // The hyphens stand before these digits.
            if [8, 12, 16, 20].contains(number) {
                text[place] = UInt8(ascii: "-")
                place += 1
            }
            let half = number < 16 ? high >> (60 - 4 * number) : low >> (60 - 4 * (number - 16))
            text[place] = digits[Int(half & 15)]
            place += 1
        }
        return place
    }
}
