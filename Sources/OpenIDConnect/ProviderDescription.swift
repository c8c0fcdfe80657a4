internal import Curl
internal import Foundation

/// What a provider says of itself (OpenID Connect Discovery 1.0, section 3), as far as it matters here.
struct ProviderDescription: Sendable, Hashable {
    let authorizationAddress: String
    let tokenAddress: String
    let keysAddress: String
    /// Where it tells more of somebody than the token does; nil if nowhere.
    let userInformationAddress: String?
    let algorithms: Set<SignatureAlgorithm>
    let clientAuthentication: ClientAuthentication
    /// Whether whoever comes back brings the issuer's name along (RFC 9207).
    let namesIssuerOnReturn: Bool

    enum ClientAuthentication: String, Sendable, Hashable {
        case basic = "client_secret_basic"
        case post = "client_secret_post"
    }

    /// - Throws: `.unusableDescription` unless it is the provider's own and can be used.
    init(_ json: [UInt8], of provider: Provider) throws(ProviderFault) {
        let fields: Fields
        do { fields = try JSONDecoder().decode(Fields.self, from: Data(json)) } catch {
            throw .unusableDescription("it is not the JSON that the standard asks for")
        }
        guard fields.issuer == provider.issuer else {
            throw .unusableDescription("it is of the issuer “\(String(fields.issuer.prefix(200)))”, not of “\(provider.issuer)”")
        }
        for address in [fields.authorization_endpoint, fields.token_endpoint, fields.jwks_uri, fields.userinfo_endpoint].compactMap(\.self)
        {
            // A provider on the Internet has no business with what listens within this machine.
            guard HTTPSClient.mayAsk(address), provider.isWithoutEncryption || address.lowercased().hasPrefix("https:") else {
                throw .unusableDescription("it names the address “\(String(address.prefix(200)))”")
            }
        }
        guard (fields.response_types_supported ?? ["code"]).contains("code") else {
            throw .unusableDescription("it does not offer the flow with a code")
        }
        algorithms = Set((fields.id_token_signing_alg_values_supported ?? ["RS256"]).compactMap(SignatureAlgorithm.init))
        guard !algorithms.isEmpty else { throw .unusableDescription("it signs by no algorithm that is accepted here") }
        let methods = fields.token_endpoint_auth_methods_supported ?? [ClientAuthentication.basic.rawValue]
        guard let method = [ClientAuthentication.basic, .post].first(where: { methods.contains($0.rawValue) }) else {
            throw .unusableDescription("it takes no client with a secret")
        }
        clientAuthentication = method
        authorizationAddress = fields.authorization_endpoint
        tokenAddress = fields.token_endpoint
        keysAddress = fields.jwks_uri
        userInformationAddress = fields.userinfo_endpoint
        namesIssuerOnReturn = fields.authorization_response_iss_parameter_supported ?? false
    }

    /// Named as the standard names them.
    private struct Fields: Decodable {
        let issuer: String
        let authorization_endpoint: String
        let token_endpoint: String
        let jwks_uri: String
        let userinfo_endpoint: String?
        let response_types_supported: [String]?
        let id_token_signing_alg_values_supported: [String]?
        let token_endpoint_auth_methods_supported: [String]?
        let authorization_response_iss_parameter_supported: Bool?
    }
}

/// The algorithms by which a token may be signed here: with a private key that only the provider has (RFC 7518, section 3.1; RFC 8037).
///
/// Neither `none` nor any with a shared secret is among them: with those, whoever knows the public key could sign.
enum SignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    case eddsa = "EdDSA"
}
