internal import Foundation

/// Where an attempt comes from, as far as one subscriber can be told from another: an IPv4 address, or the first 64 bits of an IPv6
/// address, within which a subscriber has all addresses.
public struct AddressPrefix: Sendable, Hashable {
    /// Four bytes, eight bytes, or none for a place without an address.
    let bytes: [UInt8]

    /// Whatever cannot be read, such as the path of a socket, is one and the same place.
    public init(_ text: String) {
        // A zone names an interface of our own machine and is not sent.
        let address = text.utf8.count <= 64 ? String(decoding: text.utf8.prefix { $0 != UInt8(ascii: "%") }, as: UTF8.self) : ""
        if let four = Self.bytes(of: address, family: AF_INET, count: 4) {
            bytes = four
        } else if let sixteen = Self.bytes(of: address, family: AF_INET6, count: 16) {
            // A socket for both families shows an IPv4 address within ::ffff:0:0/96 (RFC 4291, section 2.5.5.2).
            let mapped = sixteen.prefix(10).allSatisfy { $0 == 0 } && sixteen[10] == 0xFF && sixteen[11] == 0xFF
            bytes = Array(mapped ? sixteen.suffix(4) : sixteen.prefix(8))
        } else {
            bytes = []
        }
    }

    private static func bytes(of text: String, family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }
}
