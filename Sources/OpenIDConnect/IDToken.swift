internal import Foundation
internal import JWTKit

/// A token in which a provider says who somebody is: three parts in base64url, of which the first says how it is signed (RFC 7515).
struct IDToken: Sendable {
    let text: String
    let algorithm: SignatureAlgorithm
    let keyIdentifier: String?

    /// The largest, in bytes.
    static let sizeLimit = 64 * 1024

    /// Reads the head alone; nothing of the token is believed yet.
    ///
    /// - Parameter accepted: the algorithms that the provider says it signs by.
    init(_ text: String, signedBy accepted: Set<SignatureAlgorithm>) throws(IDTokenFault) {
        guard text.utf8.count <= Self.sizeLimit else { throw .tooLarge }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, text.utf8.allSatisfy(Self.isTokenByte) else { throw .malformed("it is not three parts of base64url") }
        guard let bytes = Self.decoded(parts[0]), let head = try? JSONDecoder().decode(Head.self, from: bytes) else {
            throw .malformed("its head is not JSON")
        }
        // An extension that has to be understood, and is not (RFC 7515, section 4.1.11).
        guard head.crit == nil else { throw .malformed("its head asks for an extension") }
        guard let algorithm = SignatureAlgorithm(rawValue: head.alg), accepted.contains(algorithm) else {
            throw .algorithm(String(decoding: head.alg.utf8.prefix(20).map { (0x21...0x7E).contains($0) ? $0 : 0x3F }, as: UTF8.self))
        }
        self.text = text
        self.algorithm = algorithm
        keyIdentifier = head.kid
    }

    /// What the token says, if the key signed it.
    func claims(signedWith key: JWK) async throws(IDTokenFault) -> IDTokenClaims {
        let collection = JWTKeyCollection()
        do { try await collection.add(jwk: key) } catch { throw .unknownKey }
        do {
            return try await collection.verify(text, as: IDTokenClaims.self)
        } catch let error as JWTError where error.errorType == .malformedToken {
            throw .malformed("what it says is not what the standard asks for")
        } catch {
            throw .signature
        }
    }

    private struct Head: Decodable {
        let alg: String
        let kid: String?
        let crit: [String]?
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "-_.".utf8.contains(byte)
        }
    }

    private static func decoded(_ part: Substring.UTF8View) -> Data? {
        var text = part.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "+") : $0 == UInt8(ascii: "_") ? UInt8(ascii: "/") : $0 }
        text += Array(repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
        return Data(base64Encoded: Data(text))
    }
}
