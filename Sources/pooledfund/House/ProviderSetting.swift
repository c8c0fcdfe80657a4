internal import Foundation
internal import OpenIDConnect
internal import PooledFund
internal import Publications
internal import Web

/// The identity provider that people may sign in with, by the server's environment: a secret has no place on a command line.
enum ProviderSetting {
    /// - Parameter address: where the server listens; people come back to it if nothing else is set and it is this machine's own.
    /// - Returns: nil if `POOLEDFUND_OPENID_ISSUER` is not set.
    /// - Throws: `Refusal` if a setting is missing or cannot be used; the secret is not repeated.
    static func read(
        listeningAt address: ListenAddress, _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> PortalProvider? {
        func named(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        func required(_ name: String, _ what: String) throws -> String {
            if let value = named(name) { return value }
            throw Refusal("with POOLEDFUND_OPENID_ISSUER \(what) must be known", remedy: "set \(name)")
        }
        guard let issuer = named("POOLEDFUND_OPENID_ISSUER") else { return nil }
        let client = try required("POOLEDFUND_OPENID_CLIENT", "the identifier of this client")
        let secret = try required("POOLEDFUND_OPENID_SECRET", "the secret of this client")
        let name = try required("POOLEDFUND_OPENID_NAME", "what people call the provider")
        let provider: Provider
        do {
            provider = try Provider(issuer: issuer, clientIdentifier: client, clientSecret: secret, name: name)
        } catch {
            throw Refusal("the identity provider cannot be used: \(error)", remedy: "correct the settings POOLEDFUND_OPENID_…")
        }
        return PortalProvider(provider: provider, publicAddress: try publicAddress(named("POOLEDFUND_PUBLIC_ADDRESS"), address))
    }

    private static func publicAddress(_ named: String?, _ listening: ListenAddress) throws -> String {
        guard let named else {
            guard listening.isLoopback else {
                throw Refusal(
                    "the identity provider must know where people come back to",
                    remedy: "set POOLEDFUND_PUBLIC_ADDRESS, such as https://fund.example.org")
            }
            return listening.url
        }
        do {
            return try PublicAddress(parsing: named).text
        } catch {
            throw Refusal("POOLEDFUND_PUBLIC_ADDRESS: \(error)")
        }
    }
}
