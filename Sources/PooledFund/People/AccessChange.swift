/// What changes in how somebody gets in. It is recorded that it was changed, never to what.
public enum AccessChange: String, Sendable, Hashable, CaseIterable, Codable {
    /// Followed an invitation and chose how to come in from now on.
    case joined
    case passwordChanged = "password-changed"
    case secondFactorSet = "second-factor-set"
    case secondFactorRemoved = "second-factor-removed"
    case recoveryCodesMade = "recovery-codes-made"
    case recoveryCodeUsed = "recovery-code-used"
    case identityLinked = "identity-linked"
    case identityUnlinked = "identity-unlinked"
    case tokenIssued = "token-issued"
    case tokenRevoked = "token-revoked"
    case signedOutEverywhere = "signed-out-everywhere"
    case loginReset = "login-reset"
}
