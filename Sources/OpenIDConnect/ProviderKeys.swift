internal import Foundation
internal import JWTKit

/// The keys with which a provider signs (RFC 7517, section 5), of the kinds that are used here. Others are left out, not refused.
struct ProviderKeys: Sendable {
    private let keys: [Key]

    private static let countLimit = 100

    /// - Throws: `.unusableAnswer` unless it is a set of keys.
    init(_ json: [UInt8]) throws(ProviderFault) {
        guard let set = try? JSONDecoder().decode(KeySet.self, from: Data(json)), set.keys.count <= Self.countLimit else {
            throw .unusableAnswer("its keys are not a set of JSON Web Keys, or more than \(Self.countLimit)")
        }
        keys = set.keys.compactMap(\.key)
    }

    /// The only key that a token of this algorithm can be signed with; nil if there is none, or if there are several to choose from.
    ///
    /// - Parameter identifier: the token's `kid`; without one, the provider must have but one key of the kind.
    func key(_ identifier: String?, for algorithm: SignatureAlgorithm) -> JWK? {
        let fitting = keys.filter { key in (identifier == nil || key.kid == identifier) && key.fits(algorithm) }
        return fitting.count == 1 ? fitting[0].webKey(algorithm) : nil
    }

    private struct KeySet: Decodable {
        let keys: [Entry]

        /// An entry of a kind that is not known here has no key.
        struct Entry: Decodable {
            let key: Key?

            init(from decoder: any Decoder) throws { key = try? Key(from: decoder) }
        }
    }

    /// Named as the standard names them.
    private struct Key: Decodable, Sendable {
        let kty: String
        let kid: String?
        let alg: String?
        let use: String?
        let n: String?
        let e: String?
        let crv: String?
        let x: String?
        let y: String?

        /// Whether it is made for signatures, of this algorithm.
        func fits(_ algorithm: SignatureAlgorithm) -> Bool {
            guard use == nil || use == "sig", alg == nil || alg == algorithm.rawValue else { return false }
            return switch algorithm {
            case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: kty == "RSA"
            case .es256: kty == "EC" && crv == "P-256"
            case .es384: kty == "EC" && crv == "P-384"
            case .es512: kty == "EC" && crv == "P-521"
            case .eddsa: kty == "OKP" && crv == "Ed25519"
            }
        }

        /// The key with its algorithm set: left open, the token's own head would choose it.
        func webKey(_ algorithm: SignatureAlgorithm) -> JWK? {
            guard let named = JWK.Algorithm(rawValue: algorithm.rawValue) else { return nil }
            let identifier = JWKIdentifier(string: kid ?? Self.onlyKey)
            return switch algorithm {
            case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: JWK.rsa(named, identifier: identifier, modulus: n, exponent: e)
            case .es256: JWK.ecdsa(named, identifier: identifier, x: x, y: y, curve: .p256)
            case .es384: JWK.ecdsa(named, identifier: identifier, x: x, y: y, curve: .p384)
            case .es512: JWK.ecdsa(named, identifier: identifier, x: x, y: y, curve: .p521)
            case .eddsa: JWK.octetKeyPair(named, identifier: identifier, x: x, y: nil, curve: .ed25519)
            }
        }

        /// Names a key that has no name.
        private static let onlyKey = "the-only-key"
    }
}
