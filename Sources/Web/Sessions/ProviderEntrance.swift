internal import HTML
internal import OpenIDConnect

/// The way in through an identity provider, as this site is registered there.
struct ProviderEntrance: Sendable {
    let identityProvider: IdentityProvider
    /// Where the provider sends people back to, with scheme and host.
    let returnAddress: String

    var name: String { identityProvider.provider.name }

    /// The cookie that tells that whoever comes back is who was sent, without its prefix.
    static let cookie = "provider"

    init(_ setting: PortalProvider) {
        identityProvider = IdentityProvider(setting.provider)
        let base = setting.publicAddress.hasSuffix("/") ? String(setting.publicAddress.dropLast()) : setting.publicAddress
        returnAddress = base + Address(segments: SignInPlace.providerReturn.segments).text
    }
}
