/// A page on the way into the workspace, or out of it.
enum SignInPlace: String, Hashable, Sendable, CaseIterable {
    case signIn = "sign-in"
    case secondFactor = "sign-in/second-factor"
    case recoveryCode = "sign-in/recovery-code"
    case forgotten = "sign-in/forgotten"
    /// Goes in as one of the ready accounts of a demonstration.
    case demonstration = "sign-in/demonstration"
    /// Goes to the identity provider.
    case provider = "sign-in/provider"
    /// Comes back from there.
    case providerReturn = "sign-in/provider/return"
    /// With the secret of a link that was sent, in the query: paths are logged.
    case invitation
    case newPassword = "new-password"
    case signOut = "sign-out"

    var segments: [String] { rawValue.split(separator: "/").map(String.init) }
}
