internal import HTML
internal import PooledFund

extension SignInContext {
    /// Ends the session in this browser; it stays known as one of its owner's.
    func submitSignOut() async throws -> SignInAnswer {
        if let session = sessionDigest { try await office.endSession(session) }
        return .redirect(
            Self.address(.signIn, query: [("notice", "signed-out")]).text, [SetCookie.forgetting(SessionCookies.session)].compactMap { $0 })
    }
}
